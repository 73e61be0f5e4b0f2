"""Models say what DuckDB and PostgreSQL both understand; where they differ stands in a macro that has a branch for each."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.places import ROOT

PROJECT = ROOT / "dbt_project"
COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TEXT = re.compile(r"'[^']*'")
MACRO = re.compile(r"\{%-?\s*(?:macro|test|materialization)\s+(\w+).*?\{%-?\s*end(?:macro|test|materialization)\s*-?%\}", re.DOTALL)

# What only DuckDB, or not PostgreSQL, understands -> an example of it.
ALONE = {
    r"\bexclude\s*\(": "select line.* exclude (raw) from line",
    r"\*\s*replace\s*\(": "select * replace (1 as one) from line",
    r"\bunion( all)? by name\b": "union all by name",
    r"\bqualify\b": "qualify row_number() over (order by period) = 1",
    r"\b(anti|semi|asof|positional) join\b": "anti join told on told.form = line.form",
    r"\(\s*from\b": "select form from (from line) as line",
    r"\b(un)?pivot\b": "unpivot line on a, b",
    r"\blambda\b": "lambda name: name <> form",
    r"\b(group|order) by all\b": "group by all",
    r"\bignore nulls\b": "last_value(amount ignore nulls) over earlier",
    r"\bfilter\s*\((?!\s*where\b)": "max(due) filter (due is not null)",
    r"\bdesc\b(?!\s+nulls\b)": "order by period desc, unit",          # blanks are last in DuckDB and first in PostgreSQL
    r"\blist(_\w+)?\s*\(": "list(unit order by unit)",
    r"\b(arg_max|arg_min|max_by|min_by|first|last|median|any_value|histogram)\s*\(": "arg_max(unit, period)",
    r"\b(string_split|str_split|len|json_keys|json_extract\w*|struct_\w+|map_\w+)\s*\(": "len(string_split(columns, mark))",
    r"\b(try_cast|strftime|strptime|date_diff|last_day|year|month|day|quarter|range)\s*\(": "month(period_end)",
    r"\b(hugeint|u\w+int|tinyint)\b|\bdouble\b(?! precision)": "cast(amount as hugeint)",
    r"//": "amount // 2",
    r"::": "amount::integer",
    r"(?<![\w)\]])\[|\bin \[": "unnest([node, total])",
}


def duckdb_alone(sql: str) -> list[str]:
    """What of a model or macro only DuckDB understands; comments, texts and what Jinja works out do not count."""
    plain = TEXT.sub("''", JINJA.sub("x", COMMENT.sub(" ", sql)))
    return [found[0] for pattern in ALONE for found in re.finditer(pattern, plain, re.IGNORECASE)]


@pytest.mark.parametrize("example", ALONE.values())
def test_an_example_of_each_is_found(example):
    assert duckdb_alone(example)


@pytest.mark.parametrize("path", sorted((PROJECT / "models").rglob("*.sql")), ids=lambda path: path.stem)
def test_a_model_says_what_both_understand(path):
    assert duckdb_alone(path.read_text(encoding="utf-8")) == []


MACROS = {name: text for folder in ("macros", "tests") for path in sorted((PROJECT / folder).rglob("*.sql"))
          for text, name in ((found[0], found[1]) for found in MACRO.finditer(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("name", [name for name in MACROS if not name.startswith("default__")])
def test_a_macro_that_is_of_no_one_engine_says_what_both_understand(name):
    assert duckdb_alone(MACROS[name]) == []


def test_a_macro_with_a_branch_for_one_has_one_for_the_other():
    branches = {kind: {name.removeprefix(f"{kind}__") for name in MACROS if name.startswith(f"{kind}__")} for kind in ("default", "postgres")}
    assert branches["default"] == branches["postgres"] and branches["default"] <= {*MACROS, "plan_joins", "know_rows", "stale_periods"}
