"""Web pages named .xls, as government web systems export them: each table as the browser, or Excel, lays it out.

Text stays text, for the text is what the sender saw. HTML 5, 4.9 (tables) and 13.2 (how tags are closed when they are not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from etl.model import Book, Grid
from etl.read.cells import LAST_COL, LAST_ROW, clip_merges, safe_text, trim
from etl.texts.refusals import refusal

MAX_LAID_OUT = 2_000_000  # cells with a value, spans included, of the whole page
MAX_SPAN = 10_000
DEEPEST = 20  # of tables within tables
FULL = 4  # filled cells of a row that make a table more than a title or a line of signatures
HEAD_ROWS = 5  # a table of so few rows, without a figure, over another of the same width is its header
SIGNED = ("填报人", "审核人", "负责人", "制表")

_sheet_name = re.compile(r"<x:Name>([^<]{1,100})</x:Name>")
_figure = re.compile(r"-?[\d,]*\.?\d+%?")
_space = re.compile(r"[ \t\r\n\f]+")
_hidden = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_strike = re.compile(r"text-decoration\s*:[^;]*line-through", re.IGNORECASE)
_silent = frozenset({"script", "style", "title", "head", "noscript", "template", "select", "textarea"})
_breaks = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption"})


@dataclass(slots=True)
class _Spanned:
    rows: int
    cols: int
    struck: bool
    pieces: list[str] = field(default_factory=list)
    plain: bool = False  # some of its text is not struck through

    def text(self) -> str | None:
        lines = (_space.sub(" ", line).strip(" \u00a0\u3000") for line in "".join(self.pieces).split("\n"))
        return safe_text("\n".join(line for line in lines if line))


@dataclass(slots=True)
class _Table:
    """A table while it is read; `order` is where it began among all that the page holds."""

    order: int
    rows: list[list] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell above still fills
    col: int = 0
    columns: int = 0  # <col>s so far
    cell: _Spanned | None = None
    in_row: bool = False

    @property
    def full(self) -> bool:
        return any(sum(value is not None for value in row) >= FULL for row in self.rows)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def read_html(text: str) -> Book:
    """Read the tables of a web page; raises Unreadable where it has none, or one that is out of all proportion."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end_all()
    sheets = _joined(sorted(page.tables, key=lambda table: table.order))
    if not any(table.rows for table in sheets):
        raise refusal("pasted" if page.pictures else "web")
    names = [*page.names[: len(sheets)], *(f"Sheet{n}" for n in range(len(page.names) + 1, len(sheets) + 1))]
    return Book("html", tuple(_grid(name, table, page.pictures) for name, table in zip(names, sheets)))


def _grid(name: str, table: _Table, pictures: int) -> Grid:
    rows = trim(table.rows)
    return Grid(
        name,
        rows,
        merges=clip_merges(table.merges, rows),
        struck=frozenset(table.struck),
        pictures=pictures,
        hidden_rows=frozenset(r for r in table.hidden_rows if r < len(rows)),
        hidden_cols=frozenset(c for c in table.hidden_cols if c < table.width),
    )


def _joined(tables: list[_Table]) -> list[_Table]:
    """One table a sheet: titles go with the table below them, signatures with the one above, a lone header with its body."""
    sheets: list[_Table] = []
    above: list[_Table] = []
    for table in (t for t in tables if t.rows):
        if not table.full:
            (_append(sheets[-1], table) if sheets and _signs(table) else above.append(table))
        elif sheets and not above and sheets[-1].width == table.width and _is_header(sheets[-1]):
            _append(sheets[-1], table)
        else:
            sheets.append(_stacked([*above, table]))
            above = []
    if above:
        rest = _stacked(above)
        (_append(sheets[-1], rest) if sheets else sheets.append(rest))
    return sheets


def _stacked(tables: list[_Table]) -> _Table:
    for table in tables[1:]:
        _append(tables[0], table)
    return tables[0]


def _is_header(table: _Table) -> bool:
    """A table without any figure, of few rows, over another of the same width."""
    return len(table.rows) <= HEAD_ROWS and not any(_figure.fullmatch(value or "") for row in table.rows for value in row)


def _signs(table: _Table) -> bool:
    """Whether a small table signs the one above it rather than heads the one below."""
    words = "".join(value for row in table.rows for value in row if value)
    return any(word in words for word in SIGNED)


def _append(first: _Table, second: _Table) -> None:
    down = len(first.rows)
    first.rows += second.rows
    first.merges += [(top + down, left, bottom + down, right) for top, left, bottom, right in second.merges]
    first.struck |= {(r + down, c) for r, c in second.struck}
    first.hidden_rows |= {r + down for r in second.hidden_rows}
    first.hidden_cols |= second.hidden_cols


class _Page(HTMLParser):
    """Follows a page tag by tag; text outside its tables becomes a table of one cell, for titles often stand there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.names: list[str] = []
        self.outside: list[str] = []
        self.silent: list[str] = []
        self.strikes = self.pictures = self.laid_out = self.order = 0

    def handle_comment(self, data: str) -> None:
        self.names += _sheet_name.findall(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _silent:
            self.silent.append(tag)
        elif tag in ("table", "body"):
            self.silent = []  # a head that was never closed ends here
            if tag == "table":
                self.begin_table()
        elif tag == "img":
            self.pictures += 1
        elif tag in ("s", "strike", "del"):
            self.strikes += 1
        elif self.open and tag in ("tr", "td", "th", "col"):
            getattr(self, f"begin_{'td' if tag == 'th' else tag}")(self.open[-1], given)
        elif tag in _breaks:
            self.put("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in ("s", "strike", "del"):
            self.strikes = max(0, self.strikes - 1)
        elif self.open and tag in ("td", "th"):
            self.end_cell(self.open[-1])
        elif self.open and tag == "tr":
            self.end_row(self.open[-1])
        elif self.open and tag == "table":
            self.end_table()
        elif tag in _breaks:
            self.put("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.put(_space.sub(" ", data))  # a line break of the source is a space

    def put(self, data: str) -> None:
        if not self.open:
            self.outside.append(data)
        elif cell := self.open[-1].cell:
            cell.pieces.append(data)
            cell.plain = cell.plain or not self.strikes and bool(data.strip())

    def begin_table(self) -> None:
        if len(self.open) >= DEEPEST:
            raise refusal("bomb")
        if not self.open:
            self.end_outside()
        self.order += 1
        self.open.append(_Table(self.order))

    def end_outside(self) -> None:
        """What stood between two tables, line by line."""
        lines = (safe_text(_space.sub(" ", line).strip(" \u00a0\u3000")) for line in "".join(self.outside).split("\n"))
        rows = [[line] for line in lines if line]
        self.outside = []
        if rows:
            self.order += 1
            self.tables.append(_Table(self.order, rows))

    def begin_col(self, table: _Table, given: dict) -> None:
        span = _span(given.get("span"))
        if _hidden.search(given.get("style", "")) or given.get("width") == "0":
            table.hidden_cols |= set(range(table.columns, table.columns + span))
        table.columns += span

    def begin_tr(self, table: _Table, given: dict) -> None:
        self.end_row(table)
        table.in_row, table.col = True, 0
        table.rows.append([])
        if len(table.rows) > LAST_ROW:
            raise refusal("bomb")
        if _hidden.search(given.get("style", "")) or given.get("height") == "0":
            table.hidden_rows.add(len(table.rows) - 1)

    def begin_td(self, table: _Table, given: dict) -> None:
        if not table.in_row:
            self.begin_tr(table, {})
        self.end_cell(table)
        style = given.get("style", "")
        if _hidden.search(style) and not _span(given.get("rowspan")) > 1:
            table.cell = _Spanned(0, 0, False)  # takes no place; its text is shown to nobody
            return
        table.cell = _Spanned(_span(given.get("rowspan")), _span(given.get("colspan")), bool(_strike.search(style)))

    def end_cell(self, table: _Table) -> None:
        cell, table.cell = table.cell, None
        if cell is None or not cell.cols:
            return
        r, row = len(table.rows) - 1, table.rows[-1]
        while table.taken.get(table.col, 0) > 0:
            table.col += 1
        first = table.col
        self.laid_out += 1
        if first + cell.cols > LAST_COL or self.laid_out > MAX_LAID_OUT:
            raise refusal("bomb")
        row.extend([None] * (first + 1 - len(row)))
        row[first] = cell.text()
        if row[first] is not None and (cell.struck or not cell.plain):
            table.struck.add((r, first))
        if cell.rows > 1 or cell.cols > 1:
            table.merges.append((r, first, r + cell.rows - 1, first + cell.cols - 1))
        for c in range(first, first + cell.cols):
            table.taken[c] = cell.rows
        table.col = first + cell.cols

    def end_row(self, table: _Table) -> None:
        self.end_cell(table)
        if table.in_row:
            table.taken = {c: rows - 1 for c, rows in table.taken.items() if rows > 1}
        table.in_row = False

    def end_table(self) -> None:
        table = self.open.pop()
        self.end_row(table)
        self.tables.append(table)

    def end_all(self) -> None:
        while self.open:
            self.end_table()
        self.end_outside()


def _span(text: str | None) -> int:
    return max(1, min(int(text), MAX_SPAN)) if text and text.strip().isascii() and text.strip().isdigit() else 1
