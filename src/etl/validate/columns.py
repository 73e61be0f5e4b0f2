"""Fill tables of schema `staged` from columns of text, so that nobody keeps a Python value for every cell of a night.

Columns travel as compressed JSON, which DuckDB takes apart and casts by itself: decimals stay exact.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUICK = 1  # of zlib's levels: slower ones take up to twice as long, and spare a fifth
AT_ONCE = 8_000_000  # characters that one statement brings in: some four thousand lines

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(columns: Iterable[Sequence[str | None]]) -> bytes:
    """Columns of equal length, in the order of their table; only one at a time needs to be there."""
    into = zlib.compressobj(QUICK)
    made, before = [], b"["
    for column in columns:
        made.append(into.compress(before + _encode(column).encode()))
        before = b","
    return b"".join((*made, into.compress(b"]"), into.flush()))


def fill_table(con: DuckDBPyConnection, table: str, schema: Mapping[str, str], compacts: Iterable[bytes]) -> None:
    """Create a table of schema `staged` and fill it with what `compact` made, with as few statements as memory allows.

    `schema` has the SQL type of each column, in the order in which they were compacted. Rows keep their order.
    """
    con.execute(f"CREATE TABLE staged.{table} ({', '.join(f'{c} {t}' for c, t in schema.items())})")
    casts = ", ".join(f"CAST(unnest(columns[{n}]) AS {t})" for n, t in enumerate(schema.values(), start=1))
    rows = f"SELECT {casts} FROM (SELECT from_json(unnest(?::VARCHAR[]), '[[\"VARCHAR\"]]') AS columns)"
    for texts in _batches(compacts):
        con.execute(f"INSERT INTO staged.{table} {rows}", [texts])


def _batches(compacts: Iterable[bytes]) -> Iterator[list[str]]:
    texts: list[str] = []
    for one in compacts:
        text = zlib.decompress(one).decode()
        if texts and sum(map(len, texts)) + len(text) > AT_ONCE:
            yield texts
            texts = []
        texts.append(text)
    if texts:
        yield texts
