"""A night over the whole sample, served, and looked at with Superset: each once."""

import json
from datetime import date, datetime

import duckdb
import pytest

from tests.bi.board import Board
from tests.bi.superset import INSTALLED, served, superset
from tests.fixtures.browser import opened_browser
from tests.fixtures.county import PUBLISHED, County
from tests.fixtures.places import SAMPLE


@pytest.fixture(scope="session")
def version(parsed, tmp_path_factory):
    """The folder of what a night over the sample published."""
    county = County(tmp_path_factory.mktemp("county"), parsed)
    county.receive(*(path.relative_to(SAMPLE / "inbox").as_posix() for path in (SAMPLE / "inbox").rglob("*.*")))
    assert county.night() == PUBLISHED
    return county.published


@pytest.fixture(scope="session")
def one(version, tmp_path_factory):
    """Superset on that version."""
    if not INSTALLED.is_dir():
        pytest.skip("`make test-bi` installs Superset")
    folder = tmp_path_factory.mktemp("bi")
    with served(version, folder, datetime(2024, 4, 15)) as address, superset(folder / "superset", address) as running:
        yield running


@pytest.fixture(scope="session")
def board(one):
    with opened_browser() as browser:
        yield Board(browser, one)


@pytest.fixture(scope="session")
def marts(version):
    with duckdb.connect(str(version / "luodi.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def as_of(version):
    return date.fromisoformat(json.loads((version / "manifest.json").read_text(encoding="utf-8"))["as_of"])


@pytest.fixture(scope="session")
def months(marts):
    """Months of which the county has figures, the last one first."""
    return [month for (month,) in marts.execute("SELECT DISTINCT period FROM fct_indicator JOIN dim_period USING (period)"
                                                " WHERE fct_indicator.grain = 'county' AND dim_period.grain = 'month' ORDER BY 1 DESC").fetchall()]


@pytest.fixture(scope="session")
def by_month(board, months):
    """What each chart shows of each month."""
    return {month: board.asked_for(month) for month in months}
