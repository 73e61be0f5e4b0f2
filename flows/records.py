"""Keep the row of each night in journal and ledger: when it ran, what it received and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.inbox.journal import enter
from etl.land import ledger
from etl.night import progress
from etl.night.night import Night
from etl.night.records import note
from etl.settings import instant
from etl.validate.queries import NotRun

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(slots=True)
class Ending:
    """How a night that does not fail ends: published, or held; and which rules did not run in it."""

    state: str = "published"
    not_run: tuple[NotRun, ...] = ()


@contextmanager
def recorded(night: Night) -> Iterator[Ending]:
    """The night is running while the block runs, then ended as the block says, or failed with the reason."""
    settings, receipt, outcome = night.settings, night.receipt, Ending()
    started = instant(None)
    told = {"kind": "night", "night": night.id, "as_of": settings.as_of}
    enter(settings.archive, [told | {"state": "running", "at": started}])
    progress.tell("record")

    def begin(engine: Engine) -> None:
        ledger.start_night(engine, night.id, as_of=settings.as_of, started_at=started)
        ledger.record_files(engine, night.id, receipt.came)

    def end(state: str, reason: str = "", counts: Mapping[str, int] | None = None) -> None:
        ended = instant(None)
        enter(settings.archive, [told | {"state": state, "at": ended, "reason": reason, "counts": dict(counts or {})}])
        note(settings, lambda engine: ledger.end_night(engine, night.id, state=state, ended_at=ended, reason=reason, counts=counts))

    note(settings, begin)
    try:
        yield outcome
    except Exception as failure:
        end("failed", f"{type(failure).__name__}: {failure}"[:2000])
        raise
    counts = {"files": receipt.files, "new": len(receipt.new), "copies": len(receipt.copies)}
    if outcome.not_run:  # what is published by such a night is not fully judged
        counts["rules_not_run"] = len(outcome.not_run)
    end(outcome.state, "; ".join(f"{one.rule} {one.form}: {one.reason}" for one in outcome.not_run)[:2000], counts)
