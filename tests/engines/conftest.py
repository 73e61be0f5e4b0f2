"""The small county, built by DuckDB as a night does it and by PostgreSQL, each once."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import psycopg
import pytest

from etl.transform.build import PROJECT, build_marts, copy_parsed
from etl.transform.elsewhere import copy_landed
from tests.fixtures.places import ROOT
from tests.fixtures.serving import postgres
from tests.fixtures.small import small_county

DBT = "from dbt.cli.main import cli; cli()"


@pytest.fixture(scope="session")
def landed(tmp_path_factory):
    return small_county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def in_duckdb(landed, parsed, tmp_path_factory):
    """A connection to what DuckDB built."""
    work = tmp_path_factory.mktemp("duckdb")
    copy_parsed(parsed, work)
    build_marts(landed, work / "build.duckdb", work)
    with duckdb.connect(str(work / "build.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def in_postgres(landed, tmp_path_factory):
    """A connection to what `dbt build --target postgres` built, its data tests run on the way; examples of models are DuckDB's alone."""
    work = tmp_path_factory.mktemp("postgres")
    with postgres(work / "data") as url:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        copy_landed(landed, address)
        command = ["build", "--target", "postgres", "--exclude-resource-type", "unit_test", "--project-dir", str(PROJECT),
                   "--profiles-dir", str(PROJECT), "--target-path", str(work / "target"), "--log-path", str(work / "logs")]
        there = {"PGHOST": url.query["host"], "PGUSER": url.username, "PGDATABASE": url.database, "DO_NOT_TRACK": "1"}
        done = subprocess.run([sys.executable, "-c", DBT, "--quiet", "--no-use-colors", *command], capture_output=True, text=True, check=False,
                              env=os.environ | there | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])})
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
        with psycopg.connect(address) as con:
            yield con
