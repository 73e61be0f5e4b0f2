"""What people are to be reminded of on a day, and how it is put: one message a unit, one digest for the office. Nothing is sent here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from etl.notices.matters import DRAFT, ISSUED, Matter
from etl.site.calendar import Calendar
from etl.site.contacts import OFFICE
from etl.texts.catalogue import Say
from etl.texts.periods import period_name

UNANSWERED = ("released", "reopened")
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class When:
    """How far before and after a day people are reminded (parameters remind_before, remind_after, remind_until)."""

    before: int  # working days before
    after: int  # days after
    until: int  # days after: from then on it is no reminder any more


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a unit owes by a day: a form of a period, or the answer to a matter."""

    key: str  # slot:unit|form|period, or the number of the matter
    unit: str
    what: str
    day: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one thing: before its day, on it, or after it."""

    due: Due
    kind: str  # before, day, after
    days: int = 0  # working days left


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to one recipient, a unit or the office, with the reminders in it (item, due, kind) for the log."""

    recipient: str
    title: str
    lines: tuple[str, ...]
    entries: tuple[tuple[str, date, str], ...]


def owed(database: Path, matters: Iterable[Matter], say: Say) -> list[Due]:
    """All that is owed by a day and has not come, as a published version says."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        slots = con.execute(f"""
            SELECT s.unit, s.form, s.period, {"f.form_name_en" if say.lang == "en" else "f.form_name"}, s.deadline
            FROM fct_submission s JOIN dim_form f ON f.form = s.form
            WHERE s.status IN ('owed', 'missing') AND s.deadline IS NOT NULL ORDER BY ALL""").fetchall()
    found = [
        Due(f"slot:{unit}|{form}|{period}", unit, say("matter.slot", period=period_name(period, say.lang), form=name), deadline)
        for unit, form, period, name, deadline in slots
    ]
    found += [
        Due(m.number, m.unit, say("matter.answer", name=m.name, number=m.number), m.due)
        for m in matters
        if m.due is not None and m.state in UNANSWERED
    ]
    return found


def reminders(dues: Iterable[Due], day: date, when: When, calendar: Calendar) -> list[Reminder]:
    """What is to be said on a day. A day on which no night ran is made good for by the next; what is long past is said no more.

    Raises UnknownYear where the calendar of a due day is not known.
    """
    found = []
    for due in dues:
        over = (day - due.day).days
        if over == 0:
            found.append(Reminder(due, "day"))
        elif when.after <= over <= when.until:
            found.append(Reminder(due, "after"))
        elif -7 * (when.before + 7) < over < 0:  # far enough for any holidays between
            left = _working_days(day, due.day, calendar)
            if left <= when.before:
                found.append(Reminder(due, "before", left))
    return found


def _working_days(day: date, last: date, calendar: Calendar) -> int:
    """Working days after a day up to and with the last."""
    return sum(calendar.is_working(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))


def to_units(said: Sequence[Reminder], names: Mapping[str, str], day: date, contact: str, say: Say) -> list[Message]:
    """One message a unit, what is past its day first."""
    order = {"after": 0, "day": 1, "before": 2}
    messages = []
    for unit in sorted({r.due.unit for r in said}):
        mine = sorted((r for r in said if r.due.unit == unit), key=lambda r: (order[r.kind], r.due.day, r.due.key))
        lines = [say(f"matter.{r.kind}", what=r.due.what, due=r.due.day, days=r.days) for r in mine]
        lines += [say("matter.contact", contact=contact)] if contact else []
        title = say("matter.reminder_title", unit=names.get(unit, unit), day=day)
        messages.append(Message(unit, title, tuple(lines), tuple((r.due.key, r.due.day, r.kind) for r in mine)))
    return messages


def to_office(
    matters: Iterable[Matter], said: Sequence[Reminder], names: Mapping[str, str], county: str, day: date, say: Say
) -> Message | None:
    """The digest of the day: what is open, what is past its day, what can be closed, who is reminded; None where there is nothing."""
    matters = list(matters)
    running = [m for m in matters if m.state in ISSUED]
    over = [m for m in running if m.due is not None and m.due < day and m.state in UNANSWERED]
    closing = [m for m in matters if m.state == "to_verify"]
    drafts = sum(m.state in DRAFT for m in matters)
    if not (running or closing or drafts or said):
        return None
    lines = [say("matter.digest_counts", proposed=drafts, issued=len(running), past_due=len(over), to_verify=len(closing))]
    lines += [say("matter.digest_past_due", unit=m.unit_name, name=m.name, number=m.number, due=m.due) for m in over]
    lines += [say("matter.digest_to_verify", unit=m.unit_name, name=m.name, number=m.number) for m in closing]
    count = Counter(r.due.unit for r in said)
    lines += [say("matter.digest_reminded", unit=names.get(unit, unit), count=count[unit]) for unit in sorted(count)]
    return Message(OFFICE, say("matter.digest_title", county=county, day=day), tuple(lines), ((DIGEST, day, DIGEST),))
