"""What stands behind a figure, one row for all that adds to it: the line, its file, the cells and what was written in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from etl.analyse.typed import column
from etl.explain.evidence import Teller
from etl.explain.figure import contributions
from etl.explain.published import Row

if TYPE_CHECKING:
    from pandas import DataFrame

TEXTS = (
    "period",
    "unit",
    "role",
    "line_id",
    "business_key",
    "submission_id",
    "file",
    "sheet",
    "cells",
    "sent",
    "headings",
    "slot_id",
    "entry",
)
NUMBERS = {"contribution": "DECIMAL", "row_no": "INTEGER"}
COLUMNS = (*TEXTS[:3], "contribution", *TEXTS[3:8], "row_no", *TEXTS[8:])


def behind(tell: Teller, row: Row, exact: bool = True) -> DataFrame:
    """The rows behind a row of fct_indicator. The contributions of a role sum to the figure's numerator, denominator or minus, since a
    line stands once in each role, whatever cells it takes; a longer period's figure rests on the rows of its parts."""
    from pandas import DataFrame

    rows = list(_rows(tell, row))
    return DataFrame({name: column([one.get(name) for one in rows], NUMBERS.get(name, "VARCHAR"), exact) for name in COLUMNS})


def _rows(tell: Teller, row: Row) -> Iterator[Row]:
    for period in str(row["made_of"] or "").split():
        same = {name: row[name] for name in ("form", "grain", "member", "measure")}
        for part in tell.data.select("fct_indicator", **same, period=period):
            yield from _rows(tell, part)
    if row["made_of"]:
        return
    for part in contributions(tell, row):
        line = tell.data.line(part["line_id"]) if part["line_id"] else None
        yield {**part, **(_read_from(tell, part, line) if line else {})}


def _read_from(tell: Teller, part: Row, line: Row) -> Row:
    columns = [name for name in part["columns"].split(",") if name in line["cells"]]
    return {
        **{name: line[name] for name in ("business_key", "submission_id", "file", "sheet", "row_no")},
        "cells": _listed(line["cells"][name] for name in columns),
        "sent": _listed(line["sent"].get(name, "") for name in columns),
        "headings": _listed(tell.column(part["form"], name) for name in columns),
    }


def _listed(texts: Iterable[object]) -> str | None:
    return " | ".join(map(str, texts)) or None
