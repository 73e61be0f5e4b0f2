"""What has to stand in two places, because one is read by Python and the other by dbt, is the same in both."""

import csv
import re
from decimal import Decimal

import yaml

from etl.forms.rulefiles import parameter_defaults
from etl.normalise.vocabulary import load_vocabulary
from etl.validate.rulebook import load_rulebook
from tests.fixtures.places import EXPECTATIONS, ROOT


def test_defaults_that_rules_and_models_share_are_equal():
    with (ROOT / "dbt_project/dbt_project.yml").open(encoding="utf-8") as file:
        models = {key: str(value) for key, value in yaml.safe_load(file)["vars"]["settings"].items()}
    rules = {key: one.value if isinstance(one.value, str) else "|".join(one.value) for key, one in parameter_defaults(EXPECTATIONS).items()}
    shared = models.keys() & rules.keys()
    assert {"stage_order", "january_exempt", "target_late"} <= shared
    assert {key: models[key] for key in shared} == {key: rules[key] for key in shared}


def test_targets_are_converted_as_the_reader_converts_money():
    with (ROOT / "dbt_project/seeds/unit_factor.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    money = load_vocabulary(EXPECTATIONS / "vocabulary.yaml").money_units
    canonical = {"万元": money["CNY"], "万美元": money["USD"]}
    converted = [row for row in rows if row["canonical_unit"] in canonical]
    assert converted
    for row in converted:
        assert canonical[row["canonical_unit"]][row["written_unit"]] == Decimal(row["factor"]), row


def test_the_mart_of_corrections_names_the_rules_that_they_answer():
    text = (ROOT / "dbt_project/models/marts/decisions/fct_correction.yml").read_text(encoding="utf-8")
    answered = {code for code, rule in load_rulebook(EXPECTATIONS).items() if rule.correctable}
    assert set(re.findall(r"\b[FP]\d\d[A-Z]?\b", text)) == answered
