"""Lists of thousands that a column is held against (F57): `lists/<name>.csv` beside the contracts, as tables for the rules."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def stage_lists(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Make a table of every list that some of the forms name; all its columns are texts, a blank is NULL."""
    paths = {c.list: form.folder.parent / "lists" / f"{c.list}.csv" for form in forms.values() for c in form.columns if c.list}
    con.execute("DROP SCHEMA IF EXISTS lists CASCADE")
    con.execute("CREATE SCHEMA lists")
    for name, path in sorted(paths.items()):
        head, columns = _columns(path)
        con.execute(f'CREATE TABLE lists."{name}" ({", ".join(f"{chr(34)}{c}{chr(34)} VARCHAR" for c in head)})')
        con.execute(f'INSERT INTO lists."{name}" SELECT {", ".join("unnest(?::VARCHAR[])" for _ in head)}', columns)


def _columns(path: Path) -> tuple[list[str], list[list[str | None]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    return head, [[row[i].strip() or None if i < len(row) else None for row in rows] for i in range(len(head))]
