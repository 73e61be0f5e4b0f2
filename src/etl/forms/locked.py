"""Shut a database connection in, before SQL that others wrote is run on it: rules are exchanged between counties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHUT = ("enable_external_access", "python_enable_replacements")


def shut_in(con: DuckDBPyConnection) -> None:
    """From now on its queries reach the databases that are attached and nothing else, and nothing can change that again.

    No file is read or written, no variable of Python is a table. Attach what is needed before.
    """
    [(locked,)] = con.execute("SELECT current_setting('lock_configuration')").fetchall()
    if not locked:  # connections of one process to one file share this
        for setting in SHUT:
            con.execute(f"SET {setting} = false")
        con.execute("SET lock_configuration = true")
