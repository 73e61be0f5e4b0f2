"""The guides for BI tools name views, tables and columns that there are."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml

from etl.serve.headings import column_headings
from etl.serve.keys import declared_marts
from etl.serve.tables import VERSION
from etl.texts.catalogue import chinese
from tests.bi import superset
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
    assert len(rows) == 12
    for views, tables in rows:
        assert [VIEWS[view.strip()] for view in views] == tables


@pytest.mark.parametrize("query", queries(ZH))
def test_chinese_queries_name_columns_that_there_are(query):
    [view] = re.findall(r'serving_zh\."(\w+)"', query)
    assert set(re.findall(r'"([^"]+)"', query)) - {view} <= columns_of(view)


@pytest.mark.parametrize("query", queries(EN))
def test_english_queries_name_columns_that_there_are(query):
    [table] = re.findall(r"serving\.(\w+)", query)
    words = set(re.findall(r"\b[a-z_]{3,}\b", re.sub(r"'[^']*'|AS \w+", "", query))) - {"serving", table}
    assert words <= {column["name"] for column in MARTS[table]["columns"]}


STEPS = [superset.UPGRADE, superset.ACCOUNT, superset.INIT, superset.IMPORT, superset.CONNECT, superset.RUN]
DATASETS = sorted((superset.FILES / "dashboard" / "datasets").rglob("*.yaml"))


@pytest.mark.parametrize("text", [ZH, EN], ids=["zh", "en"])
def test_superset_is_set_up_by_the_steps_that_are_tried(text):
    [block] = [block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "superset db upgrade" in block]
    lines = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert [line[:len(step)] for line, step in zip(lines[-len(STEPS):], STEPS)] == STEPS


@pytest.mark.parametrize("path", DATASETS, ids=lambda path: path.stem)
def test_datasets_of_the_dashboard_name_columns_that_there_are(path):
    query = yaml.safe_load(path.read_text(encoding="utf-8"))["sql"]
    views = dict(re.findall(r'serving_zh\."(\w+)" AS (\w+)', query))
    assert len(views) == query.count("serving_zh.")
    for view, alias in views.items():
        named = set(re.findall(rf'\b{alias}\."([^"]+)"', query))
        assert named, view
        assert named <= columns_of(view)


def columns_of(view):
    if view == chinese(f"serve.{VERSION}"):
        return {chinese(f"serve.of_{column}") for column in ("version", "night_id", "as_of", "luodi", "served_at")}
    return set(column_headings({column["name"]: described(column["description"]) for column in MARTS[VIEWS[view]]["columns"]}).values())
