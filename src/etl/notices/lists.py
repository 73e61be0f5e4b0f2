"""What a version says of the red, black, exempt and negative lists: who stands on which, for what, and who let it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LISTS = ("red_list", "black_list", "exempt_list", "negative_list")  # in the order in which they are shown


@dataclass(frozen=True, slots=True)
class Listing:
    """One unit on one list."""

    number: str
    kind: str  # one of LISTS
    unit: str
    unit_name: str
    period: str
    name: str
    figures: str
    state: str
    released_by: str  # '' while it is proposed


def read_listings(database: Path) -> list[Listing]:
    """Every listing of a version, by list and unit."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            """
            SELECT a.number, a.kind, a.unit, u.unit_name, a.period, a.subject_name, a.figures, a.state, coalesce(a.released_by, '')
            FROM fct_accountability a
            JOIN dim_unit u ON u.unit = a.unit
            WHERE list_contains(?, a.kind)
            ORDER BY a.unit, a.period, a.number""",
            [LISTS],
        ).fetchall()
    return sorted((Listing(*row) for row in rows), key=lambda one: LISTS.index(one.kind))
