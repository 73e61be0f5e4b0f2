"""The page of one file: from its bytes to the submissions in it, each with lines and findings.

open → find the tables of each sheet → choose those that count, by unit and period → read the lines → doubt the sheet as a whole
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from etl.forms.contract import Form
from etl.inbox.identify import Promise, forms_named, identify
from etl.model import (
    Book,
    Cover,
    Finding,
    Grid,
    Lines,
    Reading,
    Received,
    Seen,
    Submission,
    Total,
    Unreadable,
)
from etl.normalise.names import UnitRegister
from etl.normalise.periods import find_period, find_year, period_end
from etl.read.aside import set_aside
from etl.read.doubts import not_read, sheet_doubts
from etl.read.headings import headings
from etl.read.lines import join_lines, read_lines
from etl.read.table import Table
from etl.read.workbook import open_book
from etl.reply.explanations import is_issue_sheet, read_reasons, submission_answered
from etl.reply.stamp import stamp_in
from etl.texts.catalogue import chinese
from etl.understand.evidence import promised, spoken_by
from etl.understand.promises import promises_kept
from etl.understand.reference import Reference
from etl.understand.sheets import Counted, choose_tables, nearest_form

FIRST_TEXTS = 6  # of a sheet without a table, that are shown

__all__ = ["Reference", "read_file", "understand_book", "unread"]


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


def _stamped(slot: Promise, book: Book, reference: Reference) -> Promise:
    """With what the file's template was made for, if it was made from one and the county still knows the unit and the form."""
    stamp = stamp_in(book)
    if stamp is None or stamp.unit not in reference.register.names or stamp.form not in reference.forms or period_end(stamp.period) is None:
        return slot
    return replace(slot, made_for=(stamp.unit, stamp.form, stamp.period))


def understand_book(received: Received, slot: Promise, reference: Reference, book: Book) -> list[Reading]:
    """Every submission in an opened file, and the reasons that a reply which came back carries."""
    slot = _stamped(slot, book, reference)
    replies = [grid for grid in book.grids if is_issue_sheet(grid)]
    if not replies:
        return understand_sheets(received, slot, reference, book)
    about = submission_answered(replies[-1])
    rest = replace(book, grids=tuple(grid for grid in book.grids if not is_issue_sheet(grid)))
    readings = understand_sheets(received, slot, reference, rest)
    if not rest.grids:  # the issues came back alone: reasons, but nothing to read
        readings = [replace(reading, findings=()) for reading in readings]
    readings = [replace(r, submission=replace(r.submission, answers=about[:16])) for r in readings]
    return [replace(readings[0], reasons=tuple(r for grid in replies for r in read_reasons(grid))), *readings[1:]]


def understand_sheets(received: Received, slot: Promise, reference: Reference, book: Book) -> list[Reading]:
    """Every submission in the sheets of a file, by the headers that its unit was taught; one that says so where none is recognised."""
    readings = _by_headers_of(slot.unit, received, slot, reference, book)
    spoken = {r.submission.unit for r in readings}
    unit = spoken.pop() if slot.unit is None and len(spoken) == 1 else None
    if unit is not None and reference.of(unit) != reference.of(None):
        return _by_headers_of(unit, received, slot, reference, book)  # only the sheet said whose it is
    return readings


def _by_headers_of(unit: str | None, received: Received, slot: Promise, reference: Reference, book: Book) -> list[Reading]:
    """The submissions as read by the headers of one unit; one that says so where none is recognised (F33, F25)."""
    reference = reference.of(unit)
    readings: list[Reading] = []
    for counted in choose_tables(book, slot, reference, received.received_at):
        reading = read_submission(received, slot, reference, book, counted)
        twins = sum(r.submission.submission_id.startswith(reading.submission.submission_id) for r in readings)
        if twins:
            mark = f"{reading.submission.submission_id}-{twins + 1}"
            reading = replace(reading, submission=replace(reading.submission, submission_id=mark))
        readings.append(reading)
    return readings or [headless(received, slot, reference, book)]


def read_submission(received: Received, slot: Promise, reference: Reference, book: Book, counted: Counted) -> Reading:
    """Read one form of one unit for one period, all its parts; a sheet that holds the same records again is F32."""
    table, sheet = counted.table, counted.table.grid.sheet
    parts: list[Lines] = []
    totals: list[Total] = []
    findings: list[Finding] = []
    taken: set[str] = set()
    for part in (table, *table.more):
        lines, sums, found, unitless = read_lines(part, reference.vocabulary, reference.register, delimited=book.kind == "csv")
        lines, found = _marked(part, lines, found, sheet, taken)
        parts.append(lines)
        totals += sums
        findings += found + sheet_doubts(part, reference.vocabulary, reference.register, set(lines.columns), unitless)
    findings += not_read(table)
    lines = join_lines(parts)
    findings += promises_kept(table, slot, counted.identity, reference, counted.period, counted.kept)
    findings += counted.said
    if counted.rivals:
        findings.append(Finding("F32", sheet, value=sheet, expected="”“".join(counted.rivals)))
    if not lines.rows and not table.around.cover.nil_declared:
        findings.append(Finding("F25", sheet))
    if book.macros:
        findings.append(Finding("F29", sheet, value=received.name))
    cover = replace(table.around.cover, period=counted.identity.printed)
    about = About(table.form, counted.period, sheet, cover, counted.identity.unit)
    submission = describe(received, slot, reference, about)
    submission = replace(submission, layout=headings(table, reference.vocabulary), aside=set_aside(table))
    lines = _units_told_apart(lines, table.form, submission.unit, reference.register)
    evidence = spoken_by(table, slot, counted.identity, reference, submission, lines)
    return Reading(submission, lines, tuple(totals), tuple(findings), evidence=evidence)


def _marked(part: Table, lines: Lines, findings: list[Finding], sheet: str, taken: set[str]) -> tuple[Lines, list[Finding]]:
    """Lines with marks of their own where another part has lines in the same rows; findings named after them."""
    own = list(lines.marks) or [str(row) for row in lines.rows]
    if part.grid.sheet != sheet:
        own = [f"{part.grid.sheet}!{mark}" for mark in own]
    elif not taken.isdisjoint(own):
        own = [f"{mark}{min(part.head.columns)}" for mark in own]
    taken.update(own)
    by_cell = _lines_of_cells(lines, own) if lines.marks else {}  # of lines that share rows
    by_row: dict[int | None, str] = dict(zip(lines.rows, own)) if not lines.marks else {}
    lines = replace(lines, marks=tuple(own), sheets=(part.grid.sheet,) * len(own))
    marks = [by_cell.get(f.cell) or by_row.get(f.row) for f in findings]
    return lines, [replace(f, line=mark) if mark and mark != str(f.row) else f for f, mark in zip(findings, marks)]


def _units_told_apart(lines: Lines, form: Form, sender: str | None, register: UnitRegister) -> Lines:
    """Names that several units bear are read in full, as the unit nearest to the sender; where none is nearest they stay (F40)."""
    columns = dict(lines.columns)
    for name in (c.name for c in form.columns if c.register == "unit" and c.name in columns) if register.shared else ():
        values = [register.in_full(v, sender) if isinstance(v, str) else v for v in columns[name].value]
        columns[name] = replace(columns[name], value=values)
    return replace(lines, columns=columns)


def _lines_of_cells(lines: Lines, marks: list[str]) -> dict[str | None, str]:
    """The line that a cell belongs to, where it is a cell of one line alone."""
    found: dict[str | None, str] = {}
    shared = set()
    for column in lines.columns.values():
        for cell, mark in zip(column.cells, marks):
            if found.setdefault(cell, mark) != mark:
                shared.add(cell)
    return {cell: mark for cell, mark in found.items() if cell not in shared}


@dataclass(frozen=True, slots=True)
class About:
    """What a submission is about, as far as anything says so, and where that stands."""

    form: Form | None
    period: str | None
    sheet: str = ""
    cover: Cover = field(default_factory=Cover)
    unit: str | None = None  # that the sheet speaks of
    readable: bool = True


def describe(received: Received, slot: Promise, reference: Reference, about: About) -> Submission:
    """The submission's identity; the unit is the slot's, or else the one that the sheet speaks of, and of it the part that is named."""
    register, form, period = reference.register, about.form, about.period
    labelled = None if slot.among else register.find(about.cover.department, slot.unit, about.unit)
    printed = labelled or about.unit
    unit = register.whole(register.particular(slot.unit, labelled) if slot.unit else printed)
    part = next((p for code in (printed, slot.name_unit, slot.unit) if (p := register.part(code, unit))), "")
    return Submission(
        submission_id=f"{received.sha256[:16]}-{form.form if form else 'unknown'}-{period or 'unknown'}",
        file=received.name,
        file_sha256=received.sha256,
        sheet=about.sheet,
        unit=unit,
        form=form.form if form else None,
        period=period,
        received_at=received.received_at,
        order=received.order,
        cover=about.cover,
        readable=about.readable,
        sub_unit=part,
    )


def unread(received: Received, slot: Promise, reference: Reference, unreadable: Unreadable) -> Reading:
    """The reading of a file that cannot be opened: known by folder and name alone."""
    form = reference.forms[slot.forms[0]] if slot.forms else None
    period = slot.period(form.cadence if form else "monthly", received.received_at.year)
    submission = describe(received, slot, reference, About(form, period, readable=False))
    return Reading(
        submission,
        None,
        (),
        (Finding(unreadable.rule, value=received.name, expected=unreadable.reason),),
        evidence=promised(slot, reference, submission),
    )


def _only_owed(slot: Promise, reference: Reference) -> tuple[str, ...]:
    """The form that a unit owes for the month which the file's name tells, where it owes one alone."""
    period = slot.period("monthly", None)
    owed = [form for (unit, form), periods in reference.owed.items() if unit == slot.unit and period in periods]
    return tuple(owed) if len(owed) == 1 else ()


def headless(received: Received, slot: Promise, reference: Reference, book: Book) -> Reading:
    """F33: no sheet of the file has a header that is known, the nearest form is named; F25 where no sheet holds anything."""
    texts = [str(v) for g in book.grids for row in g.rows[:5] for v in row if isinstance(v, str)]
    named = slot.forms or tuple(f for t in texts[:5] for f in forms_named(t, reference.forms, reference.register))
    named = named or (slot.made_for[1:2] if slot.made_for else ()) or _only_owed(slot, reference)
    form = reference.forms[named[0]] if named else None
    cadence = form.cadence if form else "monthly"
    year = next((y for t in texts if (y := find_year(t))), None)
    period = slot.period(cadence, year) or next((p for t in texts[:5] if (p := find_period(t, cadence))), None)
    grid = next((g for g in book.grids if g.visible and g.rows), book.grids[0] if book.grids else None)
    sheet = grid.sheet if grid else ""
    submission = describe(received, slot, reference, About(form, period, sheet, Cover(title=texts[0] if texts else None)))
    seen, evidence = tuple(first_look(g) for g in book.grids), promised(slot, reference, submission)
    if not texts:
        return Reading(submission, None, (), (Finding("F25", sheet, value=sheet or received.name),), evidence=evidence, seen=seen)
    near = nearest_form(book, reference, slot.forms)
    if near:
        expected = chinese("expected.nearest_form", form=reference.forms[near[0]].name, columns=near[1] or chinese("expected.none"))
    else:
        expected = chinese("expected.no_header_of", form=form.name) if form else chinese("expected.no_header")
    if any(g.pictures for g in book.grids):
        expected = chinese("expected.with_pictures", told=expected)
    told = Finding("F33", sheet, value=sheet or received.name, expected=expected)
    return Reading(submission, None, (), (told,), evidence=evidence, seen=seen)


def first_look(grid: Grid) -> Seen:
    """What a person sees at first on a sheet without a table: how many rows are filled, and how they begin."""
    filled = [[str(v).strip() for v in row if v is not None and str(v).strip()] for row in grid.rows]
    texts = [text for row in filled for text in row]
    return Seen(grid.sheet, sum(map(bool, filled)), tuple(texts[:FIRST_TEXTS]))
