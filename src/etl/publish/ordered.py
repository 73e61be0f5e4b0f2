"""Create a table whose rows stand in order, without holding a large one in memory to sort it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Rows from which on a table is sorted by codes and part by part: of 3.1 million rows it took 19 s of the processor by their texts.
LARGE = 200_000
PARTS = 200  # at most: every part is looked for in the whole table
LEADING = 2  # columns of the order, at most, by whose values parts are made


def create_ordered(con: DuckDBPyConnection, table: str, select: str, order_by: Sequence[str], before: Path | None = None) -> int:
    """Create `table` with the rows of `select` in the order of these columns; answer their number. `order_by` names a row.

    `before` is a Parquet file with an earlier state of the table, in the same order: parts of a large table that are as they were are
    taken from it as they stand.
    """
    [(rows,)] = con.execute(f"SELECT count(*) FROM ({select})").fetchall()
    if rows > LARGE:
        _create_by_codes(con, table, select, order_by, before)
    else:
        con.execute(f"CREATE TABLE {table} AS {select} ORDER BY {', '.join(order_by)}")
    return rows


def _create_by_codes(con: DuckDBPyConnection, table: str, select: str, order_by: Sequence[str], before: Path | None) -> None:
    """Each text of the order stands as its place among all texts of its column while rows are sorted."""
    con.execute(f"CREATE TABLE {table} AS {select} LIMIT 0")
    columns, parts = _parts(con, select, order_by)
    earlier = f"FROM read_parquet({_text(before)})"
    kept = _kept(con, table, select, earlier, columns) if before is not None and columns else set()
    if kept:
        con.execute(f"CREATE TEMP TABLE kept ({', '.join(f'{column} VARCHAR' for column in columns)})")
        con.executemany(f"INSERT INTO kept VALUES ({', '.join('?' * len(columns))})", [list(part) for part in kept])
        same = " AND ".join(f"kept.{column} IS NOT DISTINCT FROM CAST(changed.{column} AS VARCHAR)" for column in columns)
        select = f"SELECT * FROM ({select}) AS changed WHERE NOT EXISTS (FROM kept WHERE {same})"
    kinds = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall())
    texts = [column for column in order_by if kinds[column] == "VARCHAR"]
    for column in texts:
        con.execute(
            f"CREATE TEMP TYPE code_{column} AS ENUM"
            f" (SELECT DISTINCT {column} FROM ({select}) WHERE {column} IS NOT NULL ORDER BY {column})"
        )
    con.execute(f"CREATE TEMP TABLE coded AS SELECT * {_replaced(texts, 'code_{0}')} FROM ({select})")
    of_part = " AND ".join(f"{column} IS NOT DISTINCT FROM ?" for column in columns) or "true"
    sorted_anew = f"SELECT * {_replaced(texts, 'VARCHAR')} FROM (FROM coded WHERE {of_part} ORDER BY {', '.join(order_by)})"
    for part in parts:
        con.execute(f"INSERT INTO {table} " + (f"{earlier} WHERE {of_part}" if part in kept else sorted_anew), part)
    con.execute("DROP TABLE coded; DROP TABLE IF EXISTS kept")
    for column in texts:
        con.execute(f"DROP TYPE code_{column}")


def _kept(con: DuckDBPyConnection, table: str, select: str, earlier: str, columns: Sequence[str]) -> set[tuple]:
    """The parts whose rows are those of an earlier file; none where it cannot be read, or has other columns."""
    import duckdb

    listed = ", ".join(columns)
    told = f"SELECT {listed}, count(*), sum(hash(*COLUMNS(*))::HUGEINT)"
    try:
        kinds = [con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {of})").fetchall() for of in (table, earlier)]
        if kinds[0] != kinds[1]:
            return set()
        same = con.execute(f"({told} FROM ({select}) GROUP BY ALL) INTERSECT ({told} FROM ({earlier}) GROUP BY ALL)").fetchall()
    except duckdb.Error:
        return set()
    return {row[: len(columns)] for row in same}


def _replaced(columns: Sequence[str], kind: str) -> str:
    """Columns of a `*` as another kind, `{0}` in which is their name."""
    casts = ", ".join(f"CAST({column} AS {kind.format(column)}) AS {column}" for column in columns)
    return f"REPLACE ({casts})" if casts else ""


def _parts(con: DuckDBPyConnection, select: str, order_by: Sequence[str]) -> tuple[Sequence[str], list[tuple]]:
    """The leading columns of an order with their values, in order; as many columns as make no more than PARTS."""
    for count in range(min(LEADING, len(order_by) - 1), 0, -1):
        columns = order_by[:count]
        listed = ", ".join(columns)
        parts = con.execute(f"SELECT DISTINCT {listed} FROM ({select}) ORDER BY {listed} LIMIT {PARTS + 1}").fetchall()
        if len(parts) <= PARTS:
            return columns, parts
    return (), [()]


def _text(path: Path | None) -> str:
    return "'" + str(path).replace("'", "''") + "'"
