"""The tables that submissions become, declared once: what is staged of a night, and what is landed of all nights.

Amounts and other figures are DECIMAL(20,6): in 万元 or 万美元, percents in percentage points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.forms.contract import Column, Form

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NUMBER = "DECIMAL(20,6)"
SUBMISSION = {
    "submission_id": "VARCHAR",
    "file": "VARCHAR",
    "file_sha256": "VARCHAR",
    "sheet": "VARCHAR",
    "unit": "VARCHAR",
    "unit_name": "VARCHAR",
    "form": "VARCHAR",
    "period": "VARCHAR",
    "period_end": "DATE",
    "received_at": "TIMESTAMP",
    "receipt_order": "INTEGER",
    "readable": "BOOLEAN",
    "nil_declared": "BOOLEAN",
    "title": "VARCHAR",
    "department_printed": "VARCHAR",
    "money_unit": "VARCHAR",
    "preparer": "VARCHAR",
    "reviewer": "VARCHAR",
    "head": "VARCHAR",
    "filled_date": "VARCHAR",
    "line_count": "INTEGER",
    "sub_unit": "VARCHAR",  # the part of the unit that speaks, '' for the whole
    "answers": "VARCHAR",  # of a reply that came back: first 16 hex digits of the file it was about
    "headers": "VARCHAR",  # canonical column -> header as the clerk wrote it, where it is not the standard one
    "layout": "VARCHAR",  # headers of the table from left to right, as etl.model.Heading
    "aside": "VARCHAR",  # names in rows that are no lines, as etl.model.Aside
}
TOTAL = {
    "submission_id": "VARCHAR",
    "kind": "VARCHAR",
    "row_no": "INTEGER",
    "column_name": "VARCHAR",
    "cell": "VARCHAR",
    "raw": "VARCHAR",
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
}
LINE = {
    "line_id": "VARCHAR",
    "submission_id": "VARCHAR",
    "unit": "VARCHAR",
    "period": "VARCHAR",
    "period_end": "DATE",
    "sheet": "VARCHAR",
    "row_no": "INTEGER",
    "business_key": "VARCHAR",
}
SENT = {"raw": "VARCHAR", "cells": "VARCHAR"}  # JSON objects: canonical column -> text as sent, and its cell
# What a site says of itself, beside the decisions of its people (`etl.site.stage.TABLES`).
REGISTERS = {
    "unit": {"unit": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "reports": "BOOLEAN", "parent": "VARCHAR"},
    "unit_alias": {"alias_norm": "VARCHAR", "unit": "VARCHAR"},
    "roster": {"unit": "VARCHAR", "form": "VARCHAR", "period": "VARCHAR", "deadline": "DATE", "due_by": "VARCHAR", "extended_from": "DATE"},
    "setting": {"key": "VARCHAR", "value": "VARCHAR"},
    "holiday": {"day": "DATE", "kind": "VARCHAR"},
    "fx_rate": {"month": "VARCHAR", "rate": NUMBER, "rate_date": "DATE", "source": "VARCHAR"},
    "workday": {"day": "DATE", "stretch": "INTEGER", "counted": "INTEGER"},
}


def column_types(column: Column) -> dict[str, str]:
    """The columns that one column of a contract takes in a table of lines, with their SQL types; its own name comes first."""
    name = column.name
    if column.type == "year":
        return {name: "INTEGER"}
    if column.numeric:
        return {name: NUMBER, f"{name}_low": NUMBER, f"{name}_high": NUMBER}
    if column.type == "date":
        return {name: "DATE", f"{name}_low": "DATE", f"{name}_precision": "VARCHAR"}
    return {name: "VARCHAR"}


def line_columns(form: Form) -> dict[str, str]:
    """All columns of a form's table of lines: where the line stands, what it says, what was sent."""
    columns = dict(LINE)
    for column in form.columns:
        columns |= column_types(column)
    return columns | SENT


def is_there(con: DuckDBPyConnection, table: str, columns: str = "*") -> bool:
    """Whether a table can be asked for some columns; DuckDB's own list of all tables takes ten times as long."""
    import duckdb

    try:
        con.execute(f"SELECT {columns} FROM {table} LIMIT 0")
    except (duckdb.CatalogException, duckdb.BinderException):
        return False
    return True
