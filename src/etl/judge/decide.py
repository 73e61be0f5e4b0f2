"""Bring the decisions of people to the issues of a night: tonight's, and those of earlier nights that they reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.judge.criteria import Criteria
from etl.land.recall import addresses, can_recall, landed_decisions, own_issues
from etl.model import Issue, Reading
from etl.site.decision import Correction, Decisions, Explanation, FindingPlace, Review, Suspension, Waiver
from etl.site.match import apply, suspended
from etl.site.stage import from_replies
from etl.validate.verdict import quarantined, verdicts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def decide(
    con: DuckDBPyConnection,
    readings: Iterable[Reading],
    issues: list[Issue],
    criteria: Criteria,
    as_of: date,
    earlier: str | None = None,
) -> tuple[list[Issue], dict[str, str], set[str]]:
    """Own issues with their state, own verdicts and lines held back: of the submissions in schema `staged`, and of those
    in schema `earlier` (as landed) of which a decision that came, changed or ran out makes something else.
    """
    forms, site = criteria.forms, criteria.site
    if earlier and not can_recall(con, earlier):
        earlier = None
    before = [e for e in _explanations(con, earlier) if e.source == "reply"] if earlier else []
    replied = from_replies(readings, site.names, forms)
    decisions = replace(site.decisions, explanations=(*site.decisions.explanations, *before, *replied), correctable=criteria.correctable)
    issues = with_states(con, forms, "staged", issues, decisions, as_of)
    readable = dict(con.execute("SELECT submission_id, readable FROM staged.submission").fetchall())
    held = quarantined(con, forms, issues)
    if earlier:
        landed = [i for i in own_issues(con, earlier, _rules(decisions)) if i.submission_id not in readable]
        now = with_states(con, forms, earlier, landed, decisions, as_of)
        moved = {new.submission_id for old, new in zip(landed, now) if old != new}
        again = [issue for issue in now if issue.submission_id in moved]
        readable |= {
            sid: ok for sid, ok in con.execute(f"SELECT submission_id, readable FROM {earlier}.submission").fetchall() if sid in moved
        }
        held |= quarantined(con, forms, again, earlier)
        issues = [*issues, *again]
    return issues, verdicts(readable, issues), held


def with_states(
    con: DuckDBPyConnection, forms: Mapping[str, Form], schema: str, issues: list[Issue], decisions: Decisions, as_of: date
) -> list[Issue]:
    """Issues about what a schema holds, with their state."""
    if not (decisions.explanations or decisions.waivers or decisions.corrections or decisions.suspensions):
        return apply(issues, decisions, lambda _: FindingPlace(None, None, None), as_of)
    where = addresses(con, forms, schema, issues)
    return apply(issues, decisions, lambda issue: FindingPlace(*where.of(issue)), as_of)


def suspended_rules(con: DuckDBPyConnection, schema: str, decisions: Decisions, as_of: date) -> frozenset[tuple[str, str]]:
    """The rules that are suspended for the submissions of a schema, as (rule, submission)."""
    if not decisions.suspensions:
        return frozenset()
    submissions = con.execute(f"SELECT submission_id, unit, form, period FROM {schema}.submission").fetchall()
    return suspended(decisions.suspensions, submissions, as_of)


def known(con: DuckDBPyConnection, landed: str, correctable: frozenset[str]) -> Decisions:
    """The decisions about findings that were landed; corrections answer the rules that are `correctable`."""
    return Decisions(
        explanations=_explanations(con, landed),
        reviews=tuple(
            Review(*row)
            for row in landed_decisions(
                con, landed, "explanation_review", "decision, explanation, rule, unit, verdict, decided_by, reason, decided_at"
            )
        ),
        waivers=tuple(
            Waiver(*row)
            for row in landed_decisions(
                con,
                landed,
                "waiver",
                "decision, rule, unit, form, period, business_key, column_name, reason, decided_by, valid_from, valid_until",
            )
        ),
        corrections=tuple(
            Correction(*row)
            for row in landed_decisions(
                con, landed, "correction", "decision, unit, form, period, business_key, column_name, reason, decided_by, decided_at"
            )
        ),
        correctable=correctable,
        suspensions=tuple(Suspension(*row) for row in _suspensions(con, landed)),
    )


def _suspensions(con: DuckDBPyConnection, landed: str) -> list[tuple]:
    columns = "decision, rule, form, unit, valid_from, valid_until, reason, decided_by, decided_at"
    return landed_decisions(con, landed, "suspension", columns)


def _explanations(con: DuckDBPyConnection, landed: str) -> tuple[Explanation, ...]:
    columns = "decision, source, rule, unit, form, period, business_key, column_name, value, reason, decided_by, decided_at"
    return tuple(Explanation(*row) for row in landed_decisions(con, landed, "explanation", columns))


def _rules(decisions: Decisions) -> set[str]:
    """The rules whose issues a decision may reach."""
    named = {one.rule for one in decisions.explanations} | {one.rule for one in decisions.waivers}
    named |= {one.rule for one in decisions.suspensions}
    return named | decisions.correctable if decisions.corrections else named
