"""Put what was understood into DuckDB as typed tables, so that every rule is one set-based query.

Tables of schema `staged`: submission, one per form, finding, total, unit, unit_alias, unit_written, roster,
setting, holiday, fx_rate, workday, earlier_delivery, and those of `etl.site.stage`.
Columns are built as text and cast by the engine: decimals stay exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.forms.contract import Column, Form
from etl.forms.schema import REGISTERS, SUBMISSION, TOTAL, column_types, line_columns
from etl.model import ColumnData, Lines, Reading, Value
from etl.normalise.names import UnitRegister
from etl.normalise.periods import period_end
from etl.site.load import Site
from etl.site.stage import from_replies, stage_decisions
from etl.texts.catalogue import chinese
from etl.validate.earlier import stage_earlier
from etl.validate.keys import business_keys
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
FEW = 2_000  # rows that are sooner inserted than numpy is loaded
DIGITS = 12  # before the point; then a hundred times the product of two figures still fits DECIMAL(38,12)


def fill_staged(
    con: DuckDBPyConnection, readings: Sequence[Reading], forms: dict[str, Form], site: Site, landed: str | None = None
) -> None:
    """Create the tables of schema `staged` and fill them with tonight's readings and the site's registers.

    `con` is a DuckDB connection; `landed` names the schema of earlier nights, attached to it. A number too large for a
    figure of a county is staged as NULL together with a finding F35. Running it again replaces all that was staged.
    """
    register = UnitRegister(site.units)
    con.execute("DROP SCHEMA IF EXISTS staged CASCADE")
    con.execute("CREATE SCHEMA staged")
    _site(con, site, register)
    stage_lists(con, forms)
    stage_decisions(con, site.decisions, from_replies(readings, site.names, forms))
    _table(con, "submission", SUBMISSION, [_submission(r, site.names) for r in readings])
    findings = [row for r in readings for row in _findings(r)]
    written: set[str] = set()
    for form in forms.values():
        mine = [(r, r.lines) for r in readings if r.submission.form == form.form and r.lines is not None]
        findings += _lines(con, form, mine, register)
        for column in (c for c in form.columns if c.register == "unit"):
            for _, lines in mine:
                data = lines.columns.get(column.name)
                written.update(v for v in (data.value if data else ()) if v and isinstance(v, str))
    _table(con, "finding", FINDING, findings)
    _table(
        con,
        "total",
        TOTAL,
        [
            (r.submission.submission_id, t.kind, t.row, t.column, t.cell, t.raw, _number(t.value), _number(t.low), _number(t.high))
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
        _text(period_end(s.period)),
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
        len(reading.lines or ()),
        s.sub_unit,
        s.answers,
        json.dumps(reading.lines.headers if reading.lines else {}, ensure_ascii=False, sort_keys=True),
        json.dumps([asdict(heading) for heading in s.layout], ensure_ascii=False),
        json.dumps([asdict(aside) for aside in s.aside], ensure_ascii=False),
    )


def _findings(reading: Reading) -> list[tuple]:
    sid, lines = reading.submission.submission_id, reading.lines
    marks = {lines.mark(i) for i in range(len(lines))} if lines else ()
    return [
        (
            sid,
            f"{sid}:{mark}" if (mark := f.line or str(f.row)) in marks else None,
            f.rule,
            f.sheet,
            f.row,
            f.column,
            f.cell,
            f.value,
            f.expected,
            f.difference,
        )
        for f in reading.findings
    ]


def _lines(con: DuckDBPyConnection, form: Form, readings: Sequence[tuple[Reading, Lines]], register: UnitRegister) -> list[tuple]:
    """Fill `staged.<form>`; give the findings about numbers that no column can hold."""
    schema = line_columns(form)
    data: dict[str, list] = {name: [] for name in schema}
    too_large: list[tuple] = []
    for reading, lines in readings:
        s, n = reading.submission, len(lines)
        data["line_id"] += [f"{s.submission_id}:{lines.mark(i)}" for i in range(n)]
        for name, value in (
            ("submission_id", s.submission_id),
            ("unit", s.unit),
            ("period", s.period),
            ("period_end", _text(period_end(s.period))),
        ):
            data[name] += [value] * n
        data["sheet"] += lines.sheets or [s.sheet] * n
        data["row_no"] += [str(row) for row in lines.rows]
        data["business_key"] += business_keys(form, reading, register)
        for column in form.columns:
            staged = _column(column, lines.columns.get(column.name), n)
            for name, values in staged.items():
                data[name] += values
            too_large += _too_large(reading, lines, column)
        data["raw"] += _json(lines.columns, lambda c: c.raw, n)
        data["cells"] += _json(lines.columns, lambda c: c.cells, n)
    _create(con, form.form, schema)
    _insert(con, form.form, schema, data)
    return too_large


def _column(column: Column, data: ColumnData | None, n: int) -> dict[str, list]:
    """The staged columns of one contract column, as text; the name itself comes first."""
    names = list(column_types(column))
    if data is None:
        return {name: [None] * n for name in names}
    if column.type == "date":
        low = data.low or data.value
        precision = data.precision or [None] * n
        return dict(
            zip(
                names,
                (
                    [_text(v) for v in data.value],
                    [_text(v) if whole is not None else None for whole, v in zip(data.value, low)],
                    list(precision),
                ),
            )
        )
    if column.type == "year":
        return {column.name: [_number(v) for v in data.value]}
    if column.numeric:
        value = [_number(v) for v in data.value]
        ends = [
            [_number(v) if whole is not None else None for whole, v in zip(value, end)]
            for end in (data.low or data.value, data.high or data.value)
        ]
        return dict(zip(names, (value, *ends)))
    return {column.name: [_text(v) for v in data.value]}


def _too_large(reading: Reading, lines: Lines, column: Column) -> list[tuple]:
    data = lines.columns.get(column.name)
    if data is None or not column.numeric:
        return []
    sid = reading.submission.submission_id
    sheets = lines.sheets or [reading.submission.sheet] * len(lines)
    return [
        (
            sid,
            f"{sid}:{lines.mark(i)}",
            "F35",
            sheets[i],
            lines.rows[i],
            column.name,
            data.cells[i],
            data.raw[i],
            chinese("expected.in_range"),
            None,
        )
        for i, value in enumerate(data.value)
        if value is not None and _number(value) is None
    ]


def _number(value: Value) -> str | None:
    """A figure as text, None where there is none or it has no place in the tables."""
    if value is None:
        return None
    if not isinstance(value, Decimal):
        value = Decimal(str(value))
    return format(value, "f") if value.is_finite() and value.adjusted() < DIGITS else None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _json(columns: dict[str, ColumnData], part: Callable[[ColumnData], Sequence[str | None]], n: int) -> list[str]:
    """One JSON object a line: canonical column -> what the sheet had; columns without a value are left out."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    names = sorted(columns)
    values = [part(columns[name]) for name in names]
    return [encode({k: v for k, v in zip(names, row) if v is not None}) for row in zip(*values)] if names else ["{}"] * n


def _site(con: DuckDBPyConnection, site: Site, register: UnitRegister) -> None:
    register_rows: dict[str, Sequence[tuple]] = {
        "unit": [(u.unit, u.name, u.kind, u.reports, u.parent) for u in site.units],
        "unit_alias": sorted(register.spoken),
        "roster": [(*s.key, _text(s.deadline), s.due_by, _text(s.extended_from)) for s in site.roster],
        "setting": sorted(site.settings.items()),
        "holiday": [(_text(h.day), h.kind) for h in site.holidays],
        "fx_rate": [(r.month, r.rate, _text(r.date), r.source) for r in site.fx_rates],
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


def _table(con: DuckDBPyConnection, name: str, schema: dict[str, str], rows: Iterable[tuple]) -> None:
    """Create a table and fill it from tuples in the order of its schema."""
    _create(con, name, schema)
    columns = list(zip(*rows)) or [()] * len(schema)
    _insert(con, name, schema, {c: [None if v is None else str(v) for v in values] for c, values in zip(schema, columns)})


def _create(con: DuckDBPyConnection, name: str, schema: dict[str, str]) -> None:
    con.execute(f"CREATE TABLE staged.{name} ({', '.join(f'{c} {t}' for c, t in schema.items())})")


def _insert(con: DuckDBPyConnection, name: str, schema: dict[str, str], data: dict[str, list]) -> None:
    """Hand all columns over at once as text: a cast in the engine is exact, and far faster than row by row."""
    if not data or not next(iter(data.values())):
        return
    if len(next(iter(data.values()))) <= FEW:
        lists = ", ".join(f"CAST(unnest(?::VARCHAR[]) AS {t})" for t in schema.values())
        con.execute(f"INSERT INTO staged.{name} SELECT {lists}", [data[c] for c in schema])
        return
    import numpy

    con.register("incoming", {c: numpy.array(values, dtype=object) for c, values in data.items()})
    casts = ", ".join(f"CAST({c} AS {t})" for c, t in schema.items())
    con.execute(f"INSERT INTO staged.{name} SELECT {casts} FROM incoming")
    con.unregister("incoming")
