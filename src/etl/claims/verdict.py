"""What the check says of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf

from etl.texts.catalogue import Text

VERDICTS = ("agree", "disagree", "conflict", "corrupt", "derived")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with the recomputed value and the sentence that says why.

    agree: the intervals touch; disagree: no rounding makes it hold, or the speaker contradicts himself; conflict: it
    holds only under another definition, ask the unit; corrupt: the text is damaged; derived: nothing was reported.
    `point`, `low`, `high` and `difference` (reported less recomputed) are in `unit`; an unbounded end is None.
    """

    id: str
    verdict: str
    recomputed: str  # point and [low, high] with four decimals, or words
    said: Text
    reported: str = ""
    unit: str = ""
    point: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    difference: Decimal | None = None
    statement: str = ""

    @property
    def sentence(self) -> str:
        """What is said of it, in Chinese as the statements are."""
        return str(self.said)


def decimal(value: Fraction | float | None, digits: int = 10) -> Decimal | None:
    """A value as a Decimal of at most so many decimals; None where it is unbounded."""
    if value is None or abs(value) == inf:
        return None
    from etl.claims.interval import half_up

    rounded = half_up(Fraction(value), digits)
    return (Decimal(rounded.numerator) / Decimal(rounded.denominator)).normalize() + Decimal(0)


def joined(parts: Sequence[Text | str]) -> Text | str:
    """Several texts as one: 甲；乙."""
    first, *others = parts
    for other in others:
        first = Text("claims.both", first=first, other=other)
    return first
