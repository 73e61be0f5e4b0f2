"""What is expected follows from contracts and marts, and is kept as Great Expectations reads it."""

import json

import pytest

from etl.forms.contract import load_forms
from etl.gate import suites
from tests.fixtures.places import ROOT

KEPT = ROOT / "expectations" / "suites"
BY_HAND = {"drift", "records", "sums"}
MART = {
    "name": "fct_boat",
    "description": "船只，每艘一行。Boats, one row each.",
    "constraints": [{"type": "primary_key", "columns": ["unit", "boat"]}],
    "data_tests": [{"holds": {"arguments": {"expression": "length > 0"}}}],
    "columns": [
        {"name": "unit", "data_tests": [{"relationships": {"arguments": {"to": "ref('dim_unit')", "field": "unit"},
                                                           "config": {"where": "unit not like 'missing:%'"}}}]},
        {"name": "kind", "data_tests": [{"accepted_values": {"arguments": {"values": ["渔船", "客船"]}}}, "not_null"]},
        {"name": "length", "data_tests": [{"accepted_range": {"arguments": {"minimum": 0}}}]},
    ],
}


def test_the_kept_suites_are_those_that_follow():
    made = suites.made(ROOT)
    kept = {path.stem: path.read_text(encoding="utf-8") for path in KEPT.glob("*.json")}
    assert {name: suites.written(suite) for name, suite in made.items()} == {n: text for n, text in kept.items() if n not in BY_HAND}, \
        "python -m etl.gate.suites makes them anew"


def test_what_a_person_wrote_is_asked_as_well():
    assert set(suites.suites_of(ROOT)) >= BY_HAND


def test_a_mart_is_held_to_its_key_lists_bounds_equations_and_references():
    asked = {one["type"]: one for one in suites.suite_of_mart(MART)["expectations"]}
    assert asked["expect_compound_columns_to_be_unique"]["kwargs"]["column_list"] == ["unit", "boat"]
    assert asked["expect_column_values_to_be_in_set"]["kwargs"] == {"column": "kind", "value_set": ["渔船", "客船"]}
    assert asked["expect_column_values_to_be_between"]["kwargs"] == {"column": "length", "min_value": 0, "max_value": None}
    rows = [one["kwargs"]["unexpected_rows_query"] for one in suites.suite_of_mart(MART)["expectations"] if one["type"].startswith("unexpected")]
    assert rows[0] == "WITH b AS (SELECT * FROM {batch}) SELECT * FROM b WHERE NOT coalesce(length > 0, FALSE)"
    assert "not like 'missing:%'" in rows[1].replace("\\", "") and "FROM marts.dim_unit" in rows[1]
    assert suites.suite_of_mart(MART)["meta"]["title"] == "船只，每艘一行"
    assert asked["expect_column_values_to_be_between"]["description"] == "length 不小于 0"


def test_lines_that_count_are_held_to_their_contract():
    form = load_forms(ROOT / "expectations")["key_project_monthly"]
    suite = suites.suite_of_lines(form, {"name": "fct_x", "columns": [{"name": n} for n in ("project_name", "stage", "total_investment")]})
    told = [one["description"] for one in suite["expectations"]]
    assert told[0] == "计入的行数与收件、审核的记录一致"
    assert "必填的“项目名称”都有值" in told and told[-1].startswith("stage 只有规定的取值：谋划、")
    [bounds] = [one["kwargs"] for one in suite["expectations"] if one["kwargs"].get("column") == "total_investment" and "min_value" in one["kwargs"]]
    assert bounds == {"column": "total_investment", "min_value": 0, "max_value": None, "strict_min": True}


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.json")), ids=lambda path: path.stem)
def test_each_says_in_chinese_what_it_expects_and_how_grave_it_is(path):
    suite = json.loads(path.read_text(encoding="utf-8"))
    assert suite["name"] == path.stem and suite["meta"]["mart"] and suite["meta"]["title"]
    for one in suite["expectations"]:
        assert any("\u4e00" <= c <= "\u9fff" for c in one["description"]) and one["severity"] in ("critical", "warning", "info")
