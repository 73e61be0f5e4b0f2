"""The night after builds what has changed, and ends in the tables that a first build makes."""

import json
import re
import shutil

import duckdb
import pytest

from etl.transform.build import build_marts, copy_parsed
from etl.transform.watch import watching

CHANGED = """
UPDATE landed.key_project_monthly SET completed_ytd = 21 WHERE project_name = '停车场' AND completed_ytd = 20;
DELETE FROM landed.key_project_monthly WHERE project_name = '幼儿园';
"""


@pytest.fixture(scope="module")
def models(built, work):
    """Every model that says it is made period by period, with its SQL."""
    nodes = json.loads((work / "target/manifest.json").read_text(encoding="utf-8"))["nodes"]
    return {node["name"]: node for node in nodes.values() if node["config"].get("meta", {}).get("by_period")}


def content(con, name):
    """What is in the tables of an attached build: table -> number of rows and a hash of them."""
    tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name <> 'main'", [name])
    return {table: con.execute(f"SELECT count(*), sum(hash(*COLUMNS(*))::HUGEINT) FROM {name}.{schema}.{table}").fetchone()
            for schema, table in tables.fetchall()}


def test_models_that_are_made_period_by_period_make_each_of_its_own_rows(models, built, county):
    """Of what they read only the rows of one period are left, and theirs of that period are the same."""
    assert len(models) > 5
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{built[0]}' AS build (READ_ONLY); ATTACH '{county}' AS house (READ_ONLY); ATTACH ':memory:' AS part")
        con.execute("CREATE SCHEMA part.staging; CREATE SCHEMA part.intermediate; CREATE SCHEMA part.marts")
        periods = [period for period, in con.execute(
            "SELECT DISTINCT period FROM build.marts.dim_line WHERE period IS NOT NULL ORDER BY 1").fetchall()]
        dated = {table for table, in con.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE database_name = 'build' AND column_name = 'period'").fetchall()}
        tables = con.execute("SELECT table_schema, table_name FROM information_schema.tables"
                             " WHERE table_catalog = 'build' AND table_schema IN ('staging', 'intermediate', 'marts')").fetchall()
        assert len(periods) >= 2
        for period in periods:
            for schema, table in tables:
                of_period = f" WHERE period = '{period}'" if table in dated else ""
                con.execute(f"CREATE OR REPLACE VIEW part.{schema}.{table} AS FROM build.{schema}.{table}{of_period}")
            for name, node in models.items():
                made = node["compiled_code"].replace('"build".', '"part".')
                whole = f"FROM build.{node['schema']}.{name} WHERE period = '{period}'"
                columns = ", ".join(f'"{row[0]}"' for row in con.execute(f"DESCRIBE {whole}").fetchall())
                con.execute(f"CREATE OR REPLACE TEMP TABLE alone AS SELECT {columns} FROM ({made})")
                assert con.execute(f"FROM alone EXCEPT ALL SELECT {columns} {whole}").fetchall() == [], (name, period)
                assert con.execute(f"SELECT {columns} {whole} EXCEPT ALL FROM alone").fetchall() == [], (name, period)


@pytest.fixture(scope="module")
def again(built, county, work, tmp_path_factory):
    """Builds anew into one file, beside the first build: of what another night landed, and back again; each with what stayed."""
    folder = tmp_path_factory.mktemp("again")
    landed, build = folder / "changed.duckdb", folder / "build.duckdb"
    shutil.copy(county, landed)
    with duckdb.connect(str(landed)) as con:
        con.execute(CHANGED)
    shutil.copy(built[0], build)
    copy_parsed(work, folder / "dbt")

    def built_of(file):
        build_marts(file, build, folder / "dbt")
        return build

    return landed, built_of


def test_what_changed_is_built_again_and_back_again_and_nothing_else(again, built, county, monkeypatch):
    from dbt.adapters.duckdb.environments.local import DuckDBCursorWrapper

    landed, built_of = again
    statements, heard, execute = [], [], DuckDBCursorWrapper.execute
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{built[0]}' AS first (READ_ONLY)")
        first = content(con, "first")
        con.execute(f"ATTACH '{built_of(landed)}' AS changed (READ_ONLY)")
        changed = content(con, "changed")
        assert con.execute("SELECT numerator FROM changed.marts.fct_indicator WHERE form = 'key_project_monthly' AND member = 't01'"
                           " AND grain = 'unit' AND measure = 'completed_ytd' AND period = '2024-01'").fetchall() == [(26,)]
        con.execute("DETACH changed")
        monkeypatch.setattr(DuckDBCursorWrapper, "execute", lambda cursor, *words: statements.append(words[0]) or execute(cursor, *words))
        with watching(lambda done, total, _: heard.append((done, total))):
            con.execute(f"ATTACH '{built_of(county)}' AS again (READ_ONLY)")
        assert content(con, "again") == first
    differing = {table for table in first if changed[table] != first[table]}
    assert {"int_contribution_measured", "bridge_measure_line", "dim_line", "fct_project_progress", "fct_indicator", "fct_score"} <= differing
    made = {name for text in statements for name in re.findall(r'create\s+table\s+"build"\."\w+"\."(\w+)"', text)}
    assert not made & {"int_approval_known", "fct_approval", "int_investment_known", "fct_budget_execution"}  # nothing changed in these forms
    assert not made & {"int_contribution_measured", "bridge_measure_line", "dim_line"}                   # period by period
    assert "int_key_project_known" in made
    total = heard[0][1]  # with the exposures, of which nothing is built
    assert heard == [(done, total) for done in range(1, len(heard) + 1)] and len(heard) > 0.95 * total


@pytest.mark.long  # the test above holds the same by going back to what was built first
def test_a_changed_build_is_that_of_an_empty_file(again, work, tmp_path):
    landed, built_of = again
    copy_parsed(work, tmp_path / "dbt")
    build_marts(landed, tmp_path / "fresh.duckdb", tmp_path / "dbt")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{tmp_path / 'fresh.duckdb'}' AS fresh (READ_ONLY); ATTACH '{built_of(landed)}' AS changed (READ_ONLY)")
        assert content(con, "changed") == content(con, "fresh")
