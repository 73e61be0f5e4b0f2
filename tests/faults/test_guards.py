"""A guard that is taken out is missed: a test that holds its promise fails then by what it asserts, and not because luodi is in pieces."""

import os
import subprocess
import sys

import pytest

from tests.faults.guards import GUARDS
from tests.faults.unguarded import MISSED
from tests.fixtures.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.faults]  # each is a run of pytest by itself


@pytest.mark.parametrize("guard", GUARDS)
def test_without_its_guard_a_test_fails(guard, tmp_path):
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.faults.unguarded", f"--basetemp={tmp_path / 'base'}"]
    bare = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "UNGUARDED": guard, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # it begins sooner
    done = subprocess.run([*run, f"tests/{GUARDS[guard].test}"], cwd=ROOT, env=bare, check=False, capture_output=True, text=True)
    assert done.returncode == MISSED, done.stdout[-2000:] + done.stderr[-2000:]
