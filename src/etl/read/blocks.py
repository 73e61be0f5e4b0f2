"""Forms of blocks: label and value side by side, a small matrix of money, a table below (the self-evaluation)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from etl.forms.contract import Form
from etl.model import Grid, cell_name
from etl.normalise.headers import HeaderIndex, read_header
from etl.normalise.kinds import Sent
from etl.normalise.text import norm
from etl.normalise.vocabulary import Vocabulary
from etl.read.cover import UnitNote
from etl.read.locate import GridHeaders, find_head
from etl.read.table import Table, with_unit

MIN_MATRIX_HEADERS = 2


@dataclass(frozen=True, slots=True)
class Blocks:
    """The cells above the table by canonical column."""

    cells: dict[str, Sent]
    units: tuple[str, ...]  # units in the matrix's head, corner and labels


def programmes(grid: Grid, form: Form) -> list[Grid]:
    """A sheet that holds several blocks one below the other, as one grid for each with the others blanked.

    A block begins where the label of the form's first pair stands again, with the title rows above it.
    """
    index = HeaderIndex(form, "pairs")
    first_label = next((c.name for c in form.columns if c.block == "pairs"), None)
    rows = grid.rows
    keys = [[read_header(v).bare if isinstance(v, str) else "" for v in row[:3]] for row in rows]
    starts = [r for r, row in enumerate(keys) if any(index.columns.get(key) == first_label for key in row if key)]
    if form.layout != "blocks" or len(starts) < 2:
        return [grid]
    titles = {key for row in keys[: starts[0]] for key in row if key}
    for i, start in enumerate(starts[1:], 1):
        while start - 1 > starts[i - 1] and (not any(keys[start - 1]) or titles & set(keys[start - 1])):
            start -= 1
        starts[i] = start
    bounds = [0, *starts[1:], len(rows)]
    return [replace(grid, rows=[row if begin <= r < end else [] for r, row in enumerate(rows)]) for begin, end in pairwise(bounds)]


def read_blocks(table: Table) -> Blocks:
    """Find label and value pairs and the matrix above the table's header."""
    cells: dict[str, Sent] = {}
    units: list[str] = []
    _pairs(table, cells)
    _matrix(table, cells, units)
    return Blocks(cells, tuple(units))


def _sent(table: Table, r: int, c: int) -> Sent:
    grid = table.grid
    return Sent(with_unit(grid, r, c), cell_name(r, c), r + 1, (r, c) in grid.percents, grid.errors.get((r, c)))


def _pairs(table: Table, cells: dict[str, Sent]) -> None:
    """A label's value stands beside it, after its colon, or else in the next filled cell to its right."""
    index = HeaderIndex(table.form, "pairs")
    for r in range(table.head.first):
        row = table.grid.rows[r]
        labels = {c: name for c, v in enumerate(row) if isinstance(v, str) and (name := index.find(v))}
        for c, v in enumerate(row):
            label, colon, value = str(v).partition("：") if "：" in str(v) else str(v).partition(":")
            if colon and value.strip() and (name := index.find(label)):
                labels.pop(c, None)
                cells.setdefault(name, _sent(table, r, c)._replace(raw=value.strip()))
        for c, name in labels.items():
            merge = next((m for m in table.grid.merges if m[0] <= r <= m[2] and m[1] <= c <= m[3]), None)
            beside = (merge[3] if merge else c) + 1
            stop = min((other for other in labels if other > c), default=len(row))
            framed = any(m[0] <= r <= m[2] and m[1] == beside for m in table.grid.merges)
            filled = (col for col in range(beside, stop) if table.grid.cell(r, col) not in (None, ""))
            cells.setdefault(name, _sent(table, r, beside if framed else next(filled, beside)))


def _matrix(table: Table, cells: dict[str, Sent], units: list[str]) -> None:
    """Columns by their header, rows by their label; the suffix of a row makes the column of a part."""
    form = table.form
    index = HeaderIndex(form, "matrix")
    headers = GridHeaders(table.grid)
    head = find_head(headers, index, 0, table.head.first, MIN_MATRIX_HEADERS)
    if head is None:
        return
    for found in head.units.values():
        units.extend(found)
    for r in range(head.first, head.last + 1):
        for text in headers.row(r).values():
            units.extend(text.units)
    wanted = {norm(label): suffix for label, suffix in (form.matrix_rows or {}).items()}
    for r in range(head.last + 1, table.head.first):
        labels = [read_header(v) for c, v in enumerate(table.grid.rows[r]) if isinstance(v, str) and c < min(head.columns)]
        suffix = next((s for label in labels for w, s in wanted.items() if label.bare.endswith(w)), None)
        if suffix is None:
            continue
        units.extend(u for label in labels for u in label.units)
        for c, name in sorted(head.columns.items()):
            if name + suffix in form.by_name:
                cells.setdefault(name + suffix, _sent(table, r, c))


def matrix_scale(form: Form, blocks: Blocks, notes: Iterable[UnitNote], vocabulary: Vocabulary) -> tuple[Decimal | None, str | None]:
    """The unit of the matrix: its own bracket before the sheet's note; (None, None) where neither says."""
    for word in blocks.units:
        if word in vocabulary.money_units[vocabulary.home]:
            return vocabulary.money_units[vocabulary.home][word], word
    for note in notes:
        for word in note.units:
            if word in vocabulary.money_units[vocabulary.home]:
                return vocabulary.money_units[vocabulary.home][word], word
    return None, None
