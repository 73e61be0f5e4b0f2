"""Recall what is landed about single findings, so that a decision of today reaches what came in earlier nights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.forms.schema import is_there
from etl.model import OPEN, Issue

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIELDS = {"row_no": "row", "column_name": "column"}  # columns of `landed.issue` that are called otherwise than in Issue


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where findings stand: of a submission its unit, form and period, of a line its business key."""

    slots: dict[str, tuple[str | None, str | None, str | None]]
    keys: dict[str, str]

    def of(self, issue: Issue) -> tuple[str | None, str | None, str | None, str]:
        """Unit, form, period and business key; an issue of a form that never came names its slot itself."""
        if issue.submission_id.startswith("missing:"):
            unit, form, period = issue.submission_id.split(":")[1:4]
            return unit, form, period, ""
        return *self.slots.get(issue.submission_id, (None, None, None)), self.keys.get(issue.line_id or "", "")


def addresses(con: DuckDBPyConnection, forms: Mapping[str, Form], schema: str, issues: Iterable[Issue]) -> Addresses:
    """The addresses of some issues, from a schema that has the tables of `staged`."""
    lines: dict[str, list[str]] = defaultdict(list)
    slots = {row[0]: row[1:] for row in con.execute(f"SELECT submission_id, unit, form, period FROM {schema}.submission").fetchall()}
    for issue in issues:
        if issue.line_id and (form := slots.get(issue.submission_id, (None, None))[1]) in forms:
            lines[form].append(issue.line_id)
    keys: dict[str, str] = {}
    for form, ids in sorted(lines.items()):
        keys |= dict(
            con.execute(
                f"SELECT line_id, business_key FROM {schema}.{form} WHERE business_key IS NOT NULL"
                " AND line_id IN (SELECT unnest(?::VARCHAR[]))",
                [ids],
            ).fetchall()
        )
    return Addresses(slots, keys)


def own_issues(con: DuckDBPyConnection, schema: str, rules: set[str]) -> list[Issue]:
    """All own issues of the submissions with an issue that is answered, or that one of some rules found."""
    con.execute(
        f"""
        SELECT * EXCLUDE (found_by) FROM {schema}.issue
        WHERE found_by = 'own' AND submission_id IN (
            SELECT submission_id FROM {schema}.issue
            WHERE found_by = 'own' AND (coalesce(state, 'open') <> 'open' OR decision IS NOT NULL OR list_contains(?, rule)))
        ORDER BY ALL
    """,
        [sorted(rules)],
    )
    return [issue if issue.state else replace(issue, state=OPEN) for issue in issues_read(con)]


def issues_read(con: DuckDBPyConnection) -> list[Issue]:
    """The issues that a query over `landed.issue` gives, by the names of its columns: a warehouse of an earlier version lacks some."""
    names = [FIELDS.get(column, column) for column, *_ in con.description or ()]
    return [Issue(**dict(zip(names, row, strict=True))) for row in con.fetchall()]


def landed_decisions(con: DuckDBPyConnection, schema: str, table: str, columns: str) -> list[tuple]:
    """The landed decisions of one kind, in one fixed order."""
    return con.execute(f"SELECT {columns} FROM {schema}.{table} ORDER BY ALL").fetchall()


def can_recall(con: DuckDBPyConnection, schema: str) -> bool:
    """False before the first night, and for a warehouse that was landed before decisions were kept."""
    return is_there(con, f"{schema}.explanation")
