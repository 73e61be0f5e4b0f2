import pytest

from tests.flows.county import County


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One place for all nights of a module: dbt reads its project anew for every other one."""
    return County(tmp_path_factory.mktemp("county"))


@pytest.fixture
def county(house):
    """The place as if no night had ever been, and nothing received."""
    house.forget()
    return house
