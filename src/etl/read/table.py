"""Lift a table's columns out of a grid, cell by cell, with the address of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.forms.contract import Column, Form
from etl.model import CellValue, Finding, Grid, column_letter
from etl.normalise.headers import HeaderIndex
from etl.normalise.kinds import Sent, sent_text
from etl.normalise.names import UnitRegister
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.cover import Around, UnitNote, read_cover
from etl.read.evidence import confirm
from etl.read.locate import GridHeaders, Head
from etl.read.rows import Classified, Sorter, classify, group_style


@dataclass(frozen=True, slots=True)
class Table:
    """A form's table as found in one grid."""

    form: Form
    grid: Grid
    head: Head
    rows: Classified
    around: Around
    place: dict[str, int]  # canonical column -> grid column that is read
    more: tuple[Table, ...] = ()  # further tables of the form, each with its own head, that are parts of this one
    beside: tuple[int, int] | None = None  # first cell of what stands apart at its right and is no part of it


def read_table(headers: GridHeaders, form: Form, head: Head, vocabulary: Vocabulary, register: UnitRegister | None = None) -> Table:
    """The table below a header that was found, its rows sorted and the sheet's cover read."""
    grid = headers.grid
    sorter = Sorter(grid, headers, HeaderIndex(form), head, vocabulary)
    rows = classify(sorter)
    if form.layout != "blocks":
        rows = confirm(sorter, rows, register)
    outside = sorted({*range(head.first), *rows.others})
    around = read_cover(grid, outside, head.first, vocabulary, empty=not rows.data, register=register)
    return Table(form, grid, head, rows, around, _places(grid, head, rows))


def _places(grid: Grid, head: Head, rows: Classified) -> dict[str, int]:
    """Of two columns with one meaning the first that holds anything is read (F16 compares them)."""
    place: dict[str, int] = {}
    for col, name in sorted(head.columns.items()):
        if name not in place or not holds_data(grid, rows, place[name]) and holds_data(grid, rows, col):
            place[name] = col
    return place


def holds_data(grid: Grid, rows: Classified, col: int) -> bool:
    """True where a column has a value, or a formula error, in any data line."""
    return any(grid.cell(r, col) not in (None, "") or (r, col) in grid.errors for r in rows.data)


def sent_column(table: Table, name: str) -> tuple[list[Sent], list[Finding]]:
    """One column of all data lines as sent; merged cells are filled down for words, never for figures (F34).

    A name over lines that have codes of their own is filled down too, but asked about.
    """
    grid, col, column = table.grid, table.place[name], table.form.by_name[name]
    letter = column_letter(col)
    if not (grid.merges or grid.errors or grid.percents or grid.units or grid.origin):  # as in most sheets
        rows = grid.rows
        return [Sent(row[col] if col < len(row := rows[r]) else None, f"{letter}{r + 1}", r + 1) for r in table.rows.data], []
    figures = column.type in ("amount", "number", "percent")
    merges = {r: m for m in grid.merges if m[1] <= col <= m[3] and m[2] > m[0] and m[0] > table.head.last for r in range(m[0], m[2] + 1)}
    data = set(table.rows.data) if merges else ()
    sent, findings, told = [], [], set()
    for r in table.rows.data:
        row = grid.rows[r]
        raw, at = row[col] if col < len(row) else None, r
        if (r, col) in grid.units and column.type == "amount":
            raw = with_unit(grid, r, col)
        merge = merges.get(r)
        if merge and len(lines := [row for row in range(merge[0], merge[2] + 1) if row in data]) > 1:
            first = merge[0]
            value = grid.cell(first, merge[1])
            if value is not None and merge not in told and (figures or _told_apart(table, name, lines)):
                told.add(merge)
                findings.append(Finding("F34", grid.sheet, grid.number(first, col), name, grid.name(first, col), sent_text(value)))
            if r != first and raw is None and value is not None:
                at = first
                raw = None if figures else value
        error = grid.errors.get((r if figures else at, col))
        cell = grid.name(at, col) if grid.origin else f"{letter}{at + 1}"  # said for every cell of every file
        sent.append(Sent(raw, cell, grid.number(r, col) if grid.origin else r + 1, (at, col) in grid.percents, error))
    return sent, findings


def _told_apart(table: Table, name: str, lines: list[int]) -> bool:
    """Whether lines under one merged name have codes that tell them apart without it: they are not of one name."""
    keys = table.form.business_key
    if not any(name in key for key in keys):
        return False
    codes = {c for key in keys if name not in key for c in key if table.form.by_name[c].type == "code" and c in table.place}
    for code in codes:
        written = [fold(sent_text(table.grid.cell(r, table.place[code])) or "") for r in lines]
        if len(set(written) - {""}) > 1:
            return True
    return False


def with_unit(grid: Grid, row: int, col: int) -> CellValue:
    """A cell with the unit that its number format shows, as the sender sees it: 2800万元; else its value."""
    value, unit = grid.cell(row, col), grid.units.get((row, col))
    return f"{sent_text(value)}{unit}" if unit and value is not None else value


def fill_from_groups(table: Table, name: str, register: UnitRegister) -> list[Sent] | None:
    """A column that the sheet lacks but whose group rows name its value (一、白石镇); None where they do not."""
    column = table.form.by_name[name]
    if not table.rows.groups or not (column.values or column.register):
        return None
    sent, found = [], False
    summed = {r for r, _, _ in table.rows.totals}
    named = {row: _group_value(column, text, register) for row, text in table.rows.groups}
    for r in table.rows.data:
        value = at = style = None
        for row, text in table.rows.groups:
            if row < r and named[row]:
                value, at, style = named[row], row, group_style(text)
            elif row < r and group_style(text) == style and (style or row in summed) and not _names_other(table.form, text, register):
                value = None  # a group of the same level with a name that nobody knows
        found = found or value is not None
        sent.append(Sent(value, table.grid.name(at if at is not None else r, 0), table.grid.number(r)))
    return sent if found and all(s.raw is not None for s in sent) else None


def _names_other(form: Form, text: str, register: UnitRegister) -> bool:
    """Whether a group's text names a value of any column: groups of several columns stand within each other."""
    return any(_group_value(c, text, register) for c in form.columns if c.values or c.register)


def _group_value(column: Column, text: str, register: UnitRegister) -> str | None:
    folded = fold(text)
    if column.values:
        named = [v for v in column.values if fold(v) in folded]
        return named[0] if len(named) == 1 else None
    return register.called(folded)


def money_scale(
    table: Table, name: str, notes: tuple[UnitNote, ...], vocabulary: Vocabulary, col: int | None = None
) -> tuple[Decimal | None, str | None]:
    """The unit of an amount column: header bracket, row of units, note of the sheet; (scale, word) or (None, None)."""
    column = table.form.by_name[name]
    units = vocabulary.money_units[column.unit or ""]
    col = table.place[name] if col is None else col
    for word in table.head.units.get(col, ()):
        if word in units:
            return units[word], word
    for row in table.rows.measures:
        word = fold(str(table.grid.cell(row, col) or "")).strip("()")
        if word in units:
            return units[word], word
    if not column.home:
        return Decimal(1), None
    for note in notes:
        for word in note.units:
            if word in units:
                return units[word], word
    return None, None
