"""What is said of every listed claim, as told.csv holds it: the verdict, the recomputed value and the sentence.

After a change of the check `python -m tests.unit.claims.told` writes the table anew: read what changed in it.
"""

from __future__ import annotations

import csv
from pathlib import Path

from etl.claims import check_claims

HERE = Path(__file__).parent
TABLE = HERE / "told.csv"
COLUMNS = ("id", "verdict", "reported", "recomputed", "low", "high", "difference", "sentence")
LISTS = ("identities", "cases", "statements", "phrases")
ANSWERS = {"verdict", "recomputed", "because", "why"}


def claims() -> list[dict[str, str]]:
    """All listed claims as senders give them, without the answers."""
    found = []
    for name in LISTS:
        with (HERE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found += [{key: value for key, value in row.items() if key not in ANSWERS} for row in csv.DictReader(file)]
    return found


def told() -> dict[str, list[str]]:
    """The lines of the table, by claim."""
    judged = [check_claims([claim])[0] for claim in claims()]
    return {verdict.id: ["" if (said := getattr(verdict, column)) is None else str(said) for column in COLUMNS] for verdict in judged}


def written() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line[0]: line for line in list(csv.reader(file))[1:]}


def main() -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *told().values()])


if __name__ == "__main__":
    main()
