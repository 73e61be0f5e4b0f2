"""`python -m tests.mutants --number 200 --seed 1`: the share of mutants that tests catch, and every one that lived."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fixtures.places import ROOT
from tests.mutants.make import MODELS, mutants
from tests.mutants.run import Copy, told


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--least", type=float, default=85, help="per cent that must be caught")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long, and say of how many the score is")
    how = asked.parse_args()
    drawn, lived, by, began = mutants(ROOT, how.number, how.seed), [], Counter(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="luodi-mutants-") as folder:
        copy, tried = Copy(ROOT, Path(folder)), 0
        if any(one.path.startswith(MODELS) for one in drawn):
            copy.build()
        for mutant in drawn:
            if time.monotonic() - began > how.seconds:
                break
            tried += 1
            way = copy.caught(mutant)
            by[way or "lived"] += 1
            if not way:
                lived.append(told(mutant))
                print("lived:", lived[-1], flush=True)
    score = 100 * (tried - len(lived)) / tried
    print(f"{tried} mutants of {len(drawn)} drawn with seed {how.seed} in {time.monotonic() - began:.0f} s: {score:.0f} % caught", dict(by))
    return 0 if score >= how.least else 1


if __name__ == "__main__":
    sys.exit(main())
