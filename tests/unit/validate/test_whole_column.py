# ruff: noqa: C408  (cells read better as dict(column=text))
"""A whole column in the wrong unit is one finding that says so, none of its lines slips through, and nothing honest is hit."""

from __future__ import annotations

import duckdb
import pytest

from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from etl.validate.verdict import quarantined
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, judged, reading, rule_set, sheet
from tests.rules.cases import many

pytestmark = pytest.mark.slow

KP, INV, BUDGET = "key_project_monthly", "investment_monthly", "budget_execution_monthly"
MONEY = ("total_investment", "annual_plan", "completed_month", "completed_ytd", "completed_since_start")
GOOD = dict(zip(MONEY, (6000, 3000, 100, 300, 900)))
FIGURES = {"P25C", "P25", "P01", "P02", "P03", "P07", "P08", "P10", "P26", "P27", "P29", "P52"}


def times(factor, *columns, of=GOOD):
    return {name: str(of[name] * factor) for name in columns}


def told(*sheets, form=KP, rules=FIGURES, month="2024-03", **more):
    issues = judged(form, *sheets, rules=rules, night=True, **more).issues
    return [(i.rule, i.cell, i.value, i.difference) for i in issues if month in i.submission_id]


def test_a_first_month_wholly_in_yuan_is_one_finding():
    given = sheet(*many(4, **times(10_000, *MONEY)))
    (one,) = judged(KP, given, rules=FIGURES, night=True).issues
    assert (one.rule, one.cell, one.column, one.line_id, one.severity) == ("P25C", "J5", "total_investment", None, "error")
    assert one.value == "计划总投资、本年计划投资、本月完成投资、本年累计完成投资、自开工累计完成投资"
    assert one.sentence.startswith("J5起“计划总投资”整列（共4行）的单位疑似填错：计划总投资、本年计划投资")
    assert "像是把元当成万元填了" in one.sentence


def test_the_same_in_a_later_month_is_one_finding_and_not_what_follows_from_it():
    before = sheet(*many(4, **{name: str(value) for name, value in GOOD.items()}), period="2024-02")
    now = sheet(*many(4, **times(10_000, *MONEY)))
    assert [t[0] for t in told(before, now)] == ["P25C"]


def test_small_figures_in_yuan_are_known_by_the_month_before():
    small = dict(budget_initial="8", budget_adjusted="8", spent_month="1", spent_ytd="2", execution_rate_reported="25")
    yuan = dict(budget_initial="80000", budget_adjusted="80000", spent_month="10000", spent_ytd="30000", execution_rate_reported="37.5")
    assert [t[0] for t in told(sheet(*many(5, **small), period="2024-02"), sheet(*many(5, **yuan)), form=BUDGET)] == ["P25C"]


def test_one_column_in_yuan_is_told_by_what_its_whole_can_hold():
    (one,) = told(sheet(*many(4, **times(10_000, "completed_ytd"))))
    assert one == ("P25C", "M5", "本年累计完成投资", "4行")


def test_parts_in_yuan_beside_a_right_whole_are_told_and_not_the_whole():
    (one,) = told(sheet(*many(4, **times(10_000, "annual_plan", "completed_month", "completed_ytd", "completed_since_start"))))
    assert one[2] == "本年计划投资、本月完成投资、本年累计完成投资、自开工累计完成投资"


def test_a_whole_in_yi_is_told_and_not_its_parts():
    (one,) = told(sheet(*many(4, total_investment="0.6")))
    assert one[2] == "计划总投资"


def test_a_sheet_in_yi_is_told_in_a_first_month():
    issues = judged(KP, sheet(*many(4, total_investment="0.6", annual_plan="0.3", completed_month="0.01", completed_ytd="0.03",
                                    completed_since_start="0.09")), rules={"P25C"}, night=True).issues
    (one,) = issues
    assert one.value.startswith("计划总投资、本年计划投资") and "把亿元当成万元" in one.sentence


@pytest.mark.parametrize("wrong, of", [(2, 4), (1, 3), (1, 2), (1, 1)])
def test_single_cells_stay_single_findings(wrong, of):
    lines = [*many(wrong, **times(10_000, "total_investment")), *many(of)[wrong:]]
    found = told(sheet(*many(of, total_investment="6000"), period="2024-02"), sheet(*lines), rules={"P25C", "P25"})
    assert [t[:2] for t in found] == [("P25", f"J{5 + k}") for k in range(wrong)]


def test_giant_projects_that_were_believed_before_are_no_wrong_unit():
    giants = many(3, total_investment="1600000", annual_plan="300000")
    (first,) = told(sheet(*giants, period="2024-02"), month="2024-02", rules={"P25C"})
    assert first[0] == "P25C"
    honest = many(3, total_investment="900000", annual_plan="300000")
    grown = many(3, total_investment="1100000", annual_plan="300000")
    assert told(sheet(*honest, period="2024-02"), sheet(*grown), rules={"P25C"}) == []


def test_a_site_sets_its_own_bounds():
    giants = sheet(*many(3, total_investment="1600000", annual_plan="300000"))
    assert told(giants, rules={"P25C"}, settings=(("typical_project", "2000000"),)) == []


def test_a_year_that_no_date_can_have_is_still_told():
    given = sheet(*many(4, **times(10_000, *MONEY), planned_finish_date="2210-03"))
    assert {t[0] for t in told(given)} == {"P25C", "P52"}


def test_all_lines_of_the_column_are_held_back_the_right_looking_ones_too():
    lines = [*many(4, **times(10_000, "completed_ytd")), dict(project_code=None, project_name="新项目"),
             dict(project_code=None, project_name="未动工", completed_month="0", completed_ytd="0", completion_rate_reported="0")]
    con = duckdb.connect()
    fill_staged(con, [reading(KP, sheet(*lines))], {KP: FORMS[KP]}, SITE)
    issues = run_rules(con, rule_set(KP, {code: RULEBOOK[code] for code in FIGURES})).issues
    assert [i.rule for i in issues] == ["P25C"]
    assert {int(line.rpartition(":")[2]) for line in quarantined(con, FORMS, issues)} == {5, 6, 7, 8, 9}


def test_a_wrong_month_is_not_believed_the_month_after():
    right = {name: str(value) for name, value in GOOD.items()}
    sheets = [sheet(*many(4, **times(10_000, *MONEY)), period="2024-02"), sheet(*many(4, **right))]
    assert told(*sheets) == []
