"""What holds for all tests: the environment of a user does not reach them, and none leaves its own to the next."""

import fcntl
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from etl.transform.build import INSTALLED, copy_parsed
from tests.faults.table import named

HERE = Path(__file__).parent
pytest.register_assert_rewrite("tests.fixtures", "tests.layouts")  # what helpers assert says as much as what tests assert


def pytest_configure():
    settings.register_profile("patient", deadline=None)          # a slow machine is no failure
    settings.load_profile("patient")
    for name in [name for name in os.environ if name.startswith("LUODI_")]:
        del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    """A night quiets Prefect for its process; here that process goes on with other tests."""
    before = dict(os.environ)
    try:
        return (yield)
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def parsed(tmp_path_factory):
    """A folder in which dbt has read the project, for all processes of this run: nights begin with it (`copy_parsed`)."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "parsed"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "target" / "partial_parse.msgpack").exists():
            copy_parsed(INSTALLED, folder)          # what the installation read; the rest is read now
            project, read = str(HERE.parent / "dbt_project"), "from dbt.cli.main import cli; cli()"
            command = ["--quiet", "parse", "--project-dir", project, "--profiles-dir", project, "--target-path", str(folder / "target"),
                       "--log-path", str(folder / "logs")]
            files = dict.fromkeys(("LUODI_LANDED", "LUODI_BUILD"), str(folder))
            subprocess.run([sys.executable, "-c", read, *command], check=True,
                           env=os.environ | files | {"PYTHONPATH": str(HERE.parent / "src"), "DO_NOT_TRACK": "1"})
    return folder


NIGHTLY = {"parsed", "home"}         # fixtures that only who runs a night or builds the warehouse asks for
SLOW = {"sealed_once"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark nights by what they ask for; what takes long comes first, so that no process is left alone with it at the end."""
    for item in items:
        if named(item.path.relative_to(HERE).as_posix() + item.nodeid[item.nodeid.index("::"):]):
            item.add_marker("faults")
        if NIGHTLY.intersection(item.fixturenames):
            item.add_marker("night")
        if any(map(item.get_closest_marker, ("night", "engines", "bi"))) or SLOW.intersection(item.fixturenames):
            item.add_marker("slow")
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] not in ("flows", "golden", "warehouse"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Thousands of tests live to the end: Python need not look through them again and again, here and in each child."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure():
    gc.unfreeze()          # or libraries complain at the end of what was never let go


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A module is run by one process, and so is a room whose modules share what they build; a case of a rule or a guard shares nothing."""
    from xdist.scheduler import LoadScopeScheduling

    class ByRoom(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            module, _, _ = nodeid.partition("::")
            room = module.rpartition("/")[0]
            if module in ("tests/rules/test_rules.py", "tests/rules/test_limits.py", "tests/faults/test_guards.py"):
                return nodeid
            return room if room in ("tests/flows", "tests/golden", "tests/warehouse") else module

    config.option.loadscopereorder = False
    return ByRoom(config, log)
