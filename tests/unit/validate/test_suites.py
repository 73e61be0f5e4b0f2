# ruff: noqa: C408  (cells read better as dict(column=text))
"""Great Expectations counts the failing rows again, and a suite that does not run fails the night."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from etl.validate import suites
from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, parameters, reading, sheet

pytestmark = pytest.mark.slow

INV, SELF = "investment_monthly", "performance_self_evaluation"
TWO = {f: FORMS[f] for f in (INV, SELF)}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A staged night with failing and passing lines of two forms; its connection stays open meanwhile."""
    path = tmp_path_factory.mktemp("night") / "tonight.duckdb"
    con = duckdb.connect(path)
    fill_staged(con, [
        reading(INV, sheet(dict(stage="在谈"), period="2024-02"), 1),
        reading(INV, sheet(dict(evidence_no=None, investor_name="某某:公司"), dict(project_name="仓储等3个项目", contracted_amount="-5")), 2),
        reading(SELF, sheet(dict(self_score="95"), dict(indicator_level3="乙", weight="0", self_score="0")), 3),
    ], TWO, SITE)
    yield path, run_rules(con, TWO, RULEBOOK, parameters()).counts
    con.close()


def test_the_suites_count_what_the_rules_list(night):
    path, listed = night
    counted = suites.run_suites(path, TWO, RULEBOOK, parameters())
    assert counted == listed
    assert counted[INV, "P36M"] == 1 and counted[INV, "P20"] == 1 and counted[SELF, "P42"] == 1 and counted[INV, "P37"] == 0
    suites.agree(counted, listed)


def test_a_rule_that_cannot_run_fails_the_night(night, monkeypatch):
    path, _ = night
    broken = {(INV, "P99"): f"SELECT no_such_column FROM staged.{INV}"}
    monkeypatch.setattr(suites, "queries", lambda *_, **__: broken)
    with pytest.raises(suites.SuiteError, match="P99"):
        suites.run_suites(path, TWO, RULEBOOK, parameters())


def test_a_dropped_expectation_fails_the_night(night, monkeypatch):
    path, _ = night
    import great_expectations as gx

    kept = gx.ExpectationSuite.add_expectation

    def forgets_p20(self, expectation):
        return expectation if expectation.meta["code"] == "P20" else kept(self, expectation)

    monkeypatch.setattr(gx.ExpectationSuite, "add_expectation", forgets_p20)
    with pytest.raises(suites.SuiteError, match="rules went in"):
        suites.run_suites(path, TWO, RULEBOOK, parameters(), [INV])


@pytest.mark.parametrize("counted", [{(INV, "P20"): 2}, {}, {(INV, "P20"): 1, (INV, "P37"): 0}])
def test_suites_and_rules_that_disagree_fail_the_night(counted):
    with pytest.raises(suites.SuiteError, match="disagree"):
        suites.agree(counted, {(INV, "P20"): 1})


def test_braces_and_colons_in_a_rule_reach_the_database_as_they_are(night, monkeypatch):
    path, _ = night
    odd = {(INV, "P98"): f"SELECT line_id FROM staged.{INV} WHERE regexp_matches(investor_name, '^.{{2}}:公') AND CAST(unit AS VARCHAR) <> ':x'"}
    monkeypatch.setattr(suites, "queries", lambda *_, **__: odd)
    assert suites.run_suites(path, TWO, {"P98": replace(RULEBOOK["P20"], code="P98")}, parameters()) == {(INV, "P98"): 1}
