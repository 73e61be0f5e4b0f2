"""What a published version holds, as a database is told of it: tables with types, headings, keys, and what joins to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.forms.yamlfile import load_yaml
from etl.publish.export import DATABASE
from etl.publish.manifest import read_manifest
from etl.serve.headings import column_headings, heading_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILTERED = ("grain", "member", "measure", "period_end")  # what BI tools filter by besides what they join by
AT_ONCE = 10_000  # rows in memory


@dataclass(frozen=True, slots=True)
class ServedColumn:
    """A column: its type as DuckDB calls it, and the longest text in it."""

    name: str
    type: str
    description: str
    heading: str
    longest: int = 0


@dataclass(frozen=True, slots=True)
class ServedTable:
    """A mart: `key` names a row, `references` are foreign keys that hold (column, table, its key), `indexed` is sought by."""

    name: str
    heading: str
    description: str
    columns: tuple[ServedColumn, ...]
    rows: int
    key: tuple[str, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """A published version: its database, its name, the night that published it, and its tables, those first that others refer to."""

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

    manifest = read_manifest(folder)
    declared = {mart["name"]: mart for path in sorted((project / "models" / "marts").rglob("*.yml")) for mart in _marts(path)}
    with duckdb.connect(str(folder / DATABASE), read_only=True, config={"threads": 1}) as con:
        described = con.execute("SELECT table_name, coalesce(comment, '') FROM duckdb_tables() ORDER BY table_name").fetchall()
        keys = {name: _key(con, name, declared.get(name, {})) for name, _ in described}
        tables = [_table(con, name, told, declared.get(name, {}), keys) for name, told in described]
        as_of = date.fromisoformat(manifest["as_of"])
        yield Served(con, folder.name, manifest["night_id"], as_of, manifest["luodi"], tuple(_in_order(tables)))


def write_table(served: Served, table: ServedTable, path: Path) -> None:
    """Write a table as CSV without a header: every value stands in quotes, what is null is nothing at all."""
    chosen, target = ", ".join(map(_value, table.columns)), str(path).replace("'", "''")
    served.con.execute(
        f"COPY (SELECT {chosen} FROM {quoted(table.name)}) TO '{target}' (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '')"
    )


def rows_of(served: Served, table: ServedTable) -> Iterator[list[tuple]]:
    """The rows of a table by the thousand, every value as text: figures to the digit, true and false as 1 and 0."""
    chosen = ", ".join(
        f"CAST({f'CAST({quoted(c.name)} AS INTEGER)' if c.type == 'BOOLEAN' else _value(c)} AS VARCHAR)" for c in table.columns
    )
    found = served.con.execute(f"SELECT {chosen} FROM {quoted(table.name)}")
    while some := found.fetchmany(AT_ONCE):
        yield some


def _value(column: ServedColumn) -> str:
    """A column; NUL, which no database takes, is left out of its texts."""
    return f"replace({quoted(column.name)}, chr(0), '')" if column.type == "VARCHAR" else quoted(column.name)


def _marts(path: Path) -> list[dict[str, Any]]:
    return (load_yaml(path) or {}).get("models") or []


def _table(con: DuckDBPyConnection, name: str, described: str, mart: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> ServedTable:
    found = con.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
    texts = [column for column, kind, _ in found if kind == "VARCHAR"]
    measured = "".join(f", max(length({quoted(column)}))" for column in texts)
    (rows, *lengths) = con.execute(f"SELECT count(*){measured} FROM {quoted(name)}").fetchall()[0]
    longest = dict(zip(texts, lengths))
    headings = column_headings({column: told for column, _, told in found})
    columns = tuple(ServedColumn(column, kind, told, headings[column], longest.get(column) or 0) for column, kind, told in found)
    joins = [join for join in _joins(mart) if join[0] in headings and keys.get(join[1]) == (join[2],)]
    sought = dict.fromkeys([*(column for column, _, _ in joins), *(column for column in FILTERED if column in headings)])
    meta = (mart.get("config") or {}).get("meta") or {}
    return ServedTable(
        name,
        meta.get("zh") or heading_of(described, name),
        described,
        columns,
        rows,
        keys[name],
        tuple(join for join in joins if join[1] != name and _holds(con, name, join)),
        tuple(column for column in sought if (column,) != keys[name][:1]),  # the first of a key is sought by it
    )


def _key(con: DuckDBPyConnection, name: str, mart: Mapping[str, Any]) -> tuple[str, ...]:
    """The declared primary key, if it names every row, also where a database takes no notice of blanks at the end."""
    key = next((tuple(c["columns"]) for c in mart.get("constraints") or () if c["type"] == "primary_key"), ())
    there = {column for (column,) in con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]).fetchall()}
    if not key or not there.issuperset(key):
        return ()
    trimmed = ", ".join(f"rtrim(CAST({quoted(column)} AS VARCHAR))" for column in key)
    blank = " OR ".join(f"{quoted(column)} IS NULL" for column in key)
    [(doubled,)] = con.execute(
        f"SELECT count(*) FROM (SELECT {trimmed} FROM {quoted(name)} GROUP BY ALL HAVING count(*) > 1 OR bool_or({blank}))"
    ).fetchall()
    return key if not doubled else ()


def _joins(mart: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(column, table, column there) of every relationship that a mart declares; some hold for a part of the rows only."""
    for column in mart.get("columns") or ():
        for test in column.get("data_tests") or ():
            if isinstance(test, Mapping) and (said := test.get("relationships")):
                to = said["arguments"]
                yield column["name"], to["to"].removeprefix("ref('").removesuffix("')"), to["field"]


def _holds(con: DuckDBPyConnection, name: str, join: tuple[str, str, str]) -> bool:
    column, table, field = join
    [(orphans,)] = con.execute(
        f"SELECT count(*) FROM {quoted(name)} WHERE {quoted(column)} IS NOT NULL"
        f" AND {quoted(column)} NOT IN (SELECT {quoted(field)} FROM {quoted(table)} WHERE {quoted(field)} IS NOT NULL)"
    ).fetchall()
    return not orphans


def _in_order(tables: list[ServedTable]) -> Iterator[ServedTable]:
    """Tables that others refer to first; among equals by name."""
    left = {table.name: table for table in tables}
    while left:
        ready = [t for t in left.values() if not any(to in left for _, to, _ in t.references)] or list(left.values())
        for table in ready:
            yield left.pop(table.name)


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'
