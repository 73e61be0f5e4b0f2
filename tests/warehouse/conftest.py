"""One small county, landed and built once for all tests of the warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.transform.build import build_marts, copy_parsed
from tests.fixtures.small import small_county
from tests.fixtures.versions import exported
from tests.fixtures.warehouse import FORMS


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """The small county, landed."""
    return small_county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def work(parsed, tmp_path_factory):
    """Where dbt works."""
    work = tmp_path_factory.mktemp("dbt")
    copy_parsed(parsed, work)
    return work


@pytest.fixture(scope="session")
def built(county, work) -> tuple[Path, tuple]:
    """The marts of the county, its models' own examples run on the way; path of the build, and the marts."""
    build = county.with_name("build.duckdb")
    return build, build_marts(county, build, work, thorough=True)


@pytest.fixture(scope="session")
def folder(built, tmp_path_factory):
    """The county's marts, published."""
    folder = tmp_path_factory.mktemp("published")
    exported(built[0], built[1], folder)
    return folder


@pytest.fixture(scope="session")
def ask(built):
    """Ask the marts one question in SQL."""
    con = duckdb.connect(str(built[0]), read_only=True)
    con.execute("USE marts")
    yield lambda sql: con.execute(sql).fetchall()
    con.close()


@pytest.fixture(scope="session")
def forms():
    return FORMS
