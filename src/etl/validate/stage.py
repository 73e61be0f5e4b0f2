"""Put what was understood into DuckDB as typed tables, so that every rule is one set-based query.

Tables of schema `staged`: submission, one per form, finding, total, unit, unit_alias, unit_written, roster,
setting, holiday, fx_rate, workday, earlier_delivery, and those of `etl.site.stage`.
Lines come as `etl.validate.lines` makes them, all else as tuples; both are columns of text that the engine casts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.forms.schema import REGISTERS, SUBMISSION, TOTAL, line_columns
from etl.model import Finding, Reading
from etl.normalise.names import UnitRegister
from etl.normalise.periods import period_end
from etl.site.load import Site
from etl.site.stage import from_replies, stage_decisions
from etl.validate.columns import compact, fill_table
from etl.validate.earlier import stage_earlier
from etl.validate.lines import as_figure, as_text, with_staged_lines
from etl.validate.lists import stage_lists

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FINDING = {
    "submission_id": "VARCHAR",
    "line_id": "VARCHAR",
    "rule": "VARCHAR",
    "sheet": "VARCHAR",
    "row_no": "INTEGER",
    "column_name": "VARCHAR",
    "cell": "VARCHAR",
    "value": "VARCHAR",
    "expected": "VARCHAR",
    "difference": "VARCHAR",
}


def fill_staged(
    con: DuckDBPyConnection, readings: Sequence[Reading], forms: dict[str, Form], site: Site, landed: str | None = None
) -> None:
    """Create the tables of schema `staged` and fill them with tonight's readings and the site's registers.

    `con` is a DuckDB connection; `landed` names the schema of earlier nights, attached to it. A number too large for a
    figure of a county is staged as NULL together with a finding F35. Running it again replaces all that was staged.
    """
    register = UnitRegister(site.units)
    readings = [with_staged_lines(reading, forms, register) for reading in readings]
    con.execute("DROP SCHEMA IF EXISTS staged CASCADE")
    con.execute("CREATE SCHEMA staged")
    _site(con, site, register)
    stage_lists(con, forms)
    stage_decisions(con, site.decisions, from_replies(readings, site.names, forms))
    _table(con, "submission", SUBMISSION, [_submission(r, site.names) for r in readings])
    findings = [_finding(r.submission.submission_id, f) for r in readings for f in r.findings]
    written: set[str] = set()
    for form in forms.values():
        mine = [r for r in readings if r.submission.form == form.form and r.staged.count]
        fill_table(con, form.form, line_columns(form), (columns for r in mine for columns in r.staged.columns))
        findings += [_finding(r.submission.submission_id, f) for r in mine for f in r.staged.too_large]
        written.update(*(r.staged.units for r in mine))
    _table(con, "finding", FINDING, findings)
    _table(
        con,
        "total",
        TOTAL,
        [
            (r.submission.submission_id, t.kind, t.row, t.column, t.cell, t.raw, as_figure(t.value), as_figure(t.low), as_figure(t.high))
            for r in readings
            for t in r.totals
        ],
    )
    _table(
        con,
        "unit_written",
        {"written": "VARCHAR", "unit": "VARCHAR", "nearest": "VARCHAR"},
        [(text, unit, None if unit else register.nearest(text)) for text in sorted(written) for unit in (register.find(text),)],
    )
    stage_earlier(con, forms, landed)


def _submission(reading: Reading, names: dict[str, str]) -> tuple:
    s, c = reading.submission, reading.submission.cover
    received = s.received_at.replace(tzinfo=None).isoformat(sep=" ")
    return (
        s.submission_id,
        s.file,
        s.file_sha256,
        s.sheet,
        s.unit,
        names.get(s.unit or ""),
        s.form,
        s.period,
        as_text(period_end(s.period)),
        received,
        s.order,
        s.readable,
        c.nil_declared,
        c.title,
        c.department,
        c.money_unit,
        c.preparer,
        c.reviewer,
        c.head,
        c.filled_date,
        reading.staged.count,
        s.sub_unit,
        s.answers,
        json.dumps(reading.staged.headers, ensure_ascii=False, sort_keys=True),
        json.dumps([asdict(heading) for heading in s.layout], ensure_ascii=False),
        json.dumps([asdict(aside) for aside in s.aside], ensure_ascii=False),
    )


def _finding(submission_id: str, f: Finding) -> tuple:
    line_id = f"{submission_id}:{f.line}" if f.line else None
    return submission_id, line_id, f.rule, f.sheet, f.row, f.column, f.cell, f.value, f.expected, f.difference


def _site(con: DuckDBPyConnection, site: Site, register: UnitRegister) -> None:
    register_rows: dict[str, Sequence[tuple]] = {
        "unit": [(u.unit, u.name, u.kind, u.reports, u.parent) for u in site.units],
        "unit_alias": sorted(register.spoken),
        "roster": [(*s.key, as_text(s.deadline), s.due_by, as_text(s.extended_from)) for s in site.roster],
        "setting": sorted(site.settings.items()),
        "holiday": [(as_text(h.day), h.kind) for h in site.holidays],
        "fx_rate": [(r.month, r.rate, as_text(r.date), r.source) for r in site.fx_rates],
    }
    for name, rows in register_rows.items():
        _table(con, name, REGISTERS[name], rows)
    # Working days counted through, so that the days between two dates of one stretch of years are one
    # subtraction. A year whose 1 January is not in the holiday table is unknown, never guessed (standards.md, 7).
    con.execute("""
        CREATE TABLE staged.workday AS
        WITH known AS (
            SELECT year(day) AS y, year(day) - row_number() OVER (ORDER BY year(day)) AS stretch
            FROM staged.holiday WHERE month(day) = 1 AND day(day) = 1
        ),
        days AS (
            SELECT CAST(d AS DATE) AS day, stretch
            FROM known, LATERAL (SELECT unnest(range(make_date(y, 1, 1), make_date(y + 1, 1, 1), INTERVAL 1 DAY))) AS r(d)
        )
        SELECT days.day, days.stretch,
               sum(CASE WHEN h.kind = 'working' OR h.kind IS NULL AND isodow(days.day) < 6 THEN 1 ELSE 0 END)
                   OVER (PARTITION BY days.stretch ORDER BY days.day) AS counted
        FROM days LEFT JOIN staged.holiday h USING (day)
    """)


def _table(con: DuckDBPyConnection, name: str, schema: dict[str, str], rows: Sequence[tuple]) -> None:
    """Create a table and fill it from tuples in the order of its schema."""
    columns = ([None if v is None else str(v) for v in values] for values in zip(*rows))
    fill_table(con, name, schema, [compact(columns)] if rows else [])
