"""Read a filled-in workbook whose form nobody knows yet, as far as a contract can be drafted from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from etl.forms.contract import load_forms
from etl.forms.draft import Drafted, SheetSeen, draft
from etl.mistakes import Mistake
from etl.model import CellValue, Grid, Unreadable
from etl.normalise.kinds import sent_text
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary, load_vocabulary
from etl.read.cover import read_cover
from etl.read.locate import GridHeaders
from etl.read.workbook import open_book

PERIOD = re.compile(r"20\d\d年度?(?:1?-?\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年)?")
LEAST = 3  # headers of a table
LOOKED_AT = 40  # rows from the top in which a header is looked for


def draft_form(path: Path, name: str, expectations: Path) -> str:
    """The text of a contract for the largest table of a workbook. Raises Mistake where there is none."""
    vocabulary = load_vocabulary(expectations / "vocabulary.yaml")
    try:
        book = open_book(path, path.name)
    except Unreadable as unreadable:
        raise Mistake("use.unreadable_file", path=path, reason=unreadable.reason) from None
    tables = [(grid, head) for grid in book.grids if grid.visible and (head := _head(grid))]
    if not tables:
        raise Mistake("use.no_table", path=path)
    grid, (first, last) = max(tables, key=lambda t: len(GridHeaders(t[0]).row(t[1][1])))
    around = read_cover(grid, list(range(first)), first, vocabulary)
    title = next((t for t in around.titles if len(t) > LEAST), path.stem)
    cadence = "yearly" if "年度" in title and "月" not in title else "quarterly" if "季" in title else "monthly"
    sheet = SheetSeen(_without_period(title), cadence, _columns(grid, first, last, vocabulary), bool(around.notes))
    return draft(name, sheet, load_forms(expectations), set(vocabulary.all_money_units))


def _without_period(title: str) -> str:
    """水井月报表 of 县水务局2024年3月水井月报表: what follows the period, else the whole title."""
    return PERIOD.split(fold(title))[-1] or title


def _head(grid: Grid) -> tuple[int, int] | None:
    """First and last row of the likeliest header: words in most columns, and figures or days right below."""
    headers, best = GridHeaders(grid), None
    for r in range(min(len(grid.rows) - 1, LOOKED_AT)):
        texts = _headed(headers, r)
        if texts < LEAST or headers.holds_figures(r) or not _holds_values(grid.rows[r + 1]):
            continue
        if best is None or texts > _headed(headers, best):
            best = r
    if best is None:
        return None
    first = best
    while first and len(headers.row(first - 1)) > 1 and not headers.holds_figures(first - 1) and _covers(grid, first - 1, best):
        first -= 1
    return first, best


def _headed(headers: GridHeaders, r: int) -> int:
    """How many columns have a text in a row, or one that is merged down into it."""
    width = len(headers.grid.rows[r])
    return sum(col in headers.row(r) or headers.reaches_down(r, col) is not None for col in range(width))


def _holds_values(row: list[CellValue]) -> bool:
    filled = [v for v in row if v is not None and v != ""]
    return len(filled) >= LEAST and any(not isinstance(v, str) or v.strip()[:1].isdigit() for v in filled)


def _covers(grid: Grid, above: int, below: int) -> bool:
    """Whether a row groups the columns of the row below it, by a merge over several of them or down into it."""
    return any(m[0] == above and (m[3] > m[1] or m[2] >= below) and m[3] - m[1] + 1 < len(grid.rows[below]) for m in grid.merges)


def _columns(grid: Grid, first: int, last: int, vocabulary: Vocabulary) -> tuple[Drafted, ...]:
    headers, found = GridHeaders(grid), []
    rows = _lines(grid, last + 1, vocabulary)
    for col in range(max(len(grid.rows[r]) for r in range(first, last + 1))):
        places = list(dict.fromkeys(headers.places(first, last, col)))
        levels = [headers.row(r)[c] for r, c in places]
        if not levels or levels[-1].key in vocabulary.serial_headers or levels[-1].bare in vocabulary.serial_headers:
            continue
        units = tuple(u for level in reversed(levels) for u in level.units)
        values = tuple(_text(grid, r, col) for r in rows)
        found.append(Drafted("".join(level.words for level in levels), units, values))
    return tuple(found)


def _lines(grid: Grid, start: int, vocabulary: Vocabulary) -> list[int]:
    """The rows below a header to the first blank one, without totals."""
    rows = []
    for r in range(start, len(grid.rows)):
        filled = [v for v in grid.rows[r] if v is not None and v != ""]
        if len(filled) < 2:
            break
        if not any(isinstance(v, str) and any(word in fold(v) for word in vocabulary.total_words) for v in filled[:3]):
            rows.append(r)
    return rows


def _text(grid: Grid, r: int, col: int) -> str:
    value = grid.cell(r, col)
    if (r, col) in grid.percents:
        return f"{sent_text(value)}%"
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else fold(sent_text(value) or "")
