"""A night as people run it, Great Expectations on, against what was put into the sample (data/sample/truth)."""

import json

import duckdb
import pytest

from etl.publish.manifest import read_manifest
from tests.fixtures.coded import without_label
from tests.fixtures.places import SAMPLE
from tests.golden.published import issues_of, measures_of, verdicts_of
from tests.golden.score import Truth, compare_facts, compare_issues, compare_verdicts

NOTHING_ASKED = {"bridge_measure_line"}  # marts without a key, a list or a reference
OWN = ("land_supply_monthly", "park_output_quarterly", "ex_ante_evaluation")     # the forms that this night has beside the sample's


@pytest.fixture(scope="module")
def truth():
    return Truth(SAMPLE)


def test_every_planted_error_is_found_at_its_cell_and_nothing_else_is_found(night, truth):
    table = compare_issues(truth, [issue for issue in issues_of(night) if issue["form"] not in OWN], show=True)
    assert sum(rule["must"] for rule in table.values()) > 50
    assert {code: rule for code, rule in table.items() if rule["found"] < rule["must"] or rule["false"]} == {}


def test_every_submission_gets_its_verdict(night, truth):
    right, total = compare_verdicts(truth, verdicts_of(night), {line["form"] for line in truth.manifest}, show=True)
    assert right == total > 40


def test_every_figure_is_right(night, truth):
    right, total = compare_facts(truth, measures_of(night), {fact["form"] for fact in truth.facts}, show=True)
    assert right == total > 450


def test_every_code_that_was_published_has_its_words(night):
    with duckdb.connect(str(night / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        assert list(without_label(lambda sql: con.execute(sql).fetchall())) == []


def test_the_gate_asked_of_everything_that_was_published(night):
    """The nights of tests/flows leave the gate out to be quick; this one must not."""
    current = night / "published" / "current"
    results = json.loads((current / "quality" / "results.json").read_text(encoding="utf-8"))["expectations"]
    filled = {mart for mart, rows in read_manifest(current)["tables"].items() if rows}
    assert filled - {one["mart"] for one in results} <= NOTHING_ASKED
    assert len(results) > 250
    assert {(one["suite"], one["severity"]) for one in results if not one["success"]} == {("drift", "warning")}  # in March few sent theirs
    assert "lines_land_supply_monthly" in {one["suite"] for one in results}, "a form of one's own is asked, too"


def test_a_night_leaves_what_dbt_knows_of_its_models(night):
    for artifact in ("manifest.json", "run_results.json"):
        assert json.loads((night / "dbt" / "target" / artifact).read_text(encoding="utf-8"))["metadata"]["dbt_version"], artifact
