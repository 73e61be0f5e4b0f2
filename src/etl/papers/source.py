"""What every paper is made of: one version's tables, the period that it is about, and who writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from etl.office.sender import Office
from etl.pages.figures import Figure, by_period, every_figure
from etl.pages.frame import measures, periods, unit_names
from etl.pages.shard import Row
from etl.pages.show import Show, of_all_units
from etl.pages.summary import stand_of, summarise
from etl.pages.units import slots
from etl.texts.catalogue import LANGUAGES, Say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A version opened for reading, with the period and unit (None: all) that papers are wanted of."""

    con: DuckDBPyConnection
    database: Path
    period: str
    unit: str | None
    say: Say
    show: Show
    office: Office
    as_of: date
    is_internal: bool = False  # holds results that nobody has released

    @property
    def unit_name(self) -> str:
        """The name of the unit that papers are wanted of; blank for all."""
        found = self.con.execute("SELECT unit_name FROM dim_unit WHERE unit = ?", [self.unit]).fetchone()
        return found[0] if found else ""

    def day(self, day: date | None) -> str:
        """2024年7月16日; blank for none."""
        return self.say("matter.calendar_day", year=day.year, month=day.month, day=day.day) if day else ""


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """A period in figures, as the pages show it: of the county and of all units side by side, and in sentences."""

    period: Row
    measures: dict[str, Row]  # form.measure -> the measure
    county: dict[str, Figure]
    units: dict[str, dict[str, Figure]]
    names: dict[str, str]  # of units, in the order in which they are listed
    sentences: Sequence[str]

    def shown(self, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """Of these figures those that anybody has, and the units that have any of them."""
        known = [name for name in names if any(figure[0] is not None for figure in self._of(name))]
        return known, [unit for unit in self.names if any(unit in self.units.get(name, {}) for name in known)]

    def _of(self, name: str) -> list[Figure]:
        return [figure for figure in (self.county.get(name), *self.units.get(name, {}).values()) if figure]


def period_figures(source: PaperSource) -> PeriodFigures | None:
    """The figures of the period; None where the county has none of it."""
    around = {"periods": periods(source.con), "units": unit_names(source.con), "measures": measures(source.con)}
    named = [f"{row['form']}.{row['measure']}" for row in around["measures"]]
    places = {(row["form"], row["measure"]): place for place, row in enumerate(around["measures"])}
    shown = {named.index(name) for name in of_all_units(source.show) if name in named}
    for period, data in by_period(every_figure(source.con, places, source.period), shown):
        stand = stand_of(around, named, period, data | {"slots": slots(source.con, period)}, source.show)
        said = [row["text"][LANGUAGES.index(source.say.lang)] for row in summarise(stand)]
        own = dict(zip(named, around["measures"], strict=True))
        return PeriodFigures(stand.period, own, dict(stand.county), {n: dict(u) for n, u in stand.units.items()}, dict(stand.names), said)
    return None


def rounded(value: str | Decimal | None, digits: int = 2) -> str:
    """A number as papers print it: 1,234.50, half up; a dash for none."""
    if value is None:
        return NOTHING
    made = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{made + 0:,.{digits}f}"
