"""The guides for BI tools name views, tables and columns that there are."""

from __future__ import annotations

import re

import pytest

from etl.serve.headings import column_headings
from etl.serve.keys import declared_marts
from tests.fixtures.places import ROOT
from tests.unit.serve.test_headings import described

MARTS = declared_marts(ROOT / "dbt_project")
VIEWS = {mart["config"]["meta"]["zh"]: name for name, mart in MARTS.items()}
EN, ZH = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "bi").glob("*.md")))
FIRST = r"\| ([^|]+) \| ([^|]+) \| (`[^|]+`) \|"


def queries(text):
    return [block for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) if "SELECT" in block]


@pytest.mark.parametrize("text", [ZH, EN], ids=["zh", "en"])
def test_views_stand_beside_their_tables(text):
    rows = [(re.split("[、,] ?", views), re.findall(r"`(\w+)`", tables)) for _, views, tables in re.findall(FIRST, text)]
    assert len(rows) == 9
    for views, tables in rows:
        assert [VIEWS[view.strip()] for view in views] == tables


@pytest.mark.parametrize("query", queries(ZH))
def test_chinese_queries_name_columns_that_there_are(query):
    [view] = re.findall(r'serving_zh\."(\w+)"', query)
    headings = column_headings({column["name"]: described(column["description"]) for column in MARTS[VIEWS[view]]["columns"]}).values()
    assert set(re.findall(r'"([^"]+)"', query)) - {view} <= set(headings)


@pytest.mark.parametrize("query", queries(EN))
def test_english_queries_name_columns_that_there_are(query):
    [table] = re.findall(r"serving\.(\w+)", query)
    words = set(re.findall(r"\b[a-z_]{3,}\b", re.sub(r"'[^']*'|AS \w+", "", query))) - {"serving", table}
    assert words <= {column["name"] for column in MARTS[table]["columns"]}
