"""Codes of the marts in words: which there are, in which order, and that none is without."""

from __future__ import annotations

import json

import pytest

from etl.assess.labels import EVERY, load_labels
from etl.texts.catalogue import speaker, texts
from tests.fixtures.coded import without_label
from tests.fixtures.places import EXPECTATIONS


@pytest.fixture(scope="module")
def labels():
    return load_labels(EXPECTATIONS)


def test_every_code_of_the_county_has_its_words(ask):
    assert list(without_label(ask)) == []


def test_a_code_without_words_is_found():
    answers = {"SELECT mart": [("fct_light", "level", "best")], "SELECT table_name": [("fct_light", "level"), ("fct_light", "subject")],
               'SELECT DISTINCT "level"': [("best",), ("worst",)], 'SELECT DISTINCT "subject"': [("project",)]}
    found = without_label(lambda sql: next(rows for begin, rows in answers.items() if sql.startswith(begin)))
    assert list(found) == [("fct_light", "level", "worst"), ("fct_light", "subject", "project")]


def test_one_code_is_said_as_each_table_means_it(ask):
    assert ask("SELECT mart, column_name, code, label, label_en FROM dim_label WHERE code = 'refused' ORDER BY 1, 2") == [
        ("fct_accountability", "state", "refused", "不予发出", "refused"),
        ("fct_claim", "decision", "refused", "不予认可", "refused"),
        ("fct_claim_effect", "decision", "refused", "不予认可", "refused"),
        ("fct_explanation", "review", "refused", "不予采信", "refused"),
        ("fct_explanation", "state", "refused", "不予采信", "refused"),
        ("fct_issue_effect", "basis", "refused", "整份退回", "refused as a whole"),
    ]
    assert ask("SELECT label FROM dim_label WHERE mart = 'fct_investment' AND column_name = 'signed_date_precision' ORDER BY place") == [
        ("日",), ("月",), ("季",), ("半年",), ("年",)]


def test_a_labels_words_are_those_of_the_catalogue(labels):
    assert [label for label in labels if label[2] == label[3]] == []
    assert ("fct_data_quality_issue", "state", "waived", speaker("zh")("state.waived"), texts("state")["waived"]["en"], 4) in labels


def test_every_listed_value_of_a_mart_has_its_words_and_every_listed_column_stands_in_a_mart(parsed, ask, labels):
    manifest = json.loads((parsed / "target" / "manifest.json").read_text(encoding="utf-8"))
    listed = {(node["attached_node"].rpartition(".")[2], node["column_name"], value) for node in manifest["nodes"].values()
              if (node.get("test_metadata") or {}).get("name") == "accepted_values" and node["attached_node"].split(".")[2][:3] in ("dim", "fct", "rpt")
              for value in node["test_metadata"]["kwargs"]["values"]}
    made = set(ask("SELECT mart, column_name, code FROM dim_label"))
    assert len(listed) > 150 and listed - made == set()
    assert {(mart, column) for mart, column, *_ in labels if mart != EVERY} <= {place[:2] for place in made}
    assert {column for mart, column, *_ in labels if mart == EVERY} - {"*_precision"} <= {column for _, column, _ in made}


def test_a_column_means_one_thing_everywhere_or_something_of_its_own_in_each_table(labels):
    named = {column for mart, column, *_ in labels if mart == EVERY}
    assert {(mart, column) for mart, column, *_ in labels if mart != EVERY and column in named} == set()
