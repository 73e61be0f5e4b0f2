"""Who owes what until when: examples of cadence.md section 2, and the edges of a calendar."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.site.calendar import Calendar, Holiday, UnknownYear
from etl.site.slots import Extension, Obligation, Slot, expand, recurring


def days(kind, *texts):
    return [Holiday(date.fromisoformat(t), kind) for t in texts]


HOLIDAYS = [
    *days("holiday", "2024-01-01", "2024-04-04", "2024-04-05", "2024-04-06", "2024-05-01", "2024-05-02", "2024-05-03",
          "2024-05-04", "2024-05-05", *(f"2024-10-0{n}" for n in range(1, 8))),
    *days("working", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-29", "2024-10-12"),
    *days("holiday", "2025-01-01", *(f"2025-10-0{n}" for n in range(1, 9))),
    *days("working", "2025-09-28", "2025-10-11"),
]
CALENDAR = Calendar(HOLIDAYS)


def obligation(cadence="monthly", day=5, offset=1, first="2024-01-01", last="2024-12-31", form="investment_monthly"):
    return Obligation("zsj", form, cadence, day, offset, date.fromisoformat(first), date.fromisoformat(last) if last else None)


def owed(*args, as_of=None, **more):
    return {s.period: s.deadline.isoformat() for s in recurring(obligation(*args, **more), CALENDAR, as_of)}


@pytest.mark.parametrize("due, moved", [
    ("2024-04-05", "2024-04-07"),          # Friday, holiday: the Sunday is a make-up working day
    ("2024-05-05", "2024-05-06"),
    ("2024-10-05", "2024-10-08"),
    ("2025-10-05", "2025-10-09"),
    ("2024-03-05", "2024-03-05"),
    ("2024-05-11", "2024-05-11"),          # a Saturday that is worked
    ("2024-06-08", "2024-06-10"),          # an ordinary Saturday; 端午 is not in this table
])
def test_a_due_day_moves_to_the_next_working_day(due, moved):
    assert CALENDAR.working_day_from(date.fromisoformat(due)) == date.fromisoformat(moved)


def test_a_year_without_its_table_is_never_guessed():
    with pytest.raises(UnknownYear, match="2026"):
        CALENDAR.is_working(date(2026, 3, 5))


def test_a_monthly_form_is_due_in_the_month_after():
    slots = owed()
    assert len(slots) == 12
    assert (slots["2024-03"], slots["2024-04"], slots["2024-12"]) == ("2024-04-07", "2024-05-06", "2025-01-06")


def test_quarters_years_and_days_before_the_end_of_the_period():
    assert owed("quarterly", 15, 1, last="2024-06-30") == {"2024-Q1": "2024-04-15", "2024-Q2": "2024-07-15"}
    assert owed("yearly", 15, 1, first="2024-01-01", last=None) == {"2024": "2025-01-15"}
    assert owed("yearly", 29, -11, last=None) == {"2024": "2024-01-29", "2025": "2025-01-29"}


def test_half_years_and_periods_shorter_than_a_month():
    assert owed("half_yearly", 15, 1, last="2024-12-31") == {"2024-H1": "2024-07-15", "2024-H2": "2025-01-15"}
    assert owed("ten_days", 2, 0, first="2024-03-01", last="2024-03-31") == {
        "2024-03-X1": "2024-03-12", "2024-03-X2": "2024-03-22", "2024-03-X3": "2024-04-02"}
    assert owed("weekly", 1, 0, first="2024-02-26", last="2024-03-10") == {"2024-W09": "2024-03-04", "2024-W10": "2024-03-11"}
    assert owed("daily", 1, 0, first="2024-03-05", last="2024-03-06") == {"2024-03-05": "2024-03-06", "2024-03-06": "2024-03-07"}


def test_the_thirty_first_is_the_last_day_of_a_shorter_month():
    assert owed(day=31, offset=0, first="2024-02-01", last="2024-02-29") == {"2024-02": "2024-02-29"}


def test_an_obligation_holds_for_periods_that_end_within_it():
    assert list(owed(first="2024-03-15", last="2024-05-30")) == ["2024-03", "2024-04"]


def test_an_open_end_reaches_as_far_as_the_holiday_tables_do():
    slots = owed(first="2025-10-01", last=None)
    assert list(slots) == ["2025-10", "2025-11"]           # December is due in January 2026, whose table is not out


def test_a_night_in_a_year_without_table_is_told_so():
    with pytest.raises(UnknownYear, match="2026"):
        owed(first="2025-10-01", last=None, as_of=date(2026, 1, 3))
    with pytest.raises(UnknownYear, match="2023"):
        owed(first="2023-01-01")


def test_the_explicit_form_wins_over_the_obligation_and_the_extension_over_both():
    explicit = Slot("zsj", "investment_monthly", "2024-01", date(2024, 2, 8))
    later = [Extension("extensions.csv:2", "zsj", "investment_monthly", p, date(2024, 3, 11), "停电", "王某", datetime(2024, 3, 1))
             for p in ("2024-01", "2024-02")]
    slots = {s.period: s for s in expand([explicit], [obligation()], later, CALENDAR)}
    assert (slots["2024-01"].deadline, slots["2024-01"].due_by, slots["2024-01"].extended_from) == (
        date(2024, 3, 11), "extension", date(2024, 2, 8))
    assert (slots["2024-02"].due_by, slots["2024-02"].extended_from) == ("extension", date(2024, 3, 5))
    assert (slots["2024-03"].due_by, slots["2024-03"].deadline) == ("obligation", date(2024, 4, 7))
    without = {s.period: s for s in expand([explicit], [obligation()], [], CALENDAR)}
    assert (without["2024-01"].due_by, without["2024-01"].deadline) == ("roster", date(2024, 2, 8))
