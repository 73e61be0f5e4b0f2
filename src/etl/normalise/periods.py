"""The period that a title, a label, a sheet name or a file name speaks of; never taken from the clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from etl.normalise.dates import arabic
from etl.normalise.numerals import chinese_number
from etl.normalise.text import fold
from etl.period import GRAIN_OF, MONTHS, Period

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
_TEN = re.compile(r"(?:(20\d\d)年?)?(?<!\d)(\d{1,2})月份?([上中下])旬|(20\d\d)-(\d\d)-X([123])")
_WEEK = re.compile(r"(?:(20\d\d)年?度?)?(?<![月份第\d])第?(\d{1,2})周|(20\d\d)-?W(\d\d)(?!\d)")
_WEEK_IN_WORDS = re.compile(r"(?<=第)[一二三四五六七八九十]{1,3}(?=周)")
_CODED = re.compile(r"(20\d\d)-?([QH][1-4])(?!\d)")
_DAY = re.compile(r"(?:(20\d\d)[年.\-/])?(?<!\d)(\d{1,2})[月.\-/](\d{1,2})(?:[日号]|(?![\d月]))|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_DAYS = re.compile(
    rf"(?:(20\d\d)[年.\-/])?(\d{{1,2}})[月.\-/](\d{{1,2}})[日号]?{_TO}(?:(?:20\d\d[年.\-/])?(\d{{1,2}})[月.\-/])?(\d{{1,2}})[日号]?"
)
# What a person writes who says a period and nothing else.
_SAID = {
    "half": re.compile(r"(20\d\d)[-年]?(?:H([12])|([上下])半年)"),
    "quarter": re.compile(r"(20\d\d)[-年]?(?:Q([1-4])|第?([1-4一二三四])季度?)"),
    "month": re.compile(r"(20\d\d)[-./年]?(0?[1-9]|1[0-2])月?份?()"),
    "year": re.compile(r"(20\d\d)年度?()()"),
}
_ORDINALS = {"上": 1, "下": 2, "1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def find_period(text: str, cadence: str, year: int | None = None) -> str | None:
    """The code of the period that a text names for a form of a cadence; None if it names none.

    A month, week or day without a year takes `year`; 24年 is 2024年. For a monthly form a range (1-3月, 截至3月31日, 一季度)
    is its last month; for a quarterly or half-yearly one a month is the period that it ends, and no period where it ends none.
    """
    found = _FINDERS[GRAIN_OF[cadence]](_plain(text), year)
    return found.code if found else None


def period_said(text: str) -> Period | None:
    """The period of a text that is nothing else, as people write it on a command line: 2024年7月, 202407, 2024年一季度, 2024-W09."""
    plain = _plain(text).upper()
    if period := Period.read(plain):
        return period
    for grain, pattern in _SAID.items():
        if found := pattern.fullmatch(plain):
            year, number, word = found.groups()
            place = int(number) if number else _ORDINALS.get(word, 1)
            return Period.of(grain, date(int(year), place * MONTHS[grain], 1))
    for pattern, find in ((_TEN, _ten_days), (_WEEK, _week), (_DAY, _day)):
        if pattern.fullmatch(plain):
            return find(plain, None)
    return None


def _year(text: str, year: int | None) -> Period | None:
    found = _YEAR.search(text)
    return found and Period.read(found.group(1))


def _month(text: str, year: int | None) -> Period | None:
    for pattern in (_SPAN, _UNTIL, _FULL, _COMPACT):
        for full in pattern.finditer(text):
            if 1 <= int(full.group(2)) <= 12:
                return _of_month(full.group(1), full.group(2))
    if found := _YEAR_QUARTER.search(text):
        return _of_month(found.group(1), _last_month(*found.groups()[1:]))
    if year and (found := _MONTH.search(text)) and 1 <= int(found.group(1)) <= 12:
        return _of_month(year, found.group(1))
    if year and (found := _BARE_QUARTER.search(text)):
        return _of_month(year, _last_month(*found.groups()))
    return None


def _of_month(year: int | str, month: int | str) -> Period:
    return Period("month", date(int(year), int(month), 1))


def _months(grain: str) -> Callable[[str, int | None], Period | None]:
    """A quarter or half year: by its own name, else by its last month."""

    def find(text: str, year: int | None) -> Period | None:
        coded, named, bare = _CODED.search(text), _YEAR_QUARTER.search(text), _BARE_QUARTER.search(text)
        if coded and (period := Period.read("-".join(coded.groups()))):
            month: Period | None = _of_month(period.year, period.last_month)
        elif named:
            month = _of_month(named.group(1), _last_month(*named.groups()[1:]))
        elif year and bare:
            month = _of_month(find_year(text) or year, _last_month(*bare.groups()))
        else:
            month = _month(text, year)
        whole = month and month.within(grain)
        return whole if month and whole and whole.end == month.end else None

    return find


def _ten_days(text: str, year: int | None) -> Period | None:
    for found in _TEN.finditer(text):
        said, month, part, coded, of_month, third = found.groups()
        place = int(third) if third else "上中下".index(part) + 1
        if (said or coded or year) and (period := Period.read(f"{said or coded or year}-{int(month or of_month):02d}-X{place}")):
            return period
    return None


def _week(text: str, year: int | None) -> Period | None:
    """By its number, else by its first and last day where both lie in one week."""
    text = _WEEK_IN_WORDS.sub(lambda number: str(chinese_number(number.group())), text)
    for found in _WEEK.finditer(text):
        said, number, coded, of_year = found.groups()
        if (said or coded or year) and (period := Period.read(f"{said or coded or find_year(text) or year}-W{int(number or of_year):02d}")):
            return period
    for found in _DAYS.finditer(text):
        said, month, first, last_month, last = found.groups()
        days = [Period.read(f"{said or year}-{int(m):02d}-{int(d):02d}") for m, d in ((month, first), (last_month or month, last))]
        weeks = {Period.of("week", day.start) for day in days if day}
        if all(days) and len(weeks) == 1:
            return weeks.pop()
    return None


def _day(text: str, year: int | None) -> Period | None:
    for found in _DAY.finditer(text):
        said, month, day = found.groups()[:3] if found.group(2) else found.groups()[3:]
        if (said or year) and (period := Period.read(f"{said or year}-{int(month):02d}-{int(day):02d}")):
            return period
    return None


_FINDERS: dict[str, Callable[[str, int | None], Period | None]] = {
    "year": _year,
    "half": _months("half"),
    "quarter": _months("quarter"),
    "month": _month,
    "ten_days": _ten_days,
    "week": _week,
    "day": _day,
}


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return _SHORT.sub(r"20\1", _FIRST.sub("1", arabic(fold(text))))


def _last_month(ordinal: str | None, number: str | None, half: str | None) -> int:
    if half:
        return 6 if half == "上" else 12
    said = ordinal or number
    assert said is not None  # the pattern finds one of the three
    return 3 * _ORDINALS[said]


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
    """The last day of a period by its code; None where it is none."""
    found = Period.read(period)
    return found.end if found else None


def period_start(period: str | None) -> date | None:
    """The first day of a period by its code."""
    found = Period.read(period)
    return found.start if found else None
