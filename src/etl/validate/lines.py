"""Turn the lines of a submission into the columns of their form's table; at night the child does so that has read the file.

What comes of it takes a fraction of the room, and staging hands it to DuckDB as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal

from etl.forms.contract import Column, Form
from etl.forms.schema import column_types
from etl.model import ColumnData, Finding, Lines, Reading, StagedLines, Value
from etl.normalise.names import UnitRegister
from etl.normalise.periods import period_end
from etl.texts.catalogue import chinese
from etl.validate.columns import compact
from etl.validate.keys import business_keys

DIGITS = 12  # before the point; then a hundred times the product of two figures still fits DECIMAL(38,12)
TOGETHER = 2_000  # lines of a submission whose columns make one text

_quoted = json.JSONEncoder(ensure_ascii=False).encode


def with_staged_lines(reading: Reading, forms: Mapping[str, Form], register: UnitRegister) -> Reading:
    """The reading with what is staged of its lines in place of them, and in each finding the mark of the line that it stands on.

    A number too large for a figure of a county becomes NULL, and a finding F35. `forms` are the contracts; lines of a form
    that is not among them are counted, no more. A reading without lines is given back as it is.
    """
    lines = reading.lines
    if lines is None:
        return reading
    marks = {lines.mark(i) for i in range(len(lines))}
    findings = tuple(replace(f, line=mark if (mark := f.line or str(f.row)) in marks else None) for f in reading.findings)
    staged = StagedLines(len(lines), lines.headers)
    if form := forms.get(reading.submission.form or ""):
        staged = replace(
            staged,
            columns=tuple(compact(_columns(form, replace(reading, lines=part), part, register)) for part in _parts(lines)),
            units=_units(form, lines),
            too_large=tuple(f for column in form.columns for f in _too_large(reading, lines, column)),
        )
    return replace(reading, lines=None, findings=findings, staged=staged)


def _parts(lines: Lines) -> Iterator[Lines]:
    """The lines; those of a long submission some at a time, so that neither child nor staging holds the text of them all."""
    if len(lines) <= TOGETHER:
        yield lines
        return
    for first in range(0, len(lines), TOGETHER):
        some = slice(first, first + TOGETHER)
        columns = {name: _cut(data, some) for name, data in lines.columns.items()}
        yield replace(lines, rows=lines.rows[some], columns=columns, marks=lines.marks[some], sheets=lines.sheets[some])


def _cut(data: ColumnData, some: slice) -> ColumnData:
    """Some lines of a column."""
    parts = (getattr(data, part.name) for part in fields(data))
    return ColumnData(*(part and part[some] for part in parts))


def _columns(form: Form, reading: Reading, lines: Lines, register: UnitRegister) -> Iterator[Sequence[str | None]]:
    """The columns of a form's table as text, in the order of `line_columns`."""
    s, n = reading.submission, len(lines)
    yield [f"{s.submission_id}:{lines.mark(i)}" for i in range(n)]
    for value in (s.submission_id, s.unit, s.period, as_text(period_end(s.period))):
        yield [value] * n
    yield lines.sheets or [s.sheet] * n
    yield [str(row) for row in lines.rows]
    yield business_keys(form, reading, register)
    for column in form.columns:
        yield from _column(column, lines.columns.get(column.name), n)
    yield _json(lines.columns, lambda c: c.raw, n)
    yield _json(lines.columns, lambda c: c.cells, n)


def _column(column: Column, data: ColumnData | None, n: int) -> Sequence[Sequence[str | None]]:
    """The staged columns of one contract column, as text; the value itself comes first."""
    if data is None:
        return [[None] * n] * len(column_types(column))
    if column.type == "date":
        value = [as_text(v) for v in data.value]
        low = value if not data.low else [as_text(v) if whole is not None else None for whole, v in zip(value, data.low)]
        return value, low, data.precision or [None] * n
    if column.type == "year":
        return [[as_figure(v) for v in data.value]]
    if column.numeric:
        value = [as_figure(v) for v in data.value]
        ends = [
            value if not end else [as_figure(v) if whole is not None else None for whole, v in zip(value, end)]
            for end in (data.low, data.high)
        ]
        return value, *ends
    return [[as_text(v) for v in data.value]]


def _units(form: Form, lines: Lines) -> frozenset[str]:
    """The names of units that lines hold, as written."""
    columns = (lines.columns.get(c.name) for c in form.columns if c.register == "unit")
    return frozenset(v for data in columns if data for v in data.value if v and isinstance(v, str))


def _too_large(reading: Reading, lines: Lines, column: Column) -> Iterator[Finding]:
    """F35 for each number that no column can hold."""
    data = lines.columns.get(column.name)
    if data is None or not column.numeric:
        return
    for i, value in enumerate(data.value):
        if value is not None and as_figure(value) is None:
            sheet = lines.sheets[i] if lines.sheets else reading.submission.sheet
            yield Finding(
                "F35",
                sheet,
                lines.rows[i],
                column.name,
                data.cells[i],
                data.raw[i],
                chinese("expected.in_range"),
                line=lines.mark(i),
            )


def as_figure(value: Value) -> str | None:
    """A figure as text, None where there is none or it has no place in the tables."""
    if value is None:
        return None
    if not isinstance(value, Decimal):
        value = Decimal(str(value))
    return format(value, "f") if value.is_finite() and value.adjusted() < DIGITS else None


def as_text(value: object) -> str | None:
    """A value that is no figure as text: days in the ISO way."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _json(columns: Mapping[str, ColumnData], part: Callable[[ColumnData], Sequence[str | None]], n: int) -> list[str]:
    """One JSON object a line: canonical column -> what the sheet had; columns without a value are left out."""
    if not columns:
        return ["{}"] * n
    pairs = []
    for name in sorted(columns):
        key = f"{_quoted(name)}: "
        pairs.append([None if v is None else key + _quoted(v) for v in part(columns[name])])
    return [f"{{{', '.join(filter(None, line))}}}" for line in zip(*pairs)]
