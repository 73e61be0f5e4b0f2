"""The small values of one night: what it received, and what it reports in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from etl.inbox.archive import Copy
from etl.model import Issue, Received

if TYPE_CHECKING:
    from etl.night.retries import Again
    from etl.publish.reconcile import Balance


@dataclass(frozen=True, slots=True)
class Receipt:
    """What lay in the inbox tonight, sorted."""

    new: tuple[Received, ...] = ()
    copies: tuple[Copy, ...] = ()                          # bytes that came before under another name
    known: int = 0                                         # received in an earlier night
    waiting: tuple[str, ...] = ()                          # still being written
    ignored: tuple[str, ...] = ()                          # lock, system and unfinished files
    refused: tuple[tuple[str, str], ...] = ()              # links, devices and folders, with their kind
    again: tuple[Again, ...] = ()                          # of earlier nights, refused by a limit: they get more tonight

    @property
    def files(self) -> int:
        return len(self.new) + len(self.copies) + self.known

    @property
    def came(self) -> tuple[Received, ...]:
        """Every file that is in the inbox under this name with these bytes for the first time."""
        return (*self.new, *(copy.received for copy in self.copies))


@dataclass(slots=True)
class Report:
    """What a night tells the people in the morning; filled step by step, never part of the published data."""

    as_of: datetime
    state: str = "running"                                 # published, nothing_new, failed
    night_id: str = ""
    receipt: Receipt = field(default_factory=Receipt)
    submissions: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    refusals: list[tuple[str, str, str]] = field(default_factory=list)     # file, verdict, why in one sentence
    issues: dict[str, int] = field(default_factory=dict)                   # severity -> number
    lines: dict[str, int] = field(default_factory=dict)                    # received, published, quarantined ...
    published: Path | None = None
    replies: int = 0                                       # made or made anew tonight
    failure: str = ""


def refusals(verdicts: Mapping[str, str], issues: Sequence[Issue]) -> list[tuple[str, str, str]]:
    """(file, verdict, sentence) of every submission that was not used, with the first error that decided so."""
    decisive = {}
    for issue in issues:
        if issue.severity == "error" and issue.level == "submission":
            decisive.setdefault(issue.submission_id, issue)
    return sorted(
        (decisive[sid].file, verdict, decisive[sid].sentence)
        for sid, verdict in verdicts.items() if verdict in ("rejected", "unreadable") and sid in decisive
    )


def line_balance(balances: Sequence[Balance]) -> dict[str, int]:
    """Lines of all forms: received, published, quarantined, superseded."""
    lines = [b for b in balances if b.what == "lines" and not b.file]
    return {part: int(sum(getattr(b, part) for b in lines)) for part in ("received", "published", "quarantined", "superseded")}
