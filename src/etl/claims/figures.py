"""Read one figure as printed (3.48 亿元, 30 家以上, ≥30%, 七成, 2000-09) with all that it stands for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from etl.claims.figure import DASHES, DAY, Damaged, Figure
from etl.claims.interval import Interval
from etl.claims.lexicon import Lexicon
from etl.claims.numbers import number_and_rest
from etl.claims.phrases import read_phrase
from etl.claims.signs import Sign, take_currency, take_sign
from etl.claims.units import Measure, in_lexicon, read_unit
from etl.claims.vague import Vague, take_vague
from etl.normalise.dates import read_date
from etl.normalise.numerals import CHARACTERS, chinese_number
from etl.normalise.text import fold, has_mojibake

_RANGE = re.compile(r"(\d+(?:\.\d+)?)%?(?:[-~～—]|至|到)(\d+(?:\.\d+)?)(\D*)")
_FROM_TO = re.compile(r"([一二两三四五六七八])([二三四五六七八九])((?!分之)[^\d十百千]+)")  # 七八成 is from seven to eight
_FOOTNOTE = re.compile(r"(?<=[\d%\u4e00-\u9fff])[*＊]$")
_NOTE = re.compile(r"(?<=.)\([^()]*[^()\d.,%][^()]*\)")
_BRACKET = re.compile(rf"(?<=[\d{CHARACTERS}!])[(\[【〔](.*?)[)\]】〕]")
_TORN = re.compile(r"\d\s+(?!\d{3}(?:\D|$))\d")  # 1 234 is a number, 1 2 lost something


def is_blank(text: str, lexicon: Lexicon) -> bool:
    """Whether a cell says in words that it holds no figure (—, 无), or is empty."""
    return fold(text) in lexicon.blank


def read_figure(text: str, lexicon: Lexicon, unit: str = "") -> Figure | None:
    """Understand a figure; None where the text is words only. Raises Damaged.

    A number stands for half a unit of its last digit either way; counts, and what holds `!`, are exact; vague words
    and bounds widen one side (judging.md, section 1). `unit` is the one of a number that brings none.
    """
    text = _FOOTNOTE.sub("", text.strip())
    if has_mojibake(text) or any(sign in lexicon.damage_in_figure for sign in text):
        raise Damaged("claims.unreadable_in", text=text)
    if _TORN.search(text):
        raise Damaged("claims.torn", text=text)
    body = _NOTE.sub("", _BRACKET.sub(lambda found: _unit_in(found, lexicon), fold(text).translate(DASHES)))
    exact = "!" in body
    body = re.sub(r"!(?!\d)", "", body)
    if phrase := read_phrase(text, body, exact, lexicon):
        return phrase
    body, sign = take_sign(body, lexicon)
    body, vague = take_vague(body, lexicon)
    body, sign = take_sign(body, lexicon, sign)
    body, currency = take_currency(body, lexicon)
    if figure := _range(text, body, sign, lexicon):
        return figure
    number, rest = number_and_rest(body, lexicon)
    if not vague:
        rest, vague = take_vague(rest, lexicon)  # 10个多月 and 3亿多元 keep the word inside
    if number is None:
        if not any(c.isdigit() for c in body):
            return None
        return _date(text, body) or _unreadable(text)
    if currency and not rest.endswith(currency):
        rest += currency
    found = read_unit(rest.removeprefix("个") if vague and rest == "个月" else rest or fold(unit), lexicon)
    if found is None:
        return _date(text, body) or _unreadable(text)
    return _figure(text, number, found, sign, vague, exact, lexicon)


def _unit_in(bracket: re.Match[str], lexicon: Lexicon) -> str:
    """A unit behind a bare number loses its brackets, 1.2(亿元); anything else in brackets is a note."""
    content = bracket.group(1)
    for label in lexicon.unit_labels:
        content = content.removeprefix(label).lstrip(":：")
    return content if content and in_lexicon(content, lexicon) else bracket.group()


def _range(text: str, body: str, sign: Sign, lexicon: Lexicon) -> Figure | None:
    found = _RANGE.fullmatch(body) or _FROM_TO.fullmatch(body)
    if found and not read_date(body).value and (unit := read_unit(found.group(3), lexicon)):
        low, high = (_end(part) for part in found.groups()[:2])
        if low < high:
            span = Interval(low, high)
            return Figure(text, (low + high) / 2 * sign.factor, span if sign.factor > 0 else -span, unit, True, sign.said)
    return None


def _end(part: str) -> Fraction:
    number = chinese_number(part) if part[0] in CHARACTERS else Decimal(part)
    assert number is not None  # the patterns take nothing but numerals
    return Fraction(number)


def _figure(text: str, number: Decimal, unit: Measure, sign: Sign, vague: Vague | None, exact: bool, lexicon: Lexicon) -> Figure:
    value = Fraction(number)
    counted = bool(unit.counts) and not unit.dims and unit.scale == 1 and len(unit.counts) == 1
    if counted and value.denominator > 1 and unit.counts[0][0] in lexicon.whole:
        raise Damaged("claims.impossible", text=text, unit=unit.text)
    printed = Interval.of(value) if exact or counted else Interval.printed(number)
    interval = vague.widen(value) if vague else printed
    if sign.factor < 0:
        value, interval = -value, -interval
    return Figure(text.strip(), value, interval, unit, vague is not None, sign.said)


def _unreadable(text: str) -> NoReturn:
    raise Damaged("claims.no_figure", text=text)


def _date(text: str, body: str) -> Figure | None:
    """A date as the days it may be: from the first to the last of its month, quarter or year."""
    day = read_date(body)
    if day.value is None or day.low is None:
        return None
    first, last = day.low.toordinal(), day.value.toordinal()
    return Figure(text.strip(), Fraction(last), Interval(Fraction(first), Fraction(last)), DAY)


def months_between(start: date, end: date) -> Fraction:
    """Whole months from day to day, and what is left as a part of the month it lies in: 30 June to 17 July is 17/30."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    if _plus(start, whole) > end:
        whole -= 1
    begun = _plus(start, whole)
    return whole + Fraction((end - begun).days, max((_plus(start, whole + 1) - begun).days, 1))


def _plus(day: date, months: int) -> date:
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
