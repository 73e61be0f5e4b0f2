"""What names a row of a mart and what joins marts, as the dbt project declares it and as far as it holds in a version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.forms.yamlfile import load_yaml

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Join = tuple[str, str, str]  # a column, the mart that it names a row of, the key there


def declared_marts(project: Path) -> dict[str, dict[str, Any]]:
    """Name of each mart -> what its YAML says of it."""
    files = sorted((project / "models" / "marts").rglob("*.yml"))
    return {mart["name"]: mart for path in files for mart in (load_yaml(path) or {}).get("models") or ()}


def key_that_holds(con: DuckDBPyConnection, name: str, mart: Mapping[str, Any]) -> tuple[str, ...]:
    """The declared primary key, if it names every row, also where a database takes no notice of blanks at the end; else none."""
    key = next((tuple(c["columns"]) for c in mart.get("constraints") or () if c["type"] == "primary_key"), ())
    there = {column for (column,) in con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]).fetchall()}
    if not key or not there.issuperset(key):
        return ()
    trimmed = ", ".join(f"rtrim(CAST({sql_name(column)} AS VARCHAR))" for column in key)
    blank = " OR ".join(f"{sql_name(column)} IS NULL" for column in key)
    [(broken,)] = con.execute(
        f"SELECT count(*) FROM (SELECT {trimmed} FROM {sql_name(name)} GROUP BY ALL HAVING count(*) > 1 OR bool_or({blank}))"
    ).fetchall()
    return () if broken else key


def declared_joins(mart: Mapping[str, Any]) -> Iterator[Join]:
    """Every relationship of a mart; some are declared for a part of its rows only."""
    for column in mart.get("columns") or ():
        for test in column.get("data_tests") or ():
            if isinstance(test, Mapping) and "relationships" in test:
                to = test["relationships"]["arguments"]
                yield column["name"], to["to"].removeprefix("ref('").removesuffix("')"), to["field"]


def join_holds(con: DuckDBPyConnection, name: str, join: Join) -> bool:
    """Whether every value that is there leads to a row."""
    column, mart, key = join
    [(orphans,)] = con.execute(
        f"SELECT count(*) FROM {sql_name(name)} WHERE {sql_name(column)} IS NOT NULL"
        f" AND {sql_name(column)} NOT IN (SELECT {sql_name(key)} FROM {sql_name(mart)} WHERE {sql_name(key)} IS NOT NULL)"
    ).fetchall()
    return not orphans


def sql_name(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'
