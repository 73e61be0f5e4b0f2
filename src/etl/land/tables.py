"""The tables of the landed warehouse, made from the contracts so that a new form brings its own.

Everything lives in the schema `landed` of one DuckDB file. No table has a primary key: a submission is
replaced by delete and insert within one transaction, which DuckDB refuses for indexed keys. Uniqueness is
asserted by the tests of the dbt project instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.forms.schema import NUMBER, REGISTERS, SUBMISSION, TOTAL, line_columns
from etl.land.changes import CHANGE
from etl.site.stage import TABLES as DECISIONS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

JUDGEMENT = {
    "own_verdict": "VARCHAR",  # by what the submission says by itself; decides which version counts
    "verdict": "VARCHAR",  # after the comparison with the others
    "errors": "INTEGER",
    "warnings": "INTEGER",
    "quarantined": "INTEGER",
    "version": "INTEGER",
    "supersedes": "VARCHAR",
    "counts": "BOOLEAN",
    "is_echo": "BOOLEAN",  # a reply that came back with nothing changed: no version of its own
    "withdrawal": "VARCHAR",  # the decision that took it back
    "is_short": "BOOLEAN",  # holds less than what it would replace, and nobody has said why (F58): counts only where nothing else does
    "is_misplaced": "BOOLEAN",  # names another unit than its folder (F24): no version of the folder's unit
}
ISSUE = {
    "submission_id": "VARCHAR",
    "line_id": "VARCHAR",
    "rule": "VARCHAR",
    "severity": "VARCHAR",
    "level": "VARCHAR",
    "file": "VARCHAR",
    "sheet": "VARCHAR",
    "row_no": "INTEGER",
    "cell": "VARCHAR",
    "column_name": "VARCHAR",
    "value": "VARCHAR",
    "expected": "VARCHAR",
    "difference": "VARCHAR",
    "sentence": "VARCHAR",
    "rule_version": "VARCHAR",
    "state": "VARCHAR",  # open, explained, lapsed, waived, corrected, suspended
    "decision": "VARCHAR",
    "explanation": "VARCHAR",
    "explained_by": "VARCHAR",
    "explained_at": "TIMESTAMP",
    "found_by": "VARCHAR",  # own: the submission by itself; context: compared with the others
    "likely": "VARCHAR",  # which cell is probably wrong; told after the sentence
    "likely_line": "VARCHAR",  # the same as a figure: whose line, which column, what would fit as stored
    "likely_column": "VARCHAR",
    "likely_value": NUMBER,
    "finding": "VARCHAR",  # its number, the same in every night and version (`etl.land.settle.number_findings`)
    "review": "VARCHAR",  # of the explanation: accepted, asked_again, refused
    "reviewed_by": "VARCHAR",
    "review_why": "VARCHAR",
}
FILE = {
    "file": "VARCHAR",
    "file_sha256": "VARCHAR",
    "size": "BIGINT",
    "received_at": "TIMESTAMP",
    "receipt_order": "INTEGER",
    "duplicate_of": "VARCHAR",
}
# Files that were read again because a limit ended the reading before: which reading the last was, and its limits.
ATTEMPT = {"file_sha256": "VARCHAR", "tries": "INTEGER", "seconds": "INTEGER", "megabytes": "INTEGER"}
QUALITY = {
    "own_quarantined": "BOOLEAN",  # held back by what the submission says by itself
    "quality_status": "VARCHAR",  # after the comparison: accepted, accepted_with_warnings, quarantined
}
NAME = {"text": "VARCHAR", "norm": "VARCHAR"}
SITE = REGISTERS | {table: columns for table, columns in DECISIONS.items() if table != "explanation"}
# Those of the site are replaced every night; those that replies brought back stay with the submission that brought them.
EXPLANATION = DECISIONS["explanation"]


# What a column says of what was landed before there was one; else it is blank. Without its own verdict nothing would count.
BEFORE = {
    "own_verdict": "verdict",
    "is_misplaced": "false",
    "own_quarantined": "coalesce(quality_status = 'quarantined', false)",
    "state": "'open'",
    "found_by": "'own'",
}


def landed_tables(forms: Mapping[str, Form]) -> dict[str, dict[str, str]]:
    """Name every table of the schema `landed` with its columns."""
    fixed = {
        "submission": SUBMISSION | JUDGEMENT,
        "issue": ISSUE,
        "total": TOTAL,
        "file": FILE,
        "attempt": ATTEMPT,
        "name": NAME,
        "night": {"as_of": "DATE"},
        "explanation": EXPLANATION,
        "change": CHANGE,
        **SITE,
    }
    return fixed | {name: line_columns(form) | QUALITY for name, form in forms.items()}


def create(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Create what is missing, and add the columns that a contract has gained since; nothing is ever dropped."""
    made = con.execute("SELECT 1 FROM duckdb_schemas() WHERE database_name = current_database() AND schema_name = 'landed'").fetchone()
    con.execute("CREATE SCHEMA IF NOT EXISTS landed")
    there = (
        set()
        if made is None
        else set(
            con.execute(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'landed'"
            ).fetchall()
        )
    )
    tables = {table for table, _ in there}
    for table, columns in landed_tables(forms).items():
        body = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        con.execute(f'CREATE TABLE IF NOT EXISTS landed."{table}" ({body})')
        for name, kind in columns.items():
            if table in tables and (table, name) not in there:
                con.execute(f'ALTER TABLE landed."{table}" ADD COLUMN "{name}" {kind}')
                if name in BEFORE:
                    con.execute(f'UPDATE landed."{table}" SET "{name}" = {BEFORE[name]}')


def bring_up(landed: Path, forms: Mapping[str, Form]) -> None:
    """Give what an older version landed the tables and columns of today, before a night asks for them."""
    import duckdb

    if landed.exists():
        with duckdb.connect(str(landed)) as con, con.cursor() as work:
            work.execute("BEGIN")
            create(work, forms)
            work.execute("COMMIT")


def quoted(path: Path) -> str:
    """A path as it stands inside a quoted SQL text."""
    return str(path).replace("'", "''")


def fill(con: DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[tuple]) -> None:
    """Insert Python rows column by column: one statement, whatever their number."""
    if not rows:
        return
    lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
    con.execute(f"INSERT INTO {table} SELECT {lists}", [list(values) for values in zip(*rows, strict=True)])
