"""xls and et (BIFF in an OLE2 container): xlrd, for it knows formats, errors and what is hidden."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from etl.model import Book, CellValue, Grid, Unreadable
from etl.read import formats
from etl.read.cells import Clean, as_shown, clean_number, clip_merges, safe_text, trim, uncover
from etl.read.guard import MAX_TEXT
from etl.texts.refusals import refusal

if TYPE_CHECKING:
    from xlrd.book import Book as Workbook
    from xlrd.sheet import Sheet

MOST_CELLS = 2_000_000  # of a damaged sheet, from its first cell to its last: calamine makes room for all between, and ends the process
BEGIN, DIMENSIONS = 0x0809, 0x0200  # records of a sheet: where it begins; how large it says that it is
DIMENSIONS_OF = {10: "<4H", 14: "<2I2H"}  # first row, row after the last, first column, column after the last; by bytes, older and newer
WRAPS = 1 << 32
CELLS = {0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}  # records that begin with a row and a column
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")  # how a picture begins, wherever it is stored


def read_xls(path: Path) -> Book:
    """Read every sheet of a BIFF workbook; raises Unreadable F27, F28."""
    import xlrd

    data = path.read_bytes()
    macros = "_VBA_PROJECT_CUR".encode("utf-16-le") in data
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        pictures = sum(data.count(mark) for mark in PICTURES)
        return Book("xls", tuple(_grid(book, sheet, pictures) for sheet in book.sheets()), macros=macros)
    except Unreadable:
        raise
    except Exception as error:
        # xlrd meets damaged records with whatever Python raises there; the other reader has its own say.
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise refusal("password") from error
        return _second_reader(data, macros, error)


def _grid(book: Workbook, sheet: Sheet, pictures: int) -> Grid:
    from xlrd import (
        XL_CELL_BOOLEAN,
        XL_CELL_DATE,
        XL_CELL_ERROR,
        XL_CELL_NUMBER,
        XL_CELL_TEXT,
        error_text_from_code,
    )

    shown: dict[int, str] = {}
    scaling: dict[int, formats.Scaling | None] = {}
    rows: list[list[CellValue]] = []
    errors: dict[tuple[int, int], str] = {}
    scaled: dict[tuple[int, int], formats.Scaling] = {}
    percents: set[tuple[int, int]] = set()
    struck: set[tuple[int, int]] = set()
    characters = 0
    struck_styles = {
        number for number, xf in enumerate(book.xf_list) if xf.font_index < len(book.font_list) and book.font_list[xf.font_index].struck_out
    }
    for r in range(sheet.nrows):
        row: list[CellValue] = [None] * sheet.row_len(r)
        for c, (kind, value) in enumerate(zip(sheet.row_types(r), sheet.row_values(r))):
            if kind == XL_CELL_TEXT:
                characters += len(value)  # a small file may use a large text thousands of times: no more is looked at than a sheet may hold
                if characters > MAX_TEXT:
                    raise refusal("bomb")
                row[c] = safe_text(value)
            elif kind == XL_CELL_BOOLEAN:
                row[c] = bool(value)
            elif kind == XL_CELL_ERROR:
                errors[r, c] = error_text_from_code.get(value, f"#{value}")
            elif kind in (XL_CELL_NUMBER, XL_CELL_DATE):
                style = sheet.cell_xf_index(r, c)
                if style not in shown:
                    shown[style] = _shown_as(book, style)
                    scaling[style] = None if shown[style] else formats.scaling_of(_code(book, style))
                try:
                    row[c] = as_shown(clean_number(value), shown[style], bool(book.datemode))
                except OverflowError:
                    errors[r, c] = repr(value)
                if shown[style] == "percent":
                    percents.add((r, c))
                if scales := scaling[style]:
                    scaled[r, c] = scales
            if struck_styles and row[c] is not None and sheet.cell_xf_index(r, c) in struck_styles:
                struck.add((r, c))
        rows.append(row)
    rows = trim(rows, errors)
    merges = clip_merges([(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells], rows)
    units = formats.show_as_formatted(rows, scaled)
    covered = uncover(rows, merges, errors)
    return Grid(
        sheet=sheet.name,
        rows=rows,
        visible=sheet.visibility == 0,
        merges=merges,
        hidden_rows=frozenset(r for r, info in sheet.rowinfo_map.items() if info.hidden and r < len(rows)),
        hidden_cols=frozenset(c for c, info in sheet.colinfo_map.items() if info.hidden and c < sheet.ncols),
        percents=frozenset(percents),
        errors=errors,
        units={at: unit for at, unit in units.items() if at not in covered},
        covered=covered,
        struck=frozenset(struck - set(covered)),
        comments={at: text for at, note in sorted(sheet.cell_note_map.items()) if (text := safe_text(note.text))},
        pictures=pictures,
    )


def _code(book: Workbook, style: int) -> str:
    form = book.format_map.get(book.xf_list[style].format_key)
    return form.format_str or "" if form else ""


def _shown_as(book: Workbook, style: int) -> str:
    form = book.format_map.get(book.xf_list[style].format_key)
    if form is None:
        return ""
    if form.format_key in formats.BUILTIN and form.format_str in ("", None):
        return formats.BUILTIN[form.format_key]
    return formats.kind_of(form.format_str) or formats.BUILTIN.get(form.format_key, "")


def _second_reader(data: bytes, macros: bool, first_error: Exception) -> Book:
    """Values alone, by calamine; what it hides cannot be told, so error cells count as blank."""
    import python_calamine

    if _runs_in_circles(data) or largest_sheet(data) > MOST_CELLS:
        raise refusal("damaged") from first_error
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for sheet in book.sheets_metadata:
            clean = Clean()
            raw = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            grids.append(
                Grid(sheet.name, trim([clean.row(row) for row in raw]), visible=sheet.visible == python_calamine.SheetVisibleEnum.Visible)
            )
    except python_calamine.PasswordError as error:
        raise refusal("password") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # PanicException is no Exception
        raise refusal("damaged") from error
    if not any(grid.rows for grid in grids):
        raise refusal("damaged") from first_error
    return Book("xls", tuple(grids), macros=macros)


def largest_sheet(data: bytes) -> int:
    """Cells between the first and the last of the largest sheet, by its cells or by what it says; 0 where no workbook is found."""
    from xlrd.compdoc import CompDoc

    try:
        found = CompDoc(data, logfile=io.StringIO())
        stream, start, size = next(found_one for name in ("Workbook", "Book") if (found_one := found.locate_named_stream(name))[0])
    except Exception:  # noqa: BLE001  (as above: whatever Python raises on damaged records)
        return 0
    largest, at, cells = 0, start, _Extent()
    while at + 4 <= start + size and at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        part = stream[at + 4 : at + 4 + length]
        if kind == BEGIN:
            cells = _Extent()
        elif kind == DIMENSIONS and (layout := DIMENSIONS_OF.get(len(part))):
            top, below, left, right = struct.unpack_from(layout, part)
            largest = max(largest, (below - top) % WRAPS * ((right - left) % WRAPS))  # an end before its beginning is as far as can be
        elif kind in CELLS and len(part) >= 4:
            cells.take(*struct.unpack_from("<HH", part))
            largest = max(largest, cells.size)
        at += 4 + length
    return largest


class _Extent:
    """The rows and columns from the first to the last cell seen."""

    def __init__(self) -> None:
        self.top = self.left = 0xFFFF
        self.below = self.right = -1

    def take(self, row: int, col: int) -> None:
        self.top, self.below = min(self.top, row), max(self.below, row)
        self.left, self.right = min(self.left, col), max(self.right, col)

    @property
    def size(self) -> int:
        return (self.below - self.top + 1) * (self.right - self.left + 1)


def _runs_in_circles(data: bytes) -> bool:
    """Whether the sectors of an OLE2 container follow each other without end: calamine follows them until memory is full."""
    size = {3: 512, 4: 4096}.get(int.from_bytes(data[26:28], "little"))
    if size is None:
        return False

    def sector(number: int) -> tuple[int, ...]:
        part = data[(number + 1) * size : (number + 2) * size]
        return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])

    table = [number for number in struct.unpack("<109I", data[76:512].ljust(436, b"\xff")) if number < len(data) // size]
    more, seen = int.from_bytes(data[68:72], "little"), set[int]()
    while more < len(data) // size:
        if more in seen:
            return True
        seen.add(more)
        *numbers, more = sector(more) or (len(data),)
        table += [number for number in numbers if number < len(data) // size]
    following = [after for number in table for after in sector(number)]
    if _circular(following):
        return True
    at, small = int.from_bytes(data[60:64], "little"), list[int]()
    while at < len(following):
        small += sector(at)
        at = following[at]
    return _circular(small)


def _circular(following: Sequence[int]) -> bool:
    """Whether a walk from any place, each naming the next, comes back to where it was."""
    walk = [-1] * len(following)
    for first in range(len(following)):
        at = first
        while at < len(following) and walk[at] < 0:
            walk[at] = first
            at = following[at]
        if at < len(following) and walk[at] == first:
            return True
    return False
