"""Tell the ledger what a night found in its files, and how it was judged."""

from __future__ import annotations

from collections.abc import Iterable

from etl.land import ledger
from etl.model import Submission
from etl.settings import Settings


def found(settings: Settings, submissions: list[Submission]) -> None:
    """Note the submissions of tonight, before they are landed; a night on trial (`luodi plan`) has no ledger."""
    if not settings.ledger_url:
        return
    engine = ledger.open_ledger(settings.ledger_url)
    ledger.record_submissions(engine, submissions)
    engine.dispose()


def judged(settings: Settings, night_id: str, submission_ids: Iterable[str]) -> None:
    """Note verdicts as landed, and those of a night that was killed before it could."""
    if not settings.ledger_url:
        return
    engine = ledger.open_ledger(settings.ledger_url)
    missing = ledger.unjudged(engine)
    ledger.record_verdicts(engine, night_id, settings.landed, {*missing, *submission_ids})
    engine.dispose()
