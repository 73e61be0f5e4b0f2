"""Excel's “XML 电子表格 2003” (SpreadsheetML), which reporting systems still write and name .xls."""

from __future__ import annotations

import re

from etl.model import Book, CellValue, Grid, Merge
from etl.read import formats, guard
from etl.read.cells import LAST_COL, LAST_ROW, clip_merges, iso_day, parse_number, safe_text, trim, uncover
from etl.read.sheet_xml import parse_xml
from etl.read.witness import Formulas
from etl.texts.refusals import refusal

_NAMED = {
    "Percent": "0.00%",
    "Short Date": "yyyy-mm-dd",
    "Long Date": "yyyy-mm-dd",
    "Medium Date": "yyyy-mm-dd",
    "General Date": "yyyy-mm-dd",
}
_KEPT = re.compile(r"\s*\n\s*")


def read_xml2003(xml: bytes) -> Book:
    """Read every worksheet; raises Unreadable on broken XML, a document type, or cells off the sheet."""
    reader = _WorksheetReader()
    parse_xml(xml, reader.start, reader.end, reader.text)
    if not reader.grids:
        raise refusal("no_sheets")
    return Book("xml", tuple(reader.grids))


class _Style:
    """What a style says, with what it takes from its parent."""

    def __init__(self, parent: _Style | None = None) -> None:
        self.code: str = parent.code if parent else ""
        self.struck: bool = parent.struck if parent else False

    @property
    def kind(self) -> str:
        return formats.kind_of(_NAMED.get(self.code, self.code))


class _WorksheetReader:
    """Follows the workbook element by element and collects one Grid a worksheet."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.styles: dict[str, _Style] = {"": _Style()}
        self.style: _Style | None = None
        self.cells = 0
        self.cell: dict[str, str] | None = None
        self.raw: str | None = None  # text of the cell
        self.pieces: list[str] | None = None
        self.in_sheet = self.in_comment = False
        self.told = ""  # of the element Visible

    def start(self, name: str, attributes: dict[str, str]) -> None:
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        act = getattr(self, f"start_{name.lower()}", None)
        if act and (self.in_sheet or name in ("Style", "NumberFormat", "Font", "Worksheet")):
            act(given)

    def end(self, name: str) -> None:
        act = getattr(self, f"end_{name.lower()}", None)
        if act and (self.in_sheet or name == "Style"):
            act()

    def text(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)

    def start_style(self, given: dict[str, str]) -> None:
        self.style = _Style(self.styles.get(given.get("Parent", "Default")))
        self.styles[given.get("ID", "")] = self.style

    def end_style(self) -> None:
        self.style = None

    def start_numberformat(self, given: dict[str, str]) -> None:
        if self.style:
            self.style.code = given.get("Format", "")

    def start_font(self, given: dict[str, str]) -> None:
        if self.style:
            self.style.struck = given.get("StrikeThrough") == "1"

    def start_worksheet(self, given: dict[str, str]) -> None:
        self.in_sheet, self.name, self.visible = True, given.get("Name", ""), True
        self.rows: list[list[CellValue]] = []
        self.row = self.col = self.at_col = 0
        self.next_row = 0
        self.row_style = ""
        self.column_styles: dict[int, str] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_cols: set[int] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.percents: set[tuple[int, int]] = set()
        self.formulas: dict[tuple[int, int], str] = {}
        self.scaled: dict[tuple[int, int], formats.Scaling] = {}
        self.struck: set[tuple[int, int]] = set()
        self.comments: dict[tuple[int, int], str] = {}
        self.outside = Formulas({})

    def start_column(self, given: dict[str, str]) -> None:
        first = _place(given, self.at_col, LAST_COL)
        after = min(first + 1 + _whole(given.get("Span")), LAST_COL)
        self.at_col = after
        if given.get("Hidden") == "1" or given.get("Width") == "0":
            self.hidden_cols.update(range(first, after))
        if given.get("StyleID") and after - first <= 1000:
            self.column_styles |= dict.fromkeys(range(first, after), given["StyleID"])

    def start_row(self, given: dict[str, str]) -> None:
        self.row, self.col = _place(given, self.next_row, LAST_ROW), 0
        self.next_row = self.row + 1 + _whole(given.get("Span"))
        self.row_style = given.get("StyleID", "")
        if given.get("Hidden") == "1" or given.get("Height") == "0":
            self.hidden_rows.update(range(self.row, min(self.next_row, LAST_ROW)))

    def start_cell(self, given: dict[str, str]) -> None:
        self.cell, self.kind, self.raw = given, "", None
        self.col = _place(given, self.col, LAST_COL)

    def start_data(self, given: dict[str, str]) -> None:
        if self.cell is not None and not self.in_comment:
            self.kind = given.get("Type", "String")
        self.pieces = []

    def end_data(self) -> None:
        text, self.pieces = "".join(self.pieces or ()), None
        if self.in_comment:
            if remark := safe_text(text.strip()):
                self.comments[self.row, self.col] = remark
        elif self.cell is not None:
            self.raw = text

    def start_comment(self, _given: dict[str, str]) -> None:
        self.in_comment = True

    def end_comment(self) -> None:
        self.in_comment, self.pieces = False, None

    def start_visible(self, _given: dict[str, str]) -> None:
        self.pieces = []

    def end_visible(self) -> None:
        self.visible = "".join(self.pieces or ()).strip() not in ("SheetHidden", "SheetVeryHidden")
        self.pieces = None

    def end_cell(self) -> None:
        given, at = self.cell or {}, (self.row, self.col)
        self.cell = None
        across, down = _whole(given.get("MergeAcross")), _whole(given.get("MergeDown"))
        if across or down:
            self.merges.append((*at, min(at[0] + down, LAST_ROW - 1), min(at[1] + across, LAST_COL - 1)))
            if len(self.merges) > guard.MAX_MERGES:
                raise refusal("merges")
        self.col += 1 + across
        formula = given.get("Formula", "")
        if outside := self.outside.outside("", formula.removeprefix("=")) if formula else None:
            self.formulas[at] = outside
        if self.raw is None or self.kind != "String" and not self.raw.strip():
            if formula:
                self.errors[at] = ""
            return
        self.cells += 1
        if self.cells > guard.MAX_CELLS:
            raise refusal("many_cells", count=f"{guard.MAX_CELLS:,}")
        style = self.styles.get(given.get("StyleID") or self.row_style or self.column_styles.get(at[1], ""), self.styles[""])
        self.put(at, style, self.raw)

    def put(self, at: tuple[int, int], style: _Style, raw: str) -> None:
        r, c = at
        value = None
        try:
            value = self.value(raw)
        except ValueError:
            self.errors[at] = safe_text(raw) or ""
        if value is None:
            return
        self.rows.extend([] for _ in range(r + 1 - len(self.rows)))
        self.rows[r].extend([None] * (c + 1 - len(self.rows[r])))
        self.rows[r][c] = value
        if style.struck:
            self.struck.add(at)
        if self.kind == "Number" and style.kind == "percent":
            self.percents.add(at)
        elif self.kind == "Number" and (scaling := formats.scaling_of(style.code)):
            self.scaled[at] = scaling

    def value(self, raw: str) -> CellValue:
        """The value that a cell's text stands for; raises ValueError where it has none."""
        if self.kind == "Number":
            return parse_number(raw)
        if self.kind == "DateTime":
            return iso_day(raw) or safe_text(raw)
        if self.kind == "Boolean":
            return raw.strip() == "1"
        if self.kind == "Error":
            raise ValueError(raw)
        return safe_text(_KEPT.sub("\n", raw) if "\n" in raw else raw)

    def end_worksheet(self) -> None:
        rows = trim(self.rows, self.errors)
        merges = clip_merges(self.merges, rows)
        units = formats.show_as_formatted(rows, self.scaled)
        covered = uncover(rows, merges, self.errors)
        width = max(map(len, rows), default=0)
        self.grids.append(
            Grid(
                self.name,
                rows,
                self.visible,
                merges,
                frozenset(r for r in self.hidden_rows if r < len(rows)),
                frozenset(c for c in self.hidden_cols if c < width),
                frozenset(self.percents),
                self.errors,
                self.formulas,
                units,
                covered,
                frozenset(self.struck - set(covered)),
                self.comments,
            )
        )
        self.in_sheet = False


def _place(given: dict[str, str], following: int, last: int) -> int:
    """Where an element stands, from 0: at its Index, else behind the one before. Raises Unreadable off the sheet."""
    place = _whole(given["Index"]) - 1 if "Index" in given else following
    if not 0 <= place < last:
        raise refusal("off_sheet", cell=str(place + 1))
    return place


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
