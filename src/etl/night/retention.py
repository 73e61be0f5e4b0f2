"""Remove what nobody needs any more, so that the disk does not fill: versions, reasons of failures, accounts, logs, rows of Prefect.

Never what is current, the archive, what is frozen, or the build of a night that was not reconciled.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etl.inbox.find import china_time
from etl.inbox.journal import last, read_journal
from etl.publish.swap import KEPT_BEFORE_CURRENT, current, versions
from etl.settings import Settings

LOGS = ("dbt/logs", "dbt/target/run", "dbt/target/compiled")  # of the last build: who looks into a failure needs them
# Prefect's tables with the column that says how old a row is, children first.
PREFECT = (
    ("log", "timestamp"),
    ("task_run_state", "timestamp"),
    ("task_run", "created"),
    ("flow_run_state", "timestamp"),
    ("flow_run", "created"),
)


@dataclass(frozen=True, slots=True)
class Stale:
    """Something that may go."""

    path: Path
    size: int  # bytes; of Prefect's database rows


def stale(settings: Settings) -> list[Stale]:
    """All that may go by the settings, rows of Prefect not counted."""
    return [Stale(path, size(path)) for path in _stale(settings)]


def remove(settings: Settings) -> list[Stale]:
    """Remove it, while no night runs or by the night itself; answer what is gone."""
    gone = stale(settings)
    for one in gone:
        shutil.rmtree(one.path) if one.path.is_dir() else one.path.unlink()
    rows = _forget_prefect(settings.data / "prefect" / "prefect.db", settings.as_of - timedelta(days=settings.keep_days))
    return gone + ([Stale(settings.data / "prefect" / "prefect.db", rows)] if rows else [])


def tidy(settings: Settings) -> None:
    """After a night: a published night fails by nothing in it."""
    with suppress(OSError, sqlite3.Error):
        remove(settings)


def size(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; one with several names, as versions share them, once."""
    files = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    found = [one.lstat() for one in files if one.is_file() and not one.is_symlink()]
    return sum({(one.st_dev, one.st_ino): one.st_size for one in found}.values())


def _stale(settings: Settings) -> Iterator[Path]:
    now, kept = current(settings.published), versions(settings.published)
    old = [v for v in kept[: -KEPT_BEFORE_CURRENT - 1] if now is None or v != now.name]
    yield from (settings.published / version for version in old)
    left = {*kept} - {*old}
    if settings.assessors.is_dir():
        yield from (place for place in sorted(settings.assessors.iterdir()) if place.name not in left)
    before = (settings.as_of - timedelta(days=settings.keep_days)).date().isoformat()
    yield from (path for path in sorted((settings.data / "failures").glob("*.txt")) if path.stem < before)
    yield from (place for place in sorted(settings.nights.glob("*-*")) if place.is_dir() and place.name[:8] < before.replace("-", ""))
    ended = last(read_journal(settings.archive), "night")
    if ended and ended["state"] == "published":  # of a night that was not, somebody will want to see
        yield from (path for name in LOGS if (path := settings.data / name).exists() and _older(path, settings))


def _older(path: Path, settings: Settings) -> bool:
    """Whether nothing was written there for as many days as such things are kept."""
    return china_time(path.stat().st_mtime) < settings.as_of - timedelta(days=settings.keep_days)


def _forget_prefect(database: Path, before: datetime) -> int:
    """Delete the rows of runs that began before a day; how many. What a night needs stands nowhere in them."""
    if not database.is_file():
        return 0
    count = 0
    with closing(sqlite3.connect(database, timeout=5)) as con:
        there = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table, column in PREFECT:
            if table in there:
                count += con.execute(f"DELETE FROM {table} WHERE {column} < ?", [before.isoformat(sep=" ")]).rowcount
        con.commit()
        if count:
            con.execute("VACUUM")
    return count
