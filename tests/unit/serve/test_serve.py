"""The door of serving, the step of the night and the command: what cannot be served is told, and nothing else is touched."""

from __future__ import annotations

import shutil

import pytest
import sqlalchemy as sa

from etl.night.serve import serve
from etl.serve.serve import Serving, served_version
from etl.settings import given
from tests.fixtures.serving import published

pytestmark = pytest.mark.slow

CANARY = "kanarienvogel-7"
DOWN = f"postgresql+psycopg://luodi:{CANARY}@127.0.0.1:1/luodi"


@pytest.fixture
def county(tmp_path, version):
    """A data folder with a published version."""
    data = tmp_path / "data"
    shutil.copytree(version.parent, data / "published", symlinks=True)
    (data / "warehouse").mkdir()
    (tmp_path / "site").mkdir()
    return data


@pytest.fixture
def at(monkeypatch, county):
    """Settings of the county with a serving database of an address."""

    def settings(url):
        monkeypatch.setenv("LUODI_SERVING_URL", url)
        return given(county / "inbox", county.parent / "site", county)

    return settings


def address(engine):
    return engine.url.render_as_string(hide_password=False)


def served_at(engine):
    with engine.connect() as con:
        return con.exec_driver_sql("SELECT served_at, version FROM serving.served_version").one()


def test_the_night_serves_what_is_published_once(at, database, version):
    settings = at(address(database))
    assert serve(settings) == ""
    first = served_at(database)
    assert first.version == version.name
    assert serve(settings) == "" and served_at(database) == first
    published(settings.data, ("7",), "20240417-cccc")
    assert serve(settings) == "" and served_at(database).version.startswith("20240417-cccc")


@pytest.mark.parametrize("url", [DOWN, f"{CANARY}@db/luodi", f"mystery://luodi:{CANARY}@db/luodi", f"postgresql://luodi:x@{CANARY}:{CANARY}/luodi"])
def test_a_database_that_cannot_be_reached_stops_nothing_and_is_told_without_its_address(at, url):
    told = serve(at(url))
    assert "查询库" in told or "LUODI_SERVING_URL" in told
    assert CANARY not in told


def test_a_night_that_found_it_down_is_made_good_by_the_next(at, database, version):
    assert "postgresql+psycopg: OperationalError" in serve(at(DOWN))
    assert serve(at(address(database))) == "" and served_at(database).version == version.name


def test_a_damaged_version_is_not_served(at, database, version):
    settings = at(address(database))
    (settings.published / version.name / "csv" / "dim_unit.csv").write_text("x")
    assert "csv/dim_unit.csv" in serve(settings)
    assert served_version(Serving(address(database), "")) == ""


def test_by_hand_the_published_version_or_one_that_is_kept(luodi, at, database, version):
    settings = at(address(database))
    newer = published(settings.data, ("7",), "20240417-cccc")
    code, out, _ = luodi("serve", "--data", settings.data, "--site", settings.site)
    assert code == 0 and out == f"查询库现在是 {newer.name}（截至 2024-04-15）：4 张表，6 行。\n"
    code, out, _ = luodi("serve", version.name, "--data", settings.data, "--site", settings.site)
    assert code == 0 and version.name in out and "luodi rollback" in out and served_at(database).version == version.name
    code, _, complaint = luodi("serve", "20990101-none", "--data", settings.data, "--site", settings.site)
    assert code == 2 and newer.name in complaint
    code, _, _ = luodi("rollback", "--by", "王某", "--why", "规则改错了", "--data", settings.data)
    assert code == 0 and served_at(database).version == version.name, "who is shown an earlier version is shown it in BI too"


def test_by_hand_what_is_missing_is_said(luodi, at):
    settings = at("")
    code, _, complaint = luodi("serve", "--data", settings.data, "--site", settings.site)
    assert code == 2 and "LUODI_SERVING_URL" in complaint
    settings = at(DOWN)
    code, _, complaint = luodi("serve", "--data", settings.data, "--site", settings.site)
    assert code == 2 and "OperationalError" in complaint and CANARY not in complaint


def test_the_doctor_says_what_the_database_holds(luodi, at, database, version):
    settings = at(address(database))
    def row():
        return [line for line in luodi("doctor", "--data", settings.data, "--site", settings.site)[1].splitlines() if "查询库" in line]
    assert "已发布的是" in "".join(row())
    serve(settings)
    assert version.name[:12] in "".join(row())


def test_engines_are_let_go(at, database):
    """What is left connected would keep a database from being dropped."""
    serve(at(address(database)))
    with sa.create_engine(database.url.set(database="postgres")).connect() as con:
        found = con.exec_driver_sql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.url.database}'").scalar()
    assert found == 0
