"""Show what the night would say of a file: each issue with its cell and the sentence that tells how to mend it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from etl.desk import judge, settle_site
from etl.model import Issue, Submission
from etl.show.text import cell, console, table

CLEAN, ERRORS, UNREADABLE = 0, 1, 2
STYLE = {"error": "red", "warning": "yellow", "info": "cyan"}


def show_issues(
    files: Sequence[Path], format: str, site: Path | None, data: Path | None, say: Callable[..., str], lang: str
) -> int:
    """Judge the files and print their issues; the answer is 0 clean, 1 errors, 2 a file cannot be read. Raises Mistake."""
    settings, loaded, sample = settle_site(files, site, data)
    if sample:
        print(say("sample_site"), file=sys.stderr)
    judged = judge(files, settings, loaded, lang)
    if format == "jsonl":
        for submission, issue in ((s, i) for s, _, issues in judged for i in issues):
            print(json.dumps(record(issue, submission), ensure_ascii=False))
    else:
        _tables(judged, say)
    if any(not submission.readable for submission, _, _ in judged):
        return UNREADABLE
    return ERRORS if any(i.severity == "error" for _, _, issues in judged for i in issues) else CLEAN


def record(issue: Issue, submission: Submission) -> dict[str, str | int | None]:
    """An issue as the fields that other programs read."""
    return {
        "file": issue.file, "rule": issue.rule, "severity": issue.severity, "sheet": issue.sheet, "cell": issue.cell,
        "column": issue.column, "value": issue.value, "expected": issue.expected, "sentence": issue.told,
        "row": issue.row, "difference": issue.difference, "level": issue.level,
        "form": submission.form, "unit": submission.unit, "period": submission.period,
    }


def _tables(judged: list[tuple[Submission, str, list[Issue]]], say: Callable[..., str]) -> None:
    screen = console()
    for submission, verdict, issues in judged:
        count = Counter(i.severity for i in issues)
        screen.print(cell(say("checked", file=submission.file, verdict=say(verdict), error=count["error"],
                              warning=count["warning"], info=count["info"]), "bold"))
        if not issues:
            screen.print(say("clean"))
        else:
            listed = table("", say("rule"), say("severity"), say("sheet"), say("cell"), say("sentence"))
            for i in issues:
                place = i.cell or (f"{say('row')} {i.row}" if i.row else "")
                listed.add_row(i.rule, cell(say(i.severity), STYLE[i.severity]), cell(i.sheet), cell(place), cell(i.told))
            screen.print(listed)
        screen.print()
