"""What is wrong with a sheet as a whole: its headers, units, hidden parts and formulas."""

from __future__ import annotations

from decimal import Decimal

from etl.model import Finding
from etl.normalise.headers import read_header
from etl.normalise.kinds import sent_text
from etl.normalise.names import UnitRegister
from etl.normalise.numbers import read_number
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.candidates import UnknownColumns, guesses
from etl.read.remarks import remarks
from etl.read.table import Table, holds_data, money_scale, with_unit
from etl.texts.catalogue import chinese


def sheet_doubts(table: Table, vocabulary: Vocabulary, register: UnitRegister, present: set[str], unitless: list[str]) -> list[Finding]:
    """Findings of the sheet: F14 F15 F16 F17 F18 F30 F31 F42 F43 F44 F47 P50."""
    return [
        *unknown_headers(table, vocabulary, register),
        *missing_columns(table, present),
        *twin_columns(table, vocabulary),
        *missing_unit(table, unitless),
        *clashing_units(table, vocabulary),
        *hidden_parts(table),
        *foreign_formulas(table),
        *unclear_days(table),
        *remarks(table, vocabulary),
    ]


def _holds_data(table: Table, col: int) -> bool:
    return holds_data(table.grid, table.rows, col)


def _header_cell(table: Table, col: int) -> str:
    return table.grid.name(table.head.rows.get(col, table.head.last), col)


def unknown_headers(table: Table, vocabulary: Vocabulary, register: UnitRegister) -> list[Finding]:
    """F14: headers that name no column of the form while their columns hold data.

    One that clearly names a missing column, by its words, by what it holds or by its place, is told with that column;
    all others together, once.
    """
    unknown = unknown_columns(table, vocabulary)
    found = guesses(unknown, vocabulary, register)
    meant = {col: choice.best.header for col, choice in found.items() if choice.best}
    alone = [[col] for col in unknown.texts if col in meant]
    others = [col for col in unknown.texts if col not in meant]
    return [_unknown(table, cols, meant.get(cols[0])) for cols in sorted([*alone, *([others] if others else [])])]


def unknown_columns(table: Table, vocabulary: Vocabulary) -> UnknownColumns:
    """The columns that hold data under a header that names no column of the form."""
    texts = {
        col: text
        for col, text in sorted(table.head.texts.items())
        if col not in table.head.columns and read_header(text).key not in vocabulary.serial_headers and _holds_data(table, col)
    }
    return UnknownColumns(table.form, table.grid, table.head, texts, table.rows.data)


def _unknown(table: Table, cols: list[int], meant: str | None) -> Finding:
    first = _header_cell(table, cols[0])
    more = [f"、{_header_cell(table, col)}“{table.head.texts[col]}" for col in cols[1:]]
    return Finding(
        "F14",
        table.grid.sheet,
        table.grid.number(table.head.rows[cols[0]], cols[0]),
        None,
        first,
        "”".join([table.head.texts[cols[0]], *more]),
        meant,
    )


def missing_columns(table: Table, present: set[str]) -> list[Finding]:
    """F15: a required column that no header of the sheet names."""
    missing = [c for c in table.form.columns if c.required and c.name not in present]
    return [Finding("F15", table.grid.sheet, table.grid.number(table.head.last), c.name, None, None, c.header) for c in missing]


def twin_columns(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """F16: two columns of one meaning whose figures differ, each in its own unit; equal twins are one column."""
    found = []
    for col, name in sorted(table.head.columns.items()):
        first = table.place[name]
        if col == first or col not in table.head.texts or not _holds_data(table, col):
            continue
        if _figures(table, name, first, vocabulary) != _figures(table, name, col, vocabulary):
            found.append(
                Finding(
                    "F16",
                    table.grid.sheet,
                    table.grid.number(table.head.last, first),
                    name,
                    _header_cell(table, first),
                    table.head.texts.get(first),
                    f"{_header_cell(table, col)}“{table.head.texts[col]}”",
                )
            )
    return found


def _figures(table: Table, name: str, col: int, vocabulary: Vocabulary) -> list[str | Decimal]:
    """A column's cells for comparison: amounts in one unit, all else as text."""
    column = table.form.by_name[name]
    scale: Decimal | None = None
    units: dict[str, Decimal] = {}
    if column.type == "amount":
        scale, _ = money_scale(table, name, table.around.notes, vocabulary, col)
        units = vocabulary.money_units[column.unit or ""]
    figures: list[str | Decimal] = []
    for r in table.rows.data:
        raw = with_unit(table.grid, r, col) if units else table.grid.cell(r, col)
        number = read_number(raw, vocabulary, units) if raw is not None and column.numeric else None
        if number is None or number.value is None:
            figures.append(fold(sent_text(raw) or ""))
        else:
            figures.append(number.value * units.get(number.own_unit or "", scale or Decimal(1)))
    return figures


def missing_unit(table: Table, unitless: list[str]) -> list[Finding]:
    """F17: money without a unit in header, sheet or title; one finding for the sheet."""
    unitless = [n for n in unitless if table.form.by_name[n].home]
    if not unitless or not table.rows.data:
        return []
    name = unitless[0]
    col = table.place.get(name)
    cell = _header_cell(table, col) if col is not None else table.grid.name(table.head.first, 0)
    return [Finding("F17", table.grid.sheet, None, name, cell, None, chinese("expected.money_unit"))]


def clashing_units(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """F18: unit notes that differ, two money units in one header, or a currency that is not the column's."""
    sheet, found = table.grid.sheet, []
    yuan = vocabulary.money_units[vocabulary.home]
    noted = [(word, note) for note in table.around.notes for word in note.units if word in yuan]
    if noted:
        first, _ = noted[0]
        clash = next(((word, note) for word, note in noted if yuan[word] != yuan[first]), None)
        if clash:
            found.append(Finding("F18", sheet, None, None, clash[1].cell, clash[0], first))
    for col, name in sorted(table.head.columns.items()):
        column = table.form.by_name[name]
        words = [w for w in table.head.units.get(col, ()) if w in vocabulary.all_money_units]
        if column.type != "amount" or not words:
            continue
        own = vocabulary.money_units[column.unit or ""]
        cell = _header_cell(table, col)
        lowest = [w for w in read_header(table.head.texts.get(col, "")).units if w in vocabulary.all_money_units]
        if any(w not in own for w in lowest or words[:1]):
            found.append(
                Finding(
                    "F18",
                    sheet,
                    None,
                    name,
                    cell,
                    chinese.list(words),
                    chinese("expected.yuan") if column.home else column.stored_in,
                )
            )
        elif len({own[w] for w in lowest if w in own}) > 1:
            found.append(Finding("F18", sheet, None, name, cell, lowest[1], lowest[0]))
    return found


def hidden_parts(table: Table) -> list[Finding]:
    """F30: hidden rows and columns of the table that hold data (a filter left on counts); neighbours are told once."""
    grid, sheet, columns = table.grid, table.grid.sheet, table.head.columns
    first = min(columns)
    found = []
    for rows in _runs([r for r in table.rows.data if r in grid.hidden_rows], grid.hidden_rows):
        told = (
            chinese("expected.row", row=grid.number(rows[0]))
            if len(rows) == 1
            else chinese("expected.rows_hidden", first=grid.number(rows[0]), last=grid.number(rows[-1]))
        )
        found.append(Finding("F30", sheet, grid.number(rows[0]), None, grid.name(rows[0], first), told))
    hidden = [c for c in sorted(columns) if c in grid.hidden_cols and _holds_data(table, c)]
    for cols in _runs(hidden, grid.hidden_cols):
        told = chinese.list([text for c in cols if (text := table.head.texts.get(c))])
        found.append(Finding("F30", sheet, None, columns[cols[0]], _header_cell(table, cols[0]), told or None))
    return found


def not_read(table: Table) -> list[Finding]:
    """F50: what stands among or below the lines and is no part of the table, once for each place."""
    found = []
    for part in (table, *table.more):
        if part.beside:
            found.append(
                Finding(
                    "F50",
                    part.grid.sheet,
                    part.grid.number(*part.beside),
                    None,
                    part.grid.name(*part.beside),
                    chinese("expected.from_cell", cell=part.grid.name(*part.beside)),
                    chinese("expected.beside"),
                )
            )
        for first, last in part.rows.strange:
            texts = [sent_text(v) or "" for v in part.grid.rows[first] if v is not None and str(v).strip()]
            col = next((c for c, v in enumerate(part.grid.rows[first]) if v is not None and str(v).strip()), 0)
            top, bottom = part.grid.number(first), part.grid.number(last)
            where = chinese("expected.row", row=top) if top == bottom else chinese("expected.rows", first=top, last=bottom)
            found.append(Finding("F50", part.grid.sheet, top, None, part.grid.name(first, col), chinese.list(texts[:3])[:40], where))
    return found


def _runs(places: list[int], hidden: frozenset[int]) -> list[list[int]]:
    """Places in groups between which everything is hidden."""
    runs: list[list[int]] = []
    for place in places:
        if runs and all(between in hidden for between in range(runs[-1][-1], place)):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def foreign_formulas(table: Table) -> list[Finding]:
    """F31: a figure taken from another workbook; its last stored value is used."""
    places = {c: n for n, c in table.place.items()}
    data = set(table.rows.data)
    return [
        Finding("F31", table.grid.sheet, table.grid.number(r, c), places[c], table.grid.name(r, c), sent_text(table.grid.cell(r, c)), text)
        for (r, c), text in sorted(table.grid.formulas.items())
        if r in data and c in places
    ]


def unclear_days(table: Table) -> list[Finding]:
    """P50 in a header: 承诺时限（天） does not say which days."""
    found = []
    for col, name in sorted(table.head.columns.items()):
        units = [fold(u) for u in table.head.units.get(col, ())]
        if table.form.by_name[name].unit == "工作日" and any(u in ("天", "日") for u in units):
            found.append(
                Finding(
                    "P50",
                    table.grid.sheet,
                    None,
                    name,
                    _header_cell(table, col),
                    table.head.texts.get(col),
                    chinese("expected.working_days"),
                )
            )
    return found
