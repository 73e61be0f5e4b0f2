"""Open and read every store of the data folder, so that damage is found before a night or an auditor finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from etl.inbox.care import soundness
from etl.inbox.journal import JOURNAL, JournalDamaged, place, read_journal, receipts
from etl.settings import Settings

SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class StoreFault:
    """What is wrong with a store: `what` is the key of a text, `remedy` one of doctor.yaml, with their values."""

    what: str
    remedy: str
    values: dict[str, object]


def journal_faults(settings: Settings) -> Iterator[StoreFault]:
    """A journal whose chain does not hold, or that is gone though files were received."""
    path, copy = settings.archive / JOURNAL, settings.archive_copy
    try:
        known = read_journal(settings.archive)
    except JournalDamaged as damaged:
        values = damaged.text.values | {"copy": copy and copy / JOURNAL}
        yield StoreFault("use.journal_damaged", "journal_from_copy" if copy and _holds(copy) else "journal_aside", values)
        return
    if not known and settings.landed.is_file():
        yield StoreFault("doctor.journal_missing", "run_again", {"path": path})


def archive_faults(settings: Settings) -> Iterator[StoreFault]:
    """Every original that is missing or not what was received; all of them are read."""
    copy = settings.archive_copy
    names: dict[str, list[str]] = {}
    try:
        for one in receipts(read_journal(settings.archive), settings.archive):
            names.setdefault(one.sha256, []).append(one.name)
    except JournalDamaged:
        return  # told already
    for sha256, told in names.items():
        path = place(settings.archive, sha256)
        found = soundness(path, sha256)
        if found != "whole":
            source = place(copy, sha256) if copy else None
            remedy = "original_from_copy" if source and soundness(source, sha256) == "whole" else "original_to_inbox"
            yield StoreFault(f"doctor.original_{found}", remedy, {"path": path, "names": told, "copy": source, "inbox": settings.inbox})
        if copy and place(copy, sha256).exists() and soundness(place(copy, sha256), sha256) != "whole":
            yield StoreFault("doctor.copy_changed", "copy_away", {"path": place(copy, sha256), "names": told})


def warehouse_faults(settings: Settings) -> Iterator[StoreFault]:
    """A landed warehouse that is gone, cannot be opened, or of which a block cannot be read."""
    import duckdb

    if not settings.landed.is_file():
        if (settings.archive / JOURNAL).is_file():
            yield StoreFault("doctor.warehouse_missing", "run_again", {"path": settings.landed})
        return
    try:
        with duckdb.connect(str(settings.landed), read_only=True) as con:
            tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'landed' ORDER BY 1").fetchall()
            for (table,) in tables:
                con.execute(f'SELECT bit_xor(hash(t)) FROM landed."{table}" t').fetchone()  # reads every block, each has a checksum
    except duckdb.Error as error:
        found = str(error).splitlines()[0]
        yield StoreFault("doctor.warehouse_damaged", "rebuild", {"path": settings.landed, "found": found})


def ledger_faults(settings: Settings) -> Iterator[StoreFault]:
    """A ledger file that cannot be read through."""
    import sqlite3

    if not settings.ledger_url.startswith(SQLITE):
        return
    path = Path(settings.ledger_url.removeprefix(SQLITE))
    if not path.is_file():
        if (settings.archive / JOURNAL).is_file():
            yield StoreFault("doctor.ledger_missing", "run_again", {"path": path})
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as con:
            [(found,)] = con.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        yield StoreFault("doctor.ledger_damaged", "ledger_aside", {"path": path, "found": found})


def _holds(copy: Path) -> bool:
    try:
        return bool(read_journal(copy))
    except JournalDamaged:
        return False
