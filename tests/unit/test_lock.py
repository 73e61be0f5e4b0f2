"""One night at a time, and a dead one never blocks the next."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from etl.lock import NightRunning, one_night, running

HOLDER = """
import os, sys, time
from pathlib import Path
from etl.lock import one_night
with one_night(Path(sys.argv[1]), since="2024-04-15", inbox="there"):
    if sys.argv[2] == "fork" and os.fork() == 0:
        time.sleep(60)
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def hold(tmp_path):
    """Start another process that holds the lock; it is killed in the end."""
    started = []

    def start(how="alone"):
        process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path, how], stdout=subprocess.PIPE,
                                   env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, start_new_session=True)
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_the_second_night_is_told_who_runs(tmp_path, hold):
    other = hold()
    with pytest.raises(NightRunning) as refused, one_night(tmp_path):
        pass
    assert refused.value.holder == {"pid": str(other.pid), "since": "2024-04-15", "inbox": "there"}
    assert running(tmp_path) == refused.value.holder


def test_the_lock_is_free_again_after_a_night_and_after_a_failed_one(tmp_path):
    assert running(tmp_path) is None
    with one_night(tmp_path):
        assert running(tmp_path)["pid"] == str(os.getpid())
    with pytest.raises(ZeroDivisionError), one_night(tmp_path):
        raise ZeroDivisionError
    assert running(tmp_path) is None


@pytest.mark.parametrize("how", ["alone", "fork"])
def test_a_killed_night_frees_its_lock_even_if_its_readers_live_on(tmp_path, hold, how):
    other = hold(how)
    other.kill()
    other.wait()
    with one_night(tmp_path):
        pass


def test_a_reader_that_outlives_its_night_holds_no_lock(tmp_path):
    began, begin = os.pipe()
    with one_night(tmp_path):
        reader = os.fork()
        if reader == 0:
            os.write(begin, b".")
            signal.pause()
        os.read(began, 1)
    try:
        assert running(tmp_path) is None
    finally:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)
        os.close(began)
        os.close(begin)
