"""What a clerk is told of every failing example, as told.csv holds it: where, what stands there, what would be right, by how much.

After a change of a rule or an example `python -m tests.rules.told` writes the table anew: read what changed in it.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tests.fixtures.submissions import RULEBOOK, judged
from tests.rules.cases import EXAMPLES

PATH = Path(__file__).with_name("told.csv")
COLUMNS = ("example", "cell", "column", "value", "expected", "difference")
COMPARE = {code for code, rule in RULEBOOK.items() if {"context", "roster"} & set(rule.decided_by)}


def issues(example, sheet):
    """What the rule of an example finds in one of its sheets."""
    found = judged(example.form, *example.before, sheet, others=example.others, settings=example.settings,
                   rules={example.code}, night=example.code in COMPARE).issues
    return [i for i in found if example.form in i.submission_id]


def names(examples) -> list[str]:
    """What each example is called: its rule, form and column, and its number among those that share them."""
    seen, called = Counter(), []
    for one in examples:
        name = f"{one.code}-{one.form}-{one.at}"
        seen[name] += 1
        called.append(f"{name}-{seen[name]}")
    return called


def told(name, found) -> list[list[str]]:
    """The lines of the table for one example."""
    return [[name, *(str(getattr(i, column) or "") for column in COLUMNS[1:])] for i in found]


def read() -> list[list[str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def main() -> None:
    with PATH.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for name, example in zip(names(EXAMPLES), EXAMPLES):
            lines.writerows(told(name, issues(example, example.fails)))


if __name__ == "__main__":
    main()
