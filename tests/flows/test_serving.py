"""Nights bring what they publish into the database of BI tools; one that is down is told, stops nothing, and is made good later."""

import os

import pytest
import sqlalchemy as sa

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.serve.serve import Serving, served_version
from flows.nightly import nightly
from tests.fixtures.county import AS_OF, FIRST_NIGHT, NOTHING_NEW, PUBLISHED

pytestmark = pytest.mark.slow

DOWN = "postgresql+psycopg://luodi:x@127.0.0.1:1/luodi"


def held(url):
    return served_version(Serving(url, "luodi_reader"))


def test_a_night_that_publishes_serves_it(second_night, url):
    assert held(url) == (second_night / "data/published/current").resolve().name
    with sa.create_engine(url).connect() as con:
        submissions = con.exec_driver_sql("SELECT count(*) FROM serving.fct_submission_version").scalar()
        assert submissions == con.exec_driver_sql('SELECT "行数" FROM serving_zh."数据目录" WHERE "表名" = %s', ("fct_submission_version",)).scalar() > 0


def test_a_night_with_nothing_new_makes_good_what_was_missed(next_day, url, monkeypatch):
    monkeypatch.setenv("LUODI_SERVING_URL", DOWN)
    report = nightly(str(next_day.inbox), None, str(next_day.data), AS_OF)
    assert report.state == "nothing_new" and "OperationalError" in report.serving
    assert next_day.night(environment={"LUODI_SERVING_URL": url}) == NOTHING_NEW
    assert held(url) == next_day.published.resolve().name


@pytest.mark.long  # the test above goes on while it is down, and what it publishes was published before anything is served
def test_a_night_that_publishes_while_the_database_is_down_is_published_all_the_same(county):
    county.receive(*FIRST_NIGHT)
    assert county.night(environment={"LUODI_SERVING_URL": DOWN}) == PUBLISHED
    assert county.published.is_dir()
