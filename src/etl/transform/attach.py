"""Give dbt the database files of a night at the moment it connects.

A path in profiles.yml belongs to what dbt takes for its configuration: with every other data folder it would read the
whole project anew, which takes longer than to build it. `etl.transform.build` puts the paths into the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dbt.adapters.duckdb.plugins import BasePlugin

from etl.transform.memory import bound_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


LARGE = 250_000_000  # bytes landed; below, two models side by side are done sooner, and with less, than one after the other on two threads


class Plugin(BasePlugin):
    """`build` is written (LUODI_BUILD); `house`, what was landed, is only read (LUODI_LANDED)."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        if Path(os.environ["LUODI_LANDED"]).stat().st_size < LARGE:
            conn.execute("SET threads = 1")
        bound_memory(conn, Path(os.environ["LUODI_BUILD"]))
        # Nobody needs a half-written build: a killed night begins a fresh one, so no log of it is kept.
        for name, alias, options in (("LUODI_BUILD", "build", "RECOVERY_MODE NO_WAL_WRITES"), ("LUODI_LANDED", "house", "READ_ONLY")):
            path = os.environ[name].replace("'", "''")
            conn.execute(f"ATTACH '{path}' AS {alias} ({options})")
