"""Scores, places and lists wait for a named person; until then they lie whole where assessors look, and nowhere else."""

from __future__ import annotations

import csv
import json
from datetime import date

import duckdb
import pytest
import yaml

from etl.publish.assessors import Assessors, results_folder
from etl.publish.manifest import Publication
from etl.publish.withhold import load_border
from etl.transform.build import Mart
from tests.fixtures.places import ROOT
from tests.fixtures.versions import released

pytestmark = pytest.mark.slow

ROWS = {
    "fct_score": ("scheme VARCHAR, period VARCHAR, unit VARCHAR, score DECIMAL(9,2)",
                  "('county', '2024-01', 't01', 80), ('county', '2024-02', 't01', 90), ('other', '2024-01', 't01', 70)"),
    "fct_claim_effect": ("scheme VARCHAR, period VARCHAR, unit VARCHAR, amount_change DECIMAL(9,2), points_before DECIMAL(9,2),"
                         " points_after DECIMAL(9,2), points_change DECIMAL(9,2)",
                         "('county', '2024-01', 't01', 5, 1, 2, 1), ('county', '2024-02', 't01', 6, 1, 3, 2), (NULL, '2024-02', 't02', 7, NULL, NULL, NULL)"),
    "fct_accountability": ("number VARCHAR, kind VARCHAR, period VARCHAR, unit VARCHAR, state VARCHAR, released_by VARCHAR",
                           "('1', 'red_notice', '2024-01', 't01', 'proposed', NULL), ('2', 'black_list', '2024-01', 't01', 'proposed', NULL),"
                           " ('3', 'black_list', '2024-01', 't02', 'released', '王某'), ('4', 'black_list', '2024-01', 't03', 'refused', '王某')"),
    "fct_measure": ("period VARCHAR, unit VARCHAR, value DECIMAL(9,2)", "('2024-01', 't01', 1)"),
}


def night(folder, opened=(), night_id="20240415-a"):
    """Publish a small version with these releases in force; answer its folder."""
    build = folder / "build.duckdb"
    if not build.exists():
        with duckdb.connect(str(build)) as con:
            con.execute("CREATE SCHEMA marts")
            for mart, (columns, rows) in ROWS.items():
                con.execute(f"CREATE TABLE marts.{mart} ({columns})")
                con.execute(f"INSERT INTO marts.{mart} VALUES {rows}")
    columns = {mart: dict.fromkeys((c.split()[0] for c in said.split(", ")), "") for mart, (said, _) in ROWS.items()}
    marts = [Mart(mart, "", columns[mart], tuple(columns[mart])) for mart in ROWS]
    return released(build, marts, folder / "published", Publication(night_id, date(2024, 4, 15), released=[{"by": "王某"}] if opened else []),
                   border=load_border(ROOT / "expectations", opened),
                   assessors=Assessors(folder / "assessors"))


def column(folder, mart, name):
    with (folder / "csv" / f"{mart}.csv").open(encoding="utf-8-sig") as file:
        return [row[name] for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """A version with nothing released, and after it one in which a scheme's scores of January are."""
    folder = tmp_path_factory.mktemp("county")
    return folder, night(folder), night(folder, [("scores", "county", "2024-01")], "20240416-b")


def test_without_a_release_no_score_and_no_list_is_published_and_the_schema_stays(nights):
    _, version, _ = nights
    assert column(version, "fct_score", "score") == []
    assert column(version, "fct_accountability", "number") == ["1", "3"]      # a notice, and what a person let out by itself
    assert column(version, "fct_claim_effect", "amount_change") == ["5", "6", "7"]
    assert column(version, "fct_claim_effect", "points_after") == ["", "", ""]
    with duckdb.connect(str(version / "luodi.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM fct_score").fetchone() == (0,)
        assert [c[0] for c in con.execute("FROM fct_score").description] == ["scheme", "period", "unit", "score"]


def test_the_manifest_says_how_many_rows_wait_and_why(nights):
    manifest = json.loads((nights[1] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["withheld"]["fct_score"] == {
        "what": "scores", "rows": 3, "of": 3, "periods": ["2024-01", "2024-02"], "why": "not released: releases.csv"}
    assert manifest["withheld"]["fct_accountability"]["rows"] == 2
    assert manifest["tables"]["fct_score"] == 0


def test_a_release_lets_out_its_scheme_and_period_alone(nights):
    _, _, version = nights
    assert column(version, "fct_score", "score") == ["80"]
    assert column(version, "fct_claim_effect", "points_after") == ["2", "", ""]
    assert json.loads((version / "manifest.json").read_text(encoding="utf-8"))["released"] == [{"by": "王某"}]


def test_assessors_find_all_rows_in_a_folder_of_their_own(nights):
    folder, first, second = nights
    place = results_folder(folder / "assessors", folder / "published")
    assert place == folder / "assessors" / second.name
    with duckdb.connect(str(place / "luodi.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM fct_score").fetchone() == (3,)
        assert con.execute("SELECT count(*) FROM fct_measure").fetchone() == (1,)
    assert column(place, "fct_score", "score") == ["80", "90", "70"]
    assert {p.name for p in (folder / "assessors").iterdir()} == {first.name, second.name}


def test_everything_released_leaves_nothing_behind_the_border(tmp_path):
    every = [(what, "*", "*") for what in ("scores", "rankings", "lists")]
    version = night(tmp_path, every)
    assert column(version, "fct_accountability", "number") == ["1", "2", "3"]                # who was refused stays off every list
    assert results_folder(tmp_path / "assessors", tmp_path / "published") == tmp_path / "assessors" / version.name
    assert set(json.loads((version / "manifest.json").read_text(encoding="utf-8"))["withheld"]) == {"fct_accountability"}


def test_every_mart_that_tells_scores_by_scheme_is_behind_the_border():
    """A new mart with results of a scheme must be named in expectations/release.yaml, or it would be open to everybody."""
    declared = load_border(ROOT / "expectations", ()).results
    told = {}
    for path in (ROOT / "dbt_project/models/marts").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            told[model["name"]] = {c["name"] for c in model["columns"]}
    assert {mart for mart, columns in told.items() if {"scheme", "period"} <= columns} <= set(declared)
    for mart, results in declared.items():
        assert {"period", *filter(None, (results.scheme, *results.blank))} <= told[mart]
