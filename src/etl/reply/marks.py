"""Fill and comment the cells that an answer speaks of, and take the marks of an earlier answer away."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.model import Issue
from etl.reply.answer import Answer
from etl.reply.copies import display_width
from etl.reply.groups import gravity, grouped
from etl.texts.catalogue import LANGUAGES, speaker

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Color
    from openpyxl.worksheet.worksheet import Worksheet

# Pink, yellow, pale blue: 79, 90 and 94 % grey on a printer without colours, so black text stays legible.
FILLS = {"error": "FFFFB3B3", "warning": "FFFFE699", "info": "FFE8F1FB"}
AUTHOR = "luodi"
BOX_WIDTH, LINE, CHARACTERS, TALLEST = 300, 17, 44, 420  # pixels; half-width characters in a line of the box
LONGEST = 2_000  # characters of one comment
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


def mark_cells(workbook: Workbook, answer: Answer, names: Mapping[str, str] | None = None) -> dict[tuple[str, str], str]:
    """Mark every cell of the answer's issues; `names` maps a sheet of the file to the copy's.

    Several issues of one cell share a comment, the gravest first, and it gives the fill. The answer is
    {(sheet, cell): fill before}, by which `unmark` can undo it.
    """
    at: dict[tuple[str, str], list[Issue]] = {}
    for group in grouped(answer.issues):
        for issue in group.issues:
            sheet = (names or {}).get(issue.sheet, issue.sheet)
            if issue.cell and _CELL.fullmatch(issue.cell) and sheet in workbook.sheetnames:
                at.setdefault((sheet, issue.cell), []).append(issue)
    before = {}
    for (sheet, name), issues in at.items():
        cell = _writable(workbook[sheet], name)
        if cell is None:
            continue
        before[sheet, name] = _fill_of(cell)
        _fill(cell, FILLS.get(min((i.severity for i in issues), key=gravity), FILLS["info"]))
        _comment(cell, issues, answer)
    for each in workbook.worksheets:
        _fit_comments(each)
    return before


def unmark(workbook: Workbook, before: Mapping[tuple[str, str], str]) -> None:
    """Undo the marks of an earlier answer that a unit corrected and sent back."""
    for each in workbook.worksheets:
        for cell, comment in _commented(each):
            own = _own_part(comment.text)
            if own is not None:
                _set_comment(cell, own) if own else setattr(cell, "comment", None)
    for (sheet, name), fill in before.items():
        if sheet in workbook.sheetnames and _CELL.fullmatch(name):
            marked = _writable(workbook[sheet], name)
            if marked is not None and marked.fill.fgColor.rgb in FILLS.values():
                _fill(marked, fill)


def _writable(sheet: Worksheet, name: str) -> Cell | None:
    """The cell itself, or the first of the merged area it lies in; None where the sheet has no such place."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, row = coordinate_from_string(name)
    if row > 1_048_576 or column_index_from_string(letters) > 16_384 or not hasattr(sheet, "merged_cells"):
        return None
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        area = next(a for a in sheet.merged_cells.ranges if name in a)
        cell = sheet.cell(area.min_row, area.min_col)
    return cell


def _fill_of(cell: Cell) -> str:
    """A plain fill as its colour; '' for none, and for patterns that no office uses."""
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" and cell.fill.fgColor.type == "rgb" else ""


def _fill(cell: Cell, colour: str) -> None:
    from copy import copy

    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    if colour and _pale(cell.font.color):
        font = copy(cell.font)
        font.color = "FF000000"  # white on dark blue would vanish
        cell.font = font  # type: ignore[assignment]  # the stub takes a copy for the proxy it was made of


def _pale(colour: Color | None) -> bool:
    if colour is None:
        return False
    if colour.type == "theme":
        return colour.theme == 0  # the theme's white
    if colour.type != "rgb" or not isinstance(colour.rgb, str) or len(colour.rgb) != 8:
        return False
    red, green, blue = (int(colour.rgb[i : i + 2], 16) for i in (2, 4, 6))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 170


def _comment(cell: Cell, issues: list[Issue], answer: Answer) -> None:
    say = speaker(answer.lang)
    lines = [f"[{say(f'severity.{i.severity}')} {i.rule}] {i.told}" for i in issues]
    ours = "\n".join([say("reply.comment_head"), *dict.fromkeys(lines)])
    theirs = _own_part(cell.comment.text) if cell.comment else ""
    if cell.comment and theirs is None:
        theirs = cell.comment.text
    _set_comment(cell, f"{theirs}\n{ours}" if theirs else ours)


def _set_comment(cell: Cell | MergedCell, text: str) -> None:
    from openpyxl.comments import Comment

    author = cell.comment.author if cell.comment and cell.comment.author else AUTHOR
    cell.comment = Comment(text[:LONGEST], author)


def _own_part(text: str) -> str | None:
    """What stood in a comment before ours was added; None where ours was not."""
    for head in (speaker(lang)("reply.comment_head") for lang in LANGUAGES):
        if head in text:
            return text.partition(head)[0].rstrip("\n")
    return None


def _fit_comments(sheet: Worksheet) -> None:
    """Size each box to its text: openpyxl forgets the sizes that the file had."""
    for _, comment in _commented(sheet):
        lines = sum(max(1, math.ceil(display_width(line) / CHARACTERS)) for line in comment.text.split("\n"))
        comment.width, comment.height = BOX_WIDTH, min(LINE * (lines + 1), TALLEST)


def _commented(sheet: Worksheet) -> list[tuple[Cell | MergedCell, Comment]]:
    """The cells with comments; a chartsheet has none."""
    return [(cell, cell.comment) for row in sheet.iter_rows() for cell in row if cell.comment] if hasattr(sheet, "iter_rows") else []
