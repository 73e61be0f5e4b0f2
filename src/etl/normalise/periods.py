"""The period that a title, a sheet name or a file name speaks of; never taken from the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from etl.normalise.dates import arabic
from etl.normalise.text import fold

_TO = r"[-—–~至到]"
_RANGE = rf"(?:1{_TO})?"
_SPAN = re.compile(rf"(20\d\d)[年.\-/]0?1(?:月(?:0?1日)?)?{_TO}(?:20\d\d[年.\-/])?(\d{{1,2}})月")
_UNTIL = re.compile(r"截[至止]到?(20\d\d)[年.\-/](\d{1,2})[月.\-/]\d{1,2}")
_FULL = re.compile(rf"(20\d\d)[年.\-_/]{_RANGE}(\d{{1,2}})(?:月(?!\d{{1,2}}[日号])|(?![\d月]|[.\-_/]\d))")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(rf"(?<![\d年.]){_RANGE}(\d{{1,2}})月")
_QUARTER = re.compile(r"(20\d\d)年?(?:第?([1-4一二三四])季度|Q([1-4])|(上半年))")
_YEAR = re.compile(r"(20\d\d)(?:年|(?!\d))")


def find_period(text: str, cadence: str, year: int | None = None) -> str | None:
    """The period named in a text: 2024-03 for a monthly form, 2024 for a yearly one; None if none is.

    A month without a year takes `year`. A range (1-3月, 截至3月31日, 一季度) is the period of its last month.
    """
    text = arabic(fold(text))
    if cadence == "yearly":
        found = _YEAR.search(text)
        return found.group(1) if found else None
    for pattern in (_SPAN, _UNTIL, _FULL, _COMPACT):
        for found in pattern.finditer(text):
            if 1 <= int(found.group(2)) <= 12:
                return f"{found.group(1)}-{int(found.group(2)):02d}"
    if found := _QUARTER.search(text):
        quarter = found.group(2) or found.group(3) or "2"
        return f"{found.group(1)}-{3 * ('1234一二三四'.index(quarter) % 4 + 1):02d}"
    if year and (found := _MONTH.search(text)) and 1 <= int(found.group(1)) <= 12:
        return f"{year}-{int(found.group(1)):02d}"
    return None


def find_year(text: str) -> int | None:
    """The first year of this century in a text."""
    found = _YEAR.search(arabic(fold(text))) or _COMPACT.search(fold(text))
    return int(found.group(1)) if found else None


def period_end(period: str | None) -> date | None:
    """Last day of a period: 2024-03 ends on 2024-03-31, 2024 on 2024-12-31."""
    if not period or not re.fullmatch(r"\d{4}(-\d{2}|-Q[1-4])?", period):
        return None
    year = int(period[:4])
    month = 12 if len(period) == 4 else 3 * int(period[6]) if "Q" in period else int(period[5:])
    return date(year, month, monthrange(year, month)[1])
