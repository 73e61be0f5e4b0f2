"""The small values of one night: what it received, how it is named, and what it reports in the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from etl.decisions.match import asleep
from etl.inbox.archive import Copy
from etl.model import Issue, Received
from etl.site import Site

if TYPE_CHECKING:
    from etl.publish.reconcile import Balance
    from etl.retries import Again


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


def night_id(as_of: datetime, files: Iterable[tuple[str, str]], site: Site, code: str, tries: Mapping[str, int] | None = None) -> str:
    """Name a night after what decides its outcome: day, then a hash of its inputs.

    `files` are (name, sha256) of all files ever received, tonight's included; `code` is `fingerprint()`. `tries` are the
    files (by sha256) that were read again with more time and memory, and how often they were read. Of the night's instant only that matters which slots are overdue and which decisions have begun or run out.
    """
    digest = hashlib.sha256()
    for name, sha256 in sorted(files):
        digest.update(f"{sha256} {name}\n".encode("utf-8", "surrogateescape"))
    digest.update(f"{site.fingerprint}\n{code}\n".encode())
    for sha256, times in sorted((tries or {}).items()):
        digest.update(f"{sha256} was read {times} times\n".encode())
    overdue = [s for s in site.roster if s.deadline < as_of.date()]
    for slot in sorted(overdue, key=lambda s: (s.unit, s.form, s.period)):
        digest.update(f"{slot.unit} {slot.form} {slot.period} is overdue\n".encode())
    for decision in asleep(site.decisions, as_of.date()):
        digest.update(f"{decision} has no effect\n".encode())
    return f"{as_of:%Y%m%d}-{digest.hexdigest()[:12]}"


def same_inputs(one: str, other: str) -> bool:
    """True where two nights differ in nothing but their day."""
    return one.partition("-")[2] == other.partition("-")[2] != ""


@lru_cache(maxsize=1)
def fingerprint(home: Path) -> str:
    """SHA-256 over the code, the contracts and the models that a night works with."""
    digest = hashlib.sha256()
    for room, endings in (("src/etl", {".py"}), ("expectations", None), ("dbt_project", None)):
        for path in sorted((home / room).rglob("*")):
            inside = path.relative_to(home)
            if {"target", "logs", "dbt_packages", "__pycache__"} & set(inside.parts) or not path.is_file():
                continue
            if endings is None or path.suffix in endings:
                digest.update(f"{inside.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
