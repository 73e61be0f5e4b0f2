"""Write the marts as DuckDB, Parquet and CSV, byte for byte the same for the same content.

One thread, rows in the order of each mart's key, and nothing of the clock, of chance or of used memory in the files.
"""

from __future__ import annotations

import base64
import os
import shutil
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from etl.publish.csv_file import write_csv
from etl.publish.ordered import create_ordered
from etl.publish.unchanged import Before
from etl.publish.withhold import Border
from etl.transform.build import Mart
from etl.transform.memory import WRITING, bound_memory, zeroed_duckdb

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DATABASE = "luodi.duckdb"

# An empty database file, deflated: `ATTACH 'blank.duckdb' (STORAGE_VERSION 'v1.5.0')`, then CHECKPOINT. DuckDB puts a
# random identifier into every file that it creates, and into nothing else; a file that starts as this one has
# always the same. Version v1.5.0 lets readers of the last 1.x open it.
BLANK = (
    "eNrt170KgQEUBuBPKW7BYDOY+PKzfCsbq1n5W20uwiiSlAsxmK2yKJtMFu6AQVKKLMrwPMvb6ZzO/ubnw9jlmJ5WG5VaNfjOoJAL"
    "c+H7fadcarda3WKn9/lPPxo3D9nTebMa7cPlOhMAAAAAPxEt6rPtZJd6zNcXz8v4PZL3SAT6PwAAAOj/+j8AAAD8ixv9u1TU"
)

OPEN = Border({})  # where nothing waits for a release


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows of every mart as written, and of the marts of which rows were withheld how many and why."""

    rows: dict[str, int]
    withheld: dict[str, dict] = field(default_factory=dict)


@contextmanager
def exporting(
    build: Path, marts: Sequence[Mart], folder: Path, border: Border = OPEN, whole: Path | None = None, before: Path | None = None
) -> Iterator[Future[Exported]]:
    """Write every mart of the database `build` into the empty `folder`, as far as the `border` lets its rows out, while the block goes on.

    `luodi.duckdb` (tables and columns carry their descriptions), `parquet/<mart>.parquet` and `csv/<mart>.csv`
    (UTF-8 with BOM, for spreadsheets), in a process of its own that has used no memory before. Where rows wait for a
    release, the folder `whole` gets a database with all rows of all marts, and the marts concerned as CSV and Parquet.
    Parquet and CSV of a table that is as it was in the version `before` are linked to that version's.
    The result raises RuntimeError where a write-ahead log lies beside a database file: its content would be missing. The block ends
    when nothing is written any more.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        with zeroed_duckdb():  # asked for as the process starts; others that start meanwhile would only be slower by it
            written = pool.submit(_export, build, tuple(marts), folder, border, whole, before)
        yield written


def _export(build: Path, marts: Sequence[Mart], folder: Path, border: Border, whole: Path | None, before: Path | None) -> Exported:
    import duckdb

    parent, earlier = os.getppid(), Before.of(before)
    target = folder / DATABASE
    _make_room(folder)
    target.write_bytes(zlib.decompress(base64.b64decode(BLANK)))
    _refuse_log(build)
    con = duckdb.connect(config={"threads": 1})
    try:
        # Bit packing leaves bytes of old memory where a number is blank: other bytes each time, and bytes that are nobody's to
        # publish. What the others leave between blocks, transform.memory.zeroed_duckdb empties.
        con.execute("SET disabled_compression_methods = 'bitpacking'")
        bound_memory(con, target, WRITING)
        con.execute(f"ATTACH {_text(build)} AS built (READ_ONLY)")
        con.execute(f"ATTACH {_text(target)} AS published")
        written = Exported({})
        for mart in sorted(marts, key=lambda m: m.name):
            if os.getppid() != parent:
                os._exit(1)  # a killed night leaves nobody behind who still writes
            table = f"built.marts.{mart.name}"
            written.rows[mart.name] = _write(con, mart, border.shown(mart.name, table), folder, earlier)
            if waiting := border.withheld(con, mart.name, table):
                written.withheld[mart.name] = waiting
        con.execute("CHECKPOINT published")
        con.execute("DETACH published")
        if written.withheld and whole is not None:
            _write_whole(con, [mart for mart in marts if mart.name in written.withheld], target, whole)
    finally:
        con.close()
    _refuse_log(target)
    return written


def _write(con: DuckDBPyConnection, mart: Mart, select: str, folder: Path, before: Before | None, catalog: str = "published") -> int:
    """One mart as a table, as Parquet and as CSV, in the order of its key; answer its number of rows."""
    table = f"{catalog}.main.{mart.name}"
    parquet, csv = f"parquet/{mart.name}.parquet", f"csv/{mart.name}.csv"
    rows = create_ordered(con, table, select, mart.order_by, before.intact(parquet) if before else None)
    _describe(con, mart, catalog)
    if before is None or not before.give(con, table, (parquet, csv) if mart.as_csv else (parquet,), folder):
        con.execute(f"COPY {table} TO {_text(folder / parquet)} (FORMAT parquet)")
        if mart.as_csv:
            write_csv(con, f"FROM {table}", folder / csv)  # one thread reads it as it was written
    return rows


def _write_whole(con: DuckDBPyConnection, marts: Sequence[Mart], published: Path, folder: Path) -> None:
    """What was published, with the tables in place of which rows were withheld whole: for assessors."""
    _make_room(folder)
    shutil.copyfile(published, folder / DATABASE)
    con.execute(f"ATTACH {_text(folder / DATABASE)} AS whole")
    for mart in marts:
        con.execute(f"DROP TABLE whole.main.{mart.name}")
        _write(con, mart, f"SELECT * FROM built.marts.{mart.name}", folder, None, "whole")
    con.execute("CHECKPOINT whole")
    con.execute("DETACH whole")


def _make_room(folder: Path) -> None:
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir(parents=True)


def _describe(con: DuckDBPyConnection, mart: Mart, catalog: str) -> None:
    con.begin()  # written through once, not for each column
    con.execute(f"COMMENT ON TABLE {catalog}.main.{mart.name} IS {_text(mart.description)}")
    for column, description in mart.columns.items():
        con.execute(f"COMMENT ON COLUMN {catalog}.main.{mart.name}.{column} IS {_text(description)}")
    con.commit()


def _refuse_log(database: Path) -> None:
    log = database.with_name(database.name + ".wal")
    if log.exists():
        raise RuntimeError(f"{log} lies beside its database: the file is not complete without it")


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
