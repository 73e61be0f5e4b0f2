"""Working days by the State Council's yearly table, so that a due day never falls on a day off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


class UnknownYear(Exception):
    """A day of a year whose holiday table is not there: a configuration error, never a guess (cadence.md, section 2)."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no holiday table for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off (`holiday`) or a make-up working day (`working`)."""

    day: date
    kind: str


class Calendar:
    """Which days are worked; a year is known where its 1 January stands in the table."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self._kinds = {h.day: h.kind for h in holidays}
        self.years = frozenset(d.year for d in self._kinds if (d.month, d.day) == (1, 1))

    def is_working(self, day: date) -> bool:
        """True on working days and make-up Saturdays and Sundays. Raises UnknownYear."""
        if day.year not in self.years:
            raise UnknownYear(day.year)
        kind = self._kinds.get(day)
        return kind == "working" or kind is None and day.isoweekday() < 6

    def working_day_from(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is. Raises UnknownYear."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day
