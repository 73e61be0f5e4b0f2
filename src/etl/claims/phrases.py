"""Read a figure that is put in words: 三分之二, 1/2, 八成五, 过半, 翻一番, 持平, 全部完成."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import inf

from etl.claims.figure import NUMBER, Figure
from etl.claims.interval import End, Interval
from etl.claims.lexicon import Lexicon, Spread
from etl.claims.signs import take_sign
from etl.claims.units import Measure
from etl.claims.vague import vague_word
from etl.normalise.numerals import CHARACTERS, chinese_number

PERCENT = Measure(Fraction(1, 100), text="%")
_PART = re.compile(rf"([{CHARACTERS}\d]+)分之([{CHARACTERS}点\d.]+)")
_SLASH = re.compile(r"(\d{1,3})[/⁄](\d{1,3})")
_TENTHS = re.compile(rf"([{CHARACTERS}\d])成([{CHARACTERS}半\d])")
_PRINTED = (100, 1000, 10_000)  # 百分之, 千分之, 万分之: the number behind is printed to its last digit


def read_phrase(text: str, body: str, exact: bool, lexicon: Lexicon) -> Figure | None:
    """A figure in words, in percent; None where it is none. `body` is the folded `text` without notes."""
    for candidate, sign in ((body, None), take_sign(body, lexicon)):
        for particle in lexicon.particles:
            candidate = candidate.replace(particle, "")
        if found := _hedged(candidate, lexicon):
            (value, span, limits), said = found
            if said == "share" and exact:
                span = Interval.of(value)
            factor = -1 if sign and sign.factor < 0 else 1
            how = sign.said if sign and sign.said else said
            return Figure(
                text, factor * value * 100, _percent(span, factor), PERCENT, True, how, _percent(limits, factor) if limits else None
            )
    return None


def _percent(span: Interval, factor: int) -> Interval:
    percent = Interval(_times(span.low), _times(span.high), span.open_low, span.open_high)
    return percent if factor > 0 else -percent


def _times(end: End) -> End:
    return end if abs(end) == inf else end * 100


def _hedged(body: str, lexicon: Lexicon) -> tuple[Spread, str] | None:
    """Value, what it stands for and how it is said, with or without one vague word anywhere in it."""
    if found := _core(body, lexicon):
        return found
    for word in lexicon.vague:
        if word in body:
            bare = body.replace(word, "", 1)
            if found := _core(bare, lexicon) or _core(take_sign(bare, lexicon)[0], lexicon):  # 约占三分之一
                (value, span, _), said = found
                vague = vague_word(word, lexicon)
                return (value, vague.widen(value, span), vague.limit(value)), said
    return None


def _core(body: str, lexicon: Lexicon) -> tuple[Spread, str] | None:
    for said, words in (("multiple", lexicon.multiples), ("share", lexicon.shares)):
        if body in words:
            return words[body], said
    over: Decimal | None
    under: Decimal | None
    if found := _SLASH.fullmatch(body):
        over, under = map(Decimal, found.groups())
    elif found := _PART.fullmatch(body):
        under, over = map(_numeral, found.groups())
    elif found := _TENTHS.fullmatch(body):
        whole, rest = (_numeral("五" if digit == "半" else digit) for digit in found.groups())
        if whole is None or rest is None or max(whole, rest) > 10:
            return None
        under, over = Decimal(100), whole * 10 + rest
    else:
        return ((value, _about(value, lexicon), None), "share") if (value := lexicon.fractions.get(body)) else None
    if over is None or not under:
        return None
    value = Fraction(over) / Fraction(under)
    span = Interval.printed(over) * Interval.of(1 / Fraction(under)) if under in _PRINTED else _about(value, lexicon)
    return (value, span, None), "share"


def _about(value: Fraction, lexicon: Lexicon) -> Interval:
    return Interval(value - lexicon.fraction_width, value + lexicon.fraction_width)


def _numeral(text: str) -> Decimal | None:
    if NUMBER.fullmatch(text):
        return Decimal(text)
    return chinese_number(f"一{text}" if text[:1] in "百千万" else text)  # 万分之五 is of one 万
