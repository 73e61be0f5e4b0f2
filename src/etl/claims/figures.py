"""Read one figure as printed (3.48 亿元, 30 家以上, ≥30%, 七成, 2000-09) with all that it stands for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from etl.claims.figure import DASHES, DAY, Damaged, Figure, Misread, Uncounted
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
_BROKEN = re.compile(r"[^\W_][a-z]|\.\d*\.|^\d{4}[-./年]\d", re.IGNORECASE)  # 3.4O, 3.4.8, 2024-02-31: a sign was lost or changed
_RANK = re.compile(rf"第([{CHARACTERS}\d]+)(?:名|位)?$")
_TOP = re.compile(rf"前([{CHARACTERS}\d]+)(?:名|位)?$")  # 前三: no place behind the third
_HUNDREDS = re.compile(r"上([百千万亿])")  # 上百家
_FIRST = re.compile(r"(?:首位|榜首)$")
_TORN = re.compile(r"\d\s+(?!\d{3}(?:\D|$))\d")  # 1 234 is a number, 1 2 lost something


def is_blank(text: str, lexicon: Lexicon) -> bool:
    """Whether a cell says in words that it holds no figure (—, 无), or is empty."""
    return not {fold(text), fold(text).strip("()[]")}.isdisjoint(lexicon.blank)


def read_figure(text: str, lexicon: Lexicon, unit: str = "", divided: bool = False) -> Figure | None:
    """Understand a figure; None where the text is words only. Raises Damaged and Misread.

    A number stands for half a unit of its last digit either way; counts, and what holds `!`, are exact; vague words
    and bounds widen one side (judging.md, section 1). `unit` is the one of a number that brings none; `divided`:
    it is the result of a division, where half a thing may be.
    """
    text = _FOOTNOTE.sub("", text.strip().rstrip("。；，、;,"))
    if has_mojibake(text) or any(sign in lexicon.damage_in_figure for sign in text):
        raise Damaged("claims.unreadable_in", text=text)
    if _TORN.search(text):
        raise Damaged("claims.torn", text=text)
    body = _NOTE.sub("", _BRACKET.sub(lambda found: _unit_in(found, lexicon), fold(text).translate(DASHES)))
    exact = "!" in body
    body = _HUNDREDS.sub(r"一\1多", _TOP.sub(r"不超过\1名", body))
    body = _RANK.sub(r"\1名", _FIRST.sub("第一", re.sub(r"!(?!\d)", "", body)))
    if phrase := read_phrase(text, body, exact, lexicon):
        return phrase
    body, sign = take_sign(body, lexicon)
    body, vague = take_vague(re.sub(r"^—(?=\d)", "-", body), lexicon)
    body, sign = take_sign(body, lexicon, sign)
    body, currency = take_currency(body, lexicon)
    if figure := _range(text, body, sign, lexicon):
        return figure
    number, rest = number_and_rest(body, lexicon)
    rest, behind = take_vague(rest, lexicon)  # 10个多月 and 3亿多元 keep the word inside
    vague = vague or behind
    if number is None:
        if not any(c.isdigit() for c in body):
            return None
        return _date(text, body) or _unreadable(text)
    if currency and not rest.endswith(currency):
        rest += currency
    found = read_unit(rest.removeprefix("个") if vague and rest == "个月" else rest or fold(unit), lexicon)
    if found is None:
        return _date(text, body) or _unreadable(text)
    if not divided and _halved(number, found, lexicon):
        raise Damaged("claims.impossible", text=text, unit=found.text)
    return _figure(text, number, found, sign, vague, exact)


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


def _figure(text: str, number: Decimal, unit: Measure, sign: Sign, vague: Vague | None, exact: bool) -> Figure:
    value = Fraction(number)
    printed = Interval.of(value) if exact or _counted(unit) else Interval.printed(number)
    interval = vague.widen(value, printed) if vague else printed
    limits = vague.limit(value) if vague else None
    if sign.factor < 0:
        value, interval, limits = -value, -interval, limits and -limits
    return Figure(text.strip(), value, interval, unit, vague is not None, sign.said, limits)


def read_operand(text: str, lexicon: Lexicon) -> Figure:
    """Understand a figure that a claim rests on. Raises Damaged where it is missing or torn, Uncounted for words, Misread."""
    figure = read_figure(text, lexicon)
    if figure:
        return figure
    body = fold(text)
    if is_hole(text, lexicon) or is_blank(text, lexicon):
        raise Damaged("claims.no_number", text=text.strip())
    if any(body.startswith(word) for word in lexicon.uncounted):
        raise Uncounted("claims.uncounted", text=text.strip())
    raise Misread("claims.no_figure", text=text.strip())


def says_multiple(text: str, lexicon: Lexicon) -> bool:
    """Whether words tell what the later value is of the earlier one: 持平, 变化不大, 翻番."""
    phrase = read_phrase(text, fold(text), False, lexicon)
    return phrase is not None and phrase.said == "multiple"


def is_hole(text: str, lexicon: Lexicon) -> bool:
    """Whether a unit stands without its number (增长 %), or a mark that says that one is missing (缺)."""
    body = fold(text)
    bare = re.sub(r"[()\[\]]", "", take_sign(body, lexicon)[0])
    rest = next((bare.removeprefix(hole) for hole in lexicon.holes if bare.startswith(hole)), bare)
    return bool(bare) and (not rest or in_lexicon(rest, lexicon))


def _counted(unit: Measure) -> bool:
    return bool(unit.counts) and not unit.dims and unit.scale == 1 and len(unit.counts) == 1


def _halved(number: Decimal, unit: Measure, lexicon: Lexicon) -> bool:
    """Whether it counts part of what cannot be parted: 21.5 个."""
    return _counted(unit) and Fraction(number).denominator > 1 and unit.counts[0][0] in lexicon.whole


def _unreadable(text: str) -> NoReturn:
    raise (Damaged if _BROKEN.search(fold(text)) else Misread)("claims.no_figure", text=text)


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
