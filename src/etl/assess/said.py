"""A score and a place in words: of how many it is, whether it can still move, and why it is doubted or lacking."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from etl.assess.pack import reasons
from etl.texts.catalogue import Say

if TYPE_CHECKING:
    from etl.assess.rescore import Standing


def place_said(p: Standing, say: Say) -> str:
    """第1/6（并列）: a place is nothing without the number that it is of."""
    if p.rank is None:
        return ""
    said = say("pack.place_tied" if (p.tied or 1) > 1 else "pack.place_of", rank=p.rank, compared=p.compared)
    return say("pack.place_provisional", place=said) if p.is_provisional else said


def standing_said(p: Standing, say: Say) -> str:
    """Whether a score is final, or until when it can still be mended; blank where there is none."""
    if p.score is None:
        return ""
    if p.standing == "final":
        return say("pack.is_final" if p.low == p.high else "pack.is_final_unruled")
    return say("pack.open_until", day=p.until) if p.until else say("pack.is_provisional")


def remark_said(p: Standing, say: Say) -> str:
    """Why there is no place, and which leaves are doubted."""
    why = say("pack.no_quorum", count=p.compared) if p.reason == "no_quorum" else reasons(p.reason, say)
    marks = reasons(p.marks, say)
    disputed = say("pack.disputed") if p.is_disputed else ""
    return say("pack.semicolon").join(dict.fromkeys(part for part in (disputed, why, marks) if part))


def score_said(value: Decimal | None) -> str:
    """Points with two digits; blank for none."""
    return "" if value is None else f"{round(value, 2):.2f}"
