"""The periods in which a county counts: one value for year, half year, quarter, month, ten days (旬), week and day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

GRAINS = ("year", "half", "quarter", "month", "ten_days", "week", "day")  # from the longest to the shortest
GRAIN_OF = {  # cadence of a form or an obligation -> the grain of its periods
    "yearly": "year",
    "half_yearly": "half",
    "quarterly": "quarter",
    "monthly": "month",
    "ten_days": "ten_days",
    "weekly": "week",
    "daily": "day",
}
MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}  # grain -> months of one period
DAYS = {"ten_days": 10, "week": 7, "day": 1}  # grain -> days of one period, but for the last days of a month
_CODE = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?:X(?P<ten>[123])|(?P<day>\d\d)))?))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its grain and its first day; `Period.of` and `Period.read` make none that begins elsewhere."""

    grain: str
    start: date

    @classmethod
    def of(cls, grain: str, day: date) -> Period:
        """The period of a grain in which a day lies; a week begins on its Monday."""
        if grain in MONTHS:
            return cls(grain, date(day.year, day.month - (day.month - 1) % MONTHS[grain], 1))
        if grain == "ten_days":
            return cls(grain, day.replace(day=min(day.day - 1, 29) // 10 * 10 + 1))
        return cls(grain, day - timedelta(days=day.weekday() if grain == "week" else 0))

    @classmethod
    def read(cls, code: str | None) -> Period | None:
        """The period of a code: 2024, 2024-H1, 2024-Q1, 2024-03, 2024-03-X1, 2024-W09 or 2024-03-05; None for any other text."""
        return _read(code or "")

    @property
    def code(self) -> str:
        """Its name in every table and file; codes of one grain sort in the order of time."""
        year, month = self.start.year, self.start.month
        if self.grain == "week":
            return "{}-W{:02d}".format(*self.start.isocalendar())
        return {
            "year": f"{year}",
            "half": f"{year}-H{month // 6 + 1}",
            "quarter": f"{year}-Q{month // 3 + 1}",
            "month": f"{year}-{month:02d}",
            "ten_days": f"{year}-{month:02d}-X{self.start.day // 10 + 1}",
            "day": f"{self.start}",
        }[self.grain]

    @property
    def end(self) -> date:
        """Its last day; the third ten days reach to the end of their month."""
        if self.grain in MONTHS:
            month = self.start.month + MONTHS[self.grain] - 1
            return date(self.start.year, month, monthrange(self.start.year, month)[1])
        if self.grain == "ten_days" and self.start.day == 21:
            return Period.of("month", self.start).end
        return self.start + timedelta(days=DAYS[self.grain] - 1)

    @property
    def anchor(self) -> date:
        """The day by which it is counted to longer periods: a week belongs where its Thursday lies, as its ISO year does."""
        return self.start + timedelta(days=3) if self.grain == "week" else self.start

    @property
    def year(self) -> int:
        """The year that it is counted to."""
        return self.anchor.year

    @property
    def last_month(self) -> int:
        """The number of its last month, or of the one it belongs to: 3 of a first quarter."""
        return self.end.month if self.grain in MONTHS else self.anchor.month

    @property
    def predecessor(self) -> Period:
        """The one before, of the same grain."""
        return Period.of(self.grain, self.start - timedelta(days=1))

    @property
    def successor(self) -> Period:
        """The one after, of the same grain."""
        return Period.of(self.grain, self.end + timedelta(days=1))

    def years_before(self, years: int) -> Period:
        """The same period so many years before; 29 February is set against the 28th, a 53rd week against the last one there is."""
        year = self.year - years
        if self.grain == "week":
            last = date(year, 12, 28).isocalendar().week
            return Period(self.grain, date.fromisocalendar(year, min(self.start.isocalendar().week, last), 1))
        return Period(self.grain, date(year, self.start.month, min(self.start.day, monthrange(year, self.start.month)[1])))

    @property
    def same_last_year(self) -> Period:
        """What its growth is measured on (同比)."""
        return self.years_before(1)

    @property
    def ordinal(self) -> int:
        """Its number among all of its grain, so that neighbours differ by one."""
        if self.grain in MONTHS:
            return (self.start.year * 12 + self.start.month - 1) // MONTHS[self.grain] + 1
        if self.grain == "ten_days":
            return (self.start.year * 12 + self.start.month - 1) * 3 + self.start.day // 10 + 1
        return self.start.toordinal() // DAYS[self.grain]

    def __contains__(self, part: Period) -> bool:
        """Whether a period is this one or a part of it; a week is wholly a part of the month that it belongs to."""
        if GRAINS.index(part.grain) < GRAINS.index(self.grain):
            return False
        whole = part.grain == self.grain or self.grain in DAYS
        first, last = (part.start, part.end) if whole else (part.anchor, part.anchor)
        return self.start <= first and last <= self.end

    def within(self, grain: str) -> Period | None:
        """The longer period that it is a part of; None where the grain is not longer, or cuts through it."""
        whole = Period.of(grain, self.anchor)
        return whole if grain != self.grain and self in whole else None

    def parts(self, grain: str) -> Iterator[Period]:
        """The periods of a shorter grain that make it, in their order: January to March of a first quarter."""
        part = Period.of(grain, self.start)
        while part.start <= self.end:
            if part in self:
                yield part
            part = part.successor

    def __lt__(self, other: Period) -> bool:
        """The one that ends first; of two that end together, the shorter."""
        return (self.end, -GRAINS.index(self.grain)) < (other.end, -GRAINS.index(other.grain))


@lru_cache(maxsize=4096)
def _read(code: str) -> Period | None:
    found = _CODE.fullmatch(code)
    if not found:
        return None
    try:
        year, said = int(found["year"]), {name: int(text) for name, text in found.groupdict().items() if text}
        if "week" in said:
            return Period("week", date.fromisocalendar(year, said["week"], 1))
        for grain in ("half", "quarter"):
            if grain in said:
                return Period.of(grain, date(year, said[grain] * MONTHS[grain], 1))
        day = date(year, said.get("month", 1), said.get("day", 10 * said.get("ten", 1) - 9))
        return Period.of(next((grain for name, grain in _NAMED.items() if name in said), "year"), day)
    except ValueError:  # a month 13, a 31 June, a week 60, the year 0
        return None


_NAMED = {"day": "day", "ten": "ten_days", "month": "month"}
