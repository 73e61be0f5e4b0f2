"""What a statement says in words beside its figures: time nearly half gone, exceptions admitted, text damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import inf

from etl.claims.figure import Damaged, Figure
from etl.claims.figures import read_figure
from etl.claims.interval import Interval
from etl.claims.lexicon import Lexicon, Spread
from etl.normalise.text import fold, has_mojibake
from etl.texts.catalogue import Text

_FIGURE = re.compile(r"\d[\d,.]*\s*(?:个?[^\W\d_]{1,3}|%)")
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5}


def fraction_said(statement: str, subject: str, lexicon: Lexicon) -> tuple[str, Interval] | None:
    """A fraction said of the time or of the task, as the words and what they stand for; 时间即将过半 is 0.45 to 0.5."""
    text = fold(statement).replace(",", "，")
    about = f"(?:{_one_of(lexicon.subjects[subject])})"
    nearly, past, word = (_one_of(words) for words in (lexicon.nearly, lexicon.past, lexicon.fractions))
    if found := re.search(rf"{about}[^，。；、未没不]{{0,3}}?({nearly})?({past})?({word})(?![年月天])", text):
        size = lexicon.fractions[found.group(3)]
        if found.group(1):
            return found.group(), Interval(size * Fraction(9, 10), size)
        return found.group(), Interval(size, inf) if found.group(2) else Interval(size * Fraction(9, 10), size * Fraction(11, 10))
    if subject == "time" and (found := re.search(rf"{about}进度[^，。；、\d]{{0,4}}(\d+(?:\.\d+)?)%", text)):
        return found.group(), Interval.printed(Decimal(found.group(1))) * Interval.of(Fraction(1, 100))
    return None


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def damage_said(statement: str, lexicon: Lexicon) -> Text | str | None:
    """The mark of damage that a statement bears, None for a sound text."""
    if has_mojibake(statement) or "□" in statement:
        return Text("claims.unreadable_sign")
    return next((word for word in lexicon.damage_in_text if word in fold(statement)), None)


def hole_said(statement: str, lexicon: Lexicon) -> str | None:
    """Where a statement lost its number: 增长 %，完成投资＿＿亿元."""
    text = fold(statement)
    words = _one_of(word for word, role in lexicon.signs.items() if role in ("rise", "fall", "filler"))
    units = _one_of(("%", "个百分点", *(f"{size}{unit}" for size in ("", "万", "亿") for unit in ("元", "美元", "亩"))))
    found = re.search(rf"(?:{words}|投资|资金|收入)[_xX×]*(?:{units})(?=\W|$)|_{{2,}}|\(\)|\((?:{_one_of(lexicon.holes)})\)", text)
    return found.group() if found else None


def same_said(statement: str, lexicon: Lexicon) -> tuple[str, Spread] | None:
    """Words that nothing changed, in a statement that tells of no rise or fall besides."""
    text = fold(statement)
    if any(word in text for word, role in lexicon.signs.items() if role in ("rise", "fall")):
        return None
    words = [word for word, (value, *_) in lexicon.multiples.items() if value == 1 and text.endswith(word)]
    return (longest := max(words, key=len), lexicon.multiples[longest]) if words else None


def exception_said(statement: str, lexicon: Lexicon) -> str | None:
    """The words by which a speaker admits exceptions."""
    return next((word for word in lexicon.admits if word in fold(statement)), None)


def figures_said(statement: str, lexicon: Lexicon) -> list[Figure]:
    """The figures with a unit that stand in a statement itself."""
    found = []
    for match in _FIGURE.finditer(fold(statement)):
        for end in range(len(match.group()), 1, -1):
            try:
                figure = read_figure(match.group()[:end], lexicon)
            except Damaged:
                continue
            if figure and (figure.unit.counts or figure.unit.scale != 1) and figure.unit.dims == ():
                found.append(figure)
                break
    return found


def years_of_average(statement: str) -> int | None:
    """Over how many years a growth is averaged: 两年平均增长 is 2."""
    found = re.search(rf"([{''.join(_YEARS)}])年平均", fold(statement))
    return _YEARS[found.group(1)] if found else None
