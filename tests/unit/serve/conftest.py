import itertools

import pytest
import sqlalchemy as sa

from tests.fixtures.serving import postgres, published

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with postgres(tmp_path_factory.mktemp("postgres") / "data") as url:
        yield url


@pytest.fixture
def database(server):
    """An empty database of the server: its engine."""
    name = f"luodi{next(NUMBERS)}"
    owner = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with owner.connect() as con:
        con.exec_driver_sql(f"CREATE DATABASE {name}")
    owner.dispose()
    engine = sa.create_engine(server.set(database=name))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def version(tmp_path_factory):
    """The folder of a published version."""
    return published(tmp_path_factory.mktemp("version"))


@pytest.fixture(scope="session")
def other(tmp_path_factory):
    """The folder of the next night's version, with fewer lines."""
    return published(tmp_path_factory.mktemp("other"), ("1", "2"), "20240416-bbbb")
