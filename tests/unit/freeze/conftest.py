import shutil

import pytest

from etl.freeze.seal import seal
from etl.freeze.tables import load_keys
from tests.fixtures.frozen import county, to_seal


@pytest.fixture(scope="session")
def sealed_once(tmp_path_factory):
    folder = county(tmp_path_factory.mktemp("county"))
    seal(to_seal(folder), load_keys(folder / "home"))
    return folder


@pytest.fixture
def place(sealed_once, tmp_path):
    """A county of its own with one frozen set, 0001-2024-Q1-季评."""
    return shutil.copytree(sealed_once, tmp_path / "county", symlinks=True)


@pytest.fixture
def frozen(place):
    return place / "data" / "frozen"
