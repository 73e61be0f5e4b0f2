"""xlsb: the binary form of an Excel workbook ([MS-XLSB]), read record by record.

calamine reads its values but tells nothing of percents, units and what is hidden, so the records are read here.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from etl.model import Book, CellValue, Grid, Merge
from etl.read import formats, guard
from etl.read.annotations import pictures_of
from etl.read.cells import LAST_COL, LAST_ROW, as_shown, clean_number, clip_merges, safe_text, trim, uncover
from etl.texts.refusals import refusal

# Kinds of records, [MS-XLSB] 2.3.
ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = 0, 1, 2, 3, 4, 5, 6, 7
F_TEXT, F_REAL, F_BOOL, F_ERROR, RICH = 8, 9, 10, 11, 62
ITEM, FONT, FORMAT, STYLE, COLUMN, PROPERTIES, SHEET, MERGE = 19, 43, 44, 47, 60, 153, 156, 176
STYLES_BEGIN, STYLES_END = 617, 618
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xlsb(path: Path) -> Book:
    """Read every worksheet; raises Unreadable F27, F28."""
    with guard.open_zip(path) as archive:
        try:
            return _read(archive)
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise guard.broken_container("broken_record") from error


def _read(archive: ZipFile) -> Book:
    workbook = _part(archive, "xl/workbook.bin")
    related = _relations(archive, "xl/workbook.bin")
    styles = _Styles(_part(archive, "xl/styles.bin"))
    strings = [_text(data, 1)[0] for kind, data in binary_records(_part(archive, "xl/sharedStrings.bin")) if kind == ITEM]
    epoch_1904, sheets = False, []
    for kind, data in binary_records(workbook):
        if kind == PROPERTIES:
            epoch_1904 = bool(data[0] & 1)
        elif kind == SHEET:
            (state,) = struct.unpack_from("<I", data)
            relation, after = _text(data, 8)
            sheets.append((_text(data, after)[0], related.get(relation, ("", "")), state == 0))
    grids = tuple(
        replace(
            _Sheet(strings, styles, epoch_1904).read(name, _part(archive, target), visible),
            pictures=pictures_of(_relations(archive, target), lambda part: _relations(archive, part)),
        )
        for name, (kind, target), visible in sheets
        if kind == "worksheet"
    )
    if not grids:
        raise refusal("no_sheets")
    return Book("xlsb", grids, macros=any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()))


def _part(archive: ZipFile, name: str) -> bytes:
    """A part by its name in whatever case; b"" where there is none."""
    written = next((entry for entry in archive.namelist() if entry.lower() == name.lower()), name)
    return guard.read_part(archive, written) or b""


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    from defusedxml.ElementTree import ParseError, fromstring

    folder, name = posixpath.split(part)
    data, _ = guard.check_xml(_part(archive, posixpath.join(folder, "_rels", name + ".rels")) or b"<none/>")
    try:
        tree = fromstring(data)
    except (ParseError, ValueError) as error:
        raise guard.broken_container("broken_part", part=f"{name}.rels") from error
    return {
        element.get("Id"): (
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
        )
        for element in tree
    }


def binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of every record; raises IndexError where the last one breaks off."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (data[at] & 0x7F) << 7, at + 1
        size = 0
        for shift in range(0, 28, 7):
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if at + size > len(data):
            raise IndexError(at)
        yield kind, data[at : at + size]
        at += size


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A wide string and the place behind it; an absent one is empty."""
    (length,) = struct.unpack_from("<I", data, at)
    at += 4
    if length == 0xFFFFFFFF:
        return "", at
    end = at + 2 * length
    if end > len(data):
        raise IndexError(end)
    return data[at:end].decode("utf-16-le", "surrogatepass"), end


class _Styles:
    """What cell styles say, by their number."""

    def __init__(self, data: bytes) -> None:
        self.kinds: list[str] = []
        self.scaling: list[formats.Scaling | None] = []
        self.struck: list[bool] = []
        codes, fonts, inside = {}, [], False
        for kind, content in binary_records(data):
            if kind == FONT:
                fonts.append(bool(content[2] & 8))
            elif kind == FORMAT:
                codes[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
            elif kind in (STYLES_BEGIN, STYLES_END):
                inside = kind == STYLES_BEGIN
            elif kind == STYLE and inside:
                _, number, font = struct.unpack_from("<HHH", content)
                shown = formats.kind_of(codes[number]) if number in codes else formats.BUILTIN.get(number, "")
                self.kinds.append(shown)
                self.scaling.append(None if shown else formats.scaling_of(codes.get(number, "")))
                self.struck.append(font < len(fonts) and fonts[font])


class _Sheet:
    """Collects one Grid from the records of a sheet."""

    def __init__(self, strings: list[str], styles: _Styles, epoch_1904: bool) -> None:
        self.strings, self.styles, self.epoch_1904 = [safe_text(text) for text in strings], styles, epoch_1904
        self.rows: list[list[CellValue]] = []
        self.row = -1
        self.errors: dict[tuple[int, int], str] = {}
        self.percents: set[tuple[int, int]] = set()
        self.scaled: dict[tuple[int, int], formats.Scaling] = {}
        self.struck: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_cols: set[int] = set()
        self.merges: list[Merge] = []
        self.cells = 0

    def read(self, name: str, data: bytes, visible: bool) -> Grid:
        for kind, content in binary_records(data):
            if kind == ROW:
                (self.row,) = struct.unpack_from("<I", content)
                if self.row >= LAST_ROW:
                    raise refusal("off_sheet", cell=str(self.row + 1))
                if content[11] & 0x10:
                    self.hidden_rows.add(self.row)
            elif kind == COLUMN:
                first, last, width = struct.unpack_from("<III", content)
                if content[16] & 1 or width == 0:
                    self.hidden_cols.update(range(first, min(last + 1, LAST_COL)))
            elif kind == MERGE:
                top, bottom, left, right = struct.unpack_from("<IIII", content)
                self.merges.append((top, left, bottom, right))
                if len(self.merges) > guard.MAX_MERGES:
                    raise refusal("merges")
            elif RK <= kind <= F_ERROR or kind == RICH:
                self.cell(kind, content)
        return self.grid(name, visible)

    def cell(self, kind: int, content: bytes) -> None:
        col, style = struct.unpack_from("<II", content)
        style &= 0xFFFFFF
        if self.row < 0 or col >= LAST_COL:
            raise refusal("off_sheet", cell=f"{self.row + 1}:{col + 1}")
        self.cells += 1
        if self.cells > guard.MAX_CELLS:
            raise refusal("many_cells", count=f"{guard.MAX_CELLS:,}")
        at = self.row, col
        if kind in (ERROR, F_ERROR):
            self.errors[at] = _ERRORS.get(content[8], f"#{content[8]}")
            return
        value = self.value(kind, content, at, style)
        if value is None:
            return
        self.rows.extend([] for _ in range(self.row + 1 - len(self.rows)))
        self.rows[self.row].extend([None] * (col + 1 - len(self.rows[self.row])))
        self.rows[self.row][col] = value
        if style < len(self.styles.struck) and self.styles.struck[style]:
            self.struck.add(at)

    def value(self, kind: int, content: bytes, at: tuple[int, int], style: int) -> CellValue:
        if kind in (BOOL, F_BOOL):
            return bool(content[8])
        if kind == SHARED:
            return self.strings[struct.unpack_from("<I", content, 8)[0]]
        if kind in (TEXT, F_TEXT):
            return safe_text(_text(content, 8)[0])
        if kind == RICH:
            return safe_text(_text(content, 9)[0])
        return self.number(_rk(content) if kind == RK else struct.unpack_from("<d", content, 8)[0], at, style)

    def number(self, value: float, at: tuple[int, int], style: int) -> CellValue:
        try:
            number = clean_number(value)
        except OverflowError:
            self.errors[at] = repr(value)
            return None
        kind = self.styles.kinds[style] if style < len(self.styles.kinds) else ""
        if kind == "percent":
            self.percents.add(at)
        elif not kind and style < len(self.styles.scaling) and (scaling := self.styles.scaling[style]):
            self.scaled[at] = scaling
        return as_shown(number, kind, self.epoch_1904)

    def grid(self, name: str, visible: bool) -> Grid:
        rows = trim(self.rows, self.errors)
        merges = clip_merges(self.merges, rows)
        units = formats.show_as_formatted(rows, self.scaled)
        covered = uncover(rows, merges, self.errors)
        width = max(map(len, rows), default=0)
        return Grid(
            name,
            rows,
            visible,
            merges,
            frozenset(r for r in self.hidden_rows if r < len(rows)),
            frozenset(c for c in self.hidden_cols if c < width),
            frozenset(self.percents),
            self.errors,
            units=units,
            covered=covered,
            struck=frozenset(self.struck - set(covered)),
        )


def _rk(content: bytes) -> float:
    """A number in 32 bits: an integer or the upper half of a double, either of them perhaps a hundredfold."""
    (raw,) = struct.unpack_from("<i", content, 8)
    number = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return number / 100 if raw & 1 else number
