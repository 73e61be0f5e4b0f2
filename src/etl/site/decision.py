"""What people decide about single findings and submissions, as small frozen values with who, why and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.forms.taught import TaughtHeader
from etl.site.slots import Extension, Obligation

ANY = "*"  # in a place that a decision names: whatever stands there


@dataclass(frozen=True, slots=True)
class Explanation:
    """A unit's reason for a finding; it holds while the value stays as it was."""

    decision: str  # where it stands: explanations.csv:3, or the submission that brought it and a number
    source: str  # site, reply
    rule: str
    unit: str
    form: str
    period: str
    business_key: str  # '' for a finding about the whole submission
    column: str
    value: str  # as sent; '' is a blank cell, * any value
    reason: str
    by: str
    at: datetime

    @property
    def address(self) -> tuple[str, ...]:
        return self.rule, self.unit, self.form, self.period, self.business_key, self.column


@dataclass(frozen=True, slots=True)
class Review:
    """What an assessor made of a unit's explanation: accepted, refused, or asked again, then `why` is the question."""

    decision: str  # explanation_reviews.csv:3
    explanation: str  # the decision that it speaks of
    rule: str
    unit: str
    verdict: str
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiver:
    """An error that the data team lets through for a while; blank places mean all of them."""

    decision: str
    rule: str
    unit: str
    form: str
    period: str
    business_key: str
    column: str
    reason: str
    by: str
    first: str  # a period bounds the finding's period, a day the night's; '' is no bound
    until: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Suspension:
    """A rule that the data team sets aside for a while: what it finds is counted and told to no sender."""

    decision: str  # suspensions.csv:3
    rule: str
    form: str  # * is all of them, as for the unit
    unit: str
    first: str  # a period bounds the finding's period, a day the night's; '' is no bound
    until: str
    reason: str
    by: str
    at: datetime
    line: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A submission taken back by its unit or the data team: the file, or the slot's versions received by then."""

    decision: str
    file: str
    unit: str
    form: str
    period: str
    version: int | None
    reason: str
    by: str
    at: datetime
    line: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """An approved change of figures reported before; it answers the rules that are `correctable`."""

    decision: str
    unit: str
    form: str
    period: str
    business_key: str
    column: str
    reason: str
    by: str
    at: datetime
    line: int = 0


@dataclass(frozen=True)
class Decisions:
    """All that people have decided for one county."""

    obligations: tuple[Obligation, ...] = ()
    extensions: tuple[Extension, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    corrections: tuple[Correction, ...] = ()
    headers: tuple[TaughtHeader, ...] = ()
    correctable: frozenset[str] = frozenset()  # the rules that a correction answers, as the rulebook says
    reviews: tuple[Review, ...] = ()
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding stands, in the words of a decision; a business key as it is stored with the line."""

    unit: str | None
    form: str | None
    period: str | None
    business_key: str = ""


NOWHERE = FindingPlace(None, None, None)
