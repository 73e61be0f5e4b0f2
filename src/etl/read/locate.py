"""Find a form's table in a grid by its headers, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from etl.model import CellValue, Grid
from etl.normalise.headers import HeaderIndex, HeaderText, read_header

MIN_HEADERS = 3  # F33: fewer known headers than this are no table
MAX_DEPTH = 6  # stacked header rows, blank ones between them not counted
LONGEST_HEADER = 120  # with the explanation in its bracket
MOST_FIGURES = 2  # a year, a number of a column
_FIGURE = re.compile(r"\s*[-+¥]?[\d.,]+[%％]?\s*|\s*")
SEARCH_ROWS = 200  # a header further down than this is not looked for


@dataclass(frozen=True, slots=True)
class Head:
    """A header found: rows first..last (from 0), and what stands over each column of the grid."""

    first: int
    last: int
    columns: dict[int, str]  # grid column -> canonical column
    texts: dict[int, str]  # grid column -> header as written, lowest level
    units: dict[int, tuple[str, ...]]  # grid column -> units in its brackets, lowest level first
    months: dict[int, int]  # grid column -> N of 1-N月
    rows: dict[int, int]  # grid column -> row of its lowest header text

    @property
    def matched(self) -> int:
        return len(set(self.columns.values()))


def header_text(value: CellValue) -> str | None:
    """The text of a cell that may be a header: no figure, and not too long."""
    return value if isinstance(value, str) and len(value) <= LONGEST_HEADER and value.strip() else None


class GridHeaders:
    """The folded texts of a grid's upper rows, computed once however many forms are tried."""

    def __init__(self, grid: Grid, text: Callable[[CellValue], str | None] = header_text, rows: int = SEARCH_ROWS) -> None:
        self.grid, self._text = grid, text
        self._rows: dict[int, dict[int, HeaderText]] = {}
        self._figures: dict[int, bool] = {}
        self._inside: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        self._heads: dict[tuple[HeaderIndex, int, int], Head] = {}
        for merge in grid.merges:
            r1, c1, r2, c2 = merge
            if r1 < rows and (r2 - r1 + 1) * (c2 - c1 + 1) <= 4096:
                for r in range(r1, r2 + 1):
                    for c in range(c1, c2 + 1):
                        self._inside[r, c] = merge

    def row(self, r: int) -> dict[int, HeaderText]:
        """Texts that stand in a row themselves (the first cell of a merge), by column."""
        if r not in self._rows:
            cells = self.grid.rows[r] if r < len(self.grid.rows) else []
            self._rows[r] = {c: read_header(text) for c, v in enumerate(cells) if (text := self._text(v))}
        return self._rows[r]

    def holds_figures(self, r: int) -> bool:
        """True for a row with more figures than any header has: it is no part of one."""
        if r not in self._figures:
            cells = self.grid.rows[r] if r < len(self.grid.rows) else []
            self._figures[r] = sum(v is not None and not (isinstance(v, str) and not _FIGURE.fullmatch(v)) for v in cells) > MOST_FIGURES
        return self._figures[r]

    def levels(self, first: int, last: int, col: int) -> list[HeaderText]:
        """Texts over a column, top first; merged and blank group cells are filled to the right."""
        return [self.row(r)[c] for r, c in self.places(first, last, col)]

    def places(self, first: int, last: int, col: int) -> list[tuple[int, int]]:
        """Where the texts over a column stand, top first; one that covers several rows comes once for each."""
        found = []
        for r in range(first, last + 1):
            place = (r, col) if col in self.row(r) else None
            if place is None and (merge := self._inside.get((r, col))):
                if merge[0] >= first and merge[1] in self.row(merge[0]):
                    place = merge[0], merge[1]
            elif place is None and r < last and self.row(last).get(col):
                left = next((c for c in range(col - 1, -1, -1) if c in self.row(r)), None)
                if left is not None and self._may_spread(r, left, last):
                    place = r, left
            if place is not None:
                found.append(place)
        return found

    def _may_spread(self, r: int, col: int, last: int) -> bool:
        """A group's text holds for the blank cells at its right, unless a merge says how far it goes, or that it is no group."""
        merge = self._inside.get((r, col))
        return merge is None or merge[1] == merge[3] and merge[2] < last

    def head(self, index: HeaderIndex, first: int, last: int) -> Head:
        """The header that two rows hold for a form, looked at once: where headers repeat, the searches around each overlap."""
        key = index, first, last
        if key not in self._heads:
            self._heads[key] = _head(self, index, first, last)
        return self._heads[key]

    def reaches_down(self, first: int, col: int) -> int | None:
        """The row above a header at which a merge down into it begins: 序号 beside a group that covers all else."""
        merge = self._inside.get((first, col))
        return merge[0] if merge and merge[0] < first and merge[1] == merge[3] and merge[1] in self.row(merge[0]) else None


def find_head(headers: GridHeaders, index: HeaderIndex, start: int = 0, stop: int | None = None, minimum: int = MIN_HEADERS) -> Head | None:
    """The header of most known columns between two rows; the fewest and earliest rows win a tie."""
    grid = headers.grid
    stop = min(len(grid.rows), start + SEARCH_ROWS) if stop is None else stop
    best: Head | None = None
    for first in range(start, stop):
        if headers.holds_figures(first) or len(headers.row(first)) < 2:
            continue
        hints = depth = 0
        for last in range(first, min(first + 2 * MAX_DEPTH, stop)):  # between two levels one row may be blank
            if last > first and headers.holds_figures(last):
                break
            if last > first and not headers.row(last):
                if not headers.row(last - 1):
                    break
                continue
            depth += 1
            if depth > MAX_DEPTH:
                break
            hints += sum(1 for text in headers.row(last).values() if index.hints(text))
            if hints < minimum:  # most rows end here: they hold no part of any header
                continue
            head = headers.head(index, first, last)
            if head.matched >= minimum and (best is None or _rank(head) > _rank(best)):
                best = head
    return best


def _rank(head: Head) -> tuple[int, int]:
    return head.matched, head.first - head.last


def _head(headers: GridHeaders, index: HeaderIndex, first: int, last: int) -> Head:
    columns, texts, units, months, rows = {}, {}, {}, {}, {}
    width = max((len(headers.grid.rows[r]) for r in range(first, last + 1)), default=0)
    for col in range(width):
        levels = headers.levels(first, last, col)
        if not levels:
            if (above := headers.reaches_down(first, col)) is not None:
                rows[col], texts[col] = above, str(headers.grid.rows[above][col]).strip()
            continue
        own = [r for r in range(first, last + 1) if col in headers.row(r)]
        if own:
            rows[col] = own[-1]
            texts[col] = str(headers.grid.rows[own[-1]][col]).strip()
        name = index.match(levels)
        if name:
            columns[col] = name
            units[col] = tuple(u for level in reversed(levels) for u in level.units)
            month = next((level.month for level in levels if level.month), None)
            if month:
                months[col] = month
    return Head(first, last, columns, texts, units, months, rows)
