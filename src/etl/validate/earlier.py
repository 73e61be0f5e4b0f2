"""Lay out beside each submission what its unit sent before, so that a delivery cut short is told by what it lacks (F58).

A text that was cut at the end of a line is a whole table to every reader: only the lines, the 合计 and the signatures that
stood there the last time tell that something is missing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from etl.forms.schema import is_there

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "earlier_delivery"
AMONG_LINES = "('小计', '其中', '分组')"  # kinds of totals that end no table
_PLACED = "readable AND unit IS NOT NULL AND form IS NOT NULL AND period IS NOT NULL"
_WHOLE = (
    f"{_PLACED} AND own_verdict NOT IN ('rejected', 'unreadable') AND NOT coalesce(is_echo, false)"
    " AND NOT coalesce(is_misplaced, false) AND withdrawal IS NULL"
)


def stage_earlier(con: DuckDBPyConnection, forms: Collection[str], landed: str | None) -> None:
    """Fill `staged.earlier_delivery`; `landed` is the schema of what came in earlier nights, with its catalog.

    One row a submission: against the version of its slot that it would replace (`is_replaced`), else against its unit's
    last period, else (`lines_before` NULL) against nothing.
    """
    came = {form for (form,) in con.execute("SELECT DISTINCT form FROM staged.submission").fetchall()} & {*forms}
    now = [_delivered("staged", form, _PLACED) for form in sorted(came)]
    before = [_delivered("staged", form, f"answers IS NULL AND {_PLACED}", tonight=True) for form in sorted(came)]
    if landed:
        before += _whole(con, came, landed, "submission_id NOT IN (SELECT submission_id FROM staged.submission)")
    con.execute(f"CREATE OR REPLACE TABLE staged.{TABLE} AS {_compared(now, before)}")


def view_of_earlier(con: DuckDBPyConnection, forms: Collection[str], landed: str, schema: str) -> None:
    """The same of all that was ever landed, as a view of a schema: whoever asks it pays for it."""
    before = _whole(con, forms, landed)
    now = [_delivered(landed, form, _PLACED) for form in sorted(forms)] if before else []
    con.execute(f"CREATE VIEW {schema}.{TABLE} AS {_compared(now, before)}")


def _whole(con: DuckDBPyConnection, forms: Collection[str], landed: str, which: str = "true") -> list[str]:
    """What a landed schema holds of forms and may be held against: no echo, nothing refused, withdrawn or itself too short.

    An earlier luodi may have made the schema: what it does not know of yet is left out.
    """
    there = [form for form in sorted(forms) if is_there(con, f'{landed}."{form}"', "line_id")]
    long = "(counts OR NOT coalesce(is_short, false))" if there and is_there(con, f"{landed}.submission", "is_short") else "true"
    return [_delivered(landed, form, f"{_WHOLE} AND {long} AND {which}") for form in there]


def _delivered(schema: str | None, form: str, where: str, tonight: bool = False) -> str:
    """What the submissions of one form in a schema hold: keys in their order, how many lines, and what closes the table."""
    return f"""
        SELECT submission_id, sheet = '' AS is_text, unit, form, period, period_end, coalesce(sub_unit, '') AS part,
               received_at, receipt_order, {tonight} AS tonight, line_count AS lines,
               coalesce(preparer, reviewer, head) IS NOT NULL AS signed,
               EXISTS (SELECT 1 FROM {schema}.total t
                       WHERE t.submission_id = s.submission_id AND t.kind NOT IN {AMONG_LINES}) AS totalled,
               (SELECT list(business_key ORDER BY row_no, line_id)
                FROM {schema}."{form}" l WHERE l.submission_id = s.submission_id) AS keys
        FROM {schema}.submission s WHERE form = '{form}' AND {where}"""


def _compared(now: list[str], before: list[str]) -> str:
    """Each delivery beside the one that it is held against.

    In its slot that is the last one landed, or a fuller one of tonight: which of these are whole nobody knows yet.
    """
    if not now:
        now = before = [_NOBODY]
    latest = "before.period_end DESC, before.received_at DESC, before.receipt_order DESC, before.submission_id"
    return f"""
        WITH now AS ({" UNION ALL ".join(now)}), before AS ({" UNION ALL ".join(before)}),
        met AS (
            SELECT now.submission_id, now.is_text, now.lines, before.lines AS lines_before, before.period = now.period AS is_replaced,
                   now.signed, before.signed AS signed_before, now.totalled, before.totalled AS totalled_before,
                   before.period_end AS end_before, before.received_at AS received_before,
                   before.submission_id AS id_before,
                   coalesce(now.keys = list_slice(before.keys, 1, now.lines), false) AS is_beginning
            FROM now LEFT JOIN before
              ON (before.unit, before.form, before.part) = (now.unit, now.form, now.part)
             AND (before.received_at, before.receipt_order) < (now.received_at, now.receipt_order)
             AND before.period_end <= now.period_end AND before.lines > 0
            QUALIFY coalesce(before.tonight, true) OR 1 = row_number() OVER (
                PARTITION BY now.submission_id, before.tonight ORDER BY {latest})
        )
        SELECT * EXCLUDE (end_before, received_before, id_before) FROM met
        QUALIFY 1 = row_number() OVER (
            PARTITION BY submission_id ORDER BY end_before DESC, lines_before DESC, received_before DESC, id_before)
        ORDER BY submission_id"""


_NOBODY = """
    SELECT NULL::VARCHAR AS submission_id, false AS is_text, NULL::VARCHAR AS unit, NULL::VARCHAR AS form, NULL::VARCHAR AS period,
           NULL::DATE AS period_end, NULL::VARCHAR AS part, NULL::TIMESTAMP AS received_at, NULL::INTEGER AS receipt_order,
           false AS tonight, 0 AS lines, false AS signed, false AS totalled, []::VARCHAR[] AS keys WHERE false"""
