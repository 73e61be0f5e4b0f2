"""Chinese numerals, the ones that clerks write into amounts and dates."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "○": 0, "Ｏ": 0}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHARACTERS = "".join(_DIGITS) + "".join(_SMALL) + "".join(_LARGE)


def chinese_number(text: str) -> Decimal | None:
    """Read 两千五百万, 三点五万 or 二〇二四; None where the characters are no number."""
    if not text or any(c not in CHARACTERS and c != "点" for c in text):
        return None
    if "点" in text:
        whole, _, rest = text.partition("点")
        decimals = rest.rstrip("".join(_LARGE) + "".join(_SMALL))
        scale = Decimal(1)
        for word in rest[len(decimals) :]:
            scale *= _LARGE.get(word) or _SMALL[word]
        left = chinese_number(whole)
        if left is None or not decimals or any(c not in _DIGITS for c in decimals):
            return None
        return Decimal(f"{left}." + "".join(str(_DIGITS[c]) for c in decimals)) * scale
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    last, fresh = 1, False  # the unit before a digit; fresh: no unit since the last digit
    for c in text:
        if c in _DIGITS:
            if fresh and digit:  # 两三百 is a guess between two
                return None
            digit, fresh = _DIGITS[c], True
            last = 1 if not digit else last
            continue
        unit = _SMALL.get(c) or _LARGE[c]
        if c in _SMALL:
            section += (digit or 1) * unit
        else:
            if not (section or digit or total):
                return None
            total = (total + section + digit) * unit if c == "亿" else total + (section + digit) * unit
            section = 0
        digit, last, fresh = 0, unit, False
    return Decimal(total + section + digit * max(1, last // 10))  # 两万五 is 25000
