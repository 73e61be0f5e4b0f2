"""A plugin that takes one guard out of luodi before tests begin: `UNGUARDED=name pytest -p tests.faults.unguarded TEST`.

It ends with MISSED where a test failed by what it asserts, and not by some other error of a luodi that is taken apart.
"""

import os
import pkgutil

import pytest

from tests.faults.guards import GUARDS
from tests.faults.instead import Was

MISSED = 64  # none of pytest's own exit codes
failed = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Before anything of luodi is imported: whoever imports a function by its name has what stands there now."""
    early_config.stash[failed] = False
    for place, instead in GUARDS[os.environ["UNGUARDED"]].instead.items():
        home, _, name = place.rpartition(".")
        holder = pkgutil.resolve_name(home)
        real = getattr(holder, name)
        put = instead.make(real) if isinstance(instead, Was) else instead
        if isinstance(instead, Was) and put == real:
            raise ValueError(f"{place} is what it was")
        setattr(holder, name, put)


def pytest_runtest_makereport(item, call):
    asserted = call.when == "call" and call.excinfo and call.excinfo.errisinstance((AssertionError, pytest.fail.Exception))
    item.config.stash[failed] |= bool(asserted)


def pytest_sessionfinish(session):
    if session.config.stash[failed]:
        session.exitstatus = MISSED
