"""A small county with a few files for two nights, and nights in processes of their own that can be killed."""

import hashlib
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

from etl.lock import NightRunning
from etl.transform.build import lend

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
BUDGET = "云岭经济开发区/云岭经济开发区2024年1月预算执行情况.xlsx"
TARGETS = "县招商局/县招商局2024年目标任务分解表.xls"
NOT_A_WORKBOOK = "石桥乡/招商引资到位资金表2024.02（石桥乡）.xlsx"
FIRST_NIGHT = (BUDGET, TARGETS, NOT_A_WORKBOOK)
SECOND_NIGHT = ("县招商局/县招商局2024年目标任务分解表（调整）.xls", "柳树乡/202401柳树乡重点项目.csv")
AS_OF = "2024-04-15"
PUBLISHED, FAILED, NOTHING_NEW, BUSY, KILLED = 0, 1, 3, 75, -signal.SIGKILL

# A server that forks: quick as a fork, and free of the threads and open databases that a test process has by then.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.flows.hasty"])


class County:
    """An inbox with its site, and one data folder."""

    def __init__(self, folder, parsed):
        lend(parsed, folder / "data" / "dbt")
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
            shutil.copy(SAMPLE / "inbox" / name, self.inbox / name)
        for path in self.inbox.rglob("*.*"):
            os.utime(path, (1706745600, 1706745600))

    def night(self, **options):
        """Run a night to its end and answer how it ended: PUBLISHED, NOTHING_NEW, BUSY, FAILED or KILLED."""
        return ended(self.start(**options))

    def start(self, as_of=AS_OF, kill_at=None, after=0.0, clock=None):
        """Start a night; `kill_at` a step it kills itself, `after` so many seconds; `clock` is a file for the times of its steps."""
        process = PROCESSES.Process(target=run, args=(str(self.inbox), str(self.data), as_of, kill_at, after, clock))
        process.start()
        return process

    @property
    def published(self):
        return self.data / "published" / "current"

    def content(self):
        """What readers see: every published file with its SHA-256."""
        if not self.published.exists():
            return {}
        return {p.relative_to(self.published).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
                for p in sorted(self.published.rglob("*")) if p.is_file()}


def ended(process):
    process.join()
    return process.exitcode


def run(inbox, data, as_of, kill_at, after, clock):
    """What the process of a night does."""
    from etl.night import progress
    from flows.nightly import nightly
    from tests.flows import hasty  # noqa: F401

    def listen(step, done, total):
        if total:
            return
        if clock:
            with clock.open("a") as file:
                file.write(f"{step} {time.monotonic()}\n")
        if step == kill_at and after:
            threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start()
        elif step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with progress.listening(listen):
            state = nightly(inbox, None, data, as_of).state
    except NightRunning:
        sys.exit(BUSY)
    sys.exit({"published": PUBLISHED, "nothing_new": NOTHING_NEW}[state])
