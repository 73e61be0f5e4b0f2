"""Find the header of a table that a layout declares: each of its columns by the path of texts above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from etl.forms.contract import Form
from etl.model import CellValue, Grid
from etl.normalise.headers import HeaderIndex, HeaderText
from etl.normalise.slots import Pattern
from etl.read.layout import LaidTable
from etl.read.locate import MAX_DEPTH, SEARCH_ROWS, GridHeaders

Slots = dict[str, tuple[str, int]]  # slot -> its value, and the level of the text that says it
LONGEST = 300  # signs of a header that a layout names
EARLIEST, LATEST = 1949, 2100


@dataclass(frozen=True, slots=True)
class Over:
    """What stands over one column of the sheet: the form's column, the values of the slots in its header, units, and where."""

    name: str
    slots: dict[str, str]
    said: dict[str, tuple[int, int]]  # where the text of each slot stands
    units: tuple[str, ...]
    places: tuple[tuple[int, int], ...]  # of its texts, top first
    text: str


@dataclass(frozen=True, slots=True)
class LaidHead:
    """The rows of a header, and what stands over each column that it names."""

    first: int
    last: int
    columns: dict[int, Over]

    @property
    def matched(self) -> int:
        return len({over.name for over in self.columns.values()})


def header_cell(value: CellValue) -> str | None:
    """The text of a cell that may be a header: a year or a day may be one, 2024 or 2024年6月."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月"
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and value == int(value) and EARLIEST <= value <= LATEST:
        return str(int(value))
    return value if isinstance(value, str) and value.strip() and len(value) <= LONGEST else None


def laid_head(grid: Grid, rows: range, table: LaidTable, form: Form) -> LaidHead | None:
    """The header of most columns between some rows; of equal ones the one with most columns of the sheet, then the first and smallest."""
    headers = GridHeaders(grid, header_cell, len(grid.rows))
    index = HeaderIndex(form)
    ends = [path[-1] for paths in table.columns.values() for path in paths]

    @cache
    def speaks(r: int) -> bool:
        """Whether a row holds any text that could be the lowest of a header: most rows are passed by at this."""
        return any(index.hints(text) or any(end.match(text.words) is not None for end in ends) for text in headers.row(r).values())

    best: LaidHead | None = None
    for first in rows[:SEARCH_ROWS]:
        if not headers.row(first):
            continue
        for last in _ends(headers, first, rows.stop):
            if not speaks(last):
                continue
            head = LaidHead(first, last, _columns(headers, index, table, first, last))
            if head.columns and (best is None or _rank(head) > _rank(best)):
                best = head
        if best and first > best.last:  # a header further down could only be that of another table
            break
    return best


def _ends(headers: GridHeaders, first: int, stop: int) -> Iterator[int]:
    """The rows that a header beginning at a row may end at; one row between two levels may be blank."""
    depth = 0
    for last in range(first, min(first + 2 * MAX_DEPTH, stop)):
        if not headers.row(last):
            if last > first and not headers.row(last - 1):
                return
            continue
        depth += 1
        if depth > MAX_DEPTH:
            return
        yield last


def _rank(head: LaidHead) -> tuple[int, int, int]:
    return head.matched, len(head.columns), head.first - head.last


def _columns(headers: GridHeaders, index: HeaderIndex, table: LaidTable, first: int, last: int) -> dict[int, Over]:
    width = max((len(headers.grid.rows[r]) for r in range(first, last + 1)), default=0)
    found: dict[int, Over] = {}
    under: Counter[tuple[int, int]] = Counter()  # how many columns stand under one text
    seen: set[tuple[str, tuple]] = set()
    for col in range(width):
        places = list(dict.fromkeys(headers.places(first, last, col)))
        if not places:
            continue
        levels = [headers.row(r)[c] for r, c in places]
        under[places[-1]] += 1
        for name, found_in in _names(levels, index, table):
            slots = {slot: value for slot, (value, _) in found_in.items()}
            if table.places.get(name, under[places[-1]]) != under[places[-1]]:
                continue
            if (name, tuple(slots.items())) in seen:  # a twin: the first one counts
                continue
            seen.add((name, tuple(slots.items())))
            r, c = places[-1]
            units = tuple(u for level in reversed(levels) for u in level.units)
            said = {slot: places[level] for slot, (_, level) in found_in.items()}
            found[col] = Over(name, slots, said, units, tuple(places), str(header_cell(headers.grid.rows[r][c])).strip())
            break
    return found


def _names(levels: list[HeaderText], index: HeaderIndex, table: LaidTable) -> Iterator[tuple[str, Slots]]:
    """The columns that stacked texts may name, those with paths of their own first."""
    for name, paths in table.columns.items():
        for path in paths:
            if (slots := along(path, levels)) is not None:
                yield name, slots
                break
    if own := index.match(levels):
        yield own, {}


def along(path: tuple[Pattern, ...], levels: list[HeaderText]) -> Slots | None:
    """The slots of a path whose last part is the lowest text and whose others stand above it in order; None where they do not."""
    parts, slots = list(path), Slots()
    for level in range(len(levels) - 1, -1, -1):
        own = parts[-1].match(levels[level].words)
        if own is None:
            if len(parts) == len(path):
                return None  # the lowest text is another one
            continue
        for slot, value in own.items():
            if slots.setdefault(slot, (value, level))[0] != value:
                return None
        parts.pop()
        if not parts:
            return slots
    return None
