"""The dbt project keeps its own rules: every column described, every form built, failures named."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import defaultdict

import duckdb
import pytest
import yaml

from etl.forms.models import LISTED, list_of_forms
from etl.transform.build import PROJECT, TransformError, build_marts
from tests.fixtures.places import ROOT
from tests.fixtures.warehouse import land_all, submission

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def manifest(built, work):
    return json.loads((work / "target" / "manifest.json").read_text(encoding="utf-8"))


def models_of(manifest, layer):
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["fqn"][1] == layer]


MARTS = sorted((PROJECT / "models" / "marts").rglob("*.sql"))


def test_every_form_has_a_staging_model(forms):
    models = {p.stem.removeprefix("stg_landed__") for p in (PROJECT / "models" / "staging").rglob("stg_*.sql")}
    assert (PROJECT / LISTED).read_text(encoding="utf-8") == list_of_forms(forms)
    assert set(forms) <= models


def test_every_form_has_one_mart_that_holds_its_lines(built, forms):
    assert sorted(mart.form for mart in built[1] if mart.form) == sorted(forms)


def test_every_figure_of_a_contract_is_in_the_mart_of_its_form(built, forms):
    """Those of a self-evaluation's money stand in fct_programme: there they are one row, not one per indicator."""
    of_form = {mart.form: set(mart.columns) for mart in built[1] if mart.form}
    programme = {name for mart in built[1] if mart.name == "fct_programme" for name in mart.columns}
    for name, form in forms.items():
        figures = {column.name for column in form.columns if column.numeric}
        assert figures <= of_form[name] | (programme if name == "performance_self_evaluation" else set()), name


@pytest.mark.parametrize("path", MARTS, ids=lambda p: p.stem)
def test_every_mart_stands_beside_its_yml(path):
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
    assert model["name"] == path.stem
    assert all(column.get("data_type") for column in model["columns"])


# 本月到位资金（万元）。Arrived funds of the month. The Chinese may name a column or a code, but never begins with one.
BOTH = re.compile(r"[\u4e00-\u9fff“].*?[。；].*[A-Za-z]{3}", re.DOTALL)


def test_marts_and_sources_are_described_in_chinese_and_then_in_english(manifest):
    """As they are published: what a doc block says is in its place."""
    told = {(node["name"], column): text for node in (*models_of(manifest, "marts"), *manifest["sources"].values())
            for column, text in [("", node["description"]), *((c["name"], c["description"]) for c in node["columns"].values())]}
    assert len(told) > 1000
    assert not [place for place, text in told.items() if not BOTH.match(text)]


# A column of this name is a key of that mart, wherever it stands.
KEY_OF = {
    "unit": "dim_unit", "period": "dim_period", "form": "dim_form", "line_id": "dim_line", "project_key": "dim_project",
    "rule": "dim_rule", "scheme": "dim_scheme", "submission_id": "fct_submission_version", "slot_id": "fct_submission", "sub_unit": "dim_unit",
}
# Decisions and entered figures name periods that may never come, growth is counted for months ahead, and
# pairs of lines may be held back. What was sent for a time to come that nobody
# owes is listed, and opens no period.
NO_KEY = {
    ("fct_waiver", "period"), ("fct_withdrawal", "period"), ("fct_correction", "period"), ("fct_explanation", "period"),
    ("fct_objection", "period"), ("fct_base_figure", "period"), ("fct_neighbour", "period"),
    ("bridge_measure_line", "period"), ("fct_claim_candidate", "project_key"),
    *((mart, "period") for mart in ("fct_submission", "fct_submission_version", "fct_submission_change", "fct_data_quality_issue",
                                    "fct_quarantined_line", "dim_line")),
}
# What has no column that is always filled; its rows are held unique by a test.
NO_PRIMARY_KEY = {"bridge_measure_line", "fct_claim_effect"}


def data_tests_of(manifest):
    """model -> its data tests."""
    found = defaultdict(list)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test":
            found[node["attached_node"]].append(node["test_metadata"])
    return found


def test_every_mart_declares_its_primary_key(manifest):
    keyed = {mart["name"] for mart in models_of(manifest, "marts") if any(c["type"] == "primary_key" for c in mart["constraints"])}
    unique = {mart["name"] for mart in models_of(manifest, "marts")
              if any(test["name"] == "unique_combination" for test in data_tests_of(manifest)[mart["unique_id"]])}
    assert keyed == {mart["name"] for mart in models_of(manifest, "marts")} - NO_PRIMARY_KEY
    assert unique >= NO_PRIMARY_KEY


def test_every_mart_declares_its_foreign_keys(manifest):
    tests = data_tests_of(manifest)
    declared = {(mart["name"], test["kwargs"]["column_name"]) for mart in models_of(manifest, "marts") for test in tests[mart["unique_id"]]
                if test["name"] == "relationships"}
    expected = {(mart["name"], column) for mart in models_of(manifest, "marts") for column in mart["columns"]
                if KEY_OF.get(column, mart["name"]) != mart["name"]}
    assert expected - declared == NO_KEY


def test_every_mart_has_data_tests_and_every_intermediate_model_a_test_or_an_example(manifest):
    tests = set(data_tests_of(manifest))
    assert {mart["unique_id"] for mart in models_of(manifest, "marts")} <= tests
    examples = {node["depends_on"]["nodes"][0] for node in manifest["unit_tests"].values()}
    untested = {model["name"] for model in models_of(manifest, "intermediate") if model["unique_id"] not in tests | examples}
    assert not untested


def test_what_reads_the_marts_is_an_exposure(manifest):
    """An exposure depends on the marts that its code names, and on nothing else; what is published, on all of them."""
    marts = {mart["name"] for mart in models_of(manifest, "marts")}
    for exposure in manifest["exposures"].values():
        read = {node.rpartition(".")[2] for node in exposure["depends_on"]["nodes"]}
        files = [file for place in exposure["meta"]["code"] for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))]
        named = {name for file in files for name in re.findall(r"\b(?:fct|dim|bridge|rpt)_[a-z_]+\b", file.read_text(encoding="utf-8"))}
        assert read == (marts if exposure["name"] == "published" else named), exposure["name"]


def test_every_source_names_its_owner_and_its_columns(manifest):
    for source in manifest["sources"].values():
        assert source["meta"]["owner"] and source["columns"], source["name"]


def test_every_model_below_the_marts_is_described():
    for layer in ("staging", "intermediate"):
        folder = PROJECT / "models" / layer
        described = {m["name"] for path in folder.rglob("*.yml")
                     for m in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()) if m["description"]}
        assert described == {p.stem for p in folder.rglob("*.sql")}


# What each layer may read. Marts read each other's dimensions and facts for keys and names; staging reads staging where a
# list of the site decides which lines count.
MAY_READ = {
    "staging": {"source", "staging"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"staging", "intermediate", "marts", "seed"},
}


def test_each_layer_reads_only_the_layers_below_it(manifest):
    nodes = manifest["nodes"] | manifest["sources"]
    layer = {key: node["fqn"][1] if node["resource_type"] == "model" else node["resource_type"] for key, node in nodes.items()}
    wrong = [f"{node['name']} reads {nodes[read]['name']}" for key, node in manifest["nodes"].items() if node["resource_type"] == "model"
             for read in node["depends_on"]["nodes"] if layer[read] not in MAY_READ[layer[key]]]
    assert not wrong


def test_every_source_is_read_by_staging_alone(manifest):
    readers = {read: node["fqn"][1] for node in manifest["nodes"].values() if node["resource_type"] == "model"
               for read in node["depends_on"]["nodes"] if read in manifest["sources"]}
    assert set(readers.values()) == {"staging"}


def test_a_build_leaves_what_analytics_engineers_look_for(built, work):
    assert {"manifest.json", "run_results.json"} <= {p.name for p in (work / "target").iterdir()}


def test_money_is_never_a_float(ask):
    types = {row[0] for row in ask("SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'marts'")}
    assert types <= {"VARCHAR", "BOOLEAN", "INTEGER", "DATE", "TIMESTAMP", "DECIMAL(20,6)"}


def test_a_failing_test_is_one_exception_that_names_it(tmp_path, work):
    line = {"department": "白石镇", "indicator": "到位资金", "year": 2024, "document_no": "1号"}
    landed = land_all(tmp_path, [submission("annual_target", "t01", "2024", [line, line])])
    before = dict(os.environ)
    with pytest.raises(TransformError, match=r"one_line_a_record_annual_target.*1 rows? fail") as caught:
        build_marts(landed, tmp_path / "build.duckdb", work, select=["+one_line_a_record_annual_target"], thorough=True)
    assert caught.value.node == "one_line_a_record_annual_target"
    assert dict(os.environ) == before


def test_a_project_that_was_moved_is_read_where_it_is_now(tmp_path):
    """A new release lies in another folder, and so does each state of a site's overlay; the data folder stays."""
    before, now, work = tmp_path / "0.2", tmp_path / "0.3", tmp_path / "dbt"
    for name, text in {
        "dbt_project.yml": "{name: luodi, version: 1.0.0, profile: luodi, seed-paths: [seeds], models: {luodi: {+database: build}},"
                           " seeds: {luodi: {+database: build}}}",
        "seeds/stage.csv": "stage\n签约\n",
        "models/known.sql": "select * from {{ ref('stage') }}",
    }.items():
        (before / name).parent.mkdir(parents=True, exist_ok=True)
        (before / name).write_text(text, encoding="utf-8")
    shutil.copy(PROJECT / "profiles.yml", before)
    duckdb.connect(str(tmp_path / "landed.duckdb")).close()
    build_marts(tmp_path / "landed.duckdb", tmp_path / "build.duckdb", work, project=before)
    before.rename(now)
    build_marts(tmp_path / "landed.duckdb", tmp_path / "build.duckdb", work, project=now)
    with duckdb.connect(str(tmp_path / "build.duckdb")) as con:
        assert con.execute("SELECT stage FROM main.known").fetchall() == [("签约",)]


def test_nothing_is_written_into_the_project(built):
    assert not [p.name for p in PROJECT.rglob("*") if p.name in ("target", "logs", "dbt_packages", ".user.yml", "__pycache__")]


def test_every_indicator_of_the_domain_notes_is_listed():
    import csv

    with (PROJECT / "seeds" / "indicator.csv").open(encoding="utf-8", newline="") as file:
        assert {int(row["number"]) for row in csv.DictReader(file) if row["number"]} >= set(range(1, 36))
