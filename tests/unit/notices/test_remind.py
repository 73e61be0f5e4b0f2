"""People are reminded before a day, on it and after it, and the office is told once a day what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.notices.remind import Due, When, reminders, to_office, to_units
from etl.site.calendar import Calendar, Holiday
from etl.texts.catalogue import chinese
from tests.fixtures.notices import matter

# 2024-05-01 to 05 is a holiday; Saturday the 11th is worked.
CALENDAR = Calendar([Holiday(date(2024, 1, 1), "holiday"), *(Holiday(date(2024, 5, n), "holiday") for n in range(1, 6)), Holiday(date(2024, 5, 11), "working")])
WHEN = When(before=3, after=1, until=10)
FORM = Due("slot:t01|k|2024-04", "t01", "2024年4月重点项目月报表", date(2024, 5, 13))
NAMES = {"t01": "白石镇"}


@pytest.mark.parametrize("day, kind, left", [
    (date(2024, 5, 8), None, 0),        # four working days left: 9th, 10th, Saturday the 11th, 13th
    (date(2024, 5, 9), "before", 3),
    (date(2024, 5, 12), "before", 1),
    (date(2024, 5, 13), "day", 0),
    (date(2024, 5, 14), "after", 0),
    (date(2024, 5, 23), "after", 0),
    (date(2024, 5, 24), None, 0),       # long past: the notice speaks of it, no reminder
])
def test_a_form_is_called_for_before_on_and_after_its_day(day, kind, left):
    found = reminders([FORM], day, WHEN, CALENDAR)
    assert [(r.kind, r.days) for r in found] == ([(kind, left)] if kind else [])


def test_a_day_before_a_long_holiday_counts_working_days():
    due = replace(FORM, day=date(2024, 5, 7))
    assert [r.days for r in reminders([due], date(2024, 4, 29), WHEN, CALENDAR)] == [3]  # 30 April, 6 and 7 May
    assert reminders([due], date(2024, 4, 28), WHEN, CALENDAR) == []


def test_a_unit_gets_one_message_with_what_is_past_its_day_first():
    late, today = replace(FORM, key="slot:t01|i|2024-03", what="2024年3月招商引资到位资金表", day=date(2024, 5, 8)), FORM
    said = reminders([today, late], date(2024, 5, 13), WHEN, CALENDAR)
    (message,) = to_units(said, NAMES, date(2024, 5, 13), "县数据组 123", chinese)
    assert (message.recipient, message.title) == ("t01", "催报：白石镇（2024-05-13）")
    assert message.lines == (
        "2024年3月招商引资到位资金表：2024-05-08已到期，还没有收到，请立即办理", "2024年4月重点项目月报表：今天（2024-05-13）到期", "咨询：县数据组 123")
    assert message.entries == (("slot:t01|i|2024-03", date(2024, 5, 8), "after"), ("slot:t01|k|2024-04", date(2024, 5, 13), "day"))


def test_the_office_is_told_what_is_open_past_its_day_and_to_be_closed():
    matters = [
        matter(1), matter(2, state="released", due=date(2024, 5, 10)), matter(3, state="replied", due=date(2024, 5, 10)),
        matter(4, state="to_verify"), matter(5, state="closed"),
    ]
    digest = to_office(matters, reminders([FORM], date(2024, 5, 13), WHEN, CALENDAR), NAMES, "云岭县", date(2024, 5, 13), chinese)
    assert digest.title == "云岭县督办每日摘要（2024-05-13）"
    assert digest.lines == (
        "督办事项：待审定 1，在办 2，其中逾期 1，待销号 1",
        "逾期：白石镇 厂房2（督办〔2024〕t01-00000002），应于 2024-05-10 答复",
        "待销号：白石镇 厂房4（督办〔2024〕t01-00000004），数据已恢复正常，请核验佐证",
        "今日催报：白石镇 1 项")


def test_where_nothing_is_open_the_office_is_left_alone():
    assert to_office([matter(5, state="closed")], [], NAMES, "云岭县", date(2024, 5, 13), chinese) is None
