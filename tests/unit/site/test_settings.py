"""A setting that no definition knows is named before the night begins."""

import csv
from decimal import Decimal

import pytest

from etl.forms.rulefiles import parameter_defaults
from etl.forms.yamlfile import load_yaml
from etl.site.csvfile import SiteError
from etl.site.settings import check_settings
from etl.validate.rulebook import load_parameters
from tests.fixtures.places import EXPECTATIONS


def check(folder, key, value):
    (folder / "settings.csv").write_text(f"key,value\ncounty,云岭县\n{key},{value}\n", encoding="utf-8")
    check_settings(EXPECTATIONS, folder, {"county": "云岭县", key: value})


@pytest.mark.parametrize("key, value", [
    ("unsettled", "first"), ("january_exempt", "TRUE"), ("unfit_days", "3"), ("target_late", "10-31"), ("name_similarity", "0.85 Jaro-Winkler"),
    ("size_cuts", "1000|5000"), ("our_own", "whatever"), ("unsettled", ""), ("unfit_days", "3 个工作日"),
])
def test_a_value_of_its_kind_passes(tmp_path, key, value):
    check(tmp_path, key, value)


@pytest.mark.parametrize("key, value, remedy", [
    ("unsettled", "maybe", "可选 none、first、equal"), ("january_exempt", "也许", "可选 true、false"), ("carry_forward", "1", "可选 true、false"),
    ("unfit_days", "many", "请写数字，例如 5"), ("unfit_days", "3天", "请写数字"), ("grace_days", "3天", "请写数字"), ("target_late", "九月底", "请写成 月-日，例如 09-30"), ("over_plan", "一点五", "请写数字"),
])
def test_another_is_named_with_its_line_and_its_remedy(tmp_path, key, value, remedy):
    with pytest.raises(SiteError) as caught:
        check(tmp_path, key, value)
    assert caught.value.line == 3 and f"“{key}”写的是“{value}”" in str(caught.value) and remedy in str(caught.value)


def test_a_default_that_rules_and_models_share_is_the_same_in_both():
    settings = load_yaml(EXPECTATIONS.parent / "dbt_project" / "dbt_project.yml")["vars"]["settings"]
    parameters = {key: "|".join(one.value) if isinstance(one.value, tuple) else one.value for key, one in parameter_defaults(EXPECTATIONS).items()}
    shared = sorted(settings.keys() & parameters.keys())
    assert shared and {key: str(settings[key]) for key in shared} == {key: parameters[key] for key in shared}


def test_what_a_target_in_words_earns_is_the_same_for_the_rule_and_the_warehouse():
    with (EXPECTATIONS.parent / "dbt_project/seeds/qualitative_band.csv").open(encoding="utf-8", newline="") as file:
        seed = {row["answer"]: (Decimal(row["low_pct"]) / 100, Decimal(row["high_pct"]) / 100) for row in csv.DictReader(file)}
    rule = {word: (Decimal(low), Decimal(high)) for word, low, high in map(str.split, load_parameters(EXPECTATIONS)["qualitative_bands"])}
    assert rule == seed
