"""Dates with the precision they were written in; no parser that guesses (2026Q1 is not 21 February).

What a person at the desk reads at a glance is read: the country's order is year, month, day, two digits are 20xx, a day
of the week or a time of day beside a date says nothing more. Where two days may be meant neither is taken (F06 names both).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from etl.model import CellValue
from etl.normalise.numerals import chinese_number
from etl.normalise.text import fold
from etl.texts.catalogue import chinese

_Y = r"(?P<y>\d{4})"
_SEP = r"[-/.年]"
_PART = r"月?(?:份|底|末|初|中|(?P<part>[上中下]旬))?"
_DAYS_OF = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
_QUARTER = r"(?:第?(?P<q>[1-4一二三四])季度?|Q(?P<q2>[1-4]))"
_PATTERNS = [
    (re.compile(p + "(?:[以之]?前)?"), kind)
    for p, kind in (
        (rf"{_Y}{_SEP}(?P<m>\d{{1,2}})[-/.月](?P<d>\d{{1,2}})[日号]?", "day"),
        (rf"{_Y}(?P<sep>[、,·\\])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})[日号]?", "day"),
        (rf"{_Y}(?P<m>\d{{2}})(?P<d>\d{{2}})", "day"),
        (rf"{_Y}{_SEP}(?P<m>\d{{1,2}}){_PART}", "month"),
        (rf"{_Y}、(?P<m>\d{{1,2}})月?", "month"),
        (rf"{_Y}(?P<m>0[1-9]|1[0-2])", "month"),
        (rf"{_Y}年?[-/]?{_QUARTER}(?:底|末)?", "quarter"),
        (rf"{_Y}年?(?P<h>上半年|下半年)", "half"),
        (rf"{_Y}年?(?:度|年?[底末初中])?", "year"),
    )
]
_NO_YEAR = re.compile(r"\d{1,2}月.*|第?[一二三四1-4]季度.*|[上下]半年")
_SPAN = re.compile(r"(.{6,}?)[-—–~至到](\d{4}[-/.年].*)")
_AMBIGUOUS = re.compile(r"(?:19|20)\d{2}\.1")
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_SHORT_CHINESE_YEAR = re.compile(r"^[〇零○一二三四五六七八九]{2}(?=年)")
_CHINESE_MONTH = re.compile(r"(?:(?<=[年(（截至止到~—–-])|^)([一二三四五六七八九十]{1,3})(?=月)")
_FIRST_MONTH = re.compile(r"(?:(?<=年)|^)元(?=月)")
_CHINESE_FIRST = re.compile(r"(?:(?<=年)|^)一(?=[至到~—–-]\d{1,2}月)")
_CHINESE_DAY = re.compile(r"(?<=月)([一二三四五六七八九十]{1,3})(?=[日号])")
_SPACED = re.compile(r"(\d{2}|\d{4})\s+(\d{1,2})(?:\s+(\d{1,2}))?")  # 2024 1 17

# What may stand behind a day without changing it; the day of the week must be the right one.
_TIME = r"\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?(?:\s*[AaPp]\.?[Mm]\.?)?|\d{1,2}[时点](?:整|半|\d{1,2}分?)?"
_HALF_DAY = "上午|下午|早上|晚上|中午|凌晨|傍晚"
_CLOCK = re.compile(
    rf"(?:\s*(?:{_HALF_DAY})\s*(?:{_TIME})?|(?:\s+|(?<=[日号)]))(?:{_TIME})|(?<=\d)T\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?)$"
)
_WEEKDAY = re.compile(r"[\s,]*(?P<open>\()?(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?(open)\))$")
DAYS_OF_WEEK = "一二三四五六日"
_WEEKDAYS = {day: place for place, day in enumerate(DAYS_OF_WEEK)} | {"天": 6}
_AROUND = re.compile("约|前后|左右|上下|大概|大约|预计|暂定|待定|拟")

# Two digits for the year; above the turn a year may be of the last century, and nobody can tell.
_SHORT_YEAR = re.compile(r"(\d{2})(?=年(?:\d{1,2}月|[上下]半年|第?[1-4一二三四]季|Q[1-4]|[底末初中]))")
_THREE = re.compile(r"(\d{1,2}|\d{4})([-/.、])(\d{1,2})\2(\d{1,2}|\d{4})年?")
TURN = 50

_MONTHS = {
    name[:3].lower(): n
    for n, name in enumerate(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"), 1
    )
}
_MONTH_WORD = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_ENGLISH_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*", re.IGNORECASE)
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as understood: `value` is the last day of what was written, `low` the first."""

    value: date | None
    low: date | None = None
    precision: str | None = None
    rule: str | None = None  # F06, F07
    reason: str | None = None  # of a rule: not_a_date, no_such_day, about, two_readings, weekday_differs, ambiguous_month
    expected: str | None = None  # what may have been meant, where that can be said


@lru_cache(maxsize=65536)
def arabic(text: str) -> str:
    """二〇二四年三月 as 2024年3月, 元月 as 1月; other numerals stay as they are."""
    text = _CHINESE_YEAR.sub(lambda m: str(chinese_number(m.group())), text)
    text = _CHINESE_MONTH.sub(lambda m: str(chinese_number(m.group(1))), _FIRST_MONTH.sub("1", text))
    text = _CHINESE_FIRST.sub("1", text)
    return _CHINESE_DAY.sub(lambda m: str(chinese_number(m.group(1))), text)


def month_span(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """First and last day of `months` months from the given one."""
    last = month + months - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


def read_date(raw: CellValue, *, delimited: bool = False, year_of_title: int | None = None) -> Dated:
    """Understand one cell of a date column; every failure carries F06 or F07 and a reason.

    A number 2024.1 may be January or October (F07), as may the same text in a delimited file.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Dated(raw, raw, "day")
    if isinstance(raw, bool):
        return _failed()
    if isinstance(raw, (int, Decimal)):
        return _from_number(Decimal(raw))
    written, weekday, timed = _without_time(unicodedata.normalize("NFKC", str(raw)).strip().strip("'\"‘’“”"))
    written = _SPACED.sub(lambda m: "-".join(g for g in m.groups() if g), written) if _SPACED.fullmatch(written) else written
    dated = _from_written(written, delimited, year_of_title)
    if dated.value and (timed or weekday is not None) and dated.precision != "day":
        return _failed()
    if dated.value and weekday not in (None, dated.value.weekday()):
        right = DAYS_OF_WEEK[dated.value.weekday()]
        return _failed("weekday_differs", chinese("expected.weekday", day=dated.value, weekday=right))
    return dated


def _failed(reason: str = "not_a_date", expected: str | None = None) -> Dated:
    return Dated(None, rule="F06", reason=reason, expected=expected)


def _either(*readings: Dated) -> Dated:
    """The one day that all readings give; else none, and both are named."""
    days = list(dict.fromkeys((d.low, d.value) for d in readings))
    if len(days) == 1:
        return readings[0]
    return _failed("two_readings", " 或 ".join(f"{d.value}" if d.precision == "day" else f"{d.low:%Y-%m}" for d in readings))


def _without_time(text: str) -> tuple[str, int | None, bool]:
    """A date without what stands behind it; the day of the week (0 is Monday), and whether a time was taken off."""
    weekday, timed = None, False
    while True:
        text = text.rstrip(" 。.,;、*\t\n\r")
        if found := _CLOCK.search(text):
            timed = True
        elif found := _WEEKDAY.search(text):
            weekday = _WEEKDAYS[found["day"]]
        else:
            break
        text = text[: found.start()]
    if found := _ENGLISH_WEEKDAY.match(text):
        weekday, text = _ENGLISH_WEEKDAYS.index(found.group(1).lower()), text[found.end() :]
    return text, weekday, timed


def _from_written(written: str, delimited: bool, year_of_title: int | None) -> Dated:
    """Understand a text that holds nothing but a date."""
    if written.isascii() and any(c.isalpha() for c in written) and (dated := _english(written)):
        return dated
    text = arabic(_SHORT_CHINESE_YEAR.sub(lambda m: f"{chinese_number(m.group()):02}", fold(written)))
    if delimited and _AMBIGUOUS.fullmatch(text):
        return _january_or_october(text)
    if re.fullmatch(r"[2-5]\d{4}(?:\.0+)?", text):
        return _from_number(Decimal(text))
    if year_of_title and _NO_YEAR.fullmatch(text):
        dated = _from_text(f"{year_of_title}年{text}")
        return replace(dated, reason="year_from_title") if dated.value else dated
    if found := _SPAN.fullmatch(text):  # 2023.3-2025.12 stands for all of it
        first, last = (_from_text(part) for part in found.groups())
        if first.low and last.value and first.low <= last.value:
            return replace(last, low=first.low)
    if found := _SHORT_YEAR.match(text):
        return _short_year(int(found.group(1)), text[2:])
    if (found := _THREE.fullmatch(text)) and len(found.group(1)) < 4:
        return _in_which_order(*found.groups())
    return _from_text(text)


def _short_year(year: int, rest: str) -> Dated:
    """A year of two digits is of this century; from TURN on it may be of the last one, and both are named."""
    centuries = (20,) if year < TURN else (19, 20)
    readings = [_from_text(f"{century}{year:02}{rest}") for century in centuries]
    return _either(*readings) if all(r.value for r in readings) else readings[0]


def _in_which_order(first: str, separator: str, second: str, last: str) -> Dated:
    """Three numbers that do not begin with a year of four digits: 23.3.14 by the country's order, 1/17/2024 by the only one possible.

    With - and / the month may come first, as an English Excel prints it (01-17-24); two days that are possible are two readings.
    """

    def days(*orders: tuple[str, str, str]) -> list[Dated]:
        return [d for year, month, day in orders if (d := _from_text(f"{year}-{month}-{day}")).value]

    if len(last) == 4:
        found = days((last, first, second), (last, second, first))
        return _either(*found) if found else _failed("no_such_day")
    ours, theirs = [], []
    if len(first) == 2:
        dated = _short_year(int(first), f"-{second}-{last}")
        ours = [dated] if dated.value else []
        if dated.reason == "two_readings":
            return dated
    if len(last) == 2 and int(last) < TURN and (not ours or separator in "-/"):
        theirs = days((f"20{last}", first, second))
        if not ours:
            theirs += days((f"20{last}", second, first))
    return _either(*ours, *theirs) if ours or theirs else _failed("no_such_day")


def _english(text: str) -> Dated | None:
    """17 Jan 2024, Jan 17, 2024, 17-Jan-24 and Dec-22 as an English Excel prints them; None where no month is named."""
    words = re.findall(r"[a-z]+", text.lower())
    words = [w for w in words if w not in ("st", "nd", "rd", "th", "of")]
    numbers = re.findall(r"\d+", text)
    if len(words) != 1 or not _MONTH_WORD.fullmatch(words[0]) or re.search(r"[^\w\s,./'’-]", text):
        return None
    month = _MONTHS[words[0][:3]]
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) < 3]
    if len(numbers) == 1 and years:
        return _from_text(f"{years[0]}-{month}")
    if len(numbers) == 2 and len(years) == len(days) == 1:
        return _from_text(f"{years[0]}-{month}-{days[0]}")
    if len(numbers) == 2 and len(days) == 2 and len(days[1]) == 2:  # the order of Excel's own format: day or month first
        return _short_year(int(days[1]), f"-{month}-{days[0]}")
    if len(numbers) == 1 and days and re.fullmatch(r"[A-Za-z]+[-'’]\d{2}", text):
        return _short_year(int(days[0]), f"-{month}")
    if len(numbers) == len(days) == 1:  # 22-Dec is a day, or a month of 2022
        return _failed("two_readings", f"20{days[0].zfill(2)}-{month:02} 或 {month}月{days[0]}日")
    return _failed()


def _january_or_october(text: str) -> Dated:
    return Dated(None, rule="F07", reason="ambiguous_month", expected=f"{text[:4]}年1月 或 {text[:4]}年10月")


def _from_number(number: Decimal) -> Dated:
    if not number.is_finite():
        return _failed()
    if number == number.to_integral_value():
        whole = int(number)
        if 20000 <= whole <= 60000:
            day = _EPOCH[False] + timedelta(days=whole)
            return Dated(day, day, "day")
        return _from_text(str(whole))
    text = format(number.normalize(), "f")
    if _AMBIGUOUS.fullmatch(text):
        return _january_or_october(text)
    if 20000 <= number <= 60000:  # a serial with a time of day
        day = _EPOCH[False] + timedelta(days=int(number))
        return Dated(day, day, "day")
    return _from_text(text)


def _from_text(text: str) -> Dated:
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
                first, last = _DAYS_OF.get(part.get("part") or "", (1, None))
                low, high = low.replace(day=first), high.replace(day=last or high.day)
            elif kind == "quarter":
                low, high = month_span(year, 3 * ("1234一二三四".index(part["q"] or part["q2"]) % 4) + 1, 3)
            elif kind == "half":
                low, high = month_span(year, 1 if part["h"] == "上半年" else 7, 6)
            else:
                low, high = month_span(year, 1, 12)
        except ValueError:
            return _failed("no_such_day")
        return Dated(high, high if "底" in text or "末" in text else low, kind)
    return _failed("about" if _AROUND.search(text) and any(c.isdigit() for c in text) else "not_a_date")
