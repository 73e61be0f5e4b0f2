# ruff: noqa: C408  (cells read better as dict(column=text))
"""Yesterday's error is no yardstick: a month is compared with what was last believed of the same record."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import duckdb
import pytest

from etl.judge.compare import beside, compare_landed
from etl.judge.criteria import Criteria
from etl.judge.decide import decide
from etl.land.seen import attach_landed
from etl.land.write import Tonight, land_staged
from etl.model import Received
from etl.site.decision import Decisions, Waiver
from etl.validate.queries import CONTEXT
from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, judged, parameters, reading, sheet

pytestmark = pytest.mark.slow

KP = "key_project_monthly"
MARCH = "2024-03"


def months(*changes, rules, **more):
    """Issues by month, as (rule, column, expected), of one line in one month after another."""
    sheets = [sheet(change, period=f"2024-{n:02}") for n, change in enumerate(changes, start=1)]
    found = judged(KP, *sheets, rules=rules, night=True, **more).issues
    return {n: [(i.rule, i.column, i.expected) for i in found if f"-2024-{n:02}" in i.submission_id] for n in range(1, len(changes) + 1)}


def test_who_mends_a_figure_is_not_compared_with_the_wrong_one():
    found = months(dict(total_investment="40"), dict(total_investment="400000"), dict(total_investment="40"), rules={"P25"})
    assert found == {1: [], 2: [("P25", "total_investment", "约为40万元的一万倍")], 3: []}


def test_an_error_of_the_first_month_is_seen_and_forgotten():
    found = months(dict(total_investment="60000000"), dict(total_investment="6000"), rules={"P25"})
    assert found == {1: [("P25", "total_investment", "超过最大项目 5000000万元")], 2: []}


def test_a_figure_is_compared_with_the_last_one_believed_in_whatever_month():
    held = dict(total_investment="40", township=None)
    found = months(dict(total_investment="40"), held, dict(total_investment="400000"), rules={"P25", "F01"})
    assert found[3] == [("P25", "total_investment", "约为40万元（2024-01）的一万倍")]


def test_a_cumulative_may_not_fall_below_the_last_one_believed_and_is_not_added_to_it():
    wrong = dict(completed_ytd="2000", completed_since_start="2600")
    found = months(dict(completed_month="300", completed_ytd="300"), wrong, dict(completed_ytd="250", completed_since_start="850"),
                   rules={"P01", "P02", "P03"})
    assert [code for code, *_ in found[2]] == ["P03"]
    assert found[3] == [("P01", "completed_ytd", "300（2024-01）"), ("P02", "completed_since_start", "900（2024-01）")]
    right = months(dict(completed_month="300", completed_ytd="300"), wrong, dict(completed_ytd="500", completed_since_start="1100"),
                   rules={"P01", "P02", "P03"})
    assert right[3] == []


def test_what_two_units_report_is_still_believed():
    mine, theirs = dict(completed_ytd="300"), dict(completed_ytd="300")
    sheets = [sheet(mine, period="2024-02"), sheet(theirs, period="2024-02", unit="t02"), sheet(dict(completed_ytd="350", completed_since_start="1000"))]
    found = judged(KP, *sheets, rules={"P18", "P03"}, night=True).issues
    assert {i.rule for i in found if "2024-02" in i.submission_id} == {"P18"}
    assert [i.rule for i in found if MARCH in i.submission_id] == ["P03"]


def test_a_figure_that_somebody_answered_for_is_believed():
    waiver = Waiver("waivers.csv:2", "P25", "t01", KP, "2024-02", "", "", "调整概算", "李主任", "", "2024-12-31")
    site = SimpleNamespace(**vars(SITE) | {"decisions": Decisions(waivers=(waiver,))})
    totals = ("40", "400000", "400000")
    readings = [reading(KP, sheet(dict(total_investment=t), period=f"2024-{n:02}"), n) for n, t in enumerate(totals, start=1)]
    criteria = Criteria({KP: FORMS[KP]}, {"P25": RULEBOOK["P25"]}, parameters(), site)
    issues, _ = beside(duckdb.connect(), readings, criteria, over=CONTEXT)
    assert [(i.state, i.submission_id[-7:]) for i in issues] == [("waived", "2024-02")]


def test_a_month_with_something_in_it_is_no_empty_month_though_it_was_held_back():
    before = [dict(completed_month="100"), dict(completed_month="100"), dict(completed_month="100")]
    held = dict(completed_month="100", township=None)
    jump = dict(completed_month="300")
    assert months(*before, held, jump, rules={"P04", "F01"})[5] == []
    assert months(*before, held | dict(completed_month="0"), jump, rules={"P04", "F01"})[5] == [("P04", "completed_month", "100")]


class House:
    """Nights that land and compare, as the flow does."""

    def __init__(self, folder, rules):
        self.folder, self.order = folder, 0
        self.criteria = Criteria({KP: FORMS[KP]}, {code: RULEBOOK[code] for code in rules}, parameters(), SITE)
        self.landed = folder / "kept.duckdb"

    def night(self, *sheets):
        forms = self.criteria.forms
        readings = []
        for one in sheets:
            self.order += 1
            readings.append(reading(KP, one, self.order))
        staged = self.folder / "tonight.duckdb"
        staged.unlink(missing_ok=True)
        with duckdb.connect(str(staged)) as con:
            fill_staged(con, readings, forms, SITE)
            found = run_rules(con, self.criteria).issues
            issues, verdicts, held = decide(con, readings, found, self.criteria, attach_landed(con, self.landed))
        files = [Received(r.submission.file, r.submission.file_sha256, 1, r.submission.received_at, r.submission.order, staged)
                 for r in readings]
        land_staged(self.landed, staged, forms, Tonight(verdicts=verdicts, quarantined=held, issues=issues, files=files, as_of=date(2024, 4, 15)))
        return compare_landed(self.landed, self.folder / "compared.duckdb", self.criteria, "zh")


def test_when_a_month_is_mended_what_it_caused_in_later_months_goes_with_it(tmp_path):
    house = House(tmp_path, ["P01", "P03", "P25"])
    one = sheet(dict(completed_month="300", completed_ytd="300", total_investment="40"), period="2024-01", received="2024-02-05 09:00:00")
    two = sheet(dict(completed_ytd="500", completed_since_start="1100", total_investment="400000"), period="2024-02",
                received="2024-03-05 09:00:00")
    night = house.night(one, two)
    assert {i.rule for i in night.issues} == {"P03", "P25"} and len(night.quarantined) == 1
    mended = sheet(dict(completed_month="300", completed_ytd="400", completed_since_start="1000", total_investment="400000"),
                   period="2024-01", received="2024-03-06 09:00:00")
    night = house.night(mended)
    assert not [i for i in night.issues if "2024-02" in i.submission_id]
    assert [night.verdicts[sid] for sid in night.verdicts if "2024-02" in sid] == ["accepted"]
    assert set(night.changed) >= {sid for sid in night.verdicts if "2024-02" in sid}


def test_believing_does_not_depend_on_what_was_believed_the_night_before(tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    figures = ("40", "400000", "40", "400000", "40")
    sheets = [sheet(dict(total_investment=t), period=f"2024-{n:02}", received=f"2024-{n + 1:02}-05 09:00:00") for n, t in enumerate(figures, 1)]
    one_by_one, together = House(tmp_path / "a", ["P25"]), House(tmp_path / "b", ["P25"])
    nights = [one_by_one.night(one) for one in sheets]
    assert together.night(*sheets).issues == nights[-1].issues
    assert [i.submission_id[-7:] for i in nights[-1].issues] == ["2024-02", "2024-04"]
