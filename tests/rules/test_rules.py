# ruff: noqa: C408  (cells read better as dict(column=text))
"""Every rule decided by SQL fires on its failing example, at the right cell, and keeps quiet on the passing one."""

from __future__ import annotations

import re

import pytest

from etl.validate.failure import Failure
from etl.validate.sentences import sentence
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import FORMS, GOOD, RULEBOOK, SITE, judged
from tests.rules.cases import EXAMPLES
from tests.rules.told import issues, names, read, told

pytestmark = pytest.mark.slow

IN_SQL = {code for code, rule in RULEBOOK.items() if {"sql", "context", "roster"} & set(rule.decided_by)}
NAMES = names(EXAMPLES)
NAMED, TOLD = list(zip(NAMES, EXAMPLES)), read()
CHINESE = re.compile(r"[\u3400-\u9fff]+")
CONTRACTS = "".join(path.read_text(encoding="utf-8") for path in sorted(EXPECTATIONS.glob("*/form.yaml")) + [EXPECTATIONS / "parameters.yaml"])
# No form has a retired version yet; its examples stand in test_retired_forms below.
WITHOUT_DATA = {"P56", "F55", "F56", "F57"}  # test_text_words.py tells those of words that no form of ours has


def reads_well(issue, form, given):
    """In both languages the sentence names the cell and has nothing left blank; English holds no Chinese but what was `given`."""
    column = form.by_name.get(issue.column)
    english = sentence(RULEBOOK[issue.rule], Failure(issue.rule, cell=issue.cell, value=issue.value, expected=issue.expected), column, "en")
    for text in (issue.sentence, english):
        assert not [w for w in ("None", "{", "}", "“”", "（）", "()") if w in text], text
        assert issue.cell is None or issue.cell in text
    theirs = f"{CONTRACTS}{SITE.units}{GOOD}{RULEBOOK[issue.rule].sentence_en}{issue.value}{given}审核人"
    assert issue.rule == "P55" or not {run for run in CHINESE.findall(english) if run not in theirs}, english      # P55 gives an example


@pytest.mark.parametrize("name, example", NAMED, ids=NAMES)
def test_fails(name, example):
    found = issues(example, example.fails)
    assert example.at in {i.column for i in found}
    assert {(i.severity, i.level) for i in found} == {(RULEBOOK[example.code].severity, RULEBOOK[example.code].level)}
    for issue in found:
        reads_well(issue, FORMS[example.form], repr(example))
    assert told(name, found) == [line for line in TOLD if line[0] == name]


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_passes(example):
    assert issues(example, example.passes) == []


def test_what_is_told_is_told_of_an_example():
    assert {line[0] for line in TOLD[1:]} == set(NAMES)


def test_every_rule_in_sql_has_both_examples():
    assert {e.code for e in EXAMPLES} | WITHOUT_DATA == IN_SQL


def test_every_rule_in_sql_has_its_query_for_each_of_its_forms():
    for code in IN_SQL:
        own = {form for form in FORMS if (EXPECTATIONS / "rules" / f"{code}.{form}.sql").is_file()}
        covered = {name for name, form in FORMS.items() if RULEBOOK[code].covers(form)}
        # A comparison of two forms is judged on one side; what is decided while reading needs SQL for a part only.
        partly = {"reader", "context"} & set(RULEBOOK[code].decided_by)
        assert (EXPECTATIONS / "rules" / f"{code}.sql").is_file() or own == covered or partly and own < covered and own, code


def test_every_query_belongs_to_a_rule_in_sql():
    for path in EXPECTATIONS.glob("rules/*.sql"):
        if path.stem != "words":
            code, _, form = path.stem.partition(".")
            assert code in IN_SQL and (not form or RULEBOOK[code].covers(FORMS[form])), path


def test_every_query_of_one_form_has_a_failing_example_there():
    seen = {(e.form, e.code) for e in EXAMPLES}
    own = [tuple(path.stem.split(".")) for path in EXPECTATIONS.glob("rules/*.*.sql")]
    assert [(code, form) for code, form in own if (form, code) not in seen] == []


@pytest.mark.parametrize("found, given", [
    (True, dict(title="重点项目月报表（2022年版）")),
    (False, dict(title="重点项目月报表（2022年版）", period="2023-12")),
    (False, dict(title="重点项目月报表")),
], ids=["P56-afterwards", "P56-while-it-was-in-force", "P56-the-new-one"])
def test_retired_forms(monkeypatch, found, given):
    from etl.validate import queries
    from tests.fixtures.submissions import sheet

    old = dict(form="key_project_monthly", version="2022年版", mark="（2022年版）", last_period="2023-12", current="2024年版")
    monkeypatch.setattr(queries, "load_retired", lambda path: [old])
    issues = judged("key_project_monthly", sheet(dict(), **given)).issues
    assert [(i.value, i.expected) for i in issues if i.rule == "P56"] == [("2022年版", "2024年版")] * found
