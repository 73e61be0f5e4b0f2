"""Load and check the site folder, so that everything that belongs to one county is data.

A site is four files in one folder, as `data/sample/site` shows: units.csv, roster.csv, settings.csv, holidays.csv;
beside them, where people have decided something, the files of `etl.site.decisions`, exchange rates in fx_rates.csv, and in
releases.csv which results people may see.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from etl.period import Period
from etl.site.calendar import Calendar, Holiday, UnknownYear
from etl.site.csvfile import SiteError, csv_rows, day, filled, known_unit, period
from etl.site.decision import Decisions
from etl.site.decisions import FILES as DECISION_FILES
from etl.site.decisions import load_decisions
from etl.site.releases import FILE as RELEASES
from etl.site.releases import Release, load_releases
from etl.site.rulings import FILES as RULING_FILES
from etl.site.slots import Slot, expand

__all__ = ["Holiday", "Site", "SiteError", "Slot", "Unit", "load_site"]

FILES = ("units.csv", "roster.csv", "settings.csv", "holidays.csv")
RATES = "fx_rates.csv"


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the register; `aliases` are other names that a sender may write."""

    unit: str
    name: str
    kind: str
    reports: bool
    aliases: tuple[str, ...] = ()
    parent: str = ""  # the unit that this one lies under or is a part of


@dataclass(frozen=True, slots=True)
class FxRate:
    """Yuan per dollar of a month, with the day and the source that it is of (indicators.md 19)."""

    month: str
    rate: Decimal
    date: date
    source: str


@dataclass(frozen=True)
class Site:
    """One county's configuration."""

    folder: Path
    units: tuple[Unit, ...]
    roster: tuple[Slot, ...]  # every slot: as written, by obligation, and with what was extended
    settings: dict[str, str]
    holidays: tuple[Holiday, ...]
    decisions: Decisions = field(default_factory=Decisions)
    fx_rates: tuple[FxRate, ...] = ()
    releases: tuple[Release, ...] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        """Code of a unit -> its name."""
        return {u.unit: u.name for u in self.units}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the files, so that a night knows whether its site has changed."""
        digest = hashlib.sha256()
        optional = (*DECISION_FILES, *RULING_FILES, RATES, RELEASES)
        below = (*self._below("schemes/*.y*ml"), *self._below("papers/*.docx"))
        for name in (*FILES, *(n for n in optional if (self.folder / n).is_file()), *below):
            digest.update(name.encode() + b"\0" + (self.folder / name).read_bytes() + b"\0")
        return digest.hexdigest()

    def _below(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))


def load_site(folder: Path, as_of: date | None = None) -> Site:
    """Read the files of a site. Raises SiteError naming file, line and value.

    With `as_of` the year it lies in must have its holiday table too, where anything is owed by obligation.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise SiteError(folder, None, "site.no_folder", files=FILES)
    units = _units(folder / "units.csv")
    codes = {u.unit for u in units}
    roster, holidays = _roster(folder / "roster.csv", codes), _holidays(folder / "holidays.csv")
    decisions, settings = load_decisions(folder, codes), _settings(folder / "settings.csv")
    return Site(
        folder=folder,
        units=units,
        roster=_owed(_slots(folder, roster, decisions, Calendar(holidays), as_of), settings),
        settings=settings,
        holidays=holidays,
        decisions=decisions,
        fx_rates=_rates(folder / RATES),
        releases=load_releases(folder),
    )


def _owed(slots: tuple[Slot, ...], settings: dict[str, str]) -> tuple[Slot, ...]:
    """Without the months of January where the county has them reported with February (setting january_exempt)."""
    if settings.get("january_exempt", "").strip().lower() != "true":
        return slots
    return tuple(slot for slot in slots if not is_january(Period.read(slot.period)))


def is_january(period: Period | None) -> bool:
    """Whether a period is the month of January, which some counties report with February."""
    return period is not None and period.grain == "month" and period.start.month == 1


def _slots(folder: Path, roster: tuple[Slot, ...], decisions: Decisions, calendar: Calendar, as_of: date | None) -> tuple[Slot, ...]:
    try:
        slots = expand(roster, decisions.obligations, decisions.extensions, calendar, as_of)
    except UnknownYear as unknown:
        raise SiteError(folder / "holidays.csv", None, "site.no_holidays", year=unknown.year) from None
    owed = {slot.key: slot for slot in slots}
    lasting = {(o.unit, o.form) for o in decisions.obligations}
    for extension in decisions.extensions:
        slot = owed.get(extension.key)
        if slot is None and extension.key[:2] not in lasting:
            raise SiteError(folder / "extensions.csv", extension.line, "site.no_slot", slot=" ".join(extension.key))
        if slot is not None and slot.extended_from is not None and slot.deadline <= slot.extended_from:
            raise SiteError(
                folder / "extensions.csv", extension.line, "site.not_later", deadline=slot.deadline, extended_from=slot.extended_from
            )
    return slots


def _units(path: Path) -> tuple[Unit, ...]:
    """The register; a unit whose name another bears too is shown under its full name (甲县城关镇), and known by both."""
    units: list[Unit] = []
    lines: dict[str, int] = {}
    for line, row in csv_rows(path, "unit", "name", "kind", "reports", "aliases"):
        code, name = filled(path, line, row, "unit"), filled(path, line, row, "name")
        if code in lines:
            raise SiteError(path, line, "site.unit_twice", code=code)
        if row["reports"] not in ("yes", "no"):
            raise SiteError(path, line, "site.reports", reports=row["reports"])
        aliases = tuple(a.strip() for a in row["aliases"].split("|") if a.strip())
        units.append(Unit(code, name, row["kind"], row["reports"] == "yes", aliases, row.get("parent", "")))
        lines[code] = line
    if not units:
        raise SiteError(path, None, "site.no_units")
    _check_parents(path, units, lines)
    _check_names(path, units, lines)
    return _told_apart(units)


def _check_parents(path: Path, units: Sequence[Unit], lines: Mapping[str, int]) -> None:
    parents = {u.unit: u.parent for u in units}
    for u in units:
        if u.parent and u.parent not in parents:
            raise SiteError(path, lines[u.unit], "site.parent", parent=u.parent)
        above, seen = u.parent, [u.unit]
        while above and above not in seen:
            seen.append(above)
            above = parents.get(above, "")
        if above == u.unit:
            raise SiteError(path, lines[u.unit], "site.parent_circle", circle=" → ".join([*seen, above]))


def _check_names(path: Path, units: Sequence[Unit], lines: Mapping[str, int]) -> None:
    """Two units of one parent cannot bear one name: nothing that a sender writes would tell them apart."""
    from etl.normalise.text import norm

    owner: dict[tuple[str, str], str] = {}  # the parent and any name that a sender may write -> the unit it means
    for u in units:
        for spoken in (u.name, *u.aliases):
            if (other := owner.setdefault((u.parent, norm(spoken)), u.unit)) != u.unit:
                raise SiteError(path, lines[u.unit], "site.name_twice", spoken=spoken, other=other, code=u.unit)


def _told_apart(units: Sequence[Unit]) -> tuple[Unit, ...]:
    from etl.normalise.text import norm

    bearers = Counter(name for u in units for name in {norm(text) for text in (u.name, *u.aliases)})
    by_code = {u.unit: u for u in units}

    def full(u: Unit) -> str:
        if bearers[norm(u.name)] < 2:
            return u.name
        return f"{full(by_code[u.parent])}{u.name}" if u.parent else f"{u.name}（{u.unit}）"

    return tuple(u if (name := full(u)) == u.name else replace(u, name=name, aliases=(u.name, *u.aliases)) for u in units)


def _roster(path: Path, codes: set[str]) -> tuple[Slot, ...]:
    slots: dict[tuple[str, str, str], Slot] = {}
    for line, row in csv_rows(path, "unit", "form", "period", "deadline"):
        key = known_unit(path, line, row, codes), filled(path, line, row, "form"), period(path, line, row)
        if key in slots:
            raise SiteError(path, line, "site.slot_twice", slot=" ".join(key))
        slots[key] = Slot(*key, day(path, line, row, "deadline"))
    return tuple(slots.values())


def _settings(path: Path) -> dict[str, str]:
    settings: dict[str, str] = {}
    for line, row in csv_rows(path, "key", "value"):
        key = filled(path, line, row, "key")
        if key in settings:
            raise SiteError(path, line, "site.setting_twice", key=key)
        settings[key] = row["value"]
    return settings


def _holidays(path: Path) -> tuple[Holiday, ...]:
    days: dict[date, Holiday] = {}
    for line, row in csv_rows(path, "date", "kind"):
        when = day(path, line, row, "date")
        if row["kind"] not in ("holiday", "working"):
            raise SiteError(path, line, "site.day_kind", kind=row["kind"])
        if when in days:
            raise SiteError(path, line, "site.day_twice", when=when)
        days[when] = Holiday(when, row["kind"])
    return tuple(days.values())


def _rates(path: Path) -> tuple[FxRate, ...]:
    """Rates by month; without the file there are none, and nothing is converted."""
    rates: dict[str, FxRate] = {}
    for line, row in csv_rows(path, "month", "rate", "date", "source") if path.exists() else ():
        month = period(path, line, row, "month")
        if (known := Period.read(month)) is None or known.grain != "month":
            raise SiteError(path, line, "site.no_month", month=month)
        if month in rates:
            raise SiteError(path, line, "site.month_twice", month=month)
        if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", row["rate"]) or not Decimal(row["rate"]):
            raise SiteError(path, line, "site.rate", rate=row["rate"])
        rates[month] = FxRate(month, Decimal(row["rate"]), day(path, line, row, "date"), filled(path, line, row, "source"))
    return tuple(rates.values())
