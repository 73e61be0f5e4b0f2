"""Read one figure as printed (3.48 亿元, 30 家以上, ≥30%, 七成, 2000-09) with all that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf

from etl.claims.interval import Interval
from etl.claims.lexicon import Factors, Lexicon
from etl.claims.units import Unit, read_unit
from etl.normalise.dates import read_date
from etl.normalise.numerals import CHARACTERS, chinese_number
from etl.normalise.text import damaged, fold

DAY = Unit(counts=(("日期", 1),))
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)")
_CHINESE = re.compile(rf"[{CHARACTERS}点]+")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)%?(?:[-~～—]|至|到)(\d+(?:\.\d+)?)(\D*)")
_FOOTNOTE = re.compile(r"(?<=[\d%\u4e00-\u9fff])[*＊]$")
_NOTE = re.compile(r"\([^()]*[^()\d.,%][^()]*\)$")
_TORN = re.compile(r"\d\s+(?!\d{3}(?:\D|$))\d")           # 1 234 is a number, 1 2 lost something
_DASHES = str.maketrans("−﹣‐‑–", "-----")
_LONGEST = 40                                            # digits; nothing that an office prints is longer


class Damaged(Exception):
    """A figure that nobody can have written so; the text says what is wrong with it, in Chinese."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the number printed and the interval it stands for, both in `unit`."""

    text: str
    value: Fraction
    interval: Interval
    unit: Unit
    vague: bool = False

    @property
    def is_date(self) -> bool:
        return self.unit == DAY

    @property
    def rounded(self) -> Interval:
        """The interval where even a count may have been rounded, as the result of a division is."""
        if self.vague or not self.interval.exact:
            return self.interval
        found = _NUMBER.search(self.text.translate(_DASHES))
        return Interval.printed(Decimal(found.group().replace(",", ""))) if found else self.interval


def is_blank(text: str, lexicon: Lexicon) -> bool:
    return fold(text) in lexicon.blank


def read_figure(text: str, lexicon: Lexicon) -> Figure | None:
    """Understand a figure; None where the text is words only. Raises Damaged.

    A number stands for half a unit of its last digit either way; counts, and what ends in `!`, are exact;
    vague words and bounds widen one side (rules_later.md, section 1).
    """
    text = _FOOTNOTE.sub("", text.strip())
    if damaged(text) or any(sign in lexicon.damage_in_figure for sign in text):
        raise Damaged(f"“{text}”里有残缺或无法辨认的字符")
    if _TORN.search(text):
        raise Damaged(f"“{text}”的数字中间断开")
    body = _NOTE.sub("", fold(text).translate(_DASHES))
    exact = body.endswith("!")
    body, sign = _take_sign(body.rstrip("!"), lexicon)
    body, vague = _take_vague(body, lexicon)
    if (found := _RANGE.fullmatch(body)) and not read_date(body).value and (unit := read_unit(found.group(3), lexicon)):
        low, high = (Fraction(found.group(n)) for n in (1, 2))
        if low < high:
            return Figure(text, (low + high) / 2 * sign, Interval(*sorted((low * sign, high * sign))), unit, True)
    number, rest = _number(body)
    if not vague:
        rest, vague = _take_vague(rest, lexicon)         # 10个多月 and 3亿多元 keep the word inside
    if number is None:
        if not any(c.isdigit() for c in body):
            return None
        return _date(text, body) or _unreadable(text)
    if (unit := read_unit(rest.removeprefix("个") if vague and rest == "个月" else rest, lexicon)) is None:
        return _date(text, body) or _unreadable(text)
    return _figure(text, number * sign, unit, vague, exact, lexicon)


def _figure(text: str, number: Decimal, unit: Unit, vague: Factors | None, exact: bool, lexicon: Lexicon) -> Figure:
    value = Fraction(number)
    counted = bool(unit.counts) and not unit.dims and unit.scale == 1 and len(unit.counts) == 1
    if counted and value.denominator > 1 and unit.counts[0][0] in lexicon.whole:
        raise Damaged(f"“{text}”不可能是{unit.text}数")
    if vague:
        interval = _widened(value, vague, any(word in fold(text) for word in lexicon.open_words))
    else:
        interval = Interval.of(value) if exact or counted else Interval.printed(number)
    return Figure(text.strip(), value, interval, unit, vague is not None)


def _widened(value: Fraction, factors: Factors, is_open: bool) -> Interval:
    low, high = factors
    ends = [-inf if low is None else low * value, inf if high is None else high * value]
    if None not in factors:
        ends.sort()                                      # about -8 lies between -8.8 and -7.2
    return Interval(ends[0], ends[1], is_open and ends[0] == value, is_open and ends[1] == value)


def _take_vague(text: str, lexicon: Lexicon) -> tuple[str, Factors | None]:
    """Split a vague word or a bound off the beginning or the end; inside a unit it stands behind 个 or the scale."""
    for word, factors in lexicon.vague.items():
        if len(text) > len(word):
            if text.startswith(word):
                return text[len(word):], factors
            if text.endswith(word):
                return text[: -len(word)], factors
            if word in ("多", "余") and re.match(rf"[个万亿]+{word}", text):
                return text.replace(word, "", 1), factors
    return text, None


def _take_sign(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """Take a filling word (共, 达) and the direction of a change (增长 is plus, 下降 minus) off the beginning."""
    sign = 1
    for words, value in ((lexicon.fillers, 1), (lexicon.rises, 1), (lexicon.falls, -1)):
        for word in words:
            if text.startswith(word) and len(text) > len(word):
                text, sign = text[len(word):], sign * value
                break
    return text, sign


def _number(body: str) -> tuple[Decimal | None, str]:
    if body.startswith("百分之"):
        number, rest = _number(body.removeprefix("百分之"))
        return number, rest + "%"
    if found := _NUMBER.match(body):
        if len(found.group()) > _LONGEST:
            raise Damaged("数字过长")
        return Decimal(found.group().replace(",", "")), body[found.end():]
    if found := _CHINESE.match(body):
        word = found.group()
        while word and word[-1] in "万亿" and body[len(word):len(word) + 1] not in ("",):   # 三万元 is 3 of 万元
            word = word[:-1]
        return chinese_number(word), body[len(word):]
    return None, body


def _unreadable(text: str) -> None:
    raise Damaged(f"“{text}”不是一个能读的数")


def _date(text: str, body: str) -> Figure | None:
    """A date as the days it may be: from the first to the last of its month, quarter or year."""
    day = read_date(body)
    if day.value is None:
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
