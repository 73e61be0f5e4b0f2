"""A finding before it has its words: what a query, the reader or a step found, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Failure:
    """A failing line, submission or file; the fields of a rule's query, and its address."""

    rule: str
    form: str | None = None
    submission_id: str = ""
    line_id: str | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None
    expected: str | None = None
    difference: str | None = None
    row: int | None = None
    sheet: str = ""
    file: str = ""
    period_end: date | None = None
    header: str | None = None  # over the column, where the clerk's words are not the standard ones
    understood: str | None = None  # what the value sent was read as
