"""All that spoke for a submission's unit, form and period, with what was chosen: so that a person can follow the choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.inbox.identify import Promise, forms_named
from etl.model import Evidence, Lines, Submission
from etl.normalise.periods import find_period, period_end, period_start
from etl.read.table import Table
from etl.understand.identity import FAIR, STRONG, WEAK, SheetIdentity, is_title, promised_period, stands
from etl.understand.places import ASKED, FILE_NAME, FOLDER, HEADER, LATEST_DAY, ROSTER, STAMP, TITLE
from etl.understand.reference import Reference


def spoken_by(
    table: Table, slot: Promise, identity: SheetIdentity, reference: Reference, chosen: Submission, lines: Lines
) -> tuple[Evidence, ...]:
    """The pieces for unit, form and period, in this order, each with whether it agrees with what was chosen."""
    units = [*_units_promised(slot, reference), *identity.units]
    forms = [*_forms_promised(slot, reference, chosen.form), *_forms_of_table(table, reference, chosen.form)]
    if slot.made_for:
        forms.append(Evidence(slot.made_for[1], reference.forms[slot.made_for[1]].name, STAMP, FAIR))
    periods = [*_periods_promised(slot, table.form.cadence, identity.promised), *identity.periods]
    if chosen.period and not any(e.value == chosen.period for e in periods):
        periods.append(Evidence(chosen.period, chosen.period, ROSTER, WEAK))
    return _told(units, forms, periods, reference, chosen) + _latest_day(lines, table, chosen)


def _latest_day(lines: Lines, table: Table, chosen: Submission) -> tuple[Evidence, ...]:
    """The last day of what has happened, by the data: one within the period speaks for it, a later one against it (P14 asks there)."""
    columns = [lines.columns[c.name] for c in table.form.columns if c.happened and c.name in lines.columns]
    days = [(day, cell, raw) for c in columns for day, cell, raw in zip(c.value, c.cells, c.raw) if isinstance(day, date)]
    start, end = period_start(chosen.period), period_end(chosen.period)
    if not days or not start or not end:
        return ()
    day, cell, raw = max(days, key=lambda one: one[0])
    agrees = False if day > end else True if day >= start else None
    return (Evidence(f"{day:%Y-%m}", raw or "", f"{LATEST_DAY}{cell}", WEAK, cell, "period", agrees),)


def promised(slot: Promise, reference: Reference, chosen: Submission) -> tuple[Evidence, ...]:
    """The pieces that folder and file name give, where no table was found."""
    cadence = reference.forms[chosen.form].cadence if chosen.form else "monthly"
    periods = _periods_promised(slot, cadence, promised_period(slot, cadence, chosen.received_at.year))
    return _told(_units_promised(slot, reference), _forms_promised(slot, reference, chosen.form), periods, reference, chosen)


def _told(
    units: list[Evidence], forms: list[Evidence], periods: list[Evidence], reference: Reference, chosen: Submission
) -> tuple[Evidence, ...]:
    whole = reference.register.whole
    told = [replace(e, about="unit", agrees=None if e.value is None else whole(e.value) == chosen.unit) for e in units]
    told += [replace(e, about="form", agrees=e.value == chosen.form) for e in forms]
    told += [replace(e, about="period", agrees=e.value == chosen.period) for e in periods]
    return tuple(told)


def _units_promised(slot: Promise, reference: Reference) -> list[Evidence]:
    register, found = reference.register, []
    for part in reversed(slot.folder.split("/")):
        if code := register.find(part) or register.find_in(part):
            found.append(Evidence(code, part, FOLDER, STRONG))
            break
    if slot.name_unit:
        found.append(Evidence(slot.name_unit, slot.name, FILE_NAME, STRONG))
    return found


def _forms_promised(slot: Promise, reference: Reference, chosen: str | None) -> list[Evidence]:
    """A form that is promised although neither name says so was named by who asked; a name may promise several."""
    if not slot.forms:
        return []
    value = chosen if chosen in slot.forms else slot.forms[0]
    if value in forms_named(slot.name, reference.forms, reference.register):
        return [Evidence(value, slot.name, FILE_NAME, STRONG)]
    if value in forms_named(slot.folder, reference.forms, reference.register):
        return [Evidence(value, slot.folder, FOLDER, FAIR)]
    return [Evidence(value, reference.forms[value].name, ASKED, STRONG)]


def _forms_of_table(table: Table, reference: Reference, chosen: str | None) -> list[Evidence]:
    """The titles by their keywords, and the header by how many of the form's columns it has."""
    found = []
    for title in table.around.heads:
        named = forms_named(title.text, reference.forms, reference.register) if is_title(title.text) else ()
        if named:
            value = chosen if chosen in named else named[0]
            found.append(stands(value, title.text, TITLE, title, STRONG))
    head, form = table.head, table.form
    cell = table.grid.name(head.first, min(head.columns, default=0))
    found.append(Evidence(form.form, f"{head.matched}/{len(form.columns)}", f"{HEADER}{cell}", STRONG, cell))
    return found


def _periods_promised(slot: Promise, cadence: str, strongest: Evidence | None) -> list[Evidence]:
    """What the file's name promises, and beside it what the folder does."""
    if strongest is None:
        return []
    by_folder = find_period(slot.folder, cadence, slot.year) if strongest.place == FILE_NAME else None
    return [strongest, *([Evidence(by_folder, slot.folder, FOLDER, FAIR)] if by_folder else [])]
