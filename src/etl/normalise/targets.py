"""Targets glued together: ≥142公里 is a comparator, a number and a unit."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.normalise.text import fold

_COMPARATOR = re.compile(r"^(>=|<=|≥|≤|≧|≦|=|>|<|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|等于)")
_MEANING = {
    ">=": "≥",
    "<=": "≤",
    "≧": "≥",
    "≦": "≤",
    "不低于": "≥",
    "不少于": "≥",
    "不高于": "≤",
    "不超过": "≤",
    "大于等于": "≥",
    "小于等于": "≤",
    "大于": "≥",
    "小于": "≤",
    "等于": "=",
    ">": "≥",
    "<": "≤",
}
_NUMBER = re.compile(r"^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)([^\d.,]{0,8})$")


def split_target(text: str | None) -> tuple[str | None, Decimal | None]:
    """The comparator and the number of a target or an actual; a part that is not there is None.

    A date, words, or two numbers are not a number: they are never recomputed (indicators.md, section 4).
    """
    if not text:
        return None, None
    folded = fold(text)
    comparator = None
    if found := _COMPARATOR.match(folded):
        comparator = _MEANING.get(found.group(1), found.group(1))
        folded = folded[found.end() :]
    number = _NUMBER.match(folded)
    if not number or number.group(2)[:1] in ("年", "月"):
        return comparator, None
    return comparator, Decimal(number.group(1).replace(",", ""))
