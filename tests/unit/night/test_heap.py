"""A night's values are searched seldom, and its process goes on as before."""

import gc

import pytest

from etl.night.heap import SELDOM, seldom_searched


@pytest.fixture(autouse=True)
def frozen():
    """As the tests began: their own values frozen."""
    yield
    gc.freeze()


def test_the_process_goes_on_as_before_even_after_a_night_that_failed():
    gc.unfreeze()
    before = gc.get_threshold()
    with pytest.raises(OSError, match="full"), seldom_searched():  # noqa: PT012
        assert gc.get_threshold() == SELDOM and gc.get_freeze_count() > 0
        raise OSError("full")
    assert gc.get_threshold() == before and gc.get_freeze_count() == 0


def test_what_was_frozen_before_stays_so():
    gc.freeze()
    count = gc.get_freeze_count()
    with seldom_searched():
        pass
    assert gc.get_freeze_count() == count
