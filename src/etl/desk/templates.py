"""An empty workbook for one unit, form and period, with what the warehouse knows filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from etl.desk.choose import form_named, period_named, unit_named
from etl.forms.contract import Form, load_forms
from etl.forms.stages import stages_of
from etl.land.tables import quoted
from etl.model import ANSWERED
from etl.normalise.names import UnitRegister
from etl.office.files import safe_name
from etl.period import GRAINS, Period
from etl.reply.template import is_of, make_template
from etl.settings import Settings
from etl.site.load import load_site
from etl.texts.periods import period_name
from etl.validate.rulebook import load_parameters

SUMS = ("year_to_date", "year_part", "since_start")  # roles of what grows from month to month
ERRORS = f"""
    SELECT line_id, coalesce(column_name, ''), sentence FROM landed.issue
    WHERE severity = 'error' AND coalesce(state, 'open') NOT IN {ANSWERED} AND line_id IN (SELECT unnest(?::VARCHAR[]))
    ORDER BY ALL"""


def template(settings: Settings, form: str, unit: str, period: str) -> tuple[bytes, str]:
    """The workbook and the name it should lie under. Raises Mistake for an unknown form, unit or period."""
    forms = load_forms(settings.expectations)
    site = load_site(settings.site)
    register = UnitRegister(site.units)
    form, unit, period = form_named(form, forms, register), unit_named(unit, register), period_named(period)
    if not is_of(forms[form], period):
        return make_template(forms[form], unit, period, site), ""  # says what a period of this form looks like
    carried, marks = lines_of_last_month(
        settings.landed, forms[form], unit, period, stages_of(load_parameters(settings.expectations, site.settings)).ended
    )
    content = make_template(forms[form], unit, period, site, carried, marks)
    return content, f"{safe_name(site.names[unit])}{period}{safe_name(forms[form].name)}.xlsx"


def lines_of_last_month(landed: Path, form: Form, unit: str, period: str, ended: Sequence[str]) -> tuple[list[dict], list[dict[str, str]]]:
    """The unit's projects as last known, and what was wrong with each by column; none without an earlier return.

    Lines that were held back are carried too: a project must not be lost because one of its figures was wrong. Figures that
    were wrong are left out; cumulatives of an older return than last month's are, too.
    """
    this = Period.read(period)
    if form.cadence == "yearly" or this is None or not landed.exists():
        return [], []
    import duckdb

    before = this.predecessor.code
    names = [c.name for c in form.columns]
    dates = [c.name for c in form.columns if c.type == "date"]
    running = (
        f" AND (l.{form.role['stage']} IS NULL OR l.{form.role['stage']} NOT IN (SELECT unnest(?::VARCHAR[])))"
        if "stage" in form.role
        else ""
    )
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{quoted(landed)}' AS house (READ_ONLY)")
        con.execute("USE house")
        [(last,)] = con.execute(
            "SELECT max(period) FROM landed.submission WHERE counts AND line_count > 0 AND unit = ? AND form = ? AND period <= ?",
            [unit, form.form, before],
        ).fetchall()
        rows = con.execute(
            f"""
            SELECT l.line_id, {", ".join(f'l."{n}"' for n in [*names, *(f"{d}_precision" for d in dates)])} FROM landed."{form.form}" l
            JOIN landed.submission s ON s.submission_id = l.submission_id AND s.counts
            WHERE s.unit = ? AND s.period = ?{running} ORDER BY l.submission_id, l.row_no""",
            [unit, last, *([list(ended)] if running else [])],
        ).fetchall()
        wrong = _by_line(con.execute(ERRORS, [[row[0] for row in rows]]).fetchall())
    lines, marks = [], []
    for line_id, *row in rows:
        line = dict(zip(names, row))
        for name, precision in zip(dates, row[len(names) :]):
            line[name] = as_told(line[name], precision)
        said = wrong.get(line_id, {})
        for column in form.columns:
            stale = last != before and column.role in SUMS
            if column.numeric and (column.name in said or stale):
                line[column.name] = None
        lines.append(line)
        marks.append(said)
    return lines, marks


def _by_line(errors: Iterable[tuple]) -> dict[str, dict[str, str]]:
    """What holds lines back, by line and column ('' for what is about the whole line); the first sentence of each."""
    found: dict[str, dict[str, str]] = {}
    for line_id, column, sentence in errors:
        found.setdefault(line_id, {}).setdefault(column, sentence)
    return found


def as_told(day: date | None, precision: str | None) -> date | str | None:
    """A date in the precision it was told in: a month stays a month, no day is invented."""
    if day is None or precision == "day":
        return day
    return period_name(Period.of(precision if precision in GRAINS else "year", day).code)
