"""Tell the ledger which night runs, what it received, how it judged and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from etl.land import ledger
from etl.model import Submission
from etl.night.report import Receipt
from etl.settings import Settings, instant


@contextmanager
def night(settings: Settings, night_id: str, receipt: Receipt) -> Iterator[None]:
    """Keep the night's row in the ledger: running while the block runs, then published, or failed with the reason."""
    books = ledger.open_ledger(settings.ledger_url)
    ledger.start_night(books, night_id, as_of=settings.as_of, started_at=instant(None))
    ledger.record_files(books, night_id, receipt.came)
    try:
        yield
    except Exception as failure:
        reason = f"{type(failure).__name__}: {failure}"[:2000]
        ledger.end_night(books, night_id, state="failed", ended_at=instant(None), reason=reason)
        raise
    else:
        counts = {"files": receipt.files, "new": len(receipt.new), "copies": len(receipt.copies)}
        ledger.end_night(books, night_id, state="published", ended_at=instant(None), counts=counts)
    finally:
        books.dispose()


def found(settings: Settings, submissions: list[Submission]) -> None:
    """Note the submissions of tonight, before they are landed."""
    books = ledger.open_ledger(settings.ledger_url)
    ledger.record_submissions(books, submissions)
    books.dispose()


def judged(settings: Settings, night_id: str, submission_ids: Iterable[str]) -> None:
    """Note verdicts as landed, and those of a night that was killed before it could."""
    books = ledger.open_ledger(settings.ledger_url)
    missing = ledger.unjudged(books)
    ledger.record_verdicts(books, night_id, settings.landed, {*missing, *submission_ids})
    books.dispose()
