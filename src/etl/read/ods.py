"""ods: a small reader of OpenDocument's content.xml that lays repeats out only where they hold values.

OpenDocument 1.3 part 3, 9.1 (tables), 19.385 (value types). A sheet ends in a row repeated a million
times and a hostile one repeats a filled row as often, so every repeat is counted before it is laid out.
"""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from etl.model import Book, CellValue, Grid, Merge, Unreadable
from etl.read import formats, guard
from etl.read.cells import LAST_COL, LAST_ROW, clip_merges, iso_day, parse_number, safe_text, trim, uncover
from etl.read.formats import Scaling
from etl.read.ods_styles import OdsStyles
from etl.read.sheet_xml import parse_xml
from etl.texts.refusals import refusal

MAX_LAID_OUT = 2_000_000  # cells with a value, repeats included, of the whole file

_Laid = tuple[int, int, CellValue, str | None, dict[str, str], bool]  # column, repeats, value, error, attributes, covered

_error = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NUM!|VALUE!|NULL!)|Err:\d+")


def read_ods(path: Path) -> Book:
    """Read every sheet of an OpenDocument spreadsheet; raises Unreadable F27, F28."""
    with guard.open_zip(path) as archive:
        manifest = guard.read_part(archive, "META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise refusal("password")
        content = guard.read_part(archive, "content.xml")
        if content is None:
            raise guard.broken_container("no_content")
        xml, _ = guard.check_xml(content)
        macros = any(name.startswith("Basic/") and name.endswith(".xml") for name in archive.namelist())
        styles = _named_styles(archive)
    reader = _ContentReader(styles)
    parse_xml(xml, reader.start, reader.end, reader.text)
    if not reader.grids:
        raise refusal("no_sheets")
    return Book("ods", tuple(reader.grids), macros=macros)


def _named_styles(archive: ZipFile) -> OdsStyles:
    """The styles that people named, and the defaults; none where their part is damaged: no figure stands there."""
    styles = OdsStyles()
    try:
        xml, _ = guard.check_xml(guard.read_part(archive, "styles.xml") or b"<none/>")
        parse_xml(xml, lambda name, attributes: styles.start(name, _local(attributes)), styles.end, styles.data)
    except Unreadable:
        pass
    return styles


class _ContentReader:
    """Follows content.xml element by element and collects one Grid a table."""

    def __init__(self, styles: OdsStyles) -> None:
        self.grids: list[Grid] = []
        self.styles = styles
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0  # of tables within a cell: only the outer one is a sheet
        self.note = 0  # inside a comment, whose text is not the cell's
        self.laid_out = 0
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.remark: list[str] = []
        self.row: list[_Laid] = []
        self.in_row = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        given = _local(attributes)
        if not self.depth:
            self.styles.start(name, given)
        if name == "style" and given.get("family") == "table":
            self.style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self.depth += 1
            if self.depth == 1:
                self.open_table(given)
        elif self.depth != 1:
            return
        elif name == "table-column":
            self.column(given)
        elif name == "table-row":
            self.row_repeat = _count(given, "number-rows-repeated")
            self.row_hidden = given.get("visibility", "visible") != "visible"
            self.row_style = given.get("default-cell-style-name", "")
            self.row, self.col, self.in_row = [], 0, True
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.paragraphs, self.remark = given, [], []
            self.covered = name == "covered-table-cell"
        elif name == "annotation":
            self.note += 1
        elif name == "image" and not self.note:
            self.pictures += 1
        elif self.note:
            if name == "p" and self.cell is not None:
                self.in_note = True
                self.remark.append("")
        elif self.cell is not None:
            if name == "p":
                self.paragraphs.append("")
            elif self.paragraphs and name == "s":
                self.paragraphs[-1] += " " * min(_count(given, "c"), 1000)
            elif self.paragraphs and name in ("tab", "line-break"):
                self.paragraphs[-1] += "\t" if name == "tab" else "\n"

    def text(self, data: str) -> None:
        if not self.depth:
            self.styles.data(data)
        elif self.cell is not None and self.note:
            if self.in_note and self.remark:
                self.remark[-1] += data
        elif self.cell is not None and self.paragraphs:
            self.paragraphs[-1] += data

    def end(self, name: str) -> None:
        if not self.depth:
            self.styles.end(name)
        elif name == "p" and self.note:
            self.in_note = False
        elif name == "table":
            self.depth -= 1
            if self.depth == 0:
                self.close_table()
        elif self.depth != 1:
            return
        elif name == "annotation":
            self.note -= 1
        elif name in ("table-cell", "covered-table-cell"):
            self.close_cell()
        elif name == "table-row":
            self.close_row()

    def open_table(self, given: dict[str, str]) -> None:
        self.name, self.visible = given.get("name", ""), given.get("style-name") not in self.hidden_styles
        self.rows: list[list[CellValue]] = []
        self.at_row = self.at_col = 0
        self.merges: list[Merge] = []
        self.hidden_rows: list[tuple[int, int]] = []  # spans, each with the first place behind it
        self.hidden_cols: list[tuple[int, int]] = []
        self.percents: set[tuple[int, int]] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        self.column_styles: list[tuple[int, str]] = []  # the first column behind each span, and its style
        self.scaled: dict[tuple[int, int], Scaling] = {}
        self.struck: set[tuple[int, int]] = set()
        self.hidden: dict[tuple[int, int], CellValue] = {}
        self.comments: dict[tuple[int, int], str] = {}
        self.pictures, self.in_note = 0, False

    def column(self, given: dict[str, str]) -> None:
        count = _count(given, "number-columns-repeated")
        if given.get("visibility", "visible") != "visible":
            self.hidden_cols.append((self.at_col, min(self.at_col + count, LAST_COL)))
        self.at_col += count
        self.column_styles.append((self.at_col, given.get("default-cell-style-name", "")))

    def close_cell(self) -> None:
        given = self.cell
        if given is None:  # a cell within a cell has ended before
            raise guard.broken_container("nested")
        if not self.in_row:
            raise guard.broken_container("no_row")
        repeat = _count(given, "number-columns-repeated")
        text = "\n".join(self.paragraphs)
        self.cell = None
        value, error = _value(given, text)
        if remark := safe_text("\n".join(self.remark)):
            self.comments[self.at_row, self.col] = remark
        filled = value is not None or error is not None
        if self.col + (repeat if filled else 1) > LAST_COL:
            raise guard.broken_container("off_sheet")
        if filled:
            self.row.append((self.col, repeat, value, error, given, self.covered))
        rows, cols = _count(given, "number-rows-spanned"), _count(given, "number-columns-spanned")
        if rows > 1 or cols > 1:
            self.merges.append((self.at_row, self.col, self.at_row + rows - 1, self.col + cols - 1))
            if len(self.merges) > guard.MAX_MERGES:
                raise refusal("merges")
        self.col = min(self.col + repeat, LAST_COL)

    def close_row(self) -> None:
        self.in_row = False
        if self.row_hidden:
            self.hidden_rows.append((self.at_row, self.at_row + self.row_repeat))
        if self.row:
            self.laid_out += self.row_repeat * sum(repeat for _, repeat, *_ in self.row)
            if self.laid_out > MAX_LAID_OUT or self.at_row + self.row_repeat > LAST_ROW:
                raise refusal("bomb")
            self.rows.extend([] for _ in range(self.at_row - len(self.rows)))
            for r in range(self.at_row, self.at_row + self.row_repeat):
                self.rows.append(self.lay_out(r))
        self.at_row += self.row_repeat

    def lay_out(self, r: int) -> list[CellValue]:
        last, repeat, *_ = self.row[-1]
        row: list[CellValue] = [None] * (last + repeat)
        for first, repeat, value, error, given, covered in self.row:
            for c in range(first, first + repeat):
                if covered:
                    self.hidden[r, c] = value if error is None else error
                    continue
                row[c] = value
                if error is not None:
                    self.errors[r, c] = error
                if given.get("value-type") == "percentage":
                    self.percents.add((r, c))
                if "file:" in given.get("formula", ""):
                    self.formulas[r, c] = _readable(given["formula"])
                self.look_at_style(r, c, given.get("style-name") or self.row_style or self.column_style(c))
        return row

    def look_at_style(self, r: int, c: int, style: str) -> None:
        if scaling := self.styles.scaling(style):
            self.scaled[r, c] = scaling
        if self.styles.struck(style):
            self.struck.add((r, c))

    def column_style(self, c: int) -> str:
        return next((style for after, style in self.column_styles if c < after), "")

    def close_table(self) -> None:
        rows = trim(self.rows, self.errors)
        width = max(map(len, rows), default=0)
        merges = clip_merges(self.merges, rows)
        percents = self.percents
        units = formats.show_as_formatted(rows, {at: scaling for at, scaling in self.scaled.items() if at not in percents})
        covered = uncover(rows, merges, self.errors, self.hidden)
        self.grids.append(
            Grid(
                sheet=self.name,
                rows=rows,
                visible=self.visible,
                merges=merges,
                hidden_rows=_within(self.hidden_rows, len(rows)),
                hidden_cols=_within(self.hidden_cols, width),
                percents=frozenset(percents),
                errors=self.errors,
                formulas=self.formulas,
                units=units,
                covered=covered,
                struck=frozenset(self.struck),
                comments=self.comments,
                pictures=self.pictures,
            )
        )


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their local names."""
    return {key.rpartition(":")[2]: value for key, value in attributes.items()}


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(name, "1")
    return max(1, min(int(text), 1 << 40)) if text.isdigit() and len(text) < 20 else 1


def _within(spans: list[tuple[int, int]], size: int) -> frozenset[int]:
    return frozenset(place for first, after in spans for place in range(first, min(after, size)))


def _readable(formula: str) -> str:
    """A formula with the file name alone in brackets, as spreadsheet programs show it."""
    text = re.sub(r"'?file:[^'#]*?([^/'#]+)'?#", r"[\1]", formula)
    return "=" + text.partition("=")[2] if "=" in text else text


def _value(given: dict[str, str], text: str) -> tuple[CellValue, str | None]:
    """A cell's value and error, one of them None; errors are shown as text only."""
    kind = given.get("value-type", "")
    if "formula" in given and (_error.fullmatch(text.strip()) or given.get("calcext:value-type") == "error"):
        return None, text.strip()
    try:
        if kind in ("float", "percentage", "currency"):
            return parse_number(given["value"]), None
        if kind == "date":
            return iso_day(given["date-value"]) or safe_text(text), None
        if kind == "boolean":
            return given["boolean-value"] == "true", None
    except (KeyError, ValueError):
        return None, safe_text(text or "?")
    if kind == "" and "formula" in given and not text:
        return None, ""
    return safe_text(given.get("string-value", text) if kind == "string" and not text else text), None
