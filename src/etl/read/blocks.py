"""Forms of blocks: label and value side by side, a small matrix of money, a table below (the self-evaluation)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.forms.contract import Form
from etl.model import cell_name
from etl.normalise.columns import Sent
from etl.normalise.headers import HeaderIndex, read_header
from etl.normalise.text import norm
from etl.read.locate import GridHeaders, find_head
from etl.read.table import Table

MIN_MATRIX_HEADERS = 2


@dataclass(frozen=True, slots=True)
class Blocks:
    """The cells above the table by canonical column; `missing` are columns whose label is not there."""

    cells: dict[str, Sent]
    units: tuple[str, ...]                   # units in the matrix's head and corner
    missing: tuple[str, ...]


def read_blocks(table: Table) -> Blocks:
    """Find label and value pairs and the matrix above the table's header."""
    cells: dict[str, Sent] = {}
    units: list[str] = []
    _pairs(table, cells)
    _matrix(table, cells, units)
    missing = tuple(c.name for c in table.form.columns
                    if c.block != "table" and not c.support and c.name not in cells)
    return Blocks(cells, tuple(units), missing)


def _sent(table: Table, r: int, c: int) -> Sent:
    grid = table.grid
    return Sent(grid.cell(r, c), cell_name(r, c), r + 1, (r, c) in grid.percents, grid.errors.get((r, c)))


def _pairs(table: Table, cells: dict[str, Sent]) -> None:
    """A label's value is the next filled cell to its right, or the next cell where none is filled."""
    index = HeaderIndex(table.form, "pairs")
    for r in range(table.head.first):
        row = table.grid.rows[r]
        texts = {c: read_header(v).key for c, v in enumerate(row) if isinstance(v, str) and v.strip()}
        labels = {c: index.columns[key] for c, key in texts.items() if key in index.columns}
        for c, name in labels.items():
            stop = min((other for other in labels if other > c), default=len(row))
            value = next((v for v in range(c + 1, stop) if table.grid.cell(r, v) not in (None, "")), None)
            if value is None:
                merge = next((m for m in table.grid.merges if m[0] <= r <= m[2] and m[1] <= c <= m[3]), None)
                value = (merge[3] if merge else c) + 1
            cells.setdefault(name, _sent(table, r, value))


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
        labels = [norm(str(v)) for c, v in enumerate(table.grid.rows[r]) if isinstance(v, str) and c < min(head.columns)]
        suffix = next((s for label in labels for w, s in wanted.items() if label.endswith(w)), None)
        if suffix is None:
            continue
        for c, name in sorted(head.columns.items()):
            if name + suffix in form.by_name:
                cells.setdefault(name + suffix, _sent(table, r, c))


def matrix_scale(form: Form, blocks: Blocks, notes, vocabulary) -> tuple[Decimal | None, str | None]:
    """The unit of the matrix: its own bracket before the sheet's note; (None, None) where neither says."""
    for word in blocks.units:
        if word in vocabulary.money_units["CNY"]:
            return vocabulary.money_units["CNY"][word], word
    for note in notes:
        for word in note.units:
            if word in vocabulary.money_units["CNY"]:
                return vocabulary.money_units["CNY"][word], word
    return None, None
