"""The facts of a declared layout: what a label, a cell or a title says for a whole sheet or block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from etl.model import CellValue, Grid
from etl.normalise.headers import read_header
from etl.normalise.slots import Pattern
from etl.normalise.text import fold
from etl.read.cells import cell_place
from etl.read.layout import Fact, Layout

FAR = 12  # columns that a value may stand away from its label


@dataclass(frozen=True, slots=True)
class Placed:
    """A value with the place that says it; a label without a value says None at the cell that waits for it."""

    value: CellValue
    row: int
    col: int
    sheet: str


def is_named(name: str, pattern: str | None) -> bool:
    """Whether a sheet is one of those that a pattern names (*台账*)."""
    return pattern is None or fnmatchcase(fold(name), fold(pattern))


def facts_of(layout: Layout, grid: Grid, rows: range, others: Sequence[Grid]) -> dict[str, Placed]:
    """What each fact is in some rows of a sheet, or on another sheet; one that is nowhere is left out."""
    labels = [fact.label for fact in layout.facts if fact.label]
    found: dict[str, Placed] = {}
    for fact in layout.facts:
        grids = [g for g in others if is_named(g.sheet, fact.sheet)] if fact.sheet else [grid]
        for where in grids:
            said = _fact(fact, where, range(len(where.rows)) if fact.sheet else rows, labels)
            if said:
                found[fact.name] = said
                break
    return found


def _fact(fact: Fact, grid: Grid, rows: range, labels: list[Pattern]) -> Placed | None:
    if fact.cell:
        r, c = cell_place(fact.cell)
        return Placed(grid.cell(r, c), r, c, grid.sheet)
    if fact.title:
        return next((Placed(_of_title(fact, slots), r, c, grid.sheet) for r, c, slots in matches(grid, rows, fact.title)), None)
    for r in rows:
        for c, value in enumerate(grid.rows[r] if r < len(grid.rows) else ()):
            if fact.label and isinstance(value, str) and (said := _beside(fact.label, fact.value, grid, (r, c), labels)):
                return said
    return None


def _of_title(fact: Fact, slots: dict[str, str]) -> str:
    """The slot of the fact's name; a period is what year and month, quarter or half say."""
    if fact.name in slots:
        return slots[fact.name]
    year = slots.get("year", "")
    part = next((f"-{sign}{slots[of]}" for of, sign in (("quarter", "Q"), ("half", "H")) if of in slots), "")
    return f"{year}{part}" if part or "month" not in slots else f"{year}-{int(slots['month']):02d}"


def matches(grid: Grid, rows: Iterable[int], pattern: Pattern) -> list[tuple[int, int, dict[str, str]]]:
    """Row, column and slots of every text in some rows that a pattern matches."""
    return [
        (r, c, slots)
        for r in rows
        for c, value in enumerate(grid.rows[r] if r < len(grid.rows) else ())
        if isinstance(value, str) and (slots := pattern.match(value)) is not None
    ]


def _beside(label: Pattern, where: str | None, grid: Grid, place: tuple[int, int], labels: list[Pattern]) -> Placed | None:
    """The answer to a label at a place: behind its colon, at its right, or below; None where the cell is not this label."""
    r, c = place
    text = str(grid.cell(r, c))
    head, colon, rest = fold(text).partition(":")
    if where in (None, "same") and colon and rest and label.match(head) is not None:
        own = text.replace("：", ":").partition(":")[2].strip()
        return Placed(own, r, c, grid.sheet)
    if where == "same" or not _is_label(label, text):
        return None
    bottom, right = _extent(grid, r, c)
    beside = Placed(None, r, right + 1, grid.sheet)
    if where in (None, "right"):
        for col in range(right + 1, right + 1 + FAR):
            value = grid.cell(r, col)
            if value is None or value == "":
                continue
            if isinstance(value, str) and any(_is_label(one, value) for one in labels):
                break
            return Placed(value, r, col, grid.sheet)
    if where in (None, "below"):
        value = grid.cell(bottom + 1, c)
        if where == "below" or value is not None and not (isinstance(value, str) and any(_is_label(one, value) for one in labels)):
            return Placed(value, bottom + 1, c, grid.sheet)
    return beside


def _is_label(label: Pattern, text: str) -> bool:
    """Whether a text is a label, whatever unit of measure or colon goes with it."""
    return label.match(read_header(text.rstrip("：: ")).words) is not None


def _extent(grid: Grid, r: int, c: int) -> tuple[int, int]:
    """Last row and last column of the area that a cell is merged over."""
    merge = next((m for m in grid.merges if m[0] <= r <= m[2] and m[1] <= c <= m[3]), None)
    return (merge[2], merge[3]) if merge else (r, c)
