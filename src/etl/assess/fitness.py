"""Load the thresholds of fitness for assessment (cadence.md section 5) and which rule speaks of which dimension."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.forms.rulefiles import rule_files
from etl.mistakes import Mistake
from etl.texts.catalogue import Text

DIMENSIONS = (
    "coverage",
    "timeliness",
    "late",
    "completeness",
    "validity",
    "consistency",
    "uniqueness",
    "plausibility",
    "open_errors",
    "open_warnings",
    "recognised",
    "estimated",
    "unsettled_claims",
    "lowered_targets",
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One figure that decides on fitness, with its two thresholds; `reserved` None: it never makes data unfit."""

    dimension: str
    name: str
    uom: str
    better: str  # + more is better, - less is
    fit: Decimal
    reserved: Decimal | None
    forms: tuple[str, ...]  # none for all
    place: int


@dataclass(frozen=True)
class Thresholds:
    """All dimensions, and the dimension that each rule speaks of."""

    dimensions: tuple[Dimension, ...]
    rules: tuple[tuple[str, str], ...]


def load_thresholds(folder: Path, forms: Collection[str]) -> Thresholds:
    """Read fitness.csv of `expectations/`, and which dimension each rule names. Raises Mistake naming file, line and value."""
    dimensions = []
    for line, row in _rows(folder / "fitness.csv"):
        of = tuple(row["forms"].split("|")) if row["forms"] else ()
        try:
            fit, reserved = Decimal(row["fit"]), Decimal(row["reserved"]) if row["reserved"] else None
        except InvalidOperation:
            raise _wrong("fitness.csv", line, "fitness_file.number", fit=row["fit"], reserved=row["reserved"]) from None
        if row["dimension"] not in DIMENSIONS or row["better"] not in ("+", "-") or not set(of) <= set(forms):
            raise _wrong("fitness.csv", line, "fitness_file.words", dimension=row["dimension"])
        if reserved is not None and (reserved > fit if row["better"] == "+" else reserved < fit):
            raise _wrong("fitness.csv", line, "fitness_file.order")
        dimensions.append(Dimension(row["dimension"], row["name"], row["uom"], row["better"], fit, reserved, of, line))
    if sorted(d.dimension for d in dimensions) != sorted(DIMENSIONS):
        raise _wrong("fitness.csv", 1, "fitness_file.dimensions", dimensions=tuple(DIMENSIONS))
    rules = tuple((code, data["dimension"]) for code, data in rule_files(folder).items() if "dimension" in data)
    return Thresholds(tuple(dimensions), rules)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), start=2))


def _wrong(file: str, line: int, key: str, /, **values: object) -> Mistake:
    return Mistake("fitness_file.error", file=file, line=line, said=Text(key, **values))
