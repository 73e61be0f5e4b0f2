"""Who speaks in a file: a part of a unit, and a reply that comes back with reasons beside its issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.inbox.identify import identify
from etl.model import Book, Reason, Received
from etl.normalise.names import UnitRegister
from etl.reply.layout import COLUMNS, HIDDEN, STAMP
from etl.site.load import Unit
from etl.site.stage import from_replies
from etl.understand.submission import Reference, understand_book
from tests.fixtures.sheets import UNITS, grid, plain, read, reference, rules

FORM = "key_project_monthly"
PARTS = (*UNITS, Unit("fgj-zd", "县重点项目中心", "centre", False, ("重点项目中心",), "fgj"),
         Unit("fgj-nj", "县能源局", "bureau", True, (), "fgj"))
REGISTER = UnitRegister(PARTS)


def sent(folder, printed, name="2024年3月重点项目月报表.xlsx", sheets=1):
    file = f"{folder}/{name}" if folder else name
    received = Received(file, "0" * 64, 1, datetime(2024, 4, 2, 9, 0), 1, Path(file))
    ref = Reference(reference().forms, reference().vocabulary, REGISTER)
    form = plain(FORM)
    grids = [replace(form, sheet=f"Sheet{n}", rows=[form.rows[0], [f"填报单位：{department}（盖章）", None, "单位：万元"], *form.rows[2:]])
             for n, department in enumerate(printed if isinstance(printed, tuple) else (printed,), start=1)]
    return understand_book(received, identify(file, ref.forms, REGISTER), ref, Book("xlsx", tuple(grids)))


@pytest.mark.parametrize("folder, printed, unit, part, fired", [
    ("县发改局", "县发改局", "fgj", "", []),
    ("县发改局", "县重点项目中心", "fgj", "fgj-zd", []),             # a part in the channel of its unit
    ("县发改局", "县能源局", "fgj", "fgj-nj", []),
    ("县重点项目中心", "县重点项目中心", "fgj", "fgj-zd", []),       # a channel of its own, but the unit owes the form
    ("县重点项目中心", "县发改局", "fgj", "fgj-zd", []),
    ("县能源局", "县能源局", "fgj-nj", "", []),                      # reports for itself: a unit like any other
    ("县能源局", "县发改局", "fgj-nj", "", ["F24"]),
    ("县财政局", "县重点项目中心", "czj", "", ["F24"]),              # a part of somebody else
    ("县发改局", "县财政局", "fgj", "", ["F24"]),
])
def test_a_part_speaks_for_its_unit(folder, printed, unit, part, fired):
    [reading] = sent(folder, printed)
    assert (reading.submission.unit, reading.submission.sub_unit) == (unit, part)
    assert rules([reading]) == fired


def test_the_name_of_the_file_may_name_the_part():
    [reading] = sent("县发改局", "县发改局", "重点项目中心2024年3月重点项目月报表.xlsx")
    assert (reading.submission.sub_unit, rules([reading])) == ("fgj-zd", [])


def test_parts_side_by_side_in_one_file_are_no_rivals():
    readings = sent("县发改局", ("县重点项目中心", "县能源局"))
    assert [r.submission.sub_unit for r in readings] == ["fgj-zd", "fgj-nj"]
    assert len({r.submission.submission_id for r in readings}) == 2 and rules(readings) == []


ABOUT = f"{'ab' * 8}-{FORM}-2024-03"


def issue_sheet(*issues, about=ABOUT):
    """The sheet that a reply adds: number, explanation, then what is hidden beside each issue."""
    def row(number="", explanation="", hidden=()):
        shown = [None] * len(COLUMNS)
        shown[0], shown[COLUMNS.index("explanation")] = number, explanation
        return [*shown, *hidden, *[None] * (len(HIDDEN) - len(hidden))]

    return grid(row("报表审核意见", hidden=(STAMP, about)), row("单位：县发改局"), row("序号"), *(row(*i) for i in issues), sheet="审核意见")


GROUP = ("1", "均为暂估", ("F04", "Sheet1"))
PLACES = [(f"1.{n}", text, ("F04", "Sheet1", f"K{n + 4}", "某项目", "约12", "", "annual_plan")) for n, text in ((1, ""), (2, "合同未签"))]


def test_an_issue_sheet_is_no_form_and_its_reasons_are_read():
    before = read(plain(FORM))
    [reading] = read(issue_sheet(GROUP, *PLACES, ("2", "", ("P27", "Sheet1", "L5", "某项目", "0", "", "completed_month"))), plain(FORM))
    assert rules([reading]) == rules(before)
    assert (reading.lines, reading.submission.answers) == (before[0].lines, "ab" * 8)
    assert [(r.rule, r.cell, r.column, r.value, r.text) for r in reading.reasons] == [
        ("F04", "K5", "annual_plan", "约12", "均为暂估"), ("F04", "K6", "annual_plan", "约12", "合同未签")]


def test_issues_that_come_back_alone_are_no_empty_return():
    [reading] = read(issue_sheet(("1", "停电", ("F36", "", "", "", "2024-04-08 09时00分", "", ""))))
    assert (rules([reading]), reading.lines, len(reading.reasons)) == ([], None, 1)
    assert reading.submission.answers == "ab" * 8


def test_a_reason_becomes_an_explanation_of_the_unit_that_sent_it():
    [reading] = read(issue_sheet(*PLACES), plain(FORM))
    [told] = from_replies([reading], {"fgj": "县发改局"}, reference().forms)
    assert (told.rule, told.unit, told.form, told.period, told.business_key, told.column, told.value) == (
        "F04", "fgj", FORM, "2024-03", "某项目", "annual_plan", "约12")
    assert (told.reason, told.by, told.at, told.source) == ("合同未签", "张某", datetime(2024, 4, 2, 9, 0), "reply")
    assert told.decision == f"{reading.submission.submission_id}#1"


def test_a_mark_that_nobody_gave_out_explains_nothing():
    [reading] = read(plain(FORM))
    forged = replace(reading, reasons=(Reason("no submission", "F04", "", "", "", "", "", "原因"),))
    assert from_replies([forged], {}, reference().forms) == []
