"""Every promise of docs/guarantees.md names guards that are taken out, and tests that there are."""

import ast
import re

import pytest

from tests.faults.guards import GUARDS
from tests.fixtures.places import ROOT

ROWS = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| promise ")]
NAMED = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_a_promise_names_a_guard_and_tests_that_there_are(row):
    _, _, tests, guards = row
    files = NAMED.findall(tests)
    assert NAMED.findall(guards) and files and all((ROOT / file).is_file() for file in files)
    assert {f"tests/{GUARDS[guard].test.partition('::')[0]}" for guard in NAMED.findall(guards)} <= {*files}


def test_each_guard_that_is_taken_out_stands_in_one_row():
    assert sorted(guard for row in ROWS for guard in NAMED.findall(row[-1])) == sorted(GUARDS) and len(ROWS) > 30


@pytest.mark.parametrize("guard", GUARDS)
def test_the_test_that_must_fail_is_there(guard):
    file, *_, name = GUARDS[guard].test.partition("[")[0].split("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
