"""Tell journal and ledger what a night found in its files, and how it was judged: the journal first, the ledger is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from etl.inbox.journal import enter, read_journal
from etl.land import ledger
from etl.model import Submission
from etl.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


def books(settings: Settings) -> Engine:
    """The ledger; one that is empty and should not be is filled from the journal."""
    engine = ledger.open_ledger(settings.ledger_url)
    if not ledger.nights(engine):
        ledger.replay(engine, read_journal(settings.archive))
    return engine


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
    engine = books(settings)
    ledger.record_submissions(engine, submissions)
    engine.dispose()


def judged(settings: Settings, night_id: str, submission_ids: Iterable[str]) -> None:
    """Note verdicts as landed, and those of a night that was killed before it could."""
    if not settings.ledger_url:
        return
    engine = books(settings)
    verdicts = ledger.verdicts_landed(settings.landed, {*ledger.unjudged(engine), *submission_ids})
    if verdicts:
        enter(settings.archive, [{"kind": "verdicts", "night": night_id, "rows": verdicts}])
    ledger.record_verdicts(engine, night_id, verdicts)
    engine.dispose()
