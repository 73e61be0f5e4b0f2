"""Copy what was landed into a PostgreSQL database, where `dbt build --target postgres` makes the same marts of it.

`python -m etl.transform.elsewhere data/warehouse/kept.duckdb`; which database that is, the variables PGHOST, PGPORT, PGUSER, PGPASSWORD
and PGDATABASE say, for this command as for dbt.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb
import psycopg

SCHEMA = "landed"
TYPES = {"VARCHAR": "TEXT"}  # a list of one is no list of the other, and all that PostgreSQL makes itself is text
BLOCK = 1 << 20


def copy_landed(landed: Path, conninfo: str = "") -> None:
    """Replace the schema `landed` of the database by the tables of the file, all at once; what dbt had built on them goes.

    Types stay what they are: money DECIMAL(20,6), dates, instants, booleans; JSON is text in both. Without `conninfo` the
    database is that of the environment. Raises psycopg.Error and duckdb.Error, and then nothing has changed.
    """
    with duckdb.connect() as con, psycopg.connect(conninfo) as there, tempfile.TemporaryDirectory() as work:
        con.execute("ATTACH '{}' AS house (READ_ONLY)".format(str(landed).replace("'", "''")))
        there.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        there.execute(f"CREATE SCHEMA {SCHEMA}")
        named = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'house' AND schema_name = ? ORDER BY 1"
        for (table,) in con.execute(named, [SCHEMA]).fetchall():
            _copy(con, there, f'{SCHEMA}."{table}"', Path(work) / "rows.csv")


def _copy(con: duckdb.DuckDBPyConnection, there: psycopg.Connection, table: str, path: Path) -> None:
    columns = {f'"{name}"': kind for name, kind, *_ in con.execute(f"DESCRIBE house.{table}").fetchall()}
    # No text of PostgreSQL holds a NUL.
    chosen = ", ".join(f"replace({name}, chr(0), '')" if kind == "VARCHAR" else name for name, kind in columns.items())
    con.execute(f"COPY (SELECT {chosen} FROM house.{table}) TO '{path}' (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '')")
    there.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {TYPES.get(kind, kind)}' for name, kind in columns.items())})")
    with path.open("rb") as file, there.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
        while block := file.read(BLOCK):
            copy.write(block)
    there.execute(f"ANALYZE {table}")


if __name__ == "__main__":
    copy_landed(Path(sys.argv[1]))
