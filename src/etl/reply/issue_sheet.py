"""The first sheet of a marked workbook: every issue with a link to its cell, how to mend it, and room for a reason."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from etl.model import Issue
from etl.reply.answer import Answer
from etl.reply.copies import display_width
from etl.reply.effect import contact, effect, todo
from etl.reply.groups import Group, grouped, reason_answered, split_sentence
from etl.reply.layout import COLUMNS, FIRST_HIDDEN, HIDDEN, STAMP, WIDTHS
from etl.reply.marks import FILLS
from etl.reply.originals import write_text
from etl.texts.catalogue import speaker
from etl.texts.periods import period_name
from etl.texts.spreadsheet import TYPEFACE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LISTED = 2_000  # rows; more are marked but not listed
LINE = 15.5  # points of height for each line of text
VERDICT = {"accepted": "FFE2EFDA", "accepted_with_warnings": "FFFFE699"}
_PLACE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_EDGE = Side(style="thin", color="FFA6A6A6")
_BOX = Border(_EDGE, _EDGE, _EDGE, _EDGE)


@dataclass(frozen=True, slots=True)
class _CellStyle:
    """How a cell of the sheet looks."""

    bold: bool = False
    size: float = 10
    fill: str | None = None
    centre: bool = False
    box: bool = True


@dataclass(frozen=True, slots=True)
class _IssueSheet:
    """The sheet that is written, for whom, and what its rows say of the copy around it."""

    sheet: Worksheet
    answer: Answer
    before: Mapping[tuple[str, str], str]  # (sheet, cell) -> its fill before it was marked
    names: Mapping[str, str]  # a sheet of the file -> the copy's
    sheets: Collection[str]  # of the copy


def add_issue_sheet(
    workbook: Workbook, answer: Answer, before: Mapping[tuple[str, str], str], names: Mapping[str, str], remarks: Sequence[str] = ()
) -> None:
    """Add the sheet in front of an openpyxl workbook.

    `before` is what `mark` gave, `names` maps a sheet of the file to the copy's, `remarks` is what must be said of
    the copy.
    """
    say = speaker(answer.lang)
    titles = {name.lower() for name in workbook.sheetnames}
    numbered = itertools.chain([say("reply.issue_sheet")], (f"{say('reply.issue_sheet')}{n}" for n in itertools.count(2)))
    sheet = workbook.create_sheet(next(t for t in numbered if t.lower() not in titles), 0)
    for column, (_, width) in enumerate(WIDTHS.items(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = _head(sheet, answer, remarks)
    for column, key in enumerate(COLUMNS, start=1):
        _put(sheet, row, column, say(f"reply.{key}"), _CellStyle(bold=True, fill="FFD9D9D9", centre=True))
    page = _IssueSheet(sheet, answer, before, names, set(workbook.sheetnames))
    header = row
    asked = 0  # warnings listed so far
    for number, group in enumerate(grouped(answer.issues), start=1):
        if row - header > LISTED:
            left = sum(len(g.issues) for g in grouped(answer.issues)[number - 1 :])
            row = _line(sheet, row + 1, say("reply.not_listed", count=left))
            break
        first = row + 1
        row = _group(page, first, number, group)
        if group.severity == "warning":
            row = _folded(sheet, first, row, answer.most_warnings - asked, answer)
            asked += len(group.issues)
    if not answer.issues:
        row = _line(sheet, row + 1, say("reply.no_issues"))
    _finish(workbook, sheet, header, row, answer)


def _head(sheet: Worksheet, answer: Answer, remarks: Sequence[str]) -> int:
    """The lines above the list; returns the row of the list's header."""
    say, s = speaker(answer.lang), answer.submission
    colon = say("reply.colon")
    _line(sheet, 1, say("reply.issue_title"), bold=True, size=16, centre=True)
    told = {"unit": answer.unit_name, "form": answer.form_name, "period": period_name(s.period, answer.lang)}
    _line(sheet, 2, "        ".join(f"{say('reply.' + k)}{colon}{v or say('reply.unknown')}" for k, v in told.items()))
    _line(sheet, 3, f"{say('reply.file')}{colon}{answer.file}        {say('reply.received')}{colon}{s.received_at:%Y-%m-%d %H:%M}")
    figures = say("reply.counts", **answer.counts)
    if answer.quarantined:
        figures += f"        {say('reply.lines', lines=answer.lines, quarantined=answer.quarantined)}"
    _put(
        sheet,
        4,
        1,
        f"{say('reply.verdict')}{colon}{say(f'verdict.{answer.verdict}')}",
        _CellStyle(bold=True, size=12, box=False, fill=VERDICT.get(answer.verdict, FILLS["error"])),
    )
    _put(sheet, 4, 5, figures, _CellStyle(box=False))
    sheet.merge_cells("A4:D4")
    sheet.merge_cells(start_row=4, start_column=5, end_row=4, end_column=len(COLUMNS))
    sheet.row_dimensions[4].height = 24
    row = 4
    for text in (effect(answer), *todo(answer), *remarks, contact(answer)):
        row = _line(sheet, row + 1, text)
    return row + 2


def _group(page: _IssueSheet, row: int, number: int, group: Group) -> int:
    """One row for an issue that stands alone; else one for the group and one for each place. Returns the last row."""
    sheet, answer = page.sheet, page.answer
    if len(group.issues) == 1:
        _issue(page, row, str(number), group.issues[0], group.issues[0].told)
        return row
    say = speaker(answer.lang)
    advice = group.advice(answer.lang)
    values = {
        "number": str(number),
        "severity": say(f"severity.{group.severity}"),
        "sheet": group.sheet,
        "cell": group.cells(answer.lang),
        "rule": say("reply.places", rule=_rule(group.rule, answer), count=len(group.issues)),
        "advice": advice,
    }
    _row(sheet, row, values, group.severity, bold=True)
    _remember(sheet, row, (group.rule, group.sheet))
    for place, issue in enumerate(group.issues, start=1):
        if place > LISTED:
            return _line(sheet, row + 1, say("reply.not_listed", count=len(group.issues) - LISTED))
        row += 1
        text = split_sentence(issue.sentence, answer.lang)[0] + (issue.likely or "") if advice else issue.told
        _issue(page, row, f"{number}.{place}", issue, text)
    return row


def _folded(sheet: Worksheet, first: int, last: int, room: int, answer: Answer) -> int:
    """Hide the places of a group for which there is no room (judging.md, section 1); its own row says how many. Returns the last row.

    Hidden rows still carry the marks and take the reason written beside the group.
    """
    hidden = range(max(first, first + room) + 1, last + 1)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    return _line(sheet, last + 1, speaker(answer.lang)("reply.folded", count=len(hidden))) if hidden else last


def _issue(page: _IssueSheet, row: int, number: str, issue: Issue, advice: str) -> None:
    sheet, answer = page.sheet, page.answer
    say = speaker(answer.lang)
    target = page.names.get(issue.sheet, issue.sheet)
    place = issue.cell or (say("reply.line", row=issue.row) if issue.row else say("reply.whole_file"))
    values = {
        "number": number,
        "severity": say(f"severity.{issue.severity}"),
        "rule": "\n".join(filter(None, (_rule(issue.rule, answer), issue.finding))),
        "sheet": issue.sheet,
        "cell": place,
        "value": issue.value or (say("reply.blank") if issue.cell else ""),
        "expected": issue.expected if issue.expected and issue.rule not in ("F27", "F28") else "",
        "advice": " ".join(t for t in (advice, _nameable(issue, say), reason_answered(issue, answer.lang)) if t),
        "explanation": issue.explanation or "" if issue.state == "explained" else "",
    }
    _row(sheet, row, values, issue.severity)
    anchor = issue.cell or (f"A{issue.row}" if issue.row else "")
    if target in page.sheets and _PLACE.fullmatch(anchor):
        cell = sheet.cell(row, COLUMNS.index("cell") + 1)
        quoted = target.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{anchor}")
        cell.font = Font(name=TYPEFACE, size=10, color="FF0563C1", underline="single")
    _remember(
        sheet,
        row,
        (
            issue.rule,
            target,
            issue.cell or "",
            answer.keys.get(issue.line_id or "", ""),
            issue.value or "",
            page.before.get((target, issue.cell or ""), ""),
            issue.column or "",
        ),
    )


def _nameable(issue: Issue, say: Callable[..., str]) -> str:
    """Beside an unknown header: the unit itself may say which column it is (`luodi teach --from-replies`)."""
    return say("reply.name_column", header=issue.expected or say("reply.remark")) if issue.rule == "F14" else ""


def _rule(code: str, answer: Answer) -> str:
    return f"{code} {answer.rules.get(code, '')}".strip()


def _row(sheet: Worksheet, row: int, values: Mapping[str, str], severity: str, bold: bool = False) -> None:
    height = 1
    for column, key in enumerate(COLUMNS, start=1):
        text = values.get(key, "")
        centre = key in ("number", "severity", "sheet", "cell")
        style = _CellStyle(bold=bold, centre=centre, fill=FILLS.get(severity) if key == "severity" else None)
        cell = _put(sheet, row, column, text, style)
        if key == "explanation":
            cell.protection = Protection(locked=False)
        height = max(height, _lines(text, WIDTHS[key]))
    sheet.row_dimensions[row].height = min(LINE * height + 4, 400)


def _remember(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    for column, value in enumerate(values, start=FIRST_HIDDEN):
        write_text(_at(sheet, row, column), value)


def _line(sheet: Worksheet, row: int, text: str, *, bold: bool = False, size: float = 10, centre: bool = False) -> int:
    """A text across all columns, its row as high as it needs; returns the row."""
    _put(sheet, row, 1, text, _CellStyle(bold, size, centre=centre, box=False))
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(COLUMNS))
    sheet.row_dimensions[row].height = LINE * _lines(text, sum(WIDTHS.values())) + (12 if bold or centre else 3)
    return row


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(display_width(line) / (width - 2))) for line in text.split("\n"))


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of the issue sheet; nothing is written under what was merged."""
    return cast("Cell", sheet.cell(row, column))


def _put(sheet: Worksheet, row: int, column: int, text: str, style: _CellStyle) -> Cell:
    cell = _at(sheet, row, column)
    write_text(cell, text)
    cell.font = Font(name=TYPEFACE, bold=style.bold, size=style.size)
    cell.alignment = Alignment(horizontal="center" if style.centre else "left", vertical="center", wrap_text=True)
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.box:
        cell.border = _BOX
    return cell


def _finish(workbook: Workbook, sheet: Worksheet, header: int, last: int, answer: Answer) -> None:
    """Hide what is for programs, lock all but the reasons, fit it on paper, and open the workbook on this sheet."""
    for column in range(FIRST_HIDDEN, FIRST_HIDDEN + len(HIDDEN)):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    write_text(_at(sheet, 1, FIRST_HIDDEN), STAMP)
    write_text(_at(sheet, 1, FIRST_HIDDEN + 1), answer.submission.submission_id)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    assert (
        sheet.sheet_properties.pageSetUpPr is not None and sheet.oddFooter is not None and sheet.oddFooter.center is not None
    )  # openpyxl makes both
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.oddFooter.center.text = "&P / &N"
    workbook.active = 0
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet  # else both would be edited at once
