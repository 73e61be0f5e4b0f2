"""A small county with four files for two nights, and nights that run in a forked child so that they can be killed."""

import hashlib
import os
import shutil
import signal
import threading
import traceback
from pathlib import Path

import pytest

from etl.lock import NightRunning

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
BUDGET = "云岭经济开发区/云岭经济开发区2024年1月预算执行情况.xlsx"
TARGETS = "县招商局/县招商局2024年目标任务分解表.xls"
FIRST_NIGHT = (BUDGET, TARGETS)
SECOND_NIGHT = (
    "县招商局/县招商局2024年目标任务分解表（调整）.xls",                  # replaces a file of the first night
    "柳树乡/202401柳树乡重点项目.csv",
    "石桥乡/招商引资到位资金表2024.02（石桥乡）.xlsx",                    # a text file, cannot be read
)
AS_OF = "2024-04-15"
PUBLISHED, FAILED, NOTHING_NEW, BUSY, KILLED = 0, 1, 3, 75, -signal.SIGKILL

os.environ["LUODI_PLAIN"] = "1"


class County:
    """An inbox with its site, and one data folder; `night()` answers how the night's process ended."""

    def __init__(self, folder):
        self.inbox, self.data = folder / "inbox", folder / "data"
        self.forget()
        shutil.copytree(SAMPLE / "site", folder / "site")
        shutil.copy(SAMPLE / "arrivals.csv", folder)

    def forget(self):
        """Empty the inbox and the data folder, but for dbt's parsed project."""
        shutil.rmtree(self.inbox, ignore_errors=True)
        self.inbox.mkdir()
        for path in self.data.glob("*") if self.data.exists() else ():
            if path.is_dir() and path.name != "dbt":
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()

    def receive(self, *names):
        for name in names:
            (self.inbox / name).parent.mkdir(exist_ok=True)
            shutil.copy2(SAMPLE / "inbox" / name, self.inbox / name)
        for path in self.inbox.rglob("*.*"):
            os.utime(path, (1706745600, 1706745600))

    def night(self, listener=lambda step, done, total: None, as_of=AS_OF):
        """Run a night to its end and answer how it ended; negative if it was killed."""
        return ended(self.start(listener, as_of))

    def start(self, listener=lambda step, done, total: None, as_of=AS_OF):
        """Start a night in a forked child and answer its process id."""
        child = os.fork()
        if child:
            return child
        code = FAILED
        try:
            from flows import progress
            from flows.nightly import nightly

            with progress.listening(listener):
                report = nightly(str(self.inbox), None, str(self.data), as_of)
            code = {"published": PUBLISHED, "nothing_new": NOTHING_NEW}[report.state]
        except NightRunning:
            code = BUSY
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)

    @property
    def published(self):
        return self.data / "published" / "current"

    def content(self):
        """What readers see: every published file with its SHA-256."""
        if not self.published.exists():
            return {}
        return {p.relative_to(self.published).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
                for p in sorted(self.published.rglob("*")) if p.is_file()}


def ended(child):
    """Wait for a started night: PUBLISHED, NOTHING_NEW, BUSY, FAILED or KILLED."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(step, after=0.0):
    """A listener that kills its own process when `step` begins, or so many seconds later."""
    def listen(name, done, total):
        if name == step and not done:
            threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start() if after else os.kill(os.getpid(), signal.SIGKILL)
    return listen


@pytest.fixture(scope="session")
def loaded():
    """The slow libraries and the fingerprint of the code, once, so that forked nights do not pay for them again."""
    import dbt.cli.main
    import sqlalchemy

    from etl import night, settings
    from etl.validate import suites
    from flows import nightly

    night.fingerprint(settings.home())
    return dbt, sqlalchemy, suites, nightly


@pytest.fixture(scope="module")
def hasty(loaded):
    """Nights that leave out what has tests of its own and takes long: the second count of the suites, the tests of dbt."""
    from etl import transform
    from etl.validate import suites

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suites, "judge", lambda *_, **__: {})
        patch.setattr(suites, "agree", lambda *_: None)
        invoke = transform._invoke
        patch.setattr(transform, "_invoke", lambda command, *files: invoke([*command, "--exclude-resource-type", "test"], *files))
        yield


@pytest.fixture(scope="module")
def house(tmp_path_factory, hasty):
    """One place for all nights of a module: dbt reads its project anew for every other one."""
    return County(tmp_path_factory.mktemp("county"))


@pytest.fixture
def county(house):
    """The place as if no night had ever been, and nothing received."""
    house.forget()
    return house
