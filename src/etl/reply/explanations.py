"""Read what a unit wrote beside the issues of an earlier reply, and take that reply's marks out of its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.model import Grid, Reason
from etl.reply.layout import COLUMNS, FIRST_HIDDEN, HIDDEN, STAMP

if TYPE_CHECKING:
    from openpyxl import Workbook

EXPLANATION = COLUMNS.index("explanation")


def is_issue_sheet(grid: Grid) -> bool:
    """True for the sheet that a reply added: it is no form, whatever its cells look like."""
    return grid.cell(0, FIRST_HIDDEN - 1) == STAMP


def submission_answered(grid: Grid) -> str:
    """The submission that the reply of an issue sheet was about."""
    return _at(grid, 0, FIRST_HIDDEN)


def read_reasons(grid: Grid) -> list[Reason]:
    """The reasons in an issue sheet, in their order."""
    found = []
    submission_id = submission_answered(grid)
    for_group = ("", "", "")
    for row in range(1, len(grid.rows)):
        rule, tab, cell, key, value, _, column = (_at(grid, row, FIRST_HIDDEN - 1 + i) for i in range(len(HIDDEN)))
        text, number = _at(grid, row, EXPLANATION).strip(), _at(grid, row, 0)
        if not rule:
            continue
        if number and _at(grid, row + 1, 0) == f"{number}.1":  # a group's own row is followed by its first place
            for_group = (rule, tab, text)
            continue
        text = text or (for_group[2] if for_group[:2] == (rule, tab) and "." in number else "")
        if text:
            found.append(Reason(submission_id, rule, tab, cell, column, key, value, text))
    return found


def former_sheets(workbook: Workbook, remove: bool = False) -> list:
    """The issue sheets of earlier replies in an openpyxl workbook; with `remove` they and their marks are taken out."""
    from etl.reply.marks import unmark

    sheets = [s for s in workbook.worksheets if s.cell(1, FIRST_HIDDEN).value == STAMP]
    if remove and sheets and len(sheets) < len(workbook.worksheets):
        before = {}
        for sheet in sheets:
            for row in range(2, sheet.max_row + 1):
                place = {name: sheet.cell(row, FIRST_HIDDEN + i).value for i, name in enumerate(HIDDEN)}
                if place["cell"]:
                    before[str(place["sheet"] or ""), str(place["cell"])] = str(place["fill"] or "")
            workbook.remove(sheet)
        unmark(workbook, before)
    return sheets


def _at(grid: Grid, row: int, col: int) -> str:
    value = grid.cell(row, col)
    return "" if value is None else str(value)
