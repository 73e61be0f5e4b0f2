"""The rulebook and its parameters as data, and the page made from them."""

from __future__ import annotations

import re

import pytest

from etl.validate.page import rulebook_page
from etl.validate.rulebook import load_parameters, load_rulebook
from tests.fixtures.places import EXPECTATIONS, ROOT
from tests.fixtures.submissions import FORMS, RULEBOOK


def test_the_page_is_the_rulebook():
    made = rulebook_page(RULEBOOK, FORMS, EXPECTATIONS / "parameters.csv")
    assert (ROOT / "docs/rulebook.md").read_text(encoding="utf-8") == made, "run: python -m etl.validate.page docs/rulebook.md"


def test_sentences_use_only_what_a_finding_has():
    for rule in RULEBOOK.values():
        for text in (rule.sentence_zh, rule.sentence_en):
            assert set(re.findall(r"{(\w+)}", text)) <= {"cell", "value", "expected", "remedy"}, rule.code
        assert rule.sentence_zh and rule.sentence_en and rule.name_en


def test_rules_cover_forms_that_exist():
    assert {f for r in RULEBOOK.values() for f in r.forms} <= {*FORMS, "*"}


def test_a_broken_rulebook_is_named(tmp_path):
    text = (EXPECTATIONS / "rulebook.csv").read_text(encoding="utf-8")
    (tmp_path / "twice.csv").write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="F01 stands twice"):
        load_rulebook(tmp_path / "twice.csv")
    (tmp_path / "grave.csv").write_text(text.replace(",error,cell,sql", ",grave,cell,sql", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="'grave'"):
        load_rulebook(tmp_path / "grave.csv")


def test_a_site_overrides_numbers_lists_and_switches():
    cfg = load_parameters(EXPECTATIONS, {"over_plan": "1.5", "public_money": "财政局|国资办", "january_exempt": "TRUE",
                                         "name_similarity": "0.9 Jaro-Winkler", "dress_n": " ", "county": "云岭县"}, "2024-04-15 20:00:00")
    assert (cfg.over_plan, cfg.public_money, cfg.january_exempt) == ("1.5", ("财政局", "国资办"), "true")
    assert (cfg.name_similarity, cfg.home_area, cfg.as_of, cfg.full_min, cfg.dress_n) == (
        "0.9", ("云岭县",), "2024-04-15 20:00:00", "5", "10")


@pytest.mark.parametrize("key, value", [("over_plan", "一点五"), ("january_exempt", "也许")])
def test_a_setting_of_the_wrong_kind_is_refused_by_name(key, value):
    with pytest.raises(ValueError, match=key):
        load_parameters(EXPECTATIONS, {key: value})


def test_a_rule_that_asks_for_an_unknown_parameter_fails():
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = load_parameters(EXPECTATIONS).no_such_thing
