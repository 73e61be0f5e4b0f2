"""Ranks of rows: those that a mart holds, else worked out as `expectations/freeze.yaml` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from etl.freeze.tables import Keys

Name = TypeVar("Name")


def places(mart: str, rows: Mapping[Name, Mapping[str, str]], keys: Keys) -> dict[Name, str]:
    """Name of a row -> its rank; rows without a figure have none.

    Competition ranking 1 2 2 4, the largest first, ties on the value as printed with two decimals (indicators.md 41).
    """
    held = next((c for c in keys.rank if any(c in row for row in rows.values())), "")
    if held:
        return {name: row[held] for name, row in rows.items() if row.get(held)}
    rule = keys.places.get(mart)
    if rule is None:
        return {}
    groups: dict[tuple, list[tuple[Decimal, Name]]] = defaultdict(list)
    for name, row in rows.items():
        value = _figure(row.get(rule["by"], ""))
        if value is not None and not any(row.get(c) == v for c, v in rule["but"].items()):
            groups[tuple(row.get(c, "") for c in rule["within"])].append((value, name))
    found: dict[Name, str] = {}
    for group in groups.values():
        first: dict[Decimal, int] = {}
        for place, value in enumerate(sorted((value for value, _ in group), reverse=True), start=1):
            first.setdefault(value, place)
        found |= {name: str(first[value]) for value, name in group}
    return found


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    except InvalidOperation:
        return None
