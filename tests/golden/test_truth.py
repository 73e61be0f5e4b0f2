"""A night as people run it, Great Expectations and dbt's tests on, against what was put into the sample (data/sample/truth)."""

import json

import pytest

from tests.fixtures.places import SAMPLE
from tests.golden.published import issues_of, measures_of, verdicts_of
from tests.golden.score import Truth, compare_facts, compare_issues, compare_verdicts

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


def test_dbt_tested_what_it_built(night):
    """The nights of tests/flows leave dbt's tests out to be quick; this one must not."""
    results = json.loads((night / "dbt" / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    tests = [result["status"] for result in results if result["unique_id"].startswith("test.")]
    assert len(tests) > 150 and set(tests) <= {"pass", "warn"}
