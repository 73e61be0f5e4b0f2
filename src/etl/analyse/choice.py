"""Measures, units and periods as an analyst names them: by code, or as people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from etl.explain.published import Published, Row
from etl.mistakes import Mistake
from etl.normalise.periods import period_said
from etl.normalise.text import fold
from etl.period import GRAIN_OF
from etl.texts.catalogue import Text

COUNTY = "*"
NEAR = 5  # names that are proposed for an unknown one


def measure_meant(published: Published, text: str) -> Row:
    """The row of dim_measure of `measure`, `form.measure`, or the name of a measure. Raises Mistake where none or several are meant."""
    rows, wanted = published.measures, fold(text)
    found = [row for (form, measure), row in rows.items() if text in (measure, f"{form}.{measure}")]
    found = found or [row for row in rows.values() if wanted in (fold(row["measure_name"]), fold(row["measure_name_en"]))]
    if not found:
        names = {name: name for row in rows.values() for name in (row["measure"], row["measure_name"], row["measure_name_en"])}
        raise Mistake("analyse.no_measure", text=text, nearest=_nearest(text, names))
    if len(found) > 1:
        raise Mistake("analyse.several_measures", text=text, listed=[_named(published, row) for row in found])
    return found[0]


def member_meant(published: Published, unit: str | None) -> str:
    """The code of a unit, * for the county where none is asked for. Raises Mistake."""
    if unit is None or unit == COUNTY:
        return COUNTY
    if unit in published.units:
        return unit
    found = [code for code, name in published.units.items() if fold(name) == fold(unit)]
    if len(found) > 1:
        raise Mistake("use.several_units", text=unit, listed=found)
    if not found:
        raise Mistake("use.no_unit", text=unit, nearest=_nearest(unit, published.units.values()))
    return found[0]


def figures_of(published: Published, measure: Row, member: str) -> list[Row]:
    """All rows of fct_indicator of a measure for a unit or the county, in the order of time; of a unit that has others under it and
    reports nothing itself, those of its branch."""
    grains = ("county", "period") if member == COUNTY else ("unit", "branch")
    for grain in grains:
        found = published.rows(
            """SELECT f.* FROM fct_indicator f JOIN dim_period p USING (period)
               WHERE (f.form, f.measure, f.grain) = (?, ?, ?) AND (f.member = ? OR f.grain IN ('county', 'period'))
               ORDER BY p.period_end, p.period_start DESC""",
            (measure["form"], measure["measure"], grain, member),
        )
        if found:
            return found
    return []


def period_meant(published: Published, rows: Sequence[Row], measure: Row, period: str | None) -> Row:
    """The row of the period that is asked for; without one the last with a value, of the length in which its form is sent.

    Raises Mistake where there is no figure of that period, and lists those there are.
    """
    if period is None:
        own = of_length(published, rows, measure["form"], None)
        found = [row for row in own if row["value"] is not None][-1:] or own[-1:]
    else:
        read = period_said(period)
        if read is None:
            raise Mistake("use.no_period", text=period)
        found = [row for row in rows if row["period"] == read.code]
    if not found:
        raise Mistake("analyse.no_figure", measure=measure["measure"], period=period or COUNTY, periods=[row["period"] for row in rows])
    return found[0]


def of_length(published: Published, rows: Sequence[Row], form: str, every: str | None) -> list[Row]:
    """The rows whose periods are of one length (year, half, quarter, month …), by default that in which the form is sent."""
    lengths = {row["period"]: row["grain"] for row in published.select("dim_period")}
    cadences = {row["form"]: row["cadence"] for row in published.select("dim_form")}
    wanted = every or GRAIN_OF.get(cadences.get(form, "monthly"), "month")
    if wanted not in GRAIN_OF.values():
        raise Mistake("analyse.no_length", every=wanted, lengths=tuple(GRAIN_OF.values()))
    return [row for row in rows if lengths[row["period"]] == wanted]


def _named(published: Published, row: Row) -> Text:
    names = published.forms.get(row["form"], (row["form"],) * 2)
    return Text("use.form_and_code", name=names[0], code=f"{row['form']}.{row['measure']}")


def _nearest(text: str, names: Iterable[str] | Mapping[str, str]) -> Text | str:
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    near = [name for name, *_ in process.extract(fold(text), sorted(set(names)), scorer=JaroWinkler.similarity, limit=NEAR)]
    return Text("use.nearest", names=near) if near else ""
