"""How a table is laid out: its headers in their order, each with the column that it was read as, to compare with next month's."""

from __future__ import annotations

from etl.model import Heading
from etl.normalise.headers import read_header
from etl.normalise.vocabulary import Vocabulary
from etl.read.table import Table, holds_data

LONGEST = 30  # of a header, as people are told of it


def headings(table: Table, vocabulary: Vocabulary) -> tuple[Heading, ...]:
    """The headers of a table from left to right, without serial numbers; of two with one meaning the first."""
    found: list[Heading] = []
    names: set[str] = set()
    keys = set(vocabulary.serial_headers)
    for col in sorted({*table.head.texts, *table.head.columns}):
        name = table.head.columns.get(col)
        text = table.head.texts.get(col) or (table.form.by_name[name].header if name else "")
        key = read_header(text).key
        if name in names or key in keys or not key:
            continue
        if name:
            names.add(name)
        keys.add(key)
        found.append(
            Heading(
                table.grid.letter(table.head.first, col),
                "".join(text.split())[:LONGEST],
                key,
                name,
                name is not None or holds_data(table.grid, table.rows, col),
            )
        )
    return tuple(found)
