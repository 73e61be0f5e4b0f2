"""The names in rows that were not read as lines, so that the comparison with last month can ask about one that was a line then.

A file is read by itself: what came before must not change what is read, or a night would not give the same twice. So the
reader only keeps what another reading would have made lines of; F53 holds it against the lines of the month before.
"""

from __future__ import annotations

from etl.model import Aside
from etl.normalise.text import norm
from etl.read.table import Table

LONGEST = 60  # of a name; a longer text is a sentence
MOST = 200  # rows of one table: a list of another kind below it needs no more


def set_aside(table: Table) -> tuple[Aside, ...]:
    """The short texts of all rows below the headers of a table and its parts that are no lines, in their order."""
    return tuple(one for part in (table, *table.more) for one in _of_part(part))


def _of_part(part: Table) -> list[Aside]:
    rows = part.rows
    strange = (r for first, last in rows.strange for r in range(first, last + 1))
    left_out = sorted({*strange, *(r for r, *_ in rows.totals), *(r for r, _ in rows.groups), *rows.others} - set(rows.data))
    return [
        Aside(part.grid.number(r, c), part.grid.name(r, c), value.strip(), key)
        for r in left_out[:MOST]
        if r > part.head.last
        for c, value in enumerate(part.grid.rows[r])
        if isinstance(value, str) and len(value) <= LONGEST and (key := norm(value))
    ]
