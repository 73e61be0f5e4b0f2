"""How much memory DuckDB may take while it builds and publishes, and where what does not fit goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARE = "50%"  # of the machine's memory: the other half is the night's own, and whoever works on the machine beside it


def bound_memory(con: DuckDBPyConnection, beside: Path) -> None:
    """What is beyond the share is written into a folder beside the database file `beside`, and read again; that takes time and no more.

    DuckDB removes it when it is done; what a killed night left, the next build removes.
    """
    con.execute(f"SET memory_limit = '{SHARE}'")
    con.execute("SET temp_directory = '" + str(spill(beside)).replace("'", "''") + "'")


def spill(database: Path) -> Path:
    """The folder of what does not fit while a database file is built or read."""
    return database.with_name(database.name + ".tmp")
