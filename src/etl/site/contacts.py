"""Read how units are reached: contacts.csv of the site, optional; an address (apprise URL) a line, `*` for the office.

Addresses may hold keys, so they stand in no table and in no frozen set.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from etl.site.csvfile import csv_rows, filled, known_unit

NAME = "contacts.csv"
OFFICE = "*"


def load_contacts(folder: Path, units: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Unit -> its addresses. Raises SiteError naming file and line."""
    path, codes = folder / NAME, {*units, OFFICE}
    found: dict[str, tuple[str, ...]] = {}
    for line, row in csv_rows(path, "unit", "channel") if path.is_file() else ():
        unit, channel = known_unit(path, line, row, codes), filled(path, line, row, "channel")
        found[unit] = tuple(dict.fromkeys((*found.get(unit, ()), channel)))
    return found
