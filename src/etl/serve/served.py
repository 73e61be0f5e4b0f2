"""What a published version holds, as a database is told of it: tables with types, headings, keys, and what joins to what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from etl.publish.export import DATABASE
from etl.publish.manifest import read_manifest
from etl.serve.headings import column_headings, heading_of
from etl.serve.keys import Join, declared_joins, declared_marts, join_holds, key_that_holds, sql_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILTERED = ("grain", "member", "measure", "period_end")  # what BI tools filter by besides what they join by
DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
PLAIN: dict[str, type[TypeEngine]] = {  # types that every database has; what is neither such nor a decimal is served as text
    "BOOLEAN": sa.Boolean,
    "INTEGER": sa.Integer,
    "BIGINT": sa.BigInteger,
    "DOUBLE": sa.Double,
    "DATE": sa.Date,
    "TIMESTAMP": sa.DateTime,
}
AT_ONCE = 10_000  # rows in memory


@dataclass(frozen=True, slots=True)
class ServedColumn:
    """A column: its type as DuckDB calls it, and the length of the longest text in it."""

    name: str
    type: str
    description: str
    heading: str
    longest: int = 0

    @property
    def is_text(self) -> bool:
        return self.type not in PLAIN and not DECIMAL.fullmatch(self.type)


@dataclass(frozen=True, slots=True)
class ServedTable:
    """A mart: `key` names a row, `references` are foreign keys that hold, `indexed` are columns that it is sought by."""

    name: str
    heading: str
    description: str
    columns: tuple[ServedColumn, ...]
    rows: int
    key: tuple[str, ...] = ()
    references: tuple[Join, ...] = ()
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """A published version: its database, its name, the night that published it, and its tables by name."""

    con: DuckDBPyConnection
    version: str
    night_id: str
    as_of: date
    luodi: str
    tables: tuple[ServedTable, ...]


@contextmanager
def opened(folder: Path, project: Path) -> Iterator[Served]:
    """A version to be served; keys are those that the dbt project declares, as far as they hold in it. Raises duckdb.Error.

    What waits for a release is not in a published version, so that a key to it may lead nowhere: it is none then.
    """
    import duckdb

    manifest, declared = read_manifest(folder), declared_marts(project)
    with duckdb.connect(str(folder / DATABASE), read_only=True, config={"threads": 1}) as con:
        described = con.execute("SELECT table_name, coalesce(comment, '') FROM duckdb_tables() ORDER BY table_name").fetchall()
        keys = {name: key_that_holds(con, name, declared.get(name, {})) for name, _ in described}
        tables = [_table(con, name, told, declared.get(name, {}), keys) for name, told in described]
        as_of = date.fromisoformat(manifest["as_of"])
        yield Served(con, folder.name, manifest["night_id"], as_of, manifest["luodi"], tuple(tables))


def write_rows(served: Served, table: ServedTable, path: Path) -> None:
    """Write a table as CSV without a header: every value stands in quotes, what is null is nothing at all."""
    chosen, target = ", ".join(map(_value, table.columns)), str(path).replace("'", "''")
    served.con.execute(
        f"COPY (SELECT {chosen} FROM {sql_name(table.name)}) TO '{target}' (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '')"
    )


def rows_of(served: Served, table: ServedTable) -> Iterator[list[tuple]]:
    """The rows of a table by the thousand, every value as text: figures to the digit, true and false as 1 and 0."""
    values = [f"CAST({_value(c)} AS INTEGER)" if c.type == "BOOLEAN" else _value(c) for c in table.columns]
    found = served.con.execute(f"SELECT {', '.join(f'CAST({value} AS VARCHAR)' for value in values)} FROM {sql_name(table.name)}")
    while some := found.fetchmany(AT_ONCE):
        yield some


def _value(column: ServedColumn) -> str:
    """A column; NUL, which no database takes, is left out of its texts."""
    return f"replace(CAST({sql_name(column.name)} AS VARCHAR), chr(0), '')" if column.is_text else sql_name(column.name)


def _table(con: DuckDBPyConnection, name: str, described: str, mart: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> ServedTable:
    found = con.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    ).fetchall()
    headings = column_headings({column: told for column, _, told in found})
    columns = [ServedColumn(column, kind, told, headings[column]) for column, kind, told in found]
    lengths = "".join(f", coalesce(max(length({_value(column)})), 0)" for column in columns if column.is_text)
    (rows, *longest) = con.execute(f"SELECT count(*){lengths} FROM {sql_name(name)}").fetchall()[0]
    of_text = iter(longest)
    columns = [replace(column, longest=next(of_text)) if column.is_text else column for column in columns]
    joins = [join for join in declared_joins(mart) if join[0] in headings and keys.get(join[1]) == (join[2],)]
    sought = dict.fromkeys([*(column for column, _, _ in joins), *(column for column in FILTERED if column in headings)])
    return ServedTable(
        name,
        ((mart.get("config") or {}).get("meta") or {}).get("zh") or heading_of(described, name),
        described,
        tuple(columns),
        rows,
        keys[name],
        tuple(join for join in joins if join[1] != name and join_holds(con, name, join)),
        tuple(column for column in sought if (column,) != keys[name][:1]),  # the first of a key is sought by it
    )
