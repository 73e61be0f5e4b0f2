"""What holds for all tests: the environment of a user does not reach them, and none leaves its own to the next."""

import os

import pytest


def pytest_configure():
    for name in [name for name in os.environ if name.startswith("LUODI_")]:
        del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    """A command chooses language and colours for its process; here that process goes on with other tests."""
    before = dict(os.environ)
    try:
        return (yield)
    finally:
        os.environ.clear()
        os.environ.update(before)
