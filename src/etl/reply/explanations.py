"""Read what a unit wrote beside the issues of an earlier reply, and take that reply's marks out of its workbook."""

from __future__ import annotations

from dataclasses import dataclass

from etl.reply.issue_sheet import COLUMNS, FIRST_HIDDEN, HIDDEN, STAMP
from etl.reply.marks import unmark

EXPLANATION = COLUMNS.index("explanation") + 1


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason for one issue; a reason given for a whole group comes once for each of its issues."""

    submission_id: str
    rule: str
    sheet: str
    cell: str
    business_key: str
    value: str
    text: str


def read_explanations(workbook) -> list[Explanation]:
    """The reasons in the issue sheets of an openpyxl workbook that a unit sent back, in their order."""
    found = []
    for sheet in former_sheets(workbook):
        submission_id = _text(sheet.cell(1, FIRST_HIDDEN + 1))
        for_group = ("", "", "")
        for row in range(2, sheet.max_row + 1):
            rule, tab, cell, key, value, _ = (_text(sheet.cell(row, FIRST_HIDDEN + i)) for i in range(len(HIDDEN)))
            text = _text(sheet.cell(row, EXPLANATION)).strip()
            if not rule:
                continue
            if _is_group(sheet, row):
                for_group = (rule, tab, text)
                continue
            text = text or (for_group[2] if for_group[:2] == (rule, tab) and _in_group(sheet, row) else "")
            if text:
                found.append(Explanation(submission_id, rule, tab, cell, key, value, text))
    return found


def former_sheets(workbook, remove: bool = False) -> list:
    """The issue sheets of earlier replies in a workbook; with `remove` they and their marks are taken out."""
    sheets = [s for s in workbook.worksheets if s.cell(1, FIRST_HIDDEN).value == STAMP]
    if remove and sheets and len(sheets) < len(workbook.worksheets):
        before = {}
        for sheet in sheets:
            for row in range(2, sheet.max_row + 1):
                _, tab, cell, _, _, fill = (_text(sheet.cell(row, FIRST_HIDDEN + i)) for i in range(len(HIDDEN)))
                if cell:
                    before[tab, cell] = fill
            workbook.remove(sheet)
        unmark(workbook, before)
    return sheets


def _is_group(sheet, row: int) -> bool:
    """A group's own row is followed by its first place: 3 by 3.1."""
    number = _text(sheet.cell(row, 1))
    return bool(number) and _text(sheet.cell(row + 1, 1)) == f"{number}.1"


def _in_group(sheet, row: int) -> bool:
    return "." in _text(sheet.cell(row, 1))


def _text(cell) -> str:
    return "" if cell.value is None else str(cell.value)
