"""Where the tables of a sheet are: several below each other, two halves side by side, one a page with its header repeated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.forms.contract import Form
from etl.model import Grid
from etl.normalise.headers import HeaderIndex
from etl.normalise.kinds import sent_text
from etl.normalise.periods import find_period, find_year
from etl.read.locate import MAX_DEPTH, MIN_HEADERS, GridHeaders, Head, find_head

PAGES_ALIKE = 0.8  # of a header that is repeated, how many columns must be those of the first


@dataclass(frozen=True, slots=True)
class Region:
    """One table's part of a sheet: the grid with all else blanked, and the header that stands in it."""

    grid: Grid
    form: Form
    head: Head
    half: bool = False  # the right half of a table whose header stands twice in one row
    beside: tuple[int, int] | None = None  # first cell of what stands apart at the right and was blanked


def regions(grid: Grid, forms: dict[str, Form], preferred: tuple[str, ...] = ()) -> list[Region]:
    """Every table on a sheet, from the top; the header of most known columns is found first, the others around it.

    `preferred` forms win a tie. A header repeated on each page begins no table.
    """
    headers = GridHeaders(grid)
    indexes = {name: HeaderIndex(form) for name, form in forms.items()}
    best = _best(headers, indexes, preferred)
    if best is None:
        return []
    if best[0].layout == "blocks":
        return [Region(grid, *best)]
    found = sorted([best, *_others(headers, indexes, best, preferred)], key=lambda f: f[1].first)
    starts = [0, *(_cover_start(grid, form, head, before.last) for (_, before), (form, head) in pairwise(found))]
    ends = [*starts[1:], len(grid.rows)]
    return [
        part
        for (form, head), start, end in zip(found, starts, ends)
        for part in _halves(_rows_only(grid, start, end) if len(found) > 1 else grid, form, head)
    ]


def _best(
    headers: GridHeaders, indexes: dict[str, HeaderIndex], preferred: tuple[str, ...], start: int = 0, stop: int | None = None
) -> tuple[Form, Head] | None:
    heads = [(index.form, head) for index in indexes.values() if (head := find_head(headers, index, start, stop))]
    return max(heads, key=lambda f: (f[1].matched, f[0].form in preferred), default=None)


def _others(
    headers: GridHeaders, indexes: dict[str, HeaderIndex], best: tuple[Form, Head], preferred: tuple[str, ...]
) -> list[tuple[Form, Head]]:
    """Headers above and below the best one that begin a table of their own."""
    form, head = best
    grid, after = headers.grid, head.last
    known = {key for index in indexes.values() for key in index.columns}
    found: list[tuple[Form, Head]] = []
    for r in range(len(grid.rows)):
        if head.first <= r <= head.last or r <= after and r > head.first or not _may_head(headers, r, known):
            continue
        stop = min(head.first if r < head.first else len(grid.rows), r + 2 * MAX_DEPTH)
        other = _best(headers, indexes, preferred, max(r - 1, after + 1) if r > head.last else r, stop)
        if other is None or not likely(*other):
            continue
        if r < head.first and found and other[1].first <= found[-1][1].last:
            continue
        if other[0] is form and r > head.last and _repeats(grid, form, head, other[1], found[-1][1] if found else head):
            after = other[1].last
            continue
        found.append(other)
        after = max(after, other[1].last)
    return found


def _may_head(headers: GridHeaders, r: int, known: set[str]) -> bool:
    """A cheap look: at least three texts and no figure, of which some are headers."""
    cells = [v for v in headers.grid.rows[r] if v is not None and v != ""]
    if len(cells) < MIN_HEADERS or not all(isinstance(v, str) for v in cells[:6]):
        return False
    near = list(headers.row(r).values())
    return sum(1 for text in near[:8] if text.key in known or text.bare in known) >= 2


def likely(form: Form, head: Head) -> bool:
    """A few words in common with some form are no table of it: half of the required columns must be there."""
    return head.matched * 2 >= sum(1 for c in form.columns if c.required and c.block == "table")


def _repeats(grid: Grid, form: Form, head: Head, other: Head, before: Head) -> bool:
    """True where a header only repeats the first one, and nothing above it speaks of another period."""
    alike = len(set(head.columns.values()) & set(other.columns.values())) >= PAGES_ALIKE * max(head.matched, other.matched)
    months = set(head.months.values()), set(other.months.values())
    if not alike or months[0] != months[1] and all(months):
        return False
    first = _spoken(grid, range(head.first), form.cadence)
    again = _spoken(grid, range(_cover_start(grid, form, other, before.last), other.first), form.cadence)
    return again is None or again == first


def _spoken(grid: Grid, rows: Iterable[int], cadence: str) -> str | None:
    texts = [sent_text(v) or "" for r in rows for v in grid.rows[r] if isinstance(v, str)]
    year = next((y for t in texts if (y := find_year(t))), 2000)
    return next((p for t in texts if len(t) < 60 and (p := find_period(t, cadence, year))), None)


def _cover_start(grid: Grid, form: Form, head: Head, floor: int) -> int:
    """The first row that belongs to a header's own cover: the blank and sparsely filled rows above it."""
    start = head.first
    while start - 1 > floor:
        cells = [v for v in grid.rows[start - 1] if v is not None and v != ""]
        if len(cells) > 2 and any(not isinstance(v, str) or v[:1].isdigit() for v in cells):
            break
        if len(cells) > 4:
            break
        start -= 1
    return start


def _rows_only(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=[row if start <= r < end else [] for r, row in enumerate(grid.rows[:end])])


def _without_what_stands_beside(grid: Grid, head: Head) -> tuple[Grid, tuple[int, int] | None]:
    """Blank what an empty column parts from the table at its right: a legend, a list of codes, somebody's sums."""
    rows = range(head.first, len(grid.rows))
    width = max((len(grid.rows[r]) for r in rows), default=0)
    gap = next((c for c in range(max(head.columns) + 1, width) if all(grid.cell(r, c) in (None, "") for r in rows)), width)
    first = next(((r, c) for r in rows for c in range(gap + 1, len(grid.rows[r])) if grid.cell(r, c) not in (None, "")), None)
    if first is None:
        return grid, None
    return replace(grid, rows=[row[:gap] if r >= head.first else row for r, row in enumerate(grid.rows)]), first


def _within(head: Head, grid: Grid) -> Head:
    """The header without the texts of columns that were blanked."""
    width = max(len(grid.rows[r]) for r in range(head.first, head.last + 1))
    return replace(head, texts={c: t for c, t in head.texts.items() if c < width}, rows={c: r for c, r in head.rows.items() if c < width})


def _halves(grid: Grid, form: Form, head: Head) -> list[Region]:
    """A header whose columns stand twice in one row, all of them again to the right, is two halves of one table."""
    seen: dict[str, int] = {}
    again: dict[str, int] = {}
    for col, name in sorted(head.columns.items()):
        (again if name in seen else seen).setdefault(name, col)
    split = min(again.values(), default=0)
    if len(again) < MIN_HEADERS or 2 * len(again) < len(seen) or any(col >= split for name, col in seen.items() if name in again):
        grid, beside = _without_what_stands_beside(grid, head)
        return [Region(grid, form, _within(head, grid) if beside else head, beside=beside)]
    serial = next((c for c in range(split - 1, max(seen.values()), -1) if c in head.texts), split)
    left = replace(grid, rows=[row[:serial] if r >= head.first else row for r, row in enumerate(grid.rows)])
    right = replace(grid, rows=[[None] * serial + row[serial:] if r >= head.first else [] for r, row in enumerate(grid.rows)])
    parts = []
    for part, half in ((left, False), (right, True)):
        if again_head := find_head(GridHeaders(part), HeaderIndex(form), head.first, head.last + 1):
            parts.append(Region(part, form, again_head, half))
    return parts
