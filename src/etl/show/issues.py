"""Show what the night would say of a file: each issue with its cell and the sentence that tells how to mend it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl.desk.check import Desk, judge_files, told_by_clerk
from etl.model import Issue, Submission
from etl.settings import instant
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table

MANY, LISTED = 3, 12  # issues of one kind that become one row; cells that it names
CLEAN, ERRORS, UNREADABLE = 0, 1, 2
STYLE = {"error": "red", "warning": "yellow", "info": "cyan"}


def show_issues(
    files: Sequence[Path],
    desk: Desk,
    format: str,
    told: tuple[str | None, str | None, str | None] = (None, None, None),
    as_of: str | None = None,
    every: bool = False,
) -> int:
    """Judge the files and print their issues; the answer is 0 clean, 1 errors, 2 a file cannot be read. Raises Mistake.

    `told` is what the clerk says of unit, form and period; with `as_of` the files count as sent on that day. Issues of one
    rule in many cells are one row, unless `every` is asked for.
    """
    settings, site, is_sample = desk
    say = speaker(settings.lang)
    if as_of:
        settings = replace(settings, as_of=instant(as_of))
    if is_sample:
        print(say("use.sample_site"), file=sys.stderr)
    judged = judge_files(files, settings, site, settings.lang, told_by_clerk(settings, site, *told), sent=as_of is not None)
    if format == "jsonl":
        for submission, issue in ((s, i) for s, _, issues in judged for i in issues):
            print(json.dumps(issue_record(issue, submission), ensure_ascii=False))
    else:
        _tables(judged, say, every)
    if any(not submission.readable for submission, _, _ in judged):
        return UNREADABLE
    return ERRORS if any(i.severity == "error" for _, _, issues in judged for i in issues) else CLEAN


def issue_record(issue: Issue, submission: Submission) -> dict[str, str | int | None]:
    """An issue as the fields that other programs read."""
    return {
        "file": issue.file,
        "rule": issue.rule,
        "severity": issue.severity,
        "sheet": issue.sheet,
        "cell": issue.cell,
        "column": issue.column,
        "value": issue.value,
        "expected": issue.expected,
        "sentence": issue.told,
        "row": issue.row,
        "difference": issue.difference,
        "level": issue.level,
        "form": submission.form,
        "unit": submission.unit,
        "period": submission.period,
    }


def together(issues: Sequence[Issue]) -> list[list[Issue]]:
    """Issues in rows: those of one rule, sheet and column together where they are many, at the place of the first."""
    groups: dict[tuple, list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.rule, issue.sheet, issue.column), []).append(issue)
    rows: dict[int, list[Issue]] = {}
    for issue in issues:
        group = groups[issue.rule, issue.sheet, issue.column]
        key = id(group) if len(group) >= MANY else id(issue)
        rows.setdefault(key, group if len(group) >= MANY else [issue])
    return list(rows.values())


def _tables(judged: list[tuple[Submission, str, list[Issue]]], say: Say, every: bool = False) -> None:
    screen = console()
    for submission, verdict, issues in judged:
        count = Counter(i.severity for i in issues)
        screen.print(
            cell(
                say(
                    "check.checked",
                    file=submission.file,
                    verdict=say(f"verdict.{verdict}"),
                    error=count["error"],
                    warning=count["warning"],
                    info=count["info"],
                ),
                "bold",
            )
        )
        if not issues:
            screen.print(say("check.clean"))
        else:
            listed = table(
                "", say("heading.rule"), say("heading.severity"), say("heading.sheet"), say("heading.cell"), say("heading.sentence")
            )
            for row in ([i] for i in issues) if every else together(issues):
                i = row[0]
                place = i.cell or (f"{say('heading.row')} {i.row}" if i.row else "")
                sentence = i.told
                if len(row) > 1:
                    cells = list(dict.fromkeys(one.cell or str(one.row or "") for one in row[1:]))
                    more = "" if len(cells) <= LISTED else "…"
                    sentence += say("check.also_at", count=len(row), cells="、".join(cells[:LISTED]) + more)
                listed.add_row(i.rule, cell(say(f"severity.{i.severity}"), STYLE[i.severity]), cell(i.sheet), cell(place), cell(sentence))
            screen.print(listed)
        screen.print()
