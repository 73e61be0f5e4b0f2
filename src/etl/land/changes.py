"""What a later version changed: line by line and column by column, in the values as understood, not as typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import Column, Form

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHANGE = {
    "submission_id": "VARCHAR",
    "previous_id": "VARCHAR",  # the version before it that could be read
    "kind": "VARCHAR",  # added, removed (a line), changed (a value), unchanged (nothing at all)
    "form": "VARCHAR",
    "business_key": "VARCHAR",
    "column_name": "VARCHAR",
    "line_id": "VARCHAR",
    "previous_line_id": "VARCHAR",
    "old_value": "VARCHAR",
    "new_value": "VARCHAR",
}


def find_echoes(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Mark the replies that came back with nothing changed in their sheet: they bring reasons, they are no version.

    Works on tonight's submissions (`judged`); so is a reply of which only the issues came back.
    """
    con.execute("""
        CREATE OR REPLACE TEMP TABLE pair AS
        SELECT this.submission_id, before.submission_id AS previous_id, this.form
        FROM landed.submission this JOIN judged USING (submission_id)
        JOIN landed.submission before ON before.file_sha256[:16] = this.answers AND before.submission_id <> this.submission_id
         AND (before.unit, before.form, before.period) = (this.unit, this.form, this.period)
         AND coalesce(before.sub_unit, '') = coalesce(this.sub_unit, '')
    """)
    _compare(con, forms)
    con.execute("""
        UPDATE landed.submission AS s SET is_echo = answers IS NOT NULL
            AND (line_count = 0 AND NOT nil_declared
                 OR submission_id IN (SELECT submission_id FROM difference WHERE kind = 'unchanged'))
        WHERE submission_id IN (SELECT submission_id FROM judged)
    """)


def find_changes(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Compare every version of the slots that tonight touched with the one before it; `landed.change` afterwards."""
    con.execute("""
        CREATE OR REPLACE TEMP TABLE touched AS
        SELECT s.submission_id, s.form, concat_ws('|', s.unit, s.form, s.period, nullif(s.sub_unit, '')) AS slot, s.version,
               s.readable AND NOT coalesce(s.is_echo, false) AS has_content
        FROM landed.submission s
        WHERE (s.unit, s.form, s.period, coalesce(s.sub_unit, '')) IN (
            SELECT unit, form, period, coalesce(sub_unit, '') FROM landed.submission JOIN judged USING (submission_id))
          AND NOT s.is_misplaced
    """)
    con.execute("DELETE FROM landed.change WHERE submission_id IN (SELECT submission_id FROM touched)")
    con.execute("""
        CREATE OR REPLACE TEMP TABLE pair AS
        SELECT this.submission_id, arg_max(before.submission_id, (before.version, before.submission_id)) AS previous_id,
               any_value(this.form) AS form
        FROM touched this JOIN touched before ON before.slot = this.slot AND before.version < this.version
        WHERE this.has_content AND before.has_content
        GROUP BY this.submission_id
    """)
    _compare(con, forms)
    listed = ", ".join(CHANGE)
    con.execute(f"INSERT INTO landed.change ({listed}) SELECT {listed} FROM difference ORDER BY ALL")


def _compare(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Fill the temporary table `difference` (CHANGE) for the submissions and their predecessors in `pair`."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE difference ({', '.join(f'{c} {t}' for c, t in CHANGE.items())})")
    for name in sorted({form for (form,) in con.execute("SELECT DISTINCT form FROM pair").fetchall()} & set(forms)):
        con.execute(f"INSERT INTO difference {_differences(forms[name])}")
    con.execute("""
        INSERT INTO difference (submission_id, previous_id, kind, form)
        SELECT submission_id, previous_id, 'unchanged', pair.form
        FROM pair JOIN landed.submission this USING (submission_id)
        JOIN landed.submission before ON before.submission_id = pair.previous_id
        WHERE this.nil_declared IS NOT DISTINCT FROM before.nil_declared
          AND pair.submission_id NOT IN (SELECT submission_id FROM difference)
    """)


def _differences(form: Form) -> str:
    """Lines of one business key are compared in their order; those without a key by their place among such lines."""
    shown = ", ".join(f"{{'name': '{c.name}', 'was': {_shown(c, 'before')}, 'is': {_shown(c, 'this')}}}" for c in form.columns)
    numbered = f"""
        SELECT *, row_number() OVER (PARTITION BY submission_id, business_key ORDER BY row_no, line_id) AS place
        FROM landed.{form.form} WHERE submission_id IN (SELECT unnest([submission_id, previous_id]) FROM pair)"""
    return f"""
        WITH numbered AS ({numbered}),
        here AS (SELECT p.submission_id AS of_id, p.previous_id, l.* FROM pair p JOIN numbered l ON l.submission_id = p.submission_id),
        there AS (SELECT p.submission_id AS of_id, p.previous_id, l.* FROM pair p JOIN numbered l ON l.submission_id = p.previous_id),
        met AS (
            SELECT coalesce(this.of_id, before.of_id) AS submission_id, coalesce(this.previous_id, before.previous_id) AS previous_id,
                   CASE WHEN before.line_id IS NULL THEN 'added' WHEN this.line_id IS NULL THEN 'removed' ELSE 'changed' END AS kind,
                   coalesce(this.business_key, before.business_key) AS business_key,
                   this.line_id, before.line_id AS previous_line_id, [{shown}] AS columns
            FROM here AS this FULL JOIN there AS before
              ON before.of_id = this.of_id AND before.business_key IS NOT DISTINCT FROM this.business_key AND before.place = this.place
        )
        SELECT submission_id, previous_id, kind, '{form.form}', business_key, NULL, line_id, previous_line_id, NULL, NULL
        FROM met WHERE kind <> 'changed'
        UNION ALL
        SELECT submission_id, previous_id, kind, '{form.form}', business_key, c.name, line_id, previous_line_id, c.was, c.is
        FROM (SELECT * EXCLUDE (columns), unnest(columns) AS c FROM met WHERE kind = 'changed')
        WHERE c.was IS DISTINCT FROM c.is"""


def _shown(column: Column, side: str) -> str:
    """A value as people read it; where it was not understood, as it was sent."""
    value = f'CAST({side}."{column.name}" AS VARCHAR)'
    if column.numeric and column.type != "year":
        value = f"regexp_replace({value}, '\\.?0+$', '')"
    return f"coalesce({value}, json_extract_string({side}.raw, '{column.name}'))"
