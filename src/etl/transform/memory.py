"""How much memory DuckDB may take while it builds and publishes, where what does not fit goes, and what it begins with."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from etl.transform.build import environment

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARE = "50%"  # of the machine's memory: the other half is the night's own, and whoever works on the machine beside it
# While files for readers are written it is the same on every machine: what does not fit is written to them before the rest, so that
# their bytes would tell how much memory there was.
WRITING = "400MB"
LEAST = 256_000_000  # bytes


def bound_memory(con: DuckDBPyConnection, beside: Path, limit: str = SHARE) -> None:
    """What is beyond the limit is written into a folder beside the database file `beside`, and read again; that takes time and no more.

    DuckDB removes it when it is done; what a killed night left, the next build removes.
    """
    con.execute(f"SET memory_limit = '{limit}'")
    con.execute("SET temp_directory = '" + str(spill(beside)).replace("'", "''") + "'")


def as_much_as(database: Path) -> str:
    """A limit for whoever only asks a database, while another process writes: as much as there is to read."""
    return f"{max(LEAST, database.stat().st_size)}B"


def spill(database: Path) -> Path:
    """The folder of what does not fit while a database file is built or read."""
    return database.with_name(database.name + ".tmp")


def zeroed_duckdb() -> AbstractContextManager[None]:
    """Let processes that start within have DuckDB begin with zeroed memory.

    It writes whole blocks to a file, gaps included: without this they hold whatever stood in memory before, so that the
    same night would publish other bytes each time, and bytes that are nobody's to publish. DuckDB asks for it once,
    when it is loaded, and is slower for it ever after: hence only where files for readers are written.
    """
    return environment(DUCKDB_JE_MALLOC_CONF="zero:true")
