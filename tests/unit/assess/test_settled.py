"""A ruling lets the credited line of a project through; the others stay held until they are withdrawn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.assess.settled import settled
from etl.forms.contract import load_forms
from etl.model import Issue

FORMS = load_forms(Path(__file__).parents[3] / "expectations")
CODE = "2301-530330-04-01-557174"


def found(line, rule="P18"):
    return Issue(submission_id="s", line_id=line, rule=rule, severity="error", level="cross_unit", file="f", sheet="S", row=4, cell="B4",
                 column="project_name", value="x", expected=None, difference=None, sentence="")


@pytest.fixture
def con():
    con = duckdb.connect()
    con.execute("CREATE SCHEMA gathered")
    con.execute("CREATE SCHEMA landed")
    for form, owner in (("investment_monthly", "investor"), ("key_project_monthly", "builder")):
        con.execute(f"CREATE TABLE gathered.{form} (line_id VARCHAR, submission_id VARCHAR, period VARCHAR, unit VARCHAR,"
                    f" in_force BOOLEAN, project_code VARCHAR, project_name_norm VARCHAR,"
                    f" {owner}_uscc VARCHAR, {owner}_name_norm VARCHAR, introducing_unit_code VARCHAR)")
    con.execute("CREATE TABLE gathered.submission AS SELECT unit AS submission_id, day AS received_at, 1 AS receipt_order"
                " FROM (VALUES ('t02', DATE '2024-04-01'), ('t01', DATE '2024-04-02')) AS v (unit, day)")
    con.execute("CREATE TABLE gathered.setting (key VARCHAR, value VARCHAR)")
    con.execute("CREATE TABLE landed.issue (line_id VARCHAR, severity VARCHAR, state VARCHAR, found_by VARCHAR)")
    con.execute("CREATE TABLE gathered.unit AS SELECT unnest(['t01', 't02']) AS unit")
    con.execute("CREATE TABLE landed.project_identity (project_key VARCHAR, same_as VARCHAR, kind VARCHAR, first_period VARCHAR)")
    con.execute("CREATE TABLE landed.claim_ruling (ruling VARCHAR, project_key VARCHAR, form VARCHAR, first_period VARCHAR, last_period VARCHAR,"
                " unit VARCHAR, decision VARCHAR, share_pct DECIMAL(20,6), decided_by VARCHAR, why VARCHAR, decided_at TIMESTAMP)")
    yield con
    con.close()


def rule(con, unit, share, ruling, first="", key=CODE):
    con.execute("INSERT INTO landed.claim_ruling VALUES (?, ?, '', ?, '', ?, 'x', ?, '张某', '合同', '2024-04-01')", [ruling, key, first, unit, share])


def line(con, form, line_id, unit, code=CODE, name="茶叶", uscc="91"):
    con.execute(f"INSERT INTO gathered.{form} VALUES (?, ?, '2024-03', ?, true, ?, ?, ?, '甲公司', ?)", [line_id, unit, unit, code, name, uscc, unit])


def states(con, *lines):
    return [(i.line_id, i.state) for i in settled(con, FORMS, [found(one) for one in lines], "memory.landed")]


def test_the_owner_s_line_goes_through_and_says_by_whom(con):
    line(con, "key_project_monthly", "a", "t01")
    line(con, "key_project_monthly", "b", "t02")
    rule(con, "t01", 100, "claims.csv:2")
    rule(con, "t02", 0, "claims.csv:3")
    one, other = settled(con, FORMS, [found("a"), found("b")], "memory.landed")
    assert (one.state, one.decision, one.explanation, one.explained_by, one.explained_at) == ("waived", "claims.csv:2", "合同", "张某", datetime(2024, 4, 1))
    assert other.state == "open"


def test_the_later_ruling_holds(con):
    line(con, "investment_monthly", "a", "t01")
    rule(con, "t01", 100, "claims.csv:2")
    rule(con, "t01", 0, "claims.csv:3", first="2024-02")
    assert states(con, "a") == [("a", "open")]


def test_a_line_without_the_code_is_known_by_firm_and_name(con):
    line(con, "investment_monthly", "a", "t01")
    line(con, "investment_monthly", "b", "t02", code=None)
    rule(con, "t01", 60, "claims.csv:2")
    rule(con, "t02", 40, "claims.csv:3")
    assert states(con, "a", "b") == [("a", "waived"), ("b", "waived")]


def test_other_rules_and_other_projects_are_left_alone(con):
    line(con, "investment_monthly", "a", "t01", code=None, name="码头", uscc=None)
    rule(con, "t01", 100, "claims.csv:2")
    assert states(con, "a") == [("a", "open")]
    assert [i.state for i in settled(con, FORMS, [found("a", "P36")], "memory.landed")] == ["open"]


@pytest.mark.parametrize("setting, expected", [
    ("none", ["open", "open"]), ("first", ["open", "waived"]), ("equal", ["waived", "waived"]),
])
def test_while_nobody_has_ruled_the_county_s_setting_decides(con, setting, expected):
    con.execute("INSERT INTO gathered.setting VALUES ('unsettled', ?)", [setting])
    line(con, "key_project_monthly", "a", "t01")
    line(con, "key_project_monthly", "b", "t02")              # received a day earlier
    assert [state for _, state in states(con, "a", "b")] == expected


def test_a_ruling_goes_before_the_setting_and_a_wrong_line_claims_nothing(con):
    con.execute("INSERT INTO gathered.setting VALUES ('unsettled', 'first')")
    line(con, "key_project_monthly", "a", "t01")
    line(con, "key_project_monthly", "b", "t02")
    con.execute("INSERT INTO landed.issue VALUES ('b', 'error', 'open', 'own')")
    one, other = settled(con, FORMS, [found("a"), found("b")], "memory.landed")
    assert (one.state, one.decision, one.explained_by, other.state) == ("waived", "settings.csv:unsettled", None, "open")
    rule(con, "t01", 0, "claims.csv:2")
    rule(con, "t02", 100, "claims.csv:3")
    assert states(con, "a", "b") == [("a", "open"), ("b", "waived")]


def test_a_warehouse_without_rulings_changes_nothing(con):
    con.execute("DROP TABLE landed.claim_ruling")
    assert states(con, "a") == [("a", "open")]
