"""Which tables of a file count, for which period, and which are parts of one: nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from etl.inbox.identify import Promise
from etl.model import Book, Finding, Grid
from etl.normalise.headers import HeaderIndex
from etl.normalise.kinds import sent_text
from etl.normalise.periods import find_period
from etl.normalise.text import norm
from etl.read.blocks import programmes
from etl.read.cover import Around, read_cover
from etl.read.laid_out import lay_out
from etl.read.locate import GridHeaders, find_head
from etl.read.regions import Region, likely, regions
from etl.read.table import Table, read_table
from etl.texts.catalogue import chinese
from etl.understand.identity import FAIR, SheetIdentity, identify_table, owed_period
from etl.understand.reference import Reference

PERIOD = {"period", "year", "month"}
COVER_FIGURES = 4  # a year, a month, a telephone number
COVER_ROWS = 60  # of a sheet without a table that may be a cover
SAME = 0.2  # of the keys of the smaller table, how many make two tables copies of each other


@dataclass(frozen=True)
class Counted:
    """One submission in the making: its table with all its parts, and what is to be said beside it."""

    table: Table
    identity: SheetIdentity
    period: str | None
    rivals: tuple[str, ...] = ()  # sheets that hold the same records (F32)
    said: tuple[Finding, ...] = ()  # what was left out because of it (F50, F51)
    kept: bool = True  # the file holds a form that it promises


@dataclass
class _Found:
    table: Table
    identity: SheetIdentity
    keys: frozenset[str] = field(default_factory=frozenset)


def tables_of(grid: Grid, slot: Promise, reference: Reference, others: Sequence[Grid] = ()) -> list[Table]:
    """Every table on a sheet; halves and continued tables of one period are parts of one (`Table.more`).

    A declared layout comes first, for whoever declared it knows the sheet; `others` are the book's other sheets.
    """
    for layout in reference.layouts:
        if slot.forms and layout.forms.isdisjoint(slot.forms):
            continue
        if laid := lay_out(grid, layout, reference.forms, others, reference.vocabulary, reference.register):
            return laid
    found: list[Table] = []
    for region in regions(grid, reference.forms, slot.forms):
        if region.form.layout == "blocks":
            found.append(_blocks(region, reference))
            continue
        table = read_table(GridHeaders(region.grid), region.form, region.head, reference.vocabulary, reference.register)
        table = replace(table, beside=region.beside)
        if region.half and found:
            table = replace(table, around=replace(found[-1].around, cover=table.around.cover))
            found[-1] = replace(found[-1], more=(*found[-1].more, table))
        else:
            found.append(table)
    arounds = [t.around for t in found]
    return [replace(t, around=_completed(t.around, arounds[:i], arounds[i + 1 :])) for i, t in enumerate(found)]


def _completed(own: Around, above: list[Around], below: list[Around]) -> Around:
    """What a sheet says once holds for all its tables: unit of money, department and signatures.

    Titles and the period hold for the tables below them that have none of their own.
    """
    others = [*above, *below]
    covers = [own.cover, *(o.cover for o in others)]

    def first(field: str) -> str | None:
        return next((v for c in covers if (v := getattr(c, field))), None)

    cover = replace(
        own.cover,
        department=first("department"),
        money_unit=first("money_unit"),
        preparer=first("preparer"),
        reviewer=first("reviewer"),
        head=first("head"),
        filled_date=first("filled_date"),
    )
    told = {s.field for s in own.said}
    said = (*own.said, *(s for o in others for s in o.said if s.field == "department" and "department" not in told))
    notes = own.notes or next((o.notes for o in others if o.notes), ())
    bare = not own.heads and not told & PERIOD
    said = (*said, *(s for o in above for s in o.said if bare and s.field in PERIOD))
    heads = next((o.heads for o in above if o.heads), ()) if bare else own.heads
    return replace(own, cover=cover, said=said, notes=notes, heads=heads)


def _is_cover(grid: Grid) -> bool:
    """A sheet of words: one of figures (for a chart, a list) says nothing of another sheet."""
    return sum(isinstance(v, (int, Decimal)) for row in grid.rows for v in row) <= COVER_FIGURES


def _read_as_cover(grid: Grid, reference: Reference) -> Around:
    """What a cover sheet says; each piece bears the sheet's name, for it is shown beside those of another sheet."""
    rows = list(range(min(len(grid.rows), COVER_ROWS)))
    around = read_cover(grid, rows, len(grid.rows), reference.vocabulary, register=reference.register)
    return replace(
        around,
        said=tuple(replace(s, sheet=grid.sheet) for s in around.said),
        heads=tuple(replace(t, sheet=grid.sheet) for t in around.heads),
    )


def _with_covers(table: Table, covers: list[Around], slot: Promise, reference: Reference, received: datetime) -> Table:
    """Unit and period from a cover sheet, where the table's own sheet is silent on them."""
    if not covers:
        return table
    identity, own = identify_table(table, slot, reference.register, received), table.around
    wanted = set() if identity.unit else {"department"}
    wanted |= set() if identity.printed else {"period", "year", "month"}
    said = tuple(s for cover in covers for s in cover.said if s.field in wanted)
    heads = () if identity.printed else tuple(t for cover in covers for t in cover.heads if find_period(t.text, table.form.cadence))
    cover = (
        own.cover
        if own.cover.department or identity.unit
        else replace(own.cover, department=next((s.text for s in said if s.field == "department"), None))
    )
    return replace(table, around=replace(own, cover=cover, said=(*own.said, *said), heads=(*own.heads, *heads)))


def _blocks(region: Region, reference: Reference) -> Table:
    blocks = [GridHeaders(block) for block in programmes(region.grid, region.form)]
    found = [
        read_table(block, region.form, head, reference.vocabulary, reference.register)
        for block in blocks
        if (head := find_head(block, HeaderIndex(region.form)))
    ]
    return replace(found[0], more=tuple(found[1:]))


def choose_tables(book: Book, slot: Promise, reference: Reference, received: datetime) -> Iterator[Counted]:
    """The tables of a file that count, form by form and period by period."""
    of_sheet = {id(g): tables_of(g, slot, reference, [o for o in book.grids if o is not g]) for g in book.grids if g.rows}
    covers = [
        _read_as_cover(grid, reference)
        for grid in book.grids
        if grid.visible and id(grid) in of_sheet and not of_sheet[id(grid)] and _is_cover(grid)
    ]
    tables = [_with_covers(t, covers, slot, reference, received) for found in of_sheet.values() for t in found]
    visible = [t for t in tables if t.grid.visible and likely(t.form, t.head)]
    # Where nothing else is there, a table that lacks most of its columns is one all the same (F15 says what is missing).
    visible = visible or [t for t in tables if t.grid.visible and t.form.form in slot.forms]
    hidden = [t for t in tables if not t.grid.visible and likely(t.form, t.head)]
    kept = not slot.forms or any(t.form.form in slot.forms for t in visible)
    for name in dict.fromkeys(t.form.form for t in visible):
        found = [_Found(t, identify_table(t, slot, reference.register, received), _keys(t)) for t in visible if t.form.form == name]
        covert = tuple(
            Finding("F30", t.grid.sheet, None, None, None, chinese("expected.hidden_sheet", sheet=t.grid.sheet))
            for t in hidden
            if t.form.form == name
        )
        for counted in _of_form(found, slot, reference, received):
            yield replace(counted, kept=kept, said=(*counted.said, *covert))


def _of_form(found: list[_Found], slot: Promise, reference: Reference, received: datetime) -> Iterator[Counted]:
    """The submissions of one form: tables of other months are history, an empty template is no second table."""
    period = _current(found, slot, reference, received)
    now = found
    if any(f.identity.spoken in (None, period) for f in found):  # else the sheet contradicts the name: it is not history
        now = [f for f in found if f.identity.spoken in (None, period)]
    named = [f for f in now if f.identity.named == period]
    # 上半年 above the same records on every month's sheet: the names of the sheets tell them apart.
    now = [f for f in now if f.identity.named in (None, period) or not any(_same(f, other) for other in named)]
    past = [f for f in found if f not in now]
    filled = [f for f in now if f.table.rows.data] or now[:1]
    said = list(_not_counted(past, {f.table.grid.sheet for f in now}, period))
    filled, extras = _without_summaries(filled, reference.vocabulary.summary_sheets)
    for group in _by_unit(filled, slot, reference):
        parts, rivals = _parts_or_rivals(group)
        said += [Finding("F50", f.table.grid.sheet, value=f.table.grid.sheet, expected=chinese("expected.summary")) for f in extras]
        extras = []
        for first, *more in parts:
            table = replace(first.table, more=(*first.table.more, *(t for f in more for t in (f.table, *f.table.more))))
            others = tuple(f.table.grid.sheet for f in rivals if f is not first)
            yield Counted(table, first.identity, period, others, tuple(said))
            said = []


def _current(found: list[_Found], slot: Promise, reference: Reference, received: datetime) -> str | None:
    """The period that the file is for: what its name promises, else what its sheets print, else a folder, else what is owed."""
    promised = next((f.identity.promised for f in found if f.identity.promised), None)
    printed = max((p for f in found if (p := f.identity.printed)), default=None)
    if promised and (promised.weight > FAIR or printed is None):
        return promised.value
    if printed:
        return printed
    spoken = max((p for f in found if (p := f.identity.spoken)), default=None)
    unit = slot.unit or next((u for f in found if (u := f.identity.unit)), None)
    return spoken or owed_period(reference.owed.get((unit or "", found[0].table.form.form), ()), received)


def _not_counted(past: list[_Found], sheets: set[str], period: str | None) -> Iterator[Finding]:
    """Tables of other months in the same workbook: history on sheets of their own, a question on the same sheet."""
    past = [f for f in past if f.table.rows.data]
    history = list(dict.fromkeys(f.table.grid.sheet for f in past if f.table.grid.sheet not in sheets))
    if history:
        yield Finding("F50", history[0], value="”“".join(history), expected=chinese("expected.other_months"))
    for f in past:
        if f.table.grid.sheet in sheets:
            row = f.table.grid.number(f.table.head.first)
            yield Finding("F51", f.table.grid.sheet, row, None, _first_cell(f.table), f.identity.spoken, period)


def _first_cell(table: Table) -> str:
    return table.grid.name(table.head.first, min(table.head.columns, default=0))


def _by_unit(found: list[_Found], slot: Promise, reference: Reference) -> list[list[_Found]]:
    """Tables that name one unit belong together; one that names none belongs to the file's own."""
    own = reference.register.whole(slot.unit)
    groups: dict[str | None, list[_Found]] = {}
    for f in found:
        labelled = next((e for e in f.identity.units if e.weight >= FAIR), None)
        key = (labelled.value or labelled.said) if labelled else own
        key = own if reference.register.below(own, key) else key  # the title of a town's sheet names its county
        groups.setdefault(key, []).append(f)
    if len(groups) > 1 and own is None and None in groups:
        first = next(k for k in groups if k is not None)
        groups[first] += groups.pop(None)
    return list(groups.values())


def _without_summaries(group: list[_Found], words: tuple[str, ...]) -> tuple[list[_Found], list[_Found]]:
    """A sheet that is called a summary and repeats what a sibling holds is no report of its own."""
    extras = [f for f in group if any(w in f.table.grid.sheet for w in words) and any(_same(f, other) for other in group if other is not f)]
    rest = [f for f in group if f not in extras]
    return (rest, extras) if rest else (group, [])


def _parts_or_rivals(group: list[_Found]) -> tuple[list[list[_Found]], list[_Found]]:
    """Tables of other records are parts of one report; tables of the same records contradict each other (F32)."""
    if any(_same(a, b) for i, a in enumerate(group) for b in group[i + 1 :]):
        return [[f] for f in group], group
    return [group], []


def _same(a: _Found, b: _Found) -> bool:
    if not a.keys or not b.keys:
        return True
    return len(a.keys & b.keys) > SAME * min(len(a.keys), len(b.keys))


def _keys(table: Table) -> frozenset[str]:
    """What tells the records of a table apart, folded: the names and codes of the form's keys as written."""
    names = [n for choice in table.form.business_key for n in choice if n in table.place]
    parts = (table, *table.more)
    return frozenset(
        "|".join(norm(sent_text(part.grid.cell(r, part.place[n])) or "") for n in names if n in part.place)
        for part in parts
        for r in part.rows.data
    ) - {""}


def nearest_form(book: Book, reference: Reference, promised: tuple[str, ...]) -> tuple[str, str] | None:
    """For a file in which no table was found: the form most like it, and which of its columns are missing."""
    best: tuple[int, str, str] | None = None
    forms = [reference.forms[f] for f in promised] or list(reference.forms.values())
    for grid in book.grids:
        headers = GridHeaders(grid)
        for form in forms:
            head = find_head(headers, HeaderIndex(form), minimum=1 if promised else 2)
            if head and (best is None or head.matched > best[0]):
                there = set(head.columns.values())
                missing = "、".join(c.header for c in form.columns if c.required and c.name not in there)
                best = head.matched, form.form, missing
    return (best[1], best[2]) if best else None
