"""Keep the row of each night in the ledger: when it ran, what it received and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from etl.land import ledger
from etl.night import progress
from etl.night.night import Night
from etl.settings import instant


@contextmanager
def recorded(night: Night) -> Iterator[None]:
    """The night is running while the block runs, then published, or failed with the reason."""
    receipt = night.receipt
    progress.tell("record")
    books = ledger.open_ledger(night.settings.ledger_url)
    ledger.start_night(books, night.id, as_of=night.settings.as_of, started_at=instant(None))
    ledger.record_files(books, night.id, receipt.came)
    try:
        yield
    except Exception as failure:
        reason = f"{type(failure).__name__}: {failure}"[:2000]
        ledger.end_night(books, night.id, state="failed", ended_at=instant(None), reason=reason)
        raise
    else:
        counts = {"files": receipt.files, "new": len(receipt.new), "copies": len(receipt.copies)}
        ledger.end_night(books, night.id, state="published", ended_at=instant(None), counts=counts)
    finally:
        books.dispose()
