"""The tables of a served version for SQLAlchemy: typed, with keys, indexes and comments; and what each database has beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from etl.serve.served import DECIMAL, PLAIN, Served, ServedColumn, ServedTable
from etl.texts.catalogue import chinese

Texts = Callable[[ServedTable, ServedColumn], TypeEngine]
FULL_STOP = "。"
LONGEST_COMMENT = 1000  # MySQL takes 1024 of a column

# What every database has beside the marts: one row that says which version it holds, and the list of its tables.
VERSION, LIST = "served_version", "served_table"
NOTES = (VERSION, LIST)


@dataclass(frozen=True, slots=True)
class Note:
    """A table beside the marts, its rows, and its view with Chinese names."""

    table: sa.Table
    view: str
    headings: dict[str, str]
    rows: list[dict]


def notes(served: Served, at: datetime, meta: sa.MetaData, end: str = "") -> list[Note]:
    """What is noted of a version that is served at an instant; `end` is added to the names of the tables."""
    version: dict[str, TypeEngine] = {
        "version": sa.String(128),
        "night_id": sa.String(64),
        "as_of": sa.Date(),
        "luodi": sa.String(32),
        "served_at": sa.DateTime(),
    }
    listed: dict[str, TypeEngine] = {
        "table_name": sa.String(64),
        "view_name": sa.String(64),
        "row_count": sa.BigInteger(),
        "description": sa.Text(),
    }
    served_now = (served.version, served.night_id, served.as_of, served.luodi, at)
    rows = [(table.name, view, table.rows, _comment(table.description)) for table, view in zip(served.tables, view_names(served))]
    return [_note(VERSION, version, [served_now], meta, end), _note(LIST, listed, rows, meta, end)]


def _note(name: str, columns: Mapping[str, TypeEngine], rows: Sequence[tuple], meta: sa.MetaData, end: str) -> Note:
    headings = {column: chinese(f"serve.of_{column}") for column in columns}
    view = chinese(f"serve.{name}")
    made = (sa.Column(column, kind, nullable=False, comment=headings[column]) for column, kind in columns.items())
    return Note(sa.Table(f"{name}{end}", meta, *made, comment=view), view, headings, [dict(zip(columns, row)) for row in rows])


def view_names(served: Served) -> list[str]:
    """The Chinese name of each table; one that another has already gives way to the table's own with _zh."""
    names: list[str] = []
    taken = {chinese(f"serve.{name}") for name in NOTES} | {table.name for table in served.tables}
    for table in served.tables:
        name = table.heading if table.heading not in taken else f"{table.name}_zh"
        taken.add(name)
        names.append(name)
    return names


def table_of(table: ServedTable, meta: sa.MetaData, text: Texts, name: str = "", keyed: bool = True) -> sa.Table:
    """A table without its foreign keys and indexes; `text` is the type of a text."""
    made = sa.Table(
        name or table.name,
        meta,
        *(
            sa.Column(c.name, _type(table, c, text), nullable=c.name not in table.key, comment=_comment(c.description))
            for c in table.columns
        ),
        comment=_comment(table.description),
    )
    if table.key and keyed:
        made.append_constraint(sa.PrimaryKeyConstraint(*table.key))
    return made


def _comment(description: str) -> str:
    """The Chinese part of a description, which comes first; all of one that has none."""
    head, stop, _ = description.rpartition(FULL_STOP)
    return (head + stop or description)[:LONGEST_COMMENT]


def _type(table: ServedTable, column: ServedColumn, text: Texts) -> TypeEngine:
    if decimal := DECIMAL.fullmatch(column.type):
        return sa.Numeric(int(decimal[1]), int(decimal[2]))
    return PLAIN[column.type]() if column.type in PLAIN else text(table, column)
