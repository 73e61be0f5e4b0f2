import shutil

import pytest
from apprise import NotificationManager
from apprise.decorators import notify

from tests.fixtures.county import FIRST_NIGHT, PUBLISHED, County


@pytest.fixture
def sent():
    """What arrives at addresses such as post://office: (address, title, body); those of `torn://` lose everything."""
    arrived = []

    @notify(on="post")
    def post(body, title, notify_type, meta, *_, **__):
        arrived.append((meta["host"], title, body))
        return True

    @notify(on="torn")
    def torn(*_, **__):
        raise ConnectionError("the line is down")

    yield arrived
    NotificationManager().remove("post", "torn")


@pytest.fixture(scope="session")
def house(parsed, tmp_path_factory):
    """One place for all nights, one after the other."""
    return County(tmp_path_factory.mktemp("county"), parsed)


@pytest.fixture
def county(house):
    """The place as if no night had ever been, and nothing received."""
    house.forget()
    return house


@pytest.fixture(scope="session")
def first_night(house, tmp_path_factory):
    """A copy of the data folder after the first night."""
    kept = tmp_path_factory.mktemp("kept") / "data"
    house.forget()
    house.receive(*FIRST_NIGHT)
    assert house.night() == PUBLISHED
    shutil.copytree(house.data, kept, symlinks=True)
    return kept


@pytest.fixture
def next_day(first_night, county):
    """The place after the first night."""
    shutil.rmtree(county.data)
    shutil.copytree(first_night, county.data, symlinks=True)
    county.receive(*FIRST_NIGHT)
    return county
