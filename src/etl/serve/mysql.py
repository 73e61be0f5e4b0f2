"""A version in MySQL 8 or what speaks as it does: loaded into tables beside, swapped in by one RENAME TABLE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from etl.mistakes import Mistake
from etl.serve.served import Served, ServedColumn, ServedTable, rows_of
from etl.serve.tables import LIST, NOTES, notes, table_of, view_names

NEXT, BEFORE = "__next", "__before"
CONNECT = {"connect_timeout": 10, "read_timeout": 600, "write_timeout": 600}  # a database that answers no more holds up no night
EXACT = "utf8mb4_bin"  # texts are equal where they are the same, and nowhere else
WIDEST = 768  # characters that an index takes
STEP = 32
ONE_AT_A_TIME = "luodi"
OPTIONS = {"mysql_charset": "utf8mb4", "mysql_collate": EXACT, "mysql_engine": "InnoDB"}


def into_mysql(engine: sa.Engine, served: Served, at: datetime) -> None:
    """Make the database hold the version; who may read it is the database's own affair. Raises Mistake, and what the driver raises.

    Until the RENAME, which is one statement and atomic, everybody reads the version before.
    """
    with engine.connect() as con:
        con.exec_driver_sql("SET SESSION lock_wait_timeout = 30")
        if not con.scalar(sa.select(sa.func.get_lock(ONE_AT_A_TIME, 30))):
            raise Mistake("serve.busy")
        try:
            _load(con, served, at)
        finally:
            con.execute(sa.select(sa.func.release_lock(ONE_AT_A_TIME)))


def _load(con: sa.Connection, served: Served, at: datetime) -> None:
    there, views = _served_before(con)
    rest = [f"{name}{end}" for name in {*there, *(t.name for t in served.tables), *NOTES} for end in (NEXT, BEFORE)]
    _drop(con, "TABLE", rest)  # of a load that was killed
    meta = sa.MetaData()
    for table in served.tables:
        made = mysql_table(table, meta)
        made.create(con)
        plain = sa.table(made.name, *(sa.column(column.name) for column in made.columns))  # texts go as they are
        for some in rows_of(served, table):
            con.execute(sa.insert(plain), [dict(zip(plain.columns.keys(), row)) for row in some])
        con.commit()
    beside = notes(served, at, meta, NEXT)
    for note in beside:
        note.table.kwargs.update(OPTIONS)
        note.table.create(con)
        con.execute(sa.insert(note.table), note.rows)
    con.commit()
    fresh = [*(table.name for table in served.tables), *NOTES]
    moves = [f"{_q(con, name)} TO {_q(con, name + BEFORE)}" for name in there]
    moves += [f"{_q(con, name + NEXT)} TO {_q(con, name)}" for name in fresh]
    con.exec_driver_sql(f"RENAME TABLE {', '.join(moves)}")
    chinese = {view: (table.name, {c.name: c.heading for c in table.columns}) for table, view in zip(served.tables, view_names(served))}
    chinese |= {note.view: (name, note.headings) for name, note in zip(NOTES, beside)}
    _drop(con, "VIEW", [view for view in views if view not in chinese])
    for view, (name, headings) in chinese.items():
        chosen = ", ".join(f"{_q(con, column)} AS {_q(con, heading)}" for column, heading in headings.items())
        con.exec_driver_sql(f"CREATE OR REPLACE VIEW {_q(con, view)} AS SELECT {chosen} FROM {_q(con, name)}")
    _drop(con, "TABLE", [name + BEFORE for name in there])


def mysql_table(table: ServedTable, meta: sa.MetaData) -> sa.Table:
    """The table to be loaded, with what an index can take of its key and of the columns that are sought by."""
    lengths = {c.name: _length(c) for c in table.columns}
    keyed = sum(lengths[name] for name in table.key) <= WIDEST
    sought = {name for name in (*table.indexed, *(table.key if keyed else ())) if lengths[name] <= WIDEST}

    def text(_: ServedTable, column: ServedColumn) -> TypeEngine:
        return sa.String(lengths[column.name]) if column.name in sought else mysql.LONGTEXT()

    made = table_of(table, meta, text, f"{table.name}{NEXT}", keyed)
    made.kwargs.update(OPTIONS)
    for name in table.indexed:
        if name in sought:
            made.append_constraint(sa.Index(name, made.c[name]))
    return made


def _length(column: ServedColumn) -> int:
    """Room for the longest text of a column, in whole steps; what is no text takes little."""
    return -(-max(column.longest, 1) // STEP) * STEP if column.is_text else 8


def _served_before(con: sa.Connection) -> tuple[list[str], list[str]]:
    """Tables and views that the version before brought, as far as they are there."""
    look = sa.inspect(con)
    tables, views = set(look.get_table_names()), set(look.get_view_names())
    if LIST not in tables:
        return [], []
    listed = con.execute(sa.select(sa.table(LIST, sa.column("table_name"), sa.column("view_name")))).tuples().all()
    names = [*(name for name, _ in listed), *NOTES]
    return [name for name in names if name in tables], [view for _, view in listed if view in views]


def _drop(con: sa.Connection, kind: str, names: Sequence[str]) -> None:
    if names:
        con.exec_driver_sql(f"DROP {kind} IF EXISTS {', '.join(_q(con, name) for name in sorted(names))}")


def _q(con: sa.Connection, name: str) -> str:
    return con.dialect.identifier_preparer.quote_identifier(name)
