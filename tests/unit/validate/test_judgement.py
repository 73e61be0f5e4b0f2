# ruff: noqa: C408  (cells read better as dict(column=text))
"""From findings to issues: cascades, order, one issue a cause, words, verdicts, earlier months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import duckdb
import pytest

from etl.judge.compare import beside
from etl.judge.criteria import Criteria
from etl.land.write import Tonight, land_staged
from etl.model import Issue
from etl.validate.cascades import without_consequences
from etl.validate.rules import Telling, run_rules
from etl.validate.sentences import wanted
from etl.validate.stage import fill_staged
from etl.validate.verdict import quarantined, verdicts
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, finding, judged, parameters, reading, rule_set, sheet

pytestmark = pytest.mark.slow

KP, SELF, INV = "key_project_monthly", "performance_self_evaluation", "investment_monthly"


def codes(form, *sheets, **options):
    return [(i.rule, i.cell) for i in judged(form, *sheets, **options).issues]


def test_a_good_line_of_every_form_has_no_issue():
    whole = {"ex_ante_evaluation": [dict(aspect=aspect) for aspect in parameters().aspects]}  # a programme takes a line for each
    for form in FORMS:
        assert codes(form, sheet(*whole.get(form, [dict()]))) == [], form


@pytest.mark.parametrize("cause", ["F03", "F05", "F06", "F08", "F20", "F34", "F45", "F47", "P54"])
def test_one_blank_cell_is_one_issue(cause):
    given = sheet(dict(annual_plan=None), findings=[finding(cause, "annual_plan", value="##")])
    assert codes(KP, given) == [(cause, "K5")]


def test_an_ambiguous_month_leaves_a_required_date_blank_as_well():
    given = sheet(dict(due_date=None), findings=[finding("F07", "due_date", form="rectification", value="2024.1")])
    assert {rule for rule, _ in codes("rectification", given)} == {"F01", "F07"}


def test_the_reader_finds_nothing_by_a_rule_that_is_not_bound_to_the_form():
    unclear = [finding("P50", "promised_days", form="approval_case", value="天")]
    assert ("P50", "F5") in codes("approval_case", sheet(dict(), findings=unclear))
    assert codes(KP, sheet(dict(), findings=[finding("P50", "total_investment", value="天")])) == []


def test_what_could_not_be_read_has_no_follow_up():
    given = sheet(dict(signed_date=None), findings=[finding("F06", "signed_date", form=INV, value="年内")])
    assert codes(INV, given) == [("F06", "L5")]


@pytest.mark.parametrize("cause, silenced, same_cell", [
    ("P01", "P03", True), ("P02", "P03", True), ("P25", "P52", True), ("P26", "P27", False), ("P05E", "P05", False), ("P05", "P06", False),
    ("P12", "P12M", False), ("P18", "P18F", False), ("F45", "F02", True), ("F42", "F44", False)])
def test_cascades(cause, silenced, same_cell):
    def at(rule, cell="C5", line_id="s:5"):
        return SimpleNamespace(rule=rule, submission_id="s", sheet="", cell=cell, line_id=line_id)

    assert [f.rule for f in without_consequences([at(cause), at(silenced)], RULEBOOK)] == [cause]
    elsewhere = at(silenced, cell="D6", line_id="s:6")
    assert elsewhere in without_consequences([at(cause), elsewhere], RULEBOOK)
    beside = at(silenced, cell="D5")
    assert (beside in without_consequences([at(cause), beside], RULEBOOK)) is same_cell


def test_a_defect_in_the_money_block_is_said_once():
    lines = [dict(indicator_level3=f"指标{n}", weight="45", self_score="45", budget_executed="430") for n in (1, 2)]
    assert [c for c in codes(SELF, sheet(*lines)) if c[0] == "P10"] == [("P10", "F3")]


def test_issues_come_in_the_order_of_the_sheet():
    found = codes(KP, sheet(dict(level=None), dict(project_code=None, township=None, completion_rate_reported="36"), reviewer=None))
    assert found == [("F38", None), ("F01", "G5"), ("F01", "F6"), ("P27", "O6")]


def test_an_issue_has_its_address_and_its_difference():
    issue, = judged(KP, sheet(dict(completed_since_start="6528"))).issues
    assert (issue.file, issue.sheet, issue.row, issue.cell, issue.column) == ("重点项目月报表1.xlsx", "Sheet1", 5, "N5", "completed_since_start")
    assert (issue.value, issue.expected, issue.difference) == ("6528", "6000万元", "528")


def test_a_head_cell_has_its_own_row():
    issue, = [i for i in judged(SELF, sheet(dict(budget_executed="430"))).issues if i.rule == "P10"]
    assert (issue.row, issue.cell) == (3, "F3")


def test_whoever_waits_is_told_how_many_rules_have_been_run():
    heard = []
    with duckdb.connect() as con:
        fill_staged(con, [reading(KP, sheet({}))], {KP: FORMS[KP]}, SITE)
        run_rules(con, rule_set(KP, {code: RULEBOOK[code] for code in ("P07", "P10", "P01")}), telling=Telling(heard=lambda *told: heard.append(told)))
    assert heard == [(done, len(heard)) for done in range(1, len(heard) + 1)] and len(heard) == 2  # P10 is not about this form


def test_rules_have_their_time():
    rule = replace(RULEBOOK["P07"], effective_from=date(2024, 4, 1))
    con = duckdb.connect()
    fill_staged(con, [reading(KP, sheet(dict(completed_since_start="6528")))], {KP: FORMS[KP]}, SITE)
    assert run_rules(con, rule_set(KP, {"P07": rule})).issues == []
    assert run_rules(con, rule_set(KP, {"P07": replace(rule, effective_from=None)})).issues


def test_what_is_wanted_is_said_for_every_column():
    for form in FORMS.values():
        for column in form.columns:
            for rule in ("F01", "F03", "F06", "F08", "P54"):
                text = wanted(rule, column, form)
                assert text and "None" not in text and "（）" not in text


def test_the_month_before_is_the_version_in_force():
    good, old = sheet(dict(stage="在谈"), period="2024-02"), sheet(dict(stage="终止"), period="2024-02")
    nil = sheet(nil=True)
    assert "F26" in {r for r, _ in codes(INV, old, good, nil, night=True)}
    assert "F26" not in {r for r, _ in codes(INV, good, old, nil, night=True)}
    refused = sheet(dict(stage="终止"), period="2024-02", findings=[finding("F23", "note", form=INV)])
    assert "F26" in {r for r, _ in codes(INV, good, refused, nil, night=True)}
    assert "F26" not in {r for r, _ in codes(INV, good, nil)}


def test_a_line_that_its_own_rules_hold_back_is_no_month_before():
    wrong = sheet(dict(completed_ytd="200", completed_since_start="7000"), period="2024-02")
    assert "P02" not in {r for r, _ in codes(KP, wrong, sheet(dict()), night=True)}
    right = sheet(dict(completed_ytd="200", completion_rate_reported="6.67", completed_since_start="950"), period="2024-02")
    assert "P02" in {r for r, _ in codes(KP, right, sheet(dict()), night=True)}


def test_a_file_is_compared_with_what_was_landed_and_changes_nothing(tmp_path):
    landed, criteria = tmp_path / "landed.duckdb", Criteria(FORMS, RULEBOOK, parameters(), SITE)
    with duckdb.connect(tmp_path / "tonight.duckdb") as con:
        fill_staged(con, [reading(KP, sheet(dict(completed_ytd="400"), period="2024-02"), 1)], FORMS, SITE)
    land_staged(landed, tmp_path / "tonight.duckdb", FORMS, Tonight(verdicts={f"{1:016x}-{KP}-2024-02": "accepted"}, quarantined=(),
                issues=(), files=(), as_of=date(2024, 4, 15)))
    before = landed.read_bytes()

    def rules_of(one):
        with duckdb.connect() as con:
            issues, verdict = beside(con, [one], criteria, landed)
        return {i.rule for i in issues}, verdict

    found, verdict = rules_of(reading(KP, sheet(dict()), 2))
    assert "P01" in found and "F37" not in found and verdict == {f"{2:016x}-{KP}-2024-03": "partly_accepted"}
    assert "P01" not in rules_of(reading(KP, sheet(dict(completed_ytd="500", completed_since_start="1100")), 2))[0]
    assert landed.read_bytes() == before


def test_a_file_alone_is_not_asked_for_what_others_owe():
    assert "F37" not in {r for r, _ in codes(KP, sheet(dict(), period="2024-02"))}
    assert "F37" in {r for r, _ in codes(KP, sheet(dict(), period="2024-02"), night=True)}


def test_an_issue_names_the_version_of_its_rule():
    changed = {"P07": replace(RULEBOOK["P07"], version="3")}
    con = duckdb.connect()
    fill_staged(con, [reading(KP, sheet(dict(completed_since_start="6528")))], {KP: FORMS[KP]}, SITE)
    assert [i.rule_version for i in run_rules(con, rule_set(KP, changed)).issues] == ["3"]


def issue(severity, level, line_id="s:5", column="annual_plan"):
    return Issue("s", line_id, "X", severity, level, "f", "", 5, "K5", column, None, None, None, "")


@pytest.mark.parametrize("issues, verdict", [
    ([], "accepted"),
    ([issue("info", "submission")], "accepted"),
    ([issue("warning", "submission"), issue("info", "row")], "accepted_with_warnings"),
    ([issue("warning", "cell"), issue("error", "cross_unit")], "partly_accepted"),
    ([issue("error", "cell"), issue("error", "submission")], "rejected")])
def test_verdicts(issues, verdict):
    assert verdicts({"s": True}, issues) == {"s": verdict}
    assert verdicts({"s": False}, issues) == {"s": "unreadable"}


def test_an_error_in_the_head_holds_back_the_whole_programme():
    con = duckdb.connect()
    both = [dict(indicator_level3="甲", weight="45", self_score="46"), dict(indicator_level3="乙", weight="45", self_score="45")]
    one = reading(SELF, sheet(*both))
    fill_staged(con, [one], {SELF: FORMS[SELF]}, SITE)
    found = run_rules(con, rule_set(SELF, {"P42": RULEBOOK["P42"]})).issues
    assert {line.rpartition(":")[2] for line in quarantined(con, FORMS, found)} == {"5"}
    sid = one.submission.submission_id
    head = replace(issue("error", "row", f"{sid}:5", "budget_executed"), submission_id=sid)
    assert {line.rpartition(":")[2] for line in quarantined(con, FORMS, [head])} == {"5", "6"}
