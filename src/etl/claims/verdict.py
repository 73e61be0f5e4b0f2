"""What the check says of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf

from etl.texts.catalogue import Text

# What each verdict means is written once, in the texts `claims.means_*` (docs/claims.md shows them); every reason that the
# check can give stands here under the verdict that follows from it, and nowhere else is a verdict decided.
REASONS = {
    "agree": "agrees holds span_agrees all_listed fits_text exception_fits no_exception no_contradiction no_opposite not_reused",
    "disagree": "apart at_the_end never_holds against_report part_over_whole said_same span_differs miscounted exception no_value_reported",
    "conflict": """other_definition holds_otherwise guessed guessed_relation span_guessed unread clash doubt open_figures base_year
        shortfall unlisted unreached other_basis two_values contradicts opposite reused same_firm undecided""",
    "corrupt": "damaged text_damaged altered base_altered out_of_text short short_marked",
    "derived": "nothing_reported span_alone no_value rule_only",
    "": "not_understood unknown_operation needs_total",  # no verdict: whoever filled in the row has to write it otherwise
}
VERDICTS = tuple(verdict for verdict in REASONS if verdict)
ASKED = ("disagree", "conflict", "corrupt")  # a person has to look
_VERDICT_OF = {f"claims.{reason}": verdict for verdict, reasons in REASONS.items() for reason in reasons.split()}


def verdict_of(said: Text) -> str:
    """The verdict that follows from a reason; '' where the claim was not understood."""
    return _VERDICT_OF[said.key]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with the recomputed value and the sentence that says why.

    `verdict` is one of VERDICTS, or '' where the row was not understood, which is a mistake of the table and no verdict.
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
