"""Tell journal and ledger what a night found in its files, and how it was judged: the journal first, the ledger is made of it.

A ledger that is down, damaged or unreachable stops no night: the journal has its lines, and says that the ledger is behind;
whoever opens the ledger next adds what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from etl.inbox.journal import enter, last, read_journal
from etl.land import ledger
from etl.model import Submission
from etl.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

BEHIND, CAUGHT_UP = "ledger_behind", "ledger_caught_up"
TROUBLE = (SQLAlchemyError, ledger.BadAddress, ImportError, OSError)  # of the database, of its driver, of its folder


def books(settings: Settings) -> Engine:
    """The ledger; one that is empty and should not be, or is behind, is filled from the journal. Raises one of TROUBLE."""
    engine = ledger.open_ledger(settings.ledger_url)
    journal = read_journal(settings.archive)
    late = last(journal, BEHIND, CAUGHT_UP)
    is_behind = late is not None and late["kind"] == BEHIND
    if is_behind or not ledger.nights(engine):
        ledger.replay(engine, journal)
    if is_behind:
        enter(settings.archive, [{"kind": CAUGHT_UP}])
    return engine


def books_or_journal(settings: Settings) -> Engine:
    """The ledger, or where it is down one in memory that the journal filled: what was said to whom is known all the same."""
    try:
        return books(settings)
    except TROUBLE as trouble:
        fallen_behind(settings, trouble)
    engine = ledger.open_ledger("sqlite://")
    ledger.replay(engine, read_journal(settings.archive))
    return engine


def note(settings: Settings, write: Callable[[Engine], None]) -> None:
    """Write to the ledger what stands in the journal already; what cannot be written now is added by a later night."""
    try:
        engine = books(settings)
        try:
            write(engine)
        finally:
            engine.dispose()
    except TROUBLE as trouble:
        fallen_behind(settings, trouble)


def behind(settings: Settings) -> str:
    """Why the ledger lacks what the journal has; "" where it lacks nothing, or nothing any more."""
    late = last(read_journal(settings.archive), BEHIND, CAUGHT_UP)
    if late is None or late["kind"] == CAUGHT_UP or not settings.ledger_url:
        return ""
    try:
        books(settings).dispose()
    except TROUBLE as trouble:
        return _named(settings, trouble)
    return ""


def found(settings: Settings, submissions: list[Submission], attempts: Iterable[tuple[str, int, int, int]] = ()) -> None:
    """Note the submissions of tonight, before they are landed; a night on trial (`luodi plan`) keeps no record.

    `attempts` are files that were read with more time and memory (hash, readings, seconds, megabytes).
    """
    if not settings.ledger_url:
        return
    rows = ledger.submission_rows(submissions)
    told = [{"kind": "reread", "sha256": s, "tries": t, "seconds": n, "megabytes": m} for s, t, n, m in attempts]
    if rows:
        told.append({"kind": "submissions", "rows": [row | {"received_at": row["received_at"].isoformat(sep=" ")} for row in rows]})
    enter(settings.archive, told)
    note(settings, lambda engine: ledger.record_submissions(engine, submissions))


def judged(settings: Settings, night_id: str, submission_ids: Iterable[str]) -> None:
    """Note verdicts as landed, and those of a night that was killed before it could."""
    if not settings.ledger_url:
        return
    engine = books_or_journal(settings)
    unjudged = ledger.unjudged(engine)
    engine.dispose()
    verdicts = ledger.verdicts_landed(settings.landed, {*unjudged, *submission_ids})
    if verdicts:
        enter(settings.archive, [{"kind": "verdicts", "night": night_id, "rows": verdicts}])
    note(settings, lambda engine: ledger.record_verdicts(engine, night_id, verdicts))


def fallen_behind(settings: Settings, trouble: Exception) -> None:
    """Say so in the journal, once."""
    late = last(read_journal(settings.archive), BEHIND, CAUGHT_UP)
    if late is None or late["kind"] == CAUGHT_UP:
        enter(settings.archive, [{"kind": BEHIND, "why": _named(settings, trouble)}])


def kind_of(url: str) -> str:
    """What kind of database an address names; of one that names none nothing is shown, for it may be a password."""
    kind, found, _ = url.partition("://")
    return kind if found else "?"


def _named(settings: Settings, trouble: Exception) -> str:
    """The kind of database and of trouble; the words of a driver may hold names of machines and accounts."""
    return f"{kind_of(settings.ledger_url)}: {type(getattr(trouble, 'orig', None) or trouble).__name__}"
