"""Earlier months for the rules that look back: one table a form, of the lines in force, tonight's included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.forms.contract import Form
from etl.validate.stage import line_schema

SCHEMA = "history"


def remember(con, forms: Mapping[str, Form], refused: Iterable[str], landed: str | None = None) -> None:
    """Build schema `history`: `received` (unit, form, period) of all that ever came, and `<form>` for each form staged tonight.

    Of several submissions of one unit, form and period the one received last that was not refused is in force.
    `landed` names an attached schema with the same tables and the verdicts of earlier nights; a submission
    staged again tonight is taken from tonight.
    """
    con.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    con.execute(f"CREATE SCHEMA {SCHEMA}")
    con.execute(f"CREATE TABLE {SCHEMA}.refused (submission_id VARCHAR)")
    if refused := sorted(refused):
        con.executemany(f"INSERT INTO {SCHEMA}.refused VALUES (?)", [(r,) for r in refused])
    columns = "submission_id, unit, form, period, received_at, receipt_order"
    earlier = "" if landed is None else f"""
        UNION ALL
        SELECT {columns}, verdict NOT IN ('rejected', 'unreadable'), false
        FROM {landed}.submission WHERE submission_id NOT IN (SELECT submission_id FROM staged.submission)"""
    con.execute(f"""
        CREATE TABLE {SCHEMA}.received AS
        WITH everything AS (
            SELECT {columns}, readable AND submission_id NOT IN (SELECT submission_id FROM {SCHEMA}.refused) AS usable,
                   true AS tonight
            FROM staged.submission{earlier}
        )
        SELECT *, usable AND row_number() OVER (
            PARTITION BY unit, form, period ORDER BY usable DESC, received_at DESC, receipt_order DESC) = 1 AS in_force
        FROM everything
    """)
    tonight = {f for (f,) in con.execute("SELECT DISTINCT form FROM staged.submission").fetchall()}
    for name in sorted(forms):
        columns = ", ".join(f"l.{c}" for c in line_schema(forms[name]))
        in_force = f"JOIN {SCHEMA}.received r ON r.submission_id = l.submission_id AND r.in_force"
        before = "" if landed is None or name not in tonight else f"""
            UNION ALL SELECT {columns} FROM {landed}.{name} l {in_force} AND NOT r.tonight"""
        con.execute(f"CREATE TABLE {SCHEMA}.{name} AS SELECT {columns} FROM staged.{name} l {in_force}{before}")
