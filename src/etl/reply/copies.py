"""A fresh workbook with the values of any file at the same addresses, for what cannot be marked itself."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from etl.model import Book, CellValue, Grid
from etl.reply.originals import MAX_CELLS, Unsuited, write_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LOOKED_AT = 200  # rows that decide the width of a column and which row is the header
NARROW, WIDE = 6, 26  # characters
# Figures of a text file that are the same as a number: no leading zero, no last zero that tells of precision.
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,9})(?:\.\d{0,5}[1-9])?")
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f]")


def copy_book(book: Book) -> tuple[Workbook, dict[str, str]]:
    """An openpyxl workbook with the grids of a file, and {sheet of the file: sheet of the copy}.

    Text stays text, so a code of 24 digits keeps them all; only short figures of a text file become numbers.
    Raises Unsuited where the file is too big to be copied.
    """
    import openpyxl

    if sum(len(row) for grid in book.grids for row in grid.rows) > MAX_CELLS:
        raise Unsuited("too many cells")
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    names: dict[str, str] = {}
    for number, grid in enumerate(book.grids, start=1):
        wanted = _FORBIDDEN.sub("_", grid.sheet).strip("' ")[:31] or f"Sheet{number}"
        sheet = workbook.create_sheet(wanted)  # a name that is taken gets a number
        names.setdefault(grid.sheet, sheet.title)
        _fill(sheet, grid, book.kind in ("csv", "html"))
    return workbook, names


def _fill(sheet: Worksheet, grid: Grid, delimited: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="FFBFBFBF")
    box = Border(line, line, line, line)
    header = _header_row(grid)
    widths = _widths(grid, header)
    for c, width in widths.items():
        sheet.column_dimensions[get_column_letter(c + 1)].width = width
    for r, row in enumerate(grid.rows):
        table = sum(v is not None for v in row) > 1  # a lone title may run over its neighbours
        lines = 1
        for c in range(max(len(row), len(widths)) if r >= header and table else len(row)):
            value, error = grid.cell(r, c), grid.errors.get((r, c))
            cell = sheet.cell(r + 1, c + 1)
            if r >= header and table:
                cell.border = box
            if value is None and error is None:
                continue
            if delimited and isinstance(value, str) and _PLAIN.fullmatch(value):
                value = Decimal(value)
            _write(cast("Cell", cell), error or "" if value is None else value, (r, c) in grid.percents, grid.units.get((r, c)))
            cell.alignment = Alignment(vertical="center", wrap_text=r >= header and table)
            if r == header:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFF2F2F2")
            if r >= header and table and c in widths:
                lines = max(lines, display_width(str(value)) // widths[c] + 1)
        sheet.row_dimensions[r + 1].height = min(15 * lines + 3, 400)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for r in grid.hidden_rows:
        sheet.row_dimensions[r + 1].hidden = True
    for c in grid.hidden_cols:
        sheet.column_dimensions[get_column_letter(c + 1)].hidden = True
    sheet.sheet_state = "visible" if grid.visible else "hidden"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    assert sheet.sheet_properties.pageSetUpPr is not None  # openpyxl makes it
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _write(cell: Cell, value: CellValue, percent: bool, unit: str | None) -> None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and -(10**15) < value < 10**15:
        cell.value = value
        if percent:
            cell.number_format = "0.00%"
        elif unit:
            cell.number_format = f'General"{unit}"'  # 2800万元 stays one when the copy comes back
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    else:
        write_text(cell, str(value))


def _header_row(grid: Grid) -> int:
    """The first of the rows with the most texts; rows of data have figures among them."""
    texts = [sum(isinstance(v, str) for v in row) for row in grid.rows[: LOOKED_AT // 10]]
    return texts.index(max(texts)) if texts and max(texts) > 1 else len(grid.rows)


def _widths(grid: Grid, header: int) -> dict[int, int]:
    """The width of each column of the table, by its header and first rows."""
    merged = {(m[0], m[1]) for m in grid.merges if m[3] > m[1]}
    widths: dict[int, int] = {}
    for r in range(header, min(len(grid.rows), header + LOOKED_AT)):
        row = grid.rows[r]
        alone = sum(v is not None for v in row) == 1
        for c, value in enumerate(row):
            wide = value is not None and not alone and (r, c) not in merged
            widths[c] = max(widths.get(c, NARROW), min(display_width(str(value)) + 2, WIDE) if wide else NARROW)
    return widths


def display_width(text: str) -> int:
    """Columns that the longest line of a text takes: a Chinese character takes two."""
    return max(sum(2 if char > "\u2e7f" else 1 for char in line) for line in text.split("\n"))
