"""The dictionary of marts and measures: the page and its picture say what dbt read, the workbook also what this county measures."""

import json
import re
import shutil
from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from etl.analyse.lineage import lineage
from etl.analyse.marts import described
from etl.analyse.page import names_of_subjects, write_page
from etl.show.dictionary import show_dictionary
from etl.transform.build import PROJECT
from tests.fixtures.places import ROOT

TOLD = {"night_id": "20240415-abc", "as_of": "2024-04-15"}


@pytest.fixture(scope="module")
def manifest(parsed):
    return json.loads((parsed / "target/manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data(parsed, folder, tmp_path_factory):
    """A data folder of which a version is published and dbt's manifest kept."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(folder, data / "published/current")
    (data / "published/current/manifest.json").write_text(json.dumps(TOLD), encoding="utf-8")
    (data / "dbt/target").mkdir(parents=True)
    shutil.copy(parsed / "target/manifest.json", data / "dbt/target/manifest.json")
    return data


def written(data, path, capsys):
    assert show_dictionary(SimpleNamespace(published=data / "published", data=data, lang="zh"), path) == 0
    return capsys.readouterr().out


def rows(path, sheet):
    heads, *found = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_page_and_its_picture_are_those_of_the_project(manifest, tmp_path):
    write_page(manifest, PROJECT, tmp_path)
    for name in ("marts.md", "pictures/lineage.svg"):
        assert (tmp_path / name).read_bytes() == (ROOT / "docs" / name).read_bytes(), "run: python -m etl.analyse.page MANIFEST docs"


def test_the_picture_shows_every_mart_and_needs_no_network(manifest):
    picture = lineage(manifest, names_of_subjects())
    marts = [node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["schema"] == "marts"]
    assert len(marts) > 60 and [mart for mart in marts if f">{mart}</text>" not in picture] == []
    assert re.findall(r'(?:href|src)=|url\(|https?://(?!www\.w3\.org/2000/svg)', picture) == []
    assert "<title>projects → projects: " in picture


def test_a_mart_knows_its_key_and_the_forms_behind_it(manifest):
    marts = {mart.name: mart for mart in described(manifest, {"investment_monthly", "key_project_monthly"}, {})}
    assert marts["fct_indicator"].key == ("form", "period", "grain", "member", "measure")
    assert (marts["fct_investment"].forms, marts["fct_approval"].forms, marts["dim_scheme"].forms) == (
        ("investment_monthly", "key_project_monthly"), (), ())
    assert {column.name: column.refers for column in marts["fct_investment"].columns}["project_key"] == "dim_project"


def test_the_workbook_has_every_mart_column_and_measure_in_both_languages(data, tmp_path, ask, capsys):
    said = written(data, tmp_path / "book.xlsx", capsys)
    marts, columns, measures = (rows(tmp_path / "book.xlsx", sheet) for sheet in ("主题表", "字段", "指标"))
    assert said == f"字典写到 {tmp_path / 'book.xlsx'}：{len(marts)} 张主题表，{len(measures)} 个指标。\n"
    assert [(row["主题表 mart"], row["列 column"]) for row in columns] == ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'marts' ORDER BY table_name, column_index")
    assert [row for row in (*marts, *columns) if not row["说明 in Chinese"] or not row["英文说明 meaning"]] == []
    assert len(measures) == ask("SELECT count(*) FROM dim_measure")[0][0]


def test_the_workbook_tells_what_may_be_summed(data, tmp_path, capsys):
    written(data, tmp_path / "book.xlsx", capsys)
    sums = {(row["主题表 mart"], row["列 column"]): row["怎样相加 may be summed"] for row in rows(tmp_path / "book.xlsx", "字段")}
    assert sums["fct_budget_execution", "spent_ytd"] == "只能在同一期的单位之间相加 over units of one period"
    assert sums["fct_investment", "arrived_ytd"] == "不能相加 over nothing"               # a shared project counts in each of its units
    assert sums["fct_investment", "unit"] == ""
    measures = {row["代码 code"]: row["怎样相加 may be summed"] for row in rows(tmp_path / "book.xlsx", "指标")}
    assert measures["completion_rate"] == "不能相加 over nothing"


def test_the_same_version_gives_the_same_bytes(data, tmp_path, capsys):
    for name in ("one.xlsx", "two.xlsx"):
        written(data, tmp_path / name, capsys)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert load_workbook(tmp_path / "one.xlsx").properties.created.date() == date(2024, 4, 15)
