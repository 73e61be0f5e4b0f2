"""All that is said to a unit about one submission; every file of a reply is made from this value alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from etl.model import Issue, Submission

SEVERITIES = ("error", "warning", "info")
ACCEPTED = ("accepted", "accepted_with_warnings", "partly_accepted")


@dataclass(frozen=True)
class Answer:
    """One submission, what was found in it, and what it means for the unit.

    `in_force` is True where this submission's figures count now; else `instead` names the file that does, None
    where nothing counts for the period yet.
    """

    submission: Submission
    verdict: str
    issues: tuple[Issue, ...]
    original: Path  # the archived bytes; never written to
    day: date  # of the night that answers
    unit_name: str
    form_name: str
    lines: int = 0
    quarantined: int = 0  # lines kept back because of an error
    in_force: bool = True
    instead: str | None = None
    deadline: date | None = None  # for the correction
    contact: str = ""  # whom to ask
    office: str = ""  # whose seal the letter bears
    number: str = ""  # of the letter
    phone: str = ""
    copies: str = ""  # who else is told
    most_warnings: int = 30  # places of warnings that are listed (digest_cap); the rest is folded and counted
    rules: Mapping[str, str] = field(default_factory=dict)  # code -> name of the rule
    keys: Mapping[str, str] = field(default_factory=dict)  # line_id -> business key
    lang: str = "zh"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many issues of each severity."""
        found = Counter(i.severity for i in self.issues)
        return {s: found[s] for s in SEVERITIES}

    @property
    def file(self) -> str:
        """The name of the sender's file without its folder."""
        return self.submission.file.rpartition("/")[2]
