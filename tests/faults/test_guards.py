"""A guard that is taken out is missed: the test that holds it fails then, and only by its own assertion."""

import os
import subprocess
import sys

import pytest

from tests.faults.unguarded import TESTS
from tests.fixtures.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.faults]  # each is a run of pytest by itself


@pytest.mark.parametrize("guard", TESTS)
def test_without_its_guard_a_test_fails(guard):
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{TESTS[guard]}"]
    path = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "UNGUARDED": guard}
    bare = subprocess.run([*run, "-p", "tests.faults.unguarded"], cwd=ROOT, env=path, check=False, capture_output=True, text=True)
    assert bare.returncode == 1 and "FAILED tests" in bare.stdout, bare.stdout[-2000:]
