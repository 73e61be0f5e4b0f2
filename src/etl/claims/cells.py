"""The cells of a workbook as the text that their sender saw, and what is wrong with those that hold no value."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from etl.model import Grid, cell_name
from etl.normalise.numbers import decimals
from etl.texts.catalogue import Text

_DIGITS = 10  # decimals kept of a stored number; beyond lies only the noise of a division


def cell_text(grid: Grid, row: int, col: int) -> str:
    """A cell as text: 73.9 % for 0.739 in a percent format."""
    value = grid.cell(row, col)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(value.date() if value == datetime(value.year, value.month, value.day) else value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{_plain(Decimal(value) * 100)} %" if (row, col) in grid.percents else _plain(Decimal(value))
    return str(value)


def _plain(value: Decimal) -> str:
    if value.is_finite() and decimals(value) > _DIGITS:
        value = round(value, _DIGITS)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_problem(file: str, grid: Grid, row: int, col: int) -> Text | str:
    """The sentence on a cell whose formula has no stored result or ended in an error; '' for any other."""
    error = grid.errors.get((row, col))
    if error is None:
        return ""
    place = Text("claims.cell_of_sheet" if grid.sheet else "claims.cell", file=file, sheet=grid.sheet, cell=cell_name(row, col))
    if error:
        return Text("claims.cell_error", place=place, error=error)
    return Text("claims.cell_empty", place=place)
