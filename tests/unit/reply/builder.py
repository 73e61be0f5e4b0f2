"""Answers and workbooks as the examples of this folder need them."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime

from openpyxl import Workbook, load_workbook

from etl.model import Issue, Submission
from etl.reply.answer import Answer


def issue(rule="F03", cell="C3", severity="error", level="cell", sheet="Sheet1", value="大概", expected="数字（万元）",
          sentence=None, row=None, line_id=None):
    """One issue; its sentence has two parts, as those of the rulebook have."""
    return Issue(
        submission_id="s", line_id=line_id, rule=rule, severity=severity, level=level, file="县甲局/表.xlsx", sheet=sheet,
        row=row, cell=cell, column=None, value=value, expected=expected, difference=None,
        sentence=sentence or f"{cell or '本表'} 应填数字，现在是“{value}”。请改成阿拉伯数字。",
    )


def answer(path, *issues, verdict="partly_accepted", file="县甲局/表.xlsx", **more):
    """An answer about a file; `more` overrides fields of Answer."""
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    submission = Submission(f"{sha[:16]}-key_project_monthly-2024-03", file, sha, "Sheet1", "jia", "key_project_monthly",
                            "2024-03", datetime(2024, 4, 2, 9, 30), 1, readable=verdict != "unreadable")
    told = {"day": date(2024, 4, 15), "unit_name": "县甲局", "form_name": "重点项目月报表", "lines": 4, "held": 1,
            "deadline": date(2024, 4, 18), "contact": "数据组 0000", "rules": {"F03": "应填数字却不是数字"}}
    return Answer(submission, verdict, tuple(issues), path, **told | more)


def workbook(path, rows, change=None):
    """An xlsx with one sheet of rows; `change(sheet)` does what rows cannot say."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def texts(sheet) -> list[list[str]]:
    """What a person sees of the list of issues: its rows below the header, without the hidden columns."""
    rows = [[str(c.value or "") for c in row[:9]] for row in sheet.iter_rows()]
    header = next(n for n, row in enumerate(rows) if row[0] in ("序号", "No."))
    return [row for row in rows[header + 1:] if any(row)]
