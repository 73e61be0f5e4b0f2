"""Who owes what until when: the roster as written, what recurs by obligation, and what was extended."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from etl.normalise.periods import period_end, period_start
from etl.period import DAYS, GRAIN_OF, Period
from etl.site.calendar import Calendar, UnknownYear


@dataclass(frozen=True, slots=True)
class Slot:
    """A form that a unit owes for a period, and the last day for it (holidays already shifted)."""

    unit: str
    form: str
    period: str
    deadline: date
    due_by: str = "roster"  # what set the deadline: roster, obligation, extension
    extended_from: date | None = None  # the deadline before the extension

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit, self.form, self.period


@dataclass(frozen=True, slots=True)
class Obligation:
    """A form that a unit owes again and again.

    It is due on `due_day` of the month that comes `due_month_offset` months after the period's last; of a week, ten days or a
    day so many days after the period's end.
    """

    unit: str
    form: str
    cadence: str  # one of etl.period.GRAIN_OF
    due_day: int  # 31 is the last day of a shorter month
    due_month_offset: int  # 0 is the period's own last month, below 0 before it
    first: date  # owed for periods that end from here on
    last: date | None  # until here; None is until further notice
    line: int = 0


@dataclass(frozen=True, slots=True)
class Extension:
    """A later last day for one slot, granted by a person."""

    decision: str
    unit: str
    form: str
    period: str
    deadline: date
    reason: str
    by: str
    at: datetime
    line: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit, self.form, self.period


def expand(
    roster: Iterable[Slot],
    obligations: Iterable[Obligation],
    extensions: Iterable[Extension],
    calendar: Calendar,
    as_of: date | None = None,
) -> tuple[Slot, ...]:
    """Every slot: those of the roster in their order, then what obligations add; an extension wins over both.

    Obligations reach as far as the holiday tables do. Raises UnknownYear where a due day lies in a year that has
    no table although an earlier or later one has, or although `as_of` has come to it.
    """
    slots = {slot.key: slot for slot in roster}
    for obligation in obligations:
        for slot in recurring(obligation, calendar, as_of):
            slots.setdefault(slot.key, slot)
    for extension in extensions:
        if (owed := slots.get(extension.key)) is not None:
            slots[owed.key] = replace(owed, deadline=extension.deadline, due_by="extension", extended_from=owed.deadline)
    return tuple(slots.values())


def recurring(obligation: Obligation, calendar: Calendar, as_of: date | None = None) -> Iterator[Slot]:
    """The slots of one obligation, in the order of their periods."""
    reach = max([*calendar.years, *([as_of.year] if as_of else [])], default=0)
    period = Period.of(GRAIN_OF[obligation.cadence], obligation.first)
    while obligation.last is None or period.end <= obligation.last:
        due = _due(period, obligation)
        if due.year > reach:
            return
        try:
            due = calendar.working_day_from(due)
        except UnknownYear as unknown:
            if unknown.year > reach:  # the table of next year is not out yet
                return
            raise
        yield Slot(obligation.unit, obligation.form, period.code, due, "obligation")
        period = period.successor


def _due(period: Period, obligation: Obligation) -> date:
    end = period.end
    if period.grain in DAYS:
        return end + timedelta(days=obligation.due_day)
    month = end.year * 12 + end.month - 1 + obligation.due_month_offset
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(obligation.due_day, monthrange(year, month)[1]))


def bound(text: str, *, upper: bool) -> date | None:
    """A period or a day as a bound: 2024-03 begins on its first and ends on its last day; None where it is neither."""
    return (period_end if upper else period_start)(text)
