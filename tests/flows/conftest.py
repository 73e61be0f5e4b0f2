import shutil

import pytest
from apprise import NotificationManager
from apprise.decorators import notify

from tests.fixtures.county import BETTER, BUDGET, FIRST_NIGHT, PUBLISHED, TARGETS, TREES, County
from tests.fixtures.places import SAMPLE
from tests.fixtures.serving import postgres

WAIVER = "rule,unit,form,period,business_key,column,reason,by,from,until\nP01,t05,key_project_monthly,2024-01,,,补报材料,王某,2024-01,2024-12\n"


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
    """A copy of the data folder after the first night, which Prefect ran; what was printed lies beside it."""
    kept = tmp_path_factory.mktemp("kept") / "data"
    house.forget()
    house.receive(*FIRST_NIGHT)
    done = house.command()
    assert (done.returncode, done.stderr) == (PUBLISHED, ""), done.stdout
    shutil.copytree(house.data, kept, symlinks=True)
    kept.with_name("printed").write_text(done.stdout, encoding="utf-8")
    return kept


@pytest.fixture(scope="session")
def url(tmp_path_factory):
    """A database that nights are served to."""
    with postgres(tmp_path_factory.mktemp("served") / "postgres") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def later(parsed, tmp_path_factory):
    """A place whose site has a waiver besides."""
    place = County(tmp_path_factory.mktemp("later"), parsed)
    (place.inbox.parent / "site" / "waivers.csv").write_text(WAIVER, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def second_night(later, first_night, url, tmp_path_factory):
    """A copy of inbox and data after a second night: a re-submission under the old name, a copy, a new unit, a waiver, served to `url`."""
    kept = tmp_path_factory.mktemp("second")
    shutil.rmtree(later.data)
    shutil.copytree(first_night, later.data, symlinks=True)
    later.receive(*FIRST_NIGHT, TREES)
    (later.inbox / TARGETS).write_bytes((SAMPLE / "inbox" / BETTER).read_bytes())
    (later.inbox / "副本.xlsx").write_bytes((later.inbox / BUDGET).read_bytes())
    later.receive()
    assert later.night(environment={"LUODI_SERVING_URL": url}) == PUBLISHED
    for name in ("inbox", "data"):
        shutil.copytree(later.inbox.parent / name, kept / name, symlinks=True)
    return kept


@pytest.fixture
def two_nights(second_night, later):
    """The place after two nights."""
    for name in ("inbox", "data"):
        shutil.rmtree(later.inbox.parent / name)
        shutil.copytree(second_night / name, later.inbox.parent / name, symlinks=True)
    return later


@pytest.fixture
def next_day(first_night, county):
    """The place after the first night."""
    shutil.rmtree(county.data)
    shutil.copytree(first_night, county.data, symlinks=True)
    county.receive(*FIRST_NIGHT)
    return county
