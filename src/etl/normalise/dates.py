"""Dates with the precision they were written in; no parser that guesses (2026Q1 is not 21 February)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from etl.normalise.numerals import chinese_number
from etl.normalise.text import fold

_Y = r"(?P<y>\d{4})"
_SEP = r"[-/.年]"
_PART = r"月?(?:份|底|末|(?P<part>[上中下]旬))?"
_DAYS_OF = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
_QUARTER = r"(?:第?(?P<q>[1-4一二三四])季度?|Q(?P<q2>[1-4]))"
_PATTERNS = [(re.compile(p + "(?:以?前)?"), kind) for p, kind in (
    (rf"{_Y}{_SEP}(?P<m>\d{{1,2}})[-/.月](?P<d>\d{{1,2}})[日号]?", "day"),
    (rf"{_Y}(?P<m>\d{{2}})(?P<d>\d{{2}})", "day"),
    (rf"{_Y}{_SEP}(?P<m>\d{{1,2}}){_PART}", "month"),
    (rf"{_Y}(?P<m>0[1-9]|1[0-2])", "month"),
    (rf"{_Y}年?[-/]?{_QUARTER}(?:底|末)?", "quarter"),
    (rf"{_Y}年?(?P<h>上半年|下半年)", "half"),
    (rf"{_Y}年?(?:度|年?底|年?末)?", "year"),
)]
_NO_YEAR = re.compile(r"\d{1,2}月.*|第?[一二三四1-4]季度.*|[上下]半年")
_SPAN = re.compile(r"(.{6,}?)[-—–~至到](\d{4}[-/.年].*)")
_CLOCK = re.compile(r"(?:\s+|(?<=\d)T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_AMBIGUOUS = re.compile(r"(?:19|20)\d{2}\.1")
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_CHINESE_MONTH = re.compile(r"(?:(?<=[年(（截至止到~—–-])|^)([一二三四五六七八九十]{1,3})(?=月)")
_CHINESE_FIRST = re.compile(r"(?:(?<=年)|^)一(?=[至到~—–-]\d{1,2}月)")
_CHINESE_DAY = re.compile(r"(?<=月)([一二三四五六七八九十]{1,3})(?=[日号])")
_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as understood: `value` is the last day of what was written, `low` the first."""

    value: date | None
    low: date | None = None
    precision: str | None = None
    rule: str | None = None              # F06, F07
    reason: str | None = None


def arabic(text: str) -> str:
    """二〇二四年三月 as 2024年3月; other numerals stay as they are."""
    text = _CHINESE_YEAR.sub(lambda m: str(chinese_number(m.group())), text)
    text = _CHINESE_MONTH.sub(lambda m: str(chinese_number(m.group(1))), text)
    text = _CHINESE_FIRST.sub("1", text)
    return _CHINESE_DAY.sub(lambda m: str(chinese_number(m.group(1))), text)


def month_span(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """First and last day of `months` months from the given one."""
    last = month + months - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


def read_date(raw, *, delimited: bool = False, year_of_title: int | None = None) -> Dated:
    """Understand one cell of a date column; every failure carries F06 or F07 and a reason.

    A number 2024.1 may be January or October (F07), as may the same text in a delimited file.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Dated(raw, raw, "day")
    if isinstance(raw, bool):
        return Dated(None, rule="F06", reason="not_a_date")
    if isinstance(raw, (int, Decimal)):
        return _from_number(Decimal(raw))
    text = arabic(fold(_CLOCK.sub("", str(raw).strip())))
    if delimited and _AMBIGUOUS.fullmatch(text):
        return Dated(None, rule="F07", reason="ambiguous_month")
    if re.fullmatch(r"[2-5]\d{4}(?:\.0+)?", text):
        return _from_number(Decimal(text))
    if year_of_title and _NO_YEAR.fullmatch(text):
        dated = _from_text(f"{year_of_title}年{text}")
        return replace(dated, reason="year_from_title") if dated.value else dated
    if found := _SPAN.fullmatch(text):               # 2023.3-2025.12 stands for all of it
        first, last = (_from_text(part) for part in found.groups())
        if first.value and last.value and first.low <= last.value:
            return replace(last, low=first.low)
    return _from_text(text)


def _from_number(number: Decimal) -> Dated:
    if not number.is_finite():
        return Dated(None, rule="F06", reason="not_a_date")
    if number == number.to_integral_value():
        whole = int(number)
        if 20000 <= whole <= 60000:
            day = _EPOCH[False] + timedelta(days=whole)
            return Dated(day, day, "day")
        return _from_text(str(whole))
    text = format(number.normalize(), "f")
    if _AMBIGUOUS.fullmatch(text):
        return Dated(None, rule="F07", reason="ambiguous_month")
    if 20000 <= number <= 60000:                     # a serial with a time of day
        day = _EPOCH[False] + timedelta(days=int(number))
        return Dated(day, day, "day")
    return _from_text(text)


def _from_text(text: str) -> Dated:
    failed = Dated(None, rule="F06", reason="not_a_date")
    for pattern, kind in _PATTERNS:
        found = pattern.fullmatch(text)
        if not found:
            continue
        part = found.groupdict()
        year = int(part["y"])
        try:
            if kind == "day":
                day = date(year, int(part["m"]), int(part["d"]))
                return Dated(day, day, "day")
            if kind == "month":
                low, high = month_span(year, int(part["m"]))
                first, last = _DAYS_OF.get(part.get("part"), (1, None))
                low, high = low.replace(day=first), high.replace(day=last or high.day)
            elif kind == "quarter":
                low, high = month_span(year, 3 * ("1234一二三四".index(part["q"] or part["q2"]) % 4) + 1, 3)
            elif kind == "half":
                low, high = month_span(year, 1 if part["h"] == "上半年" else 7, 6)
            else:
                low, high = month_span(year, 1, 12)
        except ValueError:
            return failed
        return Dated(high, high if "底" in text or "末" in text else low, kind)
    return failed
