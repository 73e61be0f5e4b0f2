"""A version in PostgreSQL: loaded into new schemas and swapped in whole, in the one transaction that made them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from etl.mistakes import Mistake
from etl.serve.keys import sql_name
from etl.serve.served import Served, ServedTable, write_rows
from etl.serve.tables import notes, table_of, view_names

SCHEMA, CHINESE = "serving", "serving_zh"  # tables, and views with Chinese names over them
NEXT, BEFORE = "_next", "_before_"
PATIENCE = "30s"  # that a lock may take
BLOCK = 1 << 20
ONE_AT_A_TIME = 0x6C756F6469  # luodi
CONNECT = {"connect_timeout": 10, "tcp_user_timeout": 60_000}  # a database that answers no more holds up no night


def into_postgres(engine: sa.Engine, served: Served, at: datetime, reader: str, work: Path) -> None:
    """Make the database hold the version; `reader` is the role that may read it, `work` a folder for a file in between.

    Whoever reads meanwhile sees the version before, and goes on reading it until the statement ends: no lock of theirs is
    waited for. Raises Mistake where the role is missing and may not be made, and what database and driver raise.
    """
    with engine.begin() as con:
        con.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        con.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        _make_role(con, reader)
        for schema in (SCHEMA, CHINESE):
            con.execute(sa.schema.CreateSchema(f"{schema}{NEXT}"))
        _fill(con, served, at, work)
        _open_to(con, reader)
        _swap(con)
    _drop_before(engine)


def _fill(con: sa.Connection, served: Served, at: datetime, work: Path) -> None:
    """Tables with their rows, then keys, indexes and views, all in the new schemas."""
    meta = sa.MetaData(schema=f"{SCHEMA}{NEXT}")
    made = {table.name: table_of(table, meta, lambda *_: sa.Text()) for table in served.tables}
    meta.create_all(con)
    for table in served.tables:
        _copy(con, served, table, work)
    for table in served.tables:
        for column, to, key in table.references:
            fk = sa.ForeignKeyConstraint([made[table.name].c[column]], [made[to].c[key]], name=f"{table.name}_{column}_fkey"[:63])
            con.execute(sa.schema.AddConstraint(fk))
        for column in table.indexed:
            sa.Index(f"{table.name}_{column}_idx"[:63], made[table.name].c[column]).create(con)
    views = [(made[table.name], view, {c.name: c.heading for c in table.columns}) for table, view in zip(served.tables, view_names(served))]
    for note in notes(served, at, meta):
        note.table.create(con)
        con.execute(sa.insert(note.table), note.rows)
        views.append((note.table, note.view, note.headings))
    for source, view, headings in views:
        _view(con, source, view, headings)
        con.exec_driver_sql(f"ANALYZE {SCHEMA}{NEXT}.{sql_name(source.name)}")


def _copy(con: sa.Connection, served: Served, table: ServedTable, work: Path) -> None:
    """Rows by COPY, from a file that DuckDB writes; FREEZE lets also those see them whose transaction began before the swap."""
    path, columns = work / "serving.csv", ", ".join(sql_name(column.name) for column in table.columns)
    statement = f"COPY {SCHEMA}{NEXT}.{sql_name(table.name)} ({columns}) FROM STDIN (FORMAT csv, FREEZE)"
    cursor: Any = con.connection.cursor()
    try:
        write_rows(served, table, path)
        with path.open("rb") as file, cursor.copy(statement) as copy:
            while block := file.read(BLOCK):
                copy.write(block)
    finally:
        path.unlink(missing_ok=True)


def _view(con: sa.Connection, source: sa.Table, view: str, headings: dict[str, str]) -> None:
    """A view with Chinese names, which carry the comments of what they are made of."""
    place = f"{CHINESE}{NEXT}.{sql_name(view)}"
    named = {column.name: sql_name(headings[column.name]) for column in source.columns}
    chosen = ", ".join(f"{sql_name(column)} AS {heading}" for column, heading in named.items())
    statements = [f"CREATE VIEW {place} AS SELECT {chosen} FROM {SCHEMA}{NEXT}.{sql_name(source.name)}"]
    statements += [f"COMMENT ON VIEW {place} IS {_text(source.comment)}"]
    statements += [f"COMMENT ON COLUMN {place}.{named[column.name]} IS {_text(column.comment)}" for column in source.columns]
    cursor: Any = con.connection.cursor()
    cursor.execute("; ".join(statements))  # at once: hundreds of answers would be waited for otherwise


def _make_role(con: sa.Connection, reader: str) -> None:
    if con.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": reader}):
        return
    if not con.scalar(sa.text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")):
        raise Mistake("serve.no_role", role=reader, statement=f"CREATE ROLE {sql_name(reader)} NOLOGIN;")
    con.exec_driver_sql(f"CREATE ROLE {sql_name(reader)} NOLOGIN")


def _open_to(con: sa.Connection, reader: str) -> None:
    for schema in (SCHEMA, CHINESE):
        name = f"{schema}{NEXT}"
        con.exec_driver_sql(f"GRANT USAGE ON SCHEMA {name} TO {sql_name(reader)}")
        con.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {sql_name(reader)}")


def _swap(con: sa.Connection) -> None:
    """Rename the schemas: it locks no table. Those of before stay until nobody reads them."""
    number = con.scalar(sa.select(sa.func.txid_current()))
    there = set(sa.inspect(con).get_schema_names())
    for schema in (SCHEMA, CHINESE):
        if schema in there:
            con.exec_driver_sql(f"ALTER SCHEMA {schema} RENAME TO {schema}{BEFORE}{number}")
        con.exec_driver_sql(f"ALTER SCHEMA {schema}{NEXT} RENAME TO {schema}")


def _drop_before(engine: sa.Engine) -> None:
    """Drop what was swapped out, tonight or earlier; what somebody still reads is left for the next time."""
    pattern = sa.text("SELECT nspname FROM pg_namespace WHERE nspname ~ :like ORDER BY nspname DESC")  # views before their tables
    with engine.connect() as con:
        old = con.scalars(pattern, {"like": f"^({SCHEMA}|{CHINESE}){BEFORE}[0-9]+$"}).all()
    for schema in old:
        try:
            with engine.begin() as con:
                con.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
                con.execute(sa.schema.DropSchema(schema, cascade=True, if_exists=True))
        except sa.exc.OperationalError:
            continue


def _text(comment: str | None) -> str:
    return "'" + (comment or "").replace("'", "''") + "'"
