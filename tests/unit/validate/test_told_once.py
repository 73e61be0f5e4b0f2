# ruff: noqa: C408  (cells read better as dict(column=text))
"""One cause, one finding: a line, a column or a row that is no row is told once, and nothing slips through with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import duckdb
import pytest

from etl.site.decision import Decisions, Suspension
from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from etl.validate.verdict import quarantined
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, finding, judged, reading, rule_set, sheet
from tests.rules.cases import FEBRUARY

pytestmark = pytest.mark.slow

KP, INV = "key_project_monthly", "investment_monthly"


def told(rule, *sheets, form=KP, night=True):
    return [(i.cell, i.expected, i.difference) for i in judged(form, *sheets, rules={rule}, night=night).issues if i.rule == rule]


def test_two_cumulatives_off_by_one_amount_are_one_finding_at_the_month():
    off = sheet(dict(completed_ytd="350", completed_since_start="950"))
    assert told("P03", FEBRUARY[KP], off) == [("L5", "150", "-50")]


def test_two_cumulatives_off_by_two_amounts_are_two_findings():
    off = sheet(dict(completed_ytd="350", completed_since_start="970"))
    assert told("P03", FEBRUARY[KP], off) == [("M5", "300", "50"), ("N5", "900", "70")]


def test_a_cumulative_that_fell_is_not_said_to_be_broken_as_well():
    off = sheet(dict(completed_month="100", completed_ytd="150", completed_since_start="750"))
    issues = judged(KP, FEBRUARY[KP], off, rules={"P01", "P02", "P03"}, night=True).issues
    assert [i.rule for i in issues if "2024-03" in i.submission_id] == ["P01", "P02"]


def test_a_sheet_without_a_header_is_not_asked_who_signed_it_and_any_other_is():
    def unsigned(rule):
        return {i.rule for i in judged(KP, sheet(dict(), reviewer=None, findings=[finding(rule, "completed_ytd")])).issues}

    assert "F38" not in unsigned("F33")
    assert "F38" in unsigned("F04")


def formulas(n, of=4, text=None):
    lines = [dict(project_code=None, project_name=f"第{k}号项目", completion_rate_reported=None) for k in range(n)]
    lines += [dict(project_code=None, project_name=f"第{k}号项目") for k in range(n, of)]
    return sheet(*lines, findings=[finding("F20", "completion_rate_reported", 5 + k, value=text) for k in range(n)])


def examined(given):
    con = duckdb.connect()
    fill_staged(con, [reading(KP, given)], {KP: FORMS[KP]}, SITE)
    issues = run_rules(con, rule_set(KP)).issues
    return issues, {int(line.rpartition(":")[2]) for line in quarantined(con, FORMS, issues)}


def test_a_column_of_formulas_without_results_is_one_finding_that_holds_back_its_lines():
    issues, held = examined(formulas(3))
    (one,) = [i for i in issues if i.rule in ("F20", "F01")]
    assert (one.rule, one.cell, one.line_id, one.column) == ("F20", "O5", None, "completion_rate_reported")
    assert one.sentence.startswith("O5起“投资完成率”整列（共3行）是公式，但文件里没有存下计算结果。")
    assert held == {5, 6, 7}


@pytest.mark.parametrize("n, text", [(2, None), (3, "#REF!")])
def test_formulas_that_went_wrong_one_by_one_are_told_each(n, text):
    issues, held = examined(formulas(n, text=text))
    assert [i.cell for i in issues if i.rule == "F20"] == [f"O{5 + k}" for k in range(n)]
    assert held == {5 + k for k in range(n)}


def test_the_blanks_of_a_row_that_is_no_row_are_told_once():
    nothing = dict.fromkeys(c.name for c in FORMS[KP].columns if c.name != "project_name")
    issues, held = examined(sheet(dict(), nothing | dict(project_name="下步打算")))
    (one,) = [i for i in issues if i.rule == "F01"]
    required = sum(c.required for c in FORMS[KP].columns)
    assert (one.row, one.difference) == (6, f"{required - 1}项")
    assert f"这一行空着的{required - 1}个必填项" in one.sentence and held == {6}


def test_a_few_blanks_are_told_at_their_cells():
    issues, _ = examined(sheet(dict(township=None, builder_name=None)))
    assert [(i.rule, i.cell) for i in issues] == [("F01", "C5"), ("F01", "F5")]


def aside(rule, unit="*"):
    one = Suspension("suspensions.csv:2", rule, "*", unit, "", "2024-12", "在议", "王某", datetime(2024, 4, 1))
    return SimpleNamespace(**vars(SITE) | {"decisions": Decisions(suspensions=(one,))})


def beside_suspended(monkeypatch, site, rules, *sheets):
    monkeypatch.setattr("tests.fixtures.submissions.SITE", site)
    return {(i.rule, i.state) for i in judged(KP, *sheets, rules=rules, night=True).issues}


def test_a_rule_that_is_suspended_silences_no_other(monkeypatch):
    """F20 told, F01 would only say it again; with F20 set aside nobody would be told anything."""
    lost = sheet(dict(annual_plan=None), findings=[finding("F20", "annual_plan", 5)])
    assert beside_suspended(monkeypatch, SITE, {"F20", "F01"}, lost) == {("F20", "open")}
    assert beside_suspended(monkeypatch, aside("F20"), {"F20", "F01"}, lost) == {("F20", "suspended"), ("F01", "open")}
    assert beside_suspended(monkeypatch, aside("F20", unit="zsj"), {"F20", "F01"}, lost) == {("F20", "open")}   # another's


def test_no_rule_waits_for_one_that_is_suspended(monkeypatch):
    monkeypatch.setitem(RULEBOOK, "P07", replace(RULEBOOK["P07"], severity="error"))
    monkeypatch.setitem(RULEBOOK, "P03", replace(RULEBOOK["P03"], phase=2))
    both = FEBRUARY[KP], sheet(dict(completed_ytd="350", completed_since_start="99999"))
    assert "P03" not in {rule for rule, _ in beside_suspended(monkeypatch, SITE, {"P07", "P03"}, *both)}
    assert {("P07", "suspended"), ("P03", "open")} <= beside_suspended(monkeypatch, aside("P07"), {"P07", "P03"}, *both)
