"""All that is read of the composed workbooks, as written.csv has it: what the judge does not ask after, evidence, doubts and places, is in the digest.

After a change of reading `python -m tests.layouts.written` writes the table anew: read what moved, and why.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from etl.model import Reading
from tests.layouts.__main__ import ALONE, each_option
from tests.layouts.compose import Workbook, compose
from tests.layouts.features import companions
from tests.layouts.judge import read

TABLE = Path(__file__).with_name("written.csv")
HEAD = ["workbook", "submissions", "findings", "digest"]
MANY = 120


def option_alone(feature: str, option: str, n: int) -> Workbook:
    """A workbook with one option in an otherwise plain dress, of the first form that it suits."""
    forms = [form for _, form in ALONE[n % len(ALONE):] + ALONE[:n % len(ALONE)]]
    made = (compose(seed + n, form, forced=companions(feature, option), alone=True) for seed in (1000, 2000) for form in forms)
    return next(w for w in made if w.dress[feature] == option)         # some options suit some forms only


def told(name: str, readings: list[Reading]) -> list[str]:
    """One line of the table: what was read, what was found, and a digest of everything that the reader said."""
    submissions = [f"{s.form} {s.unit} {s.period} {len(r.lines or ())}" for r in readings for s in (r.submission,)]
    findings = [f"{f.rule} {f.cell}" for r in readings for f in r.findings]
    return [name, "; ".join(submissions), "; ".join(findings), hashlib.sha256(repr(readings).encode()).hexdigest()[:12]]


def workbooks() -> Iterator[tuple[str, Workbook]]:
    """Each with its name in the table."""
    for seed in range(1, MANY + 1):
        yield str(seed), compose(seed)
    for feature, option, n in each_option():
        yield f"{feature}={option}", option_alone(feature, option, n)


def written() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line[0]: line for line in list(csv.reader(file))[1:]}


def main() -> None:
    lines = [told(name, read(workbook)) for name, workbook in workbooks()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *lines])


if __name__ == "__main__":
    main()
