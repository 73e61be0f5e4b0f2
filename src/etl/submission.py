"""The page of one file: from its bytes to the submissions in it, each with lines and findings.

open → recognise each sheet → choose the sheets that count → read the lines → doubt the sheet as a whole
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.forms.contract import Form
from etl.inbox.identify import Slot, forms_named, identify
from etl.model import Book, Cover, Finding, Reading, Received, Submission, Unreadable, cell_name
from etl.normalise.headers import HeaderIndex
from etl.normalise.kinds import masked_text
from etl.normalise.names import UnitRegister
from etl.normalise.periods import find_period, find_year
from etl.normalise.vocabulary import Vocabulary
from etl.read.blocks import programmes
from etl.read.doubts import hidden_sheet, sheet_doubts
from etl.read.lines import join_lines, read_lines
from etl.read.locate import GridHeaders, find_head
from etl.read.table import Table, read_table
from etl.read.workbook import open_book
from etl.reply.explanations import answered, is_issue_sheet, read_reasons

_SAMPLE_PERIOD = re.compile(r"20[xX×*＊]{2}|[xX×*＊_]+\s*[年月]")


@dataclass(frozen=True)
class Reference:
    """What reading needs to know beside the file: contracts, words, the register of units."""

    forms: dict[str, Form]
    vocabulary: Vocabulary
    register: UnitRegister


def read_file(received: Received, reference: Reference, form: str | None = None) -> list[Reading]:
    """Every submission in a file; a file that cannot be opened is one too, with its F27 or F28.

    `form` names the form where the caller knows better than the file's name.
    """
    slot = identify(received.name, reference.forms, reference.register)
    if form:
        slot = replace(slot, forms=(form,))
    try:
        book = open_book(received.path, received.name)
    except Unreadable as unreadable:
        return [unread(received, slot, reference, unreadable)]
    return understand_book(received, slot, reference, book)


def understand_book(received: Received, slot: Slot, reference: Reference, book: Book) -> list[Reading]:
    """Every submission in an opened file, and the reasons that a reply which came back carries."""
    replies = [grid for grid in book.grids if is_issue_sheet(grid)]
    if not replies:
        return understand_sheets(received, slot, reference, book)
    about = answered(replies[-1])
    rest = replace(book, grids=tuple(grid for grid in book.grids if not is_issue_sheet(grid)))
    readings = understand_sheets(received, slot, reference, rest)
    if not rest.grids:                                       # the issues came back alone: reasons, but nothing to read
        readings = [replace(reading, findings=()) for reading in readings]
    readings = [replace(r, submission=replace(r.submission, answers=about[:16])) for r in readings]
    return [replace(readings[0], reasons=tuple(r for grid in replies for r in read_reasons(grid))), *readings[1:]]


def understand_sheets(received: Received, slot: Slot, reference: Reference, book: Book) -> list[Reading]:
    """Every submission in the sheets of a file; where none is recognised, one that says so (F33, F25)."""
    recognised = [table for grid in book.grids if grid.rows and (table := recognise(grid, slot, reference))]
    visible = [t for t in recognised if t.grid.visible and likely(t)]
    # Where nothing else is there, a table that lacks most of its columns is one all the same (F15 says what is missing).
    visible = visible or [t for t in recognised if t.grid.visible and t.form.form in slot.forms]
    hidden = [t for t in recognised if not t.grid.visible and likely(t)]
    readings = []
    for name in dict.fromkeys(t.form.form for t in visible):
        tables = [t for t in visible if t.form.form == name]
        for period, same in counting_sheets(tables, slot).items():
            covert = [t for t in hidden if t.form.form == name]
            readings += [read_submission(received, slot, reference, book, period, same, place, covert)
                         for place in range(len(same))]
    return readings or [headless(received, slot, reference, book)]


def recognise(grid, slot: Slot, reference: Reference) -> Table | None:
    """The form whose headers fit a sheet best; the promised form wins a tie."""
    headers = GridHeaders(grid)
    heads = [(form, head) for form in reference.forms.values() if (head := find_head(headers, HeaderIndex(form)))]
    if not heads:
        return None
    form, head = max(heads, key=lambda found: (found[1].matched, found[0].form in slot.forms))
    if form.layout != "blocks":
        return read_table(headers, form, head, reference.vocabulary)
    blocks = [GridHeaders(block) for block in programmes(grid, form)]
    found = [read_table(block, form, head, reference.vocabulary)
             for block in blocks if (head := find_head(block, HeaderIndex(form)))]
    return replace(found[0], more=tuple(found[1:]))


def likely(table: Table) -> bool:
    """A few words in common with some form are no table of it: half of the required columns must be there."""
    return table.head.matched * 2 >= sum(1 for c in table.form.columns if c.required and c.block == "table")


def counting_sheets(tables: list[Table], slot: Slot) -> dict[str | None, list[Table]]:
    """Sheets of one form by the period they count for; sheets of earlier months kept in the workbook are history."""
    cadence = tables[0].form.cadence
    own = [(t, printed_period(t, slot)) for t in tables]
    year = next((int(p[:4]) for _, p in own if p), None)
    promised = slot.period(cadence, year)
    current = promised or max((p for _, p in own if p), default=None)
    if any(p == current for _, p in own):
        own = [(t, p) for t, p in own if p is None or p >= current]
    filled = [t for t, _ in own if t.rows.data]              # a template left empty is no second table
    return {current: filled or [t for t, _ in own[:1]]}


def printed_period(table: Table, slot: Slot) -> str | None:
    """The period that a sheet names itself: in its titles, else in its name.

    A month without a year takes that of the titles, else that of the file's name.
    """
    cadence = table.form.cadence
    for title in table.around.titles:
        if period := find_period(title, cadence):
            return period
    year = next((y for t in table.around.titles if (y := find_year(t))), slot.year)
    if period := next((p for t in table.around.titles if (p := find_period(t, cadence, year))), None):
        return period
    return find_period(table.grid.sheet, cadence, find_year(table.grid.sheet) or year)


def read_submission(received: Received, slot: Slot, reference: Reference, book: Book, period: str | None,
                    tables: list[Table], place: int, hidden: list[Table]) -> Reading:
    """Read one form of one unit for one period; several sheets of it are read each, and each is F32."""
    table = tables[place]
    parts, totals, findings = [], [], []
    for part in (table, *table.more):
        lines, sums, found, unitless = read_lines(part, reference.vocabulary, reference.register,
                                                  delimited=book.kind == "csv")
        parts.append(lines)
        totals += sums
        findings += found + sheet_doubts(part, reference.vocabulary, set(lines.columns), unitless)
    lines = join_lines(parts)
    findings += promises_kept(table, slot, reference, period)
    findings += [hidden_sheet(t.grid) for t in hidden]
    own = department_of(table, reference.register)
    rivals = [t.grid.sheet for t in tables
              if t is not table and (None in (own, other := department_of(t, reference.register)) or own == other)]
    if rivals:
        findings.append(Finding("F32", table.grid.sheet, value=table.grid.sheet, expected="”“".join(rivals)))
    if not lines.rows and not table.around.cover.nil_declared:
        findings.append(Finding("F25", table.grid.sheet))
    if book.macros:
        findings.append(Finding("F29", table.grid.sheet, value=received.name))
    cover = replace(table.around.cover, period=printed_period(table, slot))
    submission = describe(received, slot, reference, table.form, period, table.grid.sheet, cover)
    if place:
        submission = replace(submission, submission_id=f"{submission.submission_id}-{place + 1}")
    return Reading(submission, lines, tuple(totals), tuple(findings))


def promises_kept(table: Table, slot: Slot, reference: Reference, period: str | None) -> Iterable[Finding]:
    """F22, F23, F24: the sheet against what its folder and file name promise."""
    sheet, around = table.grid.sheet, table.around
    if slot.forms and table.form.form not in slot.forms:
        yield Finding("F22", sheet, None, None, around.title_cell, table.form.name,
                      "、".join(reference.forms[f].name for f in slot.forms))
    printed = printed_period(table, slot)
    if printed is None or printed != period:
        yield Finding("F23", sheet, None, None, around.title_cell, printed or around.cover.title, period)
    month = int(period[5:]) if period and table.form.cadence == "monthly" else None
    for col, n in sorted(table.head.months.items()):
        if month and n != month:
            yield Finding("F23", sheet, None, table.head.columns[col], cell_name(table.head.rows.get(col, table.head.last), col),
                          table.head.texts.get(col), period)
    if printed is None and (masked := next((t for t in around.titles if _SAMPLE_PERIOD.search(t)), None)):
        yield Finding("P54", sheet, None, None, around.title_cell, masked, period)
    if around.cover.department and masked_text(around.cover.department):
        yield Finding("P54", sheet, None, None, around.department_cell, around.cover.department,
                      reference.register.names.get(slot.unit))
    department = around.cover.department or named_department(table, reference.register)
    register = reference.register
    code = register.find(department) or register.find_in(department or "")
    unit = register.whole(slot.unit)
    if slot.unit and code not in (slot.unit, unit) and not (slot.unit == unit and register.part(code, unit)):
        yield Finding("F24", sheet, None, None, around.department_cell, department, register.names.get(slot.unit))
    elif slot.name_unit and slot.name_unit != slot.unit and not register.part(slot.name_unit, unit):
        yield Finding("F24", sheet, None, None, None, register.names.get(slot.name_unit), register.names.get(slot.unit))


def department_of(table: Table, register: UnitRegister) -> str | None:
    """The unit that a sheet prints, by its code where the register knows it."""
    printed = table.around.cover.department
    return register.find(printed) or printed


def named_department(table: Table, register: UnitRegister) -> str | None:
    """The unit that a title names where no 填报单位 is printed."""
    code = next((c for t in table.around.titles if (c := register.find(t) or register.find_in(t))), None)
    return register.names[code] if code else None


def describe(received: Received, slot: Slot, reference: Reference, form: Form | None, period: str | None,
             sheet: str, cover: Cover, readable: bool = True) -> Submission:
    """The submission's identity; the unit is the slot's, or else the one printed, and of it the part that is named."""
    register = reference.register
    printed = register.find(cover.department)
    unit = register.whole(slot.unit or printed)
    part = next((p for code in (printed, slot.name_unit, slot.unit) if (p := register.part(code, unit))), "")
    return Submission(
        submission_id=f"{received.sha256[:16]}-{form.form if form else 'unknown'}-{period or 'unknown'}",
        file=received.name, file_sha256=received.sha256, sheet=sheet,
        unit=unit, form=form.form if form else None, period=period, received_at=received.received_at,
        order=received.order, cover=cover, readable=readable, sub_unit=part,
    )


def unread(received: Received, slot: Slot, reference: Reference, unreadable: Unreadable) -> Reading:
    """The reading of a file that cannot be opened: known by folder and name alone."""
    form = reference.forms[slot.forms[0]] if slot.forms else None
    period = slot.period(form.cadence if form else "monthly", received.received_at.year)
    submission = describe(received, slot, reference, form, period, "", Cover(), readable=False)
    return Reading(submission, None, (), (Finding(unreadable.rule, value=received.name, expected=unreadable.reason),))


def headless(received: Received, slot: Slot, reference: Reference, book: Book) -> Reading:
    """F33: no sheet of the file has a header that is known; F25 where no sheet holds anything."""
    texts = [str(v) for g in book.grids for row in g.rows[:5] for v in row if isinstance(v, str)]
    named = slot.forms or tuple(f for t in texts[:5] for f in forms_named(t, reference.forms, reference.register))
    form = reference.forms[named[0]] if named else None
    cadence = form.cadence if form else "monthly"
    year = next((y for t in texts if (y := find_year(t))), None)
    period = slot.period(cadence, year) or next((p for t in texts[:5] if (p := find_period(t, cadence))), None)
    grid = next((g for g in book.grids if g.visible and g.rows), book.grids[0] if book.grids else None)
    sheet = grid.sheet if grid else ""
    submission = describe(received, slot, reference, form, period, sheet, Cover(title=texts[0] if texts else None))
    rule = "F33" if texts else "F25"
    return Reading(submission, None, (), (Finding(rule, sheet, value=sheet or received.name),))
