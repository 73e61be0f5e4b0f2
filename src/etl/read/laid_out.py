"""Read a sheet by a declared layout: its lines are laid out anew as plain tables, each cell with the place it came from.

Everything after is as for any sheet: units, types, intervals, totals and doubts are judged on the plain table, and every
address that a person reads is that of the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from etl.forms.contract import Form
from etl.model import Grid, cell_name
from etl.normalise.names import UnitRegister
from etl.normalise.slots import Pattern
from etl.normalise.vocabulary import Vocabulary
from etl.read.cover import Around, read_cover
from etl.read.labels import Labels, LabelSaid
from etl.read.laid_facts import Placed, facts_of, is_named, matches
from etl.read.laid_head import laid_head
from etl.read.laid_rows import WantedTable, laid_rows
from etl.read.laid_table import Part, plain_table
from etl.read.layout import SPECIAL, LaidTable, Layout
from etl.read.table import Table

_FIELD = {"unit": "department", "period": "period"}  # what the cover calls the facts that say whose a sheet is


def lay_out(
    grid: Grid, layout: Layout, forms: Mapping[str, Form], others: Sequence[Grid], vocabulary: Vocabulary, register: UnitRegister
) -> list[Table]:
    """The tables of a sheet by a layout, one for each of its forms; [] where the sheet is not laid out so."""
    if not is_named(grid.sheet, layout.sheet):
        return []
    blocks, labels = _blocks(grid, layout), Labels(vocabulary)
    wanted = [WantedTable(table, forms[table.form], layout.slots, labels) for table in layout.tables]
    known = [_known(grid, block, layout, others) for block in blocks]
    found = [[part for block, facts in zip(blocks, known) if (part := _part(grid, block, one, layout, facts))] for one in wanted]
    if not any(found) or any(not parts and not table.optional for table, parts in zip(layout.tables, found)):
        return []
    taken = {r for parts in found for part in parts for r in part.span}
    outside = [r for r in range(len(grid.rows)) if r not in taken]
    around = read_cover(grid, outside, min(taken, default=0), vocabulary, register=register)
    around = _with_facts(around, [part.facts for parts in found for part in parts])
    around = _with_years(around, [(part, forms[table.form]) for table, parts in zip(layout.tables, found) for part in parts])
    tables = [plain_table(grid, forms[table.form], parts, around, vocabulary) for table, parts in zip(layout.tables, found) if parts]
    return [_joined(list(of_form)) for _, of_form in groupby(tables, key=lambda t: t.form.form)]


def _joined(tables: list[Table]) -> Table:
    first, *more = tables
    return replace(first, more=tuple(more))


def _blocks(grid: Grid, layout: Layout) -> list[range]:
    """The rows of each block; the whole sheet where nothing repeats."""
    if layout.block is None:
        return [range(len(grid.rows))]
    starts = sorted({r for r, _, _ in matches(grid, range(len(grid.rows)), layout.block)})
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(grid.rows)])]


def _part(grid: Grid, block: range, wanted: WantedTable, layout: Layout, facts: dict[str, Placed]) -> Part | None:
    table, form = wanted.table, wanted.form
    rows = _rows_of(grid, block, table, layout)
    if rows is None:
        return None
    view = _turned(grid, rows) if table.turn else grid
    within = range(len(view.rows)) if table.turn else rows
    head = laid_head(view, within, table, form)
    if head is None:
        return None
    found = laid_rows(view, head, within.stop, wanted)
    given = {n for n in facts if n in form.by_name} | {n for g in table.groups for n in g.gives}
    named = {over.name for over in head.columns.values()} | {s for over in head.columns.values() for s in over.slots}
    if any(n not in given | named for n in table.line_when) or not named & {n for key in form.business_key for n in key}:
        return None
    span = rows if table.turn else range(head.first, found.last + 1)
    return Part(view, head, found, facts, span)


def _known(grid: Grid, block: range, layout: Layout, others: Sequence[Grid]) -> dict[str, Placed]:
    """What holds for a block: its facts, and what the text that begins it says by its slots."""
    begun = matches(grid, block[:1], layout.block) if layout.block else []
    said = {name: Placed(value, r, c, grid.sheet) for r, c, slots in begun for name, value in slots.items()}
    return said | facts_of(layout, grid, block, others)


def _rows_of(grid: Grid, block: range, table: LaidTable, layout: Layout) -> range | None:
    """The rows that a table may take: from its first text to its last, or to where another table of the layout begins."""
    start = block.start
    if table.start:
        first = next((r for r, _, _ in matches(grid, block, table.start)), None)
        if first is None:
            return None
        start = first
    ends = [r for other in layout.tables if other.start for r, _, _ in matches(grid, range(start + 1, block.stop), other.start)]
    if table.turn and isinstance(table.until, Pattern):
        ends += [r for r, _, _ in matches(grid, range(start + 1, block.stop), table.until)]
    return range(start, min(ends, default=block.stop))


def _turned(grid: Grid, rows: range) -> Grid:
    """Some rows of a sheet with what ran to the right running down, each cell with its place."""
    width = max((len(grid.rows[r]) for r in rows if r < len(grid.rows)), default=0)

    def place(r: int, c: int) -> tuple[int, int]:
        return c, r - rows.start

    def places(of: Mapping[tuple[int, int], object]) -> dict:
        return {place(r, c): value for (r, c), value in of.items() if r in rows}

    return replace(
        grid,
        rows=[[grid.cell(r, c) for r in rows] for c in range(width)],
        merges=tuple((c1, r1 - rows.start, c2, r2 - rows.start) for r1, c1, r2, c2 in grid.merges if r1 in rows and r2 in rows),
        hidden_rows=frozenset(grid.hidden_cols),
        hidden_cols=frozenset(r - rows.start for r in grid.hidden_rows if r in rows),
        percents=frozenset(place(r, c) for r, c in grid.percents if r in rows),
        struck=frozenset(place(r, c) for r, c in grid.struck if r in rows),
        errors=places(grid.errors),
        formulas=places(grid.formulas),
        units=places(grid.units),
        covered=places(grid.covered),
        comments=places(grid.comments),
        origin={(c, r - rows.start): (grid.sheet, r, c) for r in rows for c in range(width)},
    )


def _with_facts(around: Around, facts: list[dict[str, Placed]]) -> Around:
    """The cover with what facts say of unit and period, each once."""
    said = list(around.said)
    for one in facts:
        for name in SPECIAL:
            if name in one and one[name].value is not None:
                of = one[name]
                found = LabelSaid(_FIELD[name], "", of.value, cell_name(of.row, of.col), of.sheet)
                if found not in said:
                    said.append(found)
    return replace(around, said=tuple(said))


def _with_years(around: Around, parts: list[tuple[Part, Form]]) -> Around:
    """The year that a header names (至2024年底累计到位), where no column is of it: it speaks of the sheet."""
    for part, form in parts:
        for over in part.head.columns.values():
            for slot in ("year", "last_year"):
                if slot in over.slots and slot not in form.by_name and not any(s.field == "year" for s in around.said):
                    r, c = over.places[-1]
                    said = LabelSaid("year", "", over.slots[slot], part.view.name(r, c))
                    around = replace(around, said=(*around.said, said))
    return around
