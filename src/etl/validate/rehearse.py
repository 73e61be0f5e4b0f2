"""Rehearse a rule on everything landed before it goes live: whom it would newly find, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.locked import shut_in
from etl.model import SUSPENDED, Issue
from etl.texts.catalogue import texts
from etl.validate.cascades import Cause, causes
from etl.validate.context import gather
from etl.validate.queries import ARCHIVE, queries
from etl.validate.rulebook import CELL, LINE, Rule, RuleSet
from etl.validate.rules import Already, find_failures, worded

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to be rehearsed: as it stands, or other SQL under its code; a code that the rulebook lacks needs forms."""

    code: str
    sql: str | None = None
    forms: tuple[str, ...] = ()  # () is all that the rule is about


@dataclass(frozen=True)
class Rehearsal:
    """What a rule would find over the archive, against what it is known to have found."""

    code: str
    found: int
    newly: tuple[Issue, ...]  # the largest differences first
    gone: tuple[tuple[str, str | None, str | None], ...]  # submission, line and column of issues that it would not raise
    by_unit: tuple[tuple[str, int], ...]  # of `newly`, by code of the unit
    by_period: tuple[tuple[str, int], ...]


def rehearse(
    con: DuckDBPyConnection,
    landed: str,
    rules: RuleSet,
    draft: Draft,
    lang: str = "zh",
) -> Rehearsal:
    """Run a rule as drafted over all that schema `landed` holds of submissions that were not refused.

    Works on a DuckDB connection of its own, which has `landed` attached (`house.landed`) and is shut in: nothing there
    changes, and SQL that somebody sent reaches no file. Raises KeyError for a code without a rule or SQL, and duckdb.Error
    where the SQL does not run.
    """
    forms, rulebook, code, sql = rules.forms, rules.rulebook, draft.code, draft.sql
    rule = rulebook.get(code) or _new(draft)
    if not set(rule.decided_by) & set(ARCHIVE.decided_by):
        if sql is None:
            raise KeyError(code)
        rule = Rule(**vars(rule) | {"decided_by": ("sql",)})
    chosen = sorted(f for f in (draft.forms or forms) if rule.covers(forms[f]))
    shut_in(con)
    gather(con, rules, landed)
    rendered = queries(replace(rules, rulebook={code: rule}), chosen, ARCHIVE, drafts={code: sql} if sql is not None else None)
    found = [f for rows in find_failures(con, rendered, ARCHIVE).values() for f in rows]
    already = Already(_causes(con, landed, rulebook, code), failed=_failed_before(con, landed, rulebook, rule))
    issues = worded(found, replace(rules, rulebook={**rulebook, code: rule}), lang, already)
    before = set(
        con.execute(
            f"""
        SELECT i.submission_id, i.line_id, i.column_name FROM {landed}.issue i
        WHERE i.rule = ? AND i.submission_id NOT IN (SELECT submission_id FROM gathered.submission WHERE refused)""",
            [code],
        ).fetchall()
    )
    newly = sorted((i for i in issues if _place(i) not in before), key=_weight)
    slots = {
        sid: (unit or "", period or "")
        for sid, unit, period in con.execute("SELECT submission_id, unit, period FROM gathered.submission").fetchall()
    }
    units = Counter(slots.get(i.submission_id, ("", ""))[0] for i in newly)
    periods = Counter(slots.get(i.submission_id, ("", ""))[1] for i in newly)
    # What is found while reading can not be rehearsed, so it is not gone.
    lost = set() if "reader" in rule.decided_by else before - {_place(i) for i in issues}
    gone = sorted(lost, key=lambda place: tuple(part or "" for part in place))
    return Rehearsal(code, len(issues), tuple(newly), tuple(gone), _most(units), tuple(sorted(periods.items())))


def read_rule(path: Path) -> str:
    """The SQL of a rule in a file of its own, as expectations/rules/ has them."""
    return path.read_text(encoding="utf-8")


def _new(draft: Draft) -> Rule:
    code = draft.code
    if draft.sql is None or not draft.forms:
        raise KeyError(code)
    said = texts("finding")["rehearsed"]  # a code that the rulebook does not have yet says no more than where and what
    return Rule(code, draft.forms, code, code, "warning", "row", ("sql",), said["zh"], said["en"], "0")


def _causes(con: DuckDBPyConnection, landed: str, rulebook: Mapping[str, Rule], code: str) -> list[Cause]:
    known = [cause for scope in (CELL, LINE) for cause in causes(rulebook, scope).get(code, ())]
    return [
        Cause(*row)
        for row in con.execute(
            f"""
            SELECT rule, submission_id, line_id, sheet, cell FROM {landed}.issue
            WHERE state <> '{SUSPENDED}' AND list_contains(?::VARCHAR[], rule)""",
            [known],
        ).fetchall()
    ]


def _failed_before(con: DuckDBPyConnection, landed: str, rulebook: Mapping[str, Rule], rule: Rule) -> dict[str, int]:
    """The submissions in which an error of an earlier phase was found: the rule waits for it there, unless that one is suspended."""
    earlier = {code: other.phase for code, other in rulebook.items() if other.severity == "error" and other.phase < rule.phase}
    found = con.execute(
        f"SELECT DISTINCT submission_id, rule FROM {landed}.issue WHERE state <> '{SUSPENDED}' AND list_contains(?::VARCHAR[], rule)",
        [sorted(earlier)],
    ).fetchall()
    return {submission: min(earlier[code] for other, code in found if other == submission) for submission, _ in found}


def _place(issue: Issue) -> tuple[str, str | None, str | None]:
    return issue.submission_id, issue.line_id, issue.column


def _weight(issue: Issue) -> tuple[Decimal, str, int, str]:
    try:
        size = abs(Decimal(issue.difference or 0))
    except InvalidOperation:
        size = Decimal(0)  # a difference in words, such as 12天
    return -size, issue.file, issue.row or 0, issue.cell or ""


def _most(counts: Counter) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
