"""Fingerprints of every cell, kept inside a seal: a damaged table is told down to row and column without the original.

One line a row: its key as JSON, a tab, then four characters a cell (base64 of the first three bytes of the SHA-256 of
its text). They only find the place; that a file is unchanged is proved by its full checksum.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.freeze.tables import MartTable

WIDTH = 4


@dataclass(frozen=True, slots=True)
class SealFault:
    """A row or cell that is not as it was sealed; `column` is '' for a row that is missing or extra."""

    what: str  # cell, missing_row, extra_row, header
    row: int  # record number in the table as it is now, as it was for a missing row; from 1
    key: str  # JSON of the key's values
    column: str = ""
    now: str = ""
    seal: str = ""  # fingerprint of the cell as it was sealed


def cell_print(text: str) -> str:
    """The fingerprint of one cell."""
    return b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:3]).decode()


def prints(table: MartTable, key: Sequence[str]) -> bytes:
    """The fingerprints of a table."""
    return "".join(f"{name}\t{cells}\n" for name, cells in _rows(table, key)).encode()


def differences(sealed: bytes, columns: Sequence[str], key: Sequence[str], table: MartTable) -> list[SealFault]:
    """Where a table is not as its fingerprints say.

    Rows that read the same are set aside first; of the rest, those with one key are compared, then those in one place.
    """
    before = [tuple(line.split("\t")) for line in sealed.decode("utf-8", "replace").splitlines()]
    found = [
        SealFault("header", 0, "", c, table.columns[n] if n < len(table.columns) else "")
        for n, c in enumerate(columns)
        if n >= len(table.columns) or table.columns[n] != c
    ]
    table = MartTable(tuple(columns), table.rows)
    after = _rows(table, key)
    old, new = list(range(len(before))), list(range(len(after)))
    found += _paired(old, new, lambda o: before[o], lambda n: after[n], lambda o, n: [])

    def compare(o: int, n: int) -> list[SealFault]:
        return _cells(before[o], table, n, columns)

    found += _paired(old, new, lambda o: before[o][0], lambda n: after[n][0], compare)
    if len(before) == len(after):
        found += _paired(old, new, lambda o: o, lambda n: n, compare)
    found += [SealFault("missing_row", o + 1, before[o][0]) for o in old]
    found += [SealFault("extra_row", n + 1, after[n][0]) for n in new]
    return sorted(found, key=lambda p: (p.row, p.what, columns.index(p.column) if p.column else -1))


def _paired(old: list[int], new: list[int], mark_old: Callable, mark_new: Callable, compare: Callable) -> list[SealFault]:
    """Compare rows that carry one mark, in their order, and take them out of both lists."""
    waiting: dict[object, deque[int]] = {}
    for n in new:
        waiting.setdefault(mark_new(n), deque()).append(n)
    found, paired = [], {}
    for o in old:
        if waiting.get(mark_old(o)):
            paired[o] = waiting[mark_old(o)].popleft()
            found += compare(o, paired[o])
    taken = set(paired.values())
    old[:] = [o for o in old if o not in paired]
    new[:] = [n for n in new if n not in taken]
    return found


def _cells(before: tuple[str, ...], table: MartTable, place: int, columns: Sequence[str]) -> list[SealFault]:
    row, was = table.rows[place], before[1] if len(before) > 1 else ""
    found = []
    for n, column in enumerate(columns):
        now = row[n] if n < len(row) else ""
        if n == len(columns) - 1 and len(row) > len(columns):
            now = ",".join(row[n:])  # a comma too many
        seal = was[n * WIDTH : (n + 1) * WIDTH]
        if cell_print(now) != seal:
            found.append(SealFault("cell", place + 1, before[0], column, now, seal))
    return found


def _rows(table: MartTable, key: Sequence[str]) -> list[tuple[str, str]]:
    places = [table.columns.index(c) for c in key]
    known: dict[str, str] = {}  # most cells of a column say the same few things
    rows = []
    for row in table.rows:
        for cell in row:
            if cell not in known:
                known[cell] = cell_print(cell)
        name = json.dumps([row[p] if p < len(row) else "" for p in places], ensure_ascii=False)
        rows.append((name, "".join(known[cell] for cell in row)))
    return rows
