"""`python -m tests.mutants --number 200 --seed 1`: the share of mutants that tests catch, and every one that lived."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb  # noqa: F401  (what most tests load, once for all children)
import hypothesis  # noqa: F401
import openpyxl  # noqa: F401
import pytest  # noqa: F401
import xlsxwriter  # noqa: F401

from tests.fixtures.places import ROOT
from tests.mutants.mutant import KINDS, draw
from tests.mutants.trial import Trial


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    asked.add_argument("--least", type=float, default=85, help="per cent that must be caught")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long, and say of how many the score is")
    asked.add_argument("--loud", action="store_true", help="say of each by what it was caught")
    how = asked.parse_args()
    drawn, tried, lived, began = draw(ROOT, how.number, how.seed, how.kinds), Counter(), Counter(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="luodi-mutants-") as folder:
        trial = Trial(ROOT, Path(folder))
        for mutant in drawn:
            if time.monotonic() - began > how.seconds:
                break
            by = trial.caught(mutant)
            tried[mutant.kind] += 1
            lived[mutant.kind] += not by
            if how.loud or not by:
                print(f"{mutant}: {by or 'lived'}", flush=True)
    for kind in tried:
        print(f"{kind}: {tried[kind] - lived[kind]} of {tried[kind]} caught")
    score = 100 * (1 - lived.total() / max(tried.total(), 1))
    print(f"{tried.total()} of {len(drawn)} mutants drawn with seed {how.seed} in {time.monotonic() - began:.0f} s: {score:.0f} % caught")
    return 0 if score >= how.least else 1


if __name__ == "__main__":
    sys.exit(main())
