"""The dbt project keeps its own rules: every column described, every form built, failures named."""

from __future__ import annotations

import json
import os

import pytest
import yaml

from etl.transform.build import PROJECT, TransformError, build_marts
from tests.fixtures.warehouse import land_all, submission


@pytest.fixture(scope="module")
def manifest(built, work):
    return json.loads((work / "target" / "manifest.json").read_text(encoding="utf-8"))


MARTS = sorted((PROJECT / "models" / "marts").glob("*.sql"))


def test_every_form_has_a_staging_model(forms):
    declared = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]["forms"]
    models = {p.stem.removeprefix("stg_") for p in (PROJECT / "models" / "staging").glob("stg_*.sql")}
    assert declared == sorted(forms)
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
def test_every_mart_describes_its_columns_beside_its_sql(path):
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
    assert model["name"] == path.stem and model["description"]
    assert all(column.get("description") and column.get("data_type") for column in model["columns"])


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
        build_marts(landed, tmp_path / "build.duckdb", work)
    assert caught.value.node == "one_line_a_record_annual_target"
    assert dict(os.environ) == before


def test_nothing_is_written_into_the_project(built):
    assert not [p.name for p in PROJECT.rglob("*") if p.name in ("target", "logs", "dbt_packages", ".user.yml", "__pycache__")]


def test_every_indicator_of_the_domain_notes_is_listed():
    import csv

    with (PROJECT / "seeds" / "indicator.csv").open(encoding="utf-8", newline="") as file:
        assert {int(row["number"]) for row in csv.DictReader(file) if row["number"]} >= set(range(1, 36))
