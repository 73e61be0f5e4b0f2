"""A night that is told to stop."""

import os
import signal
import subprocess
import sys

from etl.lock import one_night

HOLDER = """
import sys, time
from pathlib import Path
from etl.lock import one_night
with one_night(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_night_that_is_told_to_stop_ends_at_once_and_leaves_no_lock(tmp_path):
    """SIGTERM has no handler: to a night it is a kill, and those are tried at every step (tests/flows/test_killed.py)."""
    night = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    assert night.stdout.readline() == b"held\n"
    night.terminate()
    assert night.wait() == -signal.SIGTERM
    with one_night(tmp_path):
        pass
