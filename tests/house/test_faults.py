"""Every row of the fault matrix has a test that there is, or a written reason."""

import ast

import pytest

from tests.faults.table import TESTS, matrix, named


def test_all_sixty_rows_are_there_in_their_order():
    assert [row.number for row in matrix()] == [f"F{number:02}" for number in range(1, 61)]


@pytest.mark.parametrize("row", matrix(), ids=lambda row: row.number)
def test_a_row_has_tests_that_there_are_or_says_why_it_has_none(row):
    assert row.fault and (row.tests and row.made and row.promised or row.why)
    for test in row.tests:
        file, _, name = test.partition("::")
        defined = {node.name for node in ast.walk(ast.parse((TESTS / file).read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}
        assert name in defined if name else any(one.startswith("test_") for one in defined), test


def test_a_test_is_named_by_itself_or_by_its_file():
    assert named("tests/unit/test_lock.py::test_the_second_night_is_told_who_runs") and named("tests/unit/read/test_rows.py::test_x[a b]")
    assert not named("tests/unit/test_lock.py::test_of_another_name")
