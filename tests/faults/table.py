"""Run the tests that the fault matrix names, and print what came of each row and how long it took: `python -m tests.faults.table`.

`--quick` leaves out what kills and replays nights for minutes; `--processes 1` for a machine on which others work, `--base` for the
folder in which tests work. Exit 1 where a test failed, or a row has neither a test that ran nor a written reason.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.forms.yamlfile import load_yaml

TESTS = Path(__file__).parents[1]
VERDICTS = {"failed": "FAILED", "passed": "holds", "skipped": "not tried here"}
SLOWEST = 10


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
    rows = load_yaml(TESTS / "faults" / "matrix.yaml")
    return tuple(Row(number, **{**row, "tests": tuple(row.get("tests", ()))}) for number, row in rows.items())


def named(nodeid: str) -> bool:
    """Whether the matrix names a test, or its whole file."""
    return not _names(nodeid).isdisjoint(_all_named())


@cache
def _all_named() -> frozenset[str]:
    return frozenset(test for row in matrix() for test in row.tests)


def _names(nodeid: str) -> set[str]:
    """By which a row may name a test: its own name without parameters, and that of its file."""
    test = nodeid.removeprefix("tests/").partition("[")[0]
    return {test, test.rpartition("::")[0]}


class Outcomes:
    """What came of every test and the seconds it took, noted while pytest runs."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        self.seconds: Counter[str] = Counter()  # what a test is given is made in the time of the first that asks for it

    def pytest_runtest_logreport(self, report) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.when == "call" or report.outcome != "passed":
            self.of[report.nodeid] = "failed" if "failed" in (report.outcome, self.of.get(report.nodeid)) else report.outcome


def told(row: Row, outcomes: Outcomes) -> tuple[str, float, str]:
    """What happened, the seconds it took and the verdict of one row."""
    shown = [nodeid for nodeid in outcomes.of if not _names(nodeid).isdisjoint(row.tests)]
    came = Counter(outcomes.of[nodeid] for nodeid in shown)
    happened = ", ".join(f"{count} {outcome}" for outcome, count in sorted(came.items()))
    verdict = next((word for outcome, word in VERDICTS.items() if came[outcome]), "reason given" if row.why else "NOT SHOWN")
    return "; ".join(filter(None, (happened, row.why))), sum(outcomes.seconds[nodeid] for nodeid in shown), verdict


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--base", help="emptied first")
    given = options.parse_args()
    outcomes, begun = Outcomes(), time.monotonic()
    chosen = "faults and not long" if given.quick else "faults"
    base = [f"--basetemp={given.base}"] if given.base else []
    ended = pytest.main(["-m", chosen, "-n", str(given.processes), "-p", "no:cacheprovider", *base, str(TESTS)], plugins=[outcomes])
    wrong = False
    for row in matrix():
        happened, seconds, verdict = told(row, outcomes)
        wrong |= verdict.isupper()
        print(f"{row.number} │ {row.fault} │ {row.made or '–'} │ {happened} │ {seconds:.1f} s │ {verdict}")
    for nodeid, seconds in outcomes.seconds.most_common(SLOWEST):
        print(f"{seconds:6.1f} s │ {nodeid}")
    print(f"{len(outcomes.of)} tests in {time.monotonic() - begun:.0f} s")
    return int(wrong or bool(ended))


if __name__ == "__main__":
    sys.exit(main())
