"""Run the tests that the fault matrix names, and print what came of each row: `python -m tests.faults.table [--quick]`.

Exit 1 where a test failed, or a row has neither a test that ran nor a written reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

TESTS = Path(__file__).parents[1]
VERDICTS = {"failed": "FAILED", "passed": "holds", "skipped": "not tried here"}


class Row(NamedTuple):
    """One fault: what it is, how it is made, what is promised, which tests show it, and why not where none does."""

    number: str
    fault: str
    made: str = ""
    promised: str = ""
    tests: tuple[str, ...] = ()
    why: str = ""


@cache
def matrix() -> tuple[Row, ...]:
    """All rows, in their order."""
    rows = yaml.safe_load((TESTS / "faults" / "matrix.yaml").read_text(encoding="utf-8"))
    return tuple(Row(number, **{**row, "tests": tuple(row.get("tests", ()))}) for number, row in rows.items())


def named(nodeid: str) -> bool:
    """Whether the matrix names a test, or its whole file."""
    return any(_is(nodeid, test) for row in matrix() for test in row.tests)


def _is(nodeid: str, test: str) -> bool:
    return nodeid.removeprefix("tests/").partition("[")[0] in (test, test + "::" + nodeid.rpartition("::")[2].partition("[")[0])


class Outcomes:
    """What came of every test, noted while pytest runs."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def pytest_runtest_logreport(self, report) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.of[report.nodeid] = "failed" if "failed" in (report.outcome, self.of.get(report.nodeid)) else report.outcome


def told(row: Row, outcomes: dict[str, str]) -> tuple[str, str]:
    """What happened and the verdict of one row."""
    came = Counter(outcome for nodeid, outcome in outcomes.items() if any(_is(nodeid, test) for test in row.tests))
    happened = ", ".join(f"{count} {outcome}" for outcome, count in sorted(came.items()))
    verdict = next((word for outcome, word in VERDICTS.items() if came[outcome]), "reason given" if row.why else "NOT SHOWN")
    return "; ".join(filter(None, (happened, row.why))), verdict


def main(quick: bool) -> int:
    outcomes = Outcomes()
    chosen = "faults and not long" if quick else "faults"
    ended = pytest.main(["-m", chosen, "-n", "2", "-p", "no:cacheprovider", str(TESTS)], plugins=[outcomes])
    wrong = False
    for row in matrix():
        happened, verdict = told(row, outcomes.of)
        wrong |= verdict.isupper()
        print(f"{row.number} │ {row.fault} │ {row.made or '–'} │ {happened} │ {verdict}")
    return int(wrong or bool(ended))


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
