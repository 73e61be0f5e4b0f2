"""Figures as pages need them: by period for the county's page, by unit for a unit's, by measure for an indicator's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from etl.pages.shard import Row, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COUNTY = "*"
# value, numerator, denominator, minus, reason, missing units, estimated %, parts, units of its base that have no figure now; blanks at
# the end left out
Figure = list[Any]
SHOWN = ("value", "numerator", "denominator", "minus", "reason", "missing_units", "estimated", "made_of", "gone")
# Units that had a figure the year before and have none now, owed or not: the county's growth tells of them as of what has shrunk.
GONE = """
    SELECT grown.form, grown.measure, grown.period, string_agg(base.member, ' ' ORDER BY base.member) AS gone
    FROM fct_indicator AS grown
    JOIN dim_period USING (period)
    JOIN fct_indicator AS base
      ON (base.form, base.measure, base.period, base.grain) = (grown.form, grown.basis, dim_period.year_before, 'unit') AND base.value <> 0
    ANTI JOIN fct_indicator AS now
      ON (now.form, now.measure, now.period, now.grain, now.member) = (grown.form, grown.basis, grown.period, 'unit', base.member)
         AND now.value IS NOT NULL
    WHERE grown.grain = 'county' AND grown.kind IN ('growth', 'difference') AND grown.value IS NOT NULL
    GROUP BY ALL"""


def every_figure(
    con: DuckDBPyConnection, places: dict[tuple[str, str], int], period: str | None = None
) -> list[tuple[int, str, str, str, Figure]]:
    """Every figure, or those of a period, as (measure's place, period, grain, member, figure); the county is the member `*`."""
    found = rows(
        con,
        f"""SELECT form, measure, period, grain, member, value, numerator, denominator, nullif(minus, 0) AS minus, reason, missing_units,
                   nullif(estimated_pct, 0) AS estimated, made_of, CASE WHEN grain = 'county' THEN gone END AS gone
            FROM fct_indicator LEFT JOIN ({GONE}) USING (form, measure, period)
            WHERE grain <> 'period' AND (? IS NULL OR period = ?) ORDER BY form, measure, period, grain, member""",
        [period, period],
    )
    return [
        (
            places[row["form"], row["measure"]],
            row["period"],
            row["grain"],
            COUNTY if row["grain"] == "county" else row["member"],
            _short(row),
        )
        for row in found
    ]


def part_of(figure: Figure | None, name: str) -> Any:
    """What a figure has of `SHOWN`; None where it ends before that."""
    place = SHOWN.index(name)
    return figure[place] if figure and len(figure) > place else None


def _short(row: Row) -> Figure:
    made = [row[name] for name in SHOWN]
    while made and made[-1] is None:
        made.pop()
    return made


def by_period(found: list[tuple[int, str, str, str, Figure]], shown: set[int]) -> Iterator[tuple[str, Row]]:
    """Of each period all figures of the county, and those that are shown side by side of every unit."""
    county: dict[str, dict[int, Figure]] = defaultdict(dict)
    units: dict[str, dict[int, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for place, period, grain, member, figure in found:
        if grain == "county":
            county[period][place] = figure
        elif grain == "unit" and place in shown:
            units[period][place][member] = figure
    for period in sorted(county):
        yield period, {"county": county[period], "units": units[period]}


def by_unit(found: list[tuple[int, str, str, str, Figure]]) -> dict[str, dict[str, dict[int, Figure]]]:
    """Of each unit its figures by period."""
    made: dict[str, dict[str, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for place, period, grain, member, figure in found:
        if grain == "unit":
            made[member][period][place] = figure
    return made


def by_measure(found: list[tuple[int, str, str, str, Figure]]) -> dict[int, dict[str, dict[str, dict[str, Figure]]]]:
    """Of each measure its figures by grain, member and period."""
    made: dict[int, dict[str, dict[str, dict[str, Figure]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for place, period, grain, member, figure in found:
        made[place][grain][member][period] = figure
    return made
