"""The file that a build is written into: the last build, where that ended and the same code made it, or else an empty one."""

from __future__ import annotations

import shutil
from pathlib import Path

from etl.transform.memory import spill


def begin(build: Path, code: str) -> Path:
    """The file to build into: the last build under another name, if it was made with the same `code`; else one that is not there yet.

    Until `end`, there is no `build`: whoever is killed between begins with nothing.
    """
    begun = build.with_name(f"begun-{build.name}")
    begun.parent.mkdir(parents=True, exist_ok=True)
    for stale in (begun, begun.with_name(begun.name + ".wal")):
        stale.unlink(missing_ok=True)
    shutil.rmtree(spill(begun), ignore_errors=True)
    if code and build.exists() and _code(build) == code:
        build.rename(begun)
    else:
        build.unlink(missing_ok=True)
    return begun


def end(begun: Path, build: Path, code: str) -> None:
    """Give an ended build its name, and the code that made it."""
    import duckdb

    with duckdb.connect(str(begun)) as con:
        con.execute("CREATE OR REPLACE TABLE main.built_by AS SELECT ?::VARCHAR AS code", [code])
    begun.rename(build)


def _code(build: Path) -> str | None:
    """The code that made a build; None where it cannot be asked."""
    import duckdb

    try:
        with duckdb.connect(str(build), read_only=True) as con:
            [(code,)] = con.execute("SELECT code FROM main.built_by").fetchall()
            return code
    except duckdb.Error:
        return None
