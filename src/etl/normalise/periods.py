"""The period that a title, a label, a sheet name or a file name speaks of; never taken from the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from etl.normalise.dates import arabic
from etl.normalise.text import fold

_TO = r"[-—–~至到]"
_RANGE = rf"(?:1月?{_TO})?"
_FIRST = re.compile(r"元(?=月|[-—–~至到]\d{1,2}月)")
_SHORT = re.compile(r"(?<![\d.])(\d\d)(?=年度?(?:1?\d月|1[-—–~至到]\d|第?[1-4一二三四]季|[上下]半年))")
_SPAN = re.compile(rf"(20\d\d)[年.\-/]0?1(?:月(?:0?1日)?)?{_TO}(?:20\d\d[年.\-/])?(\d{{1,2}})月")
_UNTIL = re.compile(r"截[至止]到?(20\d\d)[年.\-/](\d{1,2})[月.\-/]\d{1,2}")
_FULL = re.compile(rf"(20\d\d)(?:年度?|[.\-_/]){_RANGE}(\d{{1,2}})(?:月(?!\d{{1,2}}[日号])|(?![\d月]|[.\-_/]\d))")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(rf"(?<![\d年.]){_RANGE}(\d{{1,2}})月")
_QUARTER = r"(?:第?([1-4一二三四])季度?|Q([1-4])|([上下])半年)"
_YEAR_QUARTER = re.compile(rf"(20\d\d)年?度?{_QUARTER}")
_BARE_QUARTER = re.compile(_QUARTER)
_YEAR = re.compile(r"(20\d\d)(?:年|(?!\d))")
_MONTH_ALONE = re.compile(r"(?:第?([1-9]|1[0-2])月?份?)")
_YEAR_ALONE = re.compile(r"(20\d\d)年?度?")
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?")


def find_period(text: str, cadence: str, year: int | None = None) -> str | None:
    """The period named in a text: 2024-03 for a monthly form, 2024 for a yearly one; None if none is.

    A month without a year takes `year`; 24年 is 2024年. A range (1-3月, 截至3月31日, 一季度) is the period of its last month.
    """
    text = _plain(text)
    if cadence == "yearly":
        found = _YEAR.search(text)
        return found.group(1) if found else None
    for pattern in (_SPAN, _UNTIL, _FULL, _COMPACT):
        for found in pattern.finditer(text):
            if 1 <= int(found.group(2)) <= 12:
                return f"{found.group(1)}-{int(found.group(2)):02d}"
    if found := _YEAR_QUARTER.search(text):
        return f"{found.group(1)}-{_last_month(*found.groups()[1:]):02d}"
    if year and (found := _MONTH.search(text)) and 1 <= int(found.group(1)) <= 12:
        return f"{year}-{int(found.group(1)):02d}"
    if year and (found := _BARE_QUARTER.search(text)):
        return f"{year}-{_last_month(*found.groups()):02d}"
    return None


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return _SHORT.sub(r"20\1", _FIRST.sub("1", arabic(fold(text))))


def _last_month(ordinal: str | None, number: str | None, half: str | None) -> int:
    if half:
        return 6 if half == "上" else 12
    said = ordinal or number
    assert said is not None  # the pattern finds one of the three
    return 3 * ("1234一二三四".index(said) % 4 + 1)


def find_year(text: str) -> int | None:
    """The first year of this century in a text."""
    found = _YEAR.search(_plain(text)) or _COMPACT.search(fold(text))
    return int(found.group(1)) if found else None


def year_alone(text: str) -> int | None:
    """The year of a text that is nothing else: 2024, 2024年, 2024年度."""
    found = _YEAR_ALONE.fullmatch(_plain(text))
    return int(found.group(1)) if found else None


def month_alone(text: str) -> int | None:
    """The month of a text that is nothing else: 1, 01, 1月, 元月份."""
    found = _MONTH_ALONE.fullmatch(_plain(text).lstrip("0"))
    return int(found.group(1)) if found else None


def period_end(period: str | None) -> date | None:
    """The last day of 2024-03, 2024-Q1, 2024-H1 or 2024; None where the period is not known."""
    found = _PERIOD.fullmatch(period or "")
    if not found:
        return None
    year, month = int(found["year"]), int(found["month"] or int(found["quarter"] or 0) * 3 or int(found["half"] or 2) * 6)
    return date(year, month, monthrange(year, month)[1])


def period_start(period: str | None) -> date | None:
    """The first day of a period."""
    end = period_end(period)
    months = {"": 12, "Q": 3, "H": 6}.get((period or "")[5:6], 1)
    return end and date(end.year, end.month - months + 1, 1)
