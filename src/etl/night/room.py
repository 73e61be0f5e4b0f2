"""How much of the disk a night will need, known before it takes any, so that it ends whole or does not begin."""

from __future__ import annotations

import shutil

from etl.inbox.find import shown
from etl.inbox.journal import JournalDamaged, read_journal, receipts
from etl.mistakes import Said
from etl.night.retention import size
from etl.publish.swap import current
from etl.settings import Settings

# Measured: a first night takes 125 MB with 0.4 MB in 48 files, and 852 MB with 10.1 MB in 240 files of three hundred lines. Whoever has
# landed something shows what a byte comes to here.
FIRST = 96  # MB of a first night, whatever it receives: empty tables, dbt's own files
LATER = 32  # MB of any other: what grows in place, letters, logs
TABLES = 64  # MB: what landed, built and published tables take with hardly a line in them
PER_BYTE, PER_BYTE_LEAST = 110, 50  # bytes landed, built and published for each byte received: before anything is known, and at least


class NoRoom(Said):
    """The disk, or what a night is allowed of it, is smaller than what tonight needs."""


def parts(settings: Settings) -> dict[str, int]:
    """What the data folder holds, in bytes by part; the largest first."""
    names = ("archive", "warehouse", "published", "replies", "frozen", "notices", "papers", "failures", "dbt", "prefect", "ledger.db")
    found = {name: size(settings.data / name) for name in names if (settings.data / name).exists()}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def need(settings: Settings) -> int:
    """Megabytes that the coming night takes while it works, beyond what lies there: by what came, and what all before came to."""
    known, received = _received(settings)
    came = _came(settings, known)
    if not settings.landed.exists():  # a first night, or all is read anew
        return FIRST + (PER_BYTE * (came + received) >> 20)
    now = current(settings.published)
    version = size(now) + size(settings.assessors / now.name) if now else 0
    there = size(settings.landed) + (size(settings.build) if settings.build.exists() else 0) + version
    per_byte = max(PER_BYTE_LEAST, (there - (TABLES << 20)) // max(received, 1))
    return LATER + (per_byte * came + version >> 20)  # the build takes the place of the last one; a version stands beside it


def _received(settings: Settings) -> tuple[set[tuple[str, int]], int]:
    """Name and size of each file received so far, and the bytes of all; of a damaged journal nothing is known, which others tell."""
    try:
        all_ = receipts(read_journal(settings.archive), settings.archive)
    except JournalDamaged:
        return set(), 0
    return {(one.name, one.size) for one in all_}, sum({one.sha256: one.size for one in all_}.values())


def _came(settings: Settings, known: set[tuple[str, int]]) -> int:
    """Bytes of the inbox that no night has received."""
    files = [path for path in settings.inbox.rglob("*") if path.is_file() and not path.is_symlink()] if settings.inbox.is_dir() else []
    sizes = [(shown(path.relative_to(settings.inbox).as_posix()), path.lstat().st_size) for path in files]
    return sum(bytes_ for name, bytes_ in sizes if (name, bytes_) not in known)


def refuse_without_room(settings: Settings) -> None:
    """Raises NoRoom before anything is written."""
    wanted = need(settings)
    there = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    free = shutil.disk_usage(there).free >> 20
    allowed = min(free, settings.night_megabytes) if settings.night_megabytes else free
    if wanted > allowed:
        raise NoRoom("use.no_room", need=wanted, path=there, have=allowed)
