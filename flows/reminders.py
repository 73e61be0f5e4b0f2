"""Remind units of what is due, and the office of what is open, through the channels of the site; each thing once, with a log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.inbox.journal import enter
from etl.judge.criteria import Criteria
from etl.land import ledger
from etl.mistakes import Mistake, Said
from etl.night.night import Night
from etl.night.records import TROUBLE, books_or_journal, fallen_behind
from etl.notices.matters import read_matters
from etl.notices.remind import Message, When, owed, reminders, to_office, to_units
from etl.publish.export import DATABASE
from etl.settings import Settings
from etl.site.calendar import Calendar, UnknownYear
from etl.site.contacts import OFFICE, load_contacts
from etl.site.csvfile import SiteError
from etl.texts.catalogue import speaker
from etl.texts.screen import visible
from flows import notices

if TYPE_CHECKING:
    from sqlalchemy import Engine

DONE = ("begun", "sent")


@dataclass(frozen=True, slots=True)
class Reminded:
    """A message and what became of it: sent, failed, no_channel or dry."""

    message: Message
    outcome: str


def remind(settings: Settings, criteria: Criteria, *, dry_run: bool = False) -> list[Reminded]:
    """Send what is to be said by the night's instant and was not said before. Raises Mistake where nothing is published."""
    contacts = {OFFICE: settings.notices} | load_contacts(settings.site, criteria.site.names)
    books = books_or_journal(settings)
    try:
        before = ledger.reminded(books)
        done = []
        for message in _unsaid(messages(settings, criteria), before, contacts):
            outcome = "dry" if dry_run else "sent" if contacts.get(message.recipient) else "no_channel"
            if outcome == "sent":
                _note(settings, books, message, "begun")
                told = notices.tell(contacts[message.recipient], message.title, [visible(line) for line in message.lines])
                outcome = "sent" if told else "failed"
            if not dry_run:
                _note(settings, books, message, outcome)
            done.append(Reminded(message, outcome))
        return done
    finally:
        books.dispose()


def _note(settings: Settings, books: Engine, message: Message, outcome: str) -> None:
    """What became of a message, in the journal first: nobody is told twice because a database was lost."""
    day = settings.as_of.date()
    entries = [[item, due.isoformat(), kind] for item, due, kind in message.entries]
    said = {"entries": entries, "recipient": message.recipient, "day": day.isoformat(), "outcome": outcome}
    enter(settings.archive, [{"kind": "reminded", **said}])
    try:
        ledger.record_reminders(books, message.entries, message.recipient, day, outcome)
    except TROUBLE as trouble:
        fallen_behind(settings, trouble)


def messages(settings: Settings, criteria: Criteria) -> list[Message]:
    """All that there is to say on the day, whether it was said or not. Raises Mistake."""
    database, day, say = settings.published / "current" / DATABASE, settings.as_of.date(), speaker(settings.lang)
    if not database.is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    site, cfg = criteria.site, criteria.parameters
    when = When(*(int(cfg.word(key)) for key in ("remind_before", "remind_after", "remind_until")))
    matters = read_matters(database)
    try:
        said = reminders(owed(database, matters, say), day, when, Calendar(site.holidays))
    except UnknownYear as unknown:
        raise SiteError(settings.site / "holidays.csv", None, "site.no_holidays", year=unknown.year) from None
    digest = to_office(matters, said, site.names, site.settings.get("county", ""), day, say)
    return to_units(said, site.names, day, site.settings.get("reply_contact", ""), say) + ([digest] if digest else [])


def _unsaid(made: list[Message], before: dict, contacts: dict[str, tuple[str, ...]]) -> list[Message]:
    """Messages with what is new in them; that nobody can be reached is said once."""
    left = []
    for message in made:
        over = DONE if contacts.get(message.recipient) else (*DONE, "no_channel")
        new = [n for n, entry in enumerate(message.entries) if before.get((*entry, message.recipient)) not in over]
        if len(new) == len(message.entries):
            left.append(message)
        elif new:
            tail = message.lines[len(message.entries) :]
            left.append(replace(message, lines=(*(message.lines[n] for n in new), *tail), entries=tuple(message.entries[n] for n in new)))
    return left


def where_asked(night: Night) -> None:
    """After a night: remind where the site says so (`remind` in settings.csv); a night that is published fails by nothing in it."""
    if night.criteria.parameters.word("remind") != "true":
        return
    settings, say = night.settings, speaker(night.settings.lang)
    try:
        remind(settings, night.criteria)
    except Exception as failure:  # noqa: BLE001, a night that is published stays published
        reason = failure.said(settings.lang) if isinstance(failure, Said) else f"{type(failure).__name__}: {failure}"
        notices.tell(settings.notices, say("matter.failed_title", day=settings.as_of.date()), [visible(reason)[:500]])
