"""The journal: what happened to the county's data, one line each, only ever added to; with the archive it is the truth.

`archive/journal.jsonl` holds a line for every file received (its receipt) and for what else no file can tell again: files read
with more time, the nights and what they published, who was reminded, who held, rolled back or signed for a loss. Each line
names the hash of the line before, so that none can be changed, dropped or slipped in unseen. Warehouse, ledger and published
files are made from archive, journal and site; none of them is needed to make the others.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from etl.inbox.flush import flush
from etl.mistakes import Mistake
from etl.model import Received

JOURNAL = "journal.jsonl"
START = "0" * 64  # what the first line names as the one before
RECEIVED = "received"

# Of the journal read last: its bytes as a hash, how many they were, and the entries found whole in them. A night asks for the
# journal at every turn, and to check a line costs a hundred times what it costs to see that its bytes are those checked before.
_seen: dict[Path, tuple[bytes, int, tuple[dict, ...]]] = {}


class JournalDamaged(Mistake):
    """A line of the journal was changed or lost; nothing may be added to it."""


def read_journal(archive: Path) -> list[dict]:
    """All lines, oldest first; [] before the first night. Raises JournalDamaged naming the line.

    A last line without its end was being written when the power went: it was never relied on, and is no line.
    """
    return list(_read(archive / JOURNAL)[0])


def enter(archive: Path, said: Iterable[Mapping[str, object]]) -> None:
    """Add lines (each with its `kind`), through to the disk before anything goes on. Raises JournalDamaged, OSError."""
    said = list(said)
    if not said:
        return
    path = archive / JOURNAL
    archive.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a hold may be entered while a night runs
        entries, length = _read(path)
        number, before = (entries[-1]["number"], entries[-1]["hash"]) if entries else (0, START)
        made = b""
        for one in said:
            number += 1
            entry = {"number": number, "previous": before, **{name: _plain(value) for name, value in one.items()}}
            before = _hash(entry)
            made += _bytes(entry | {"hash": before})
        file.truncate(length)  # of a line that was cut short
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        flush(archive)


def receipt_of(one: Received, as_of: datetime, **more: object) -> dict[str, object]:
    """The line of a file that was received; `sender` is the folder that it lay in."""
    return {
        "kind": RECEIVED,
        "sha256": one.sha256,
        "size": one.size,
        "name": one.name,
        "sender": one.name.rpartition("/")[0],
        "received_at": one.received_at,
        "order": one.order,
        "as_of": as_of,
        **more,
    }


def receipts(journal: Iterable[Mapping], archive: Path) -> list[Received]:
    """Every file ever received, in the order of the journal."""
    found = [one for one in journal if one["kind"] == RECEIVED]
    times = [datetime.fromisoformat(one["received_at"]) for one in found]
    return [
        Received(one["name"], one["sha256"], one["size"], when, one["order"], place(archive, one["sha256"]))
        for one, when in zip(found, times, strict=True)
    ]


def last(journal: Iterable[Mapping], *kinds: str) -> dict | None:
    """The last line of some kinds."""
    found = [one for one in journal if one["kind"] in kinds]
    return dict(found[-1]) if found else None


def place(archive: Path, sha256: str) -> Path:
    """Where the archive keeps the bytes of a SHA-256."""
    return archive / sha256[:2] / sha256


def _read(path: Path) -> tuple[tuple[dict, ...], int]:
    """All entries, and the bytes of their lines; what was found whole before, and is the same bytes, is not checked again."""
    content = path.read_bytes() if path.is_file() else b""
    whole = memoryview(content)[: content.rfind(b"\n") + 1]
    digest, length, entries = _seen.get(path, (b"", 0, ()))
    if hashlib.sha256(whole[:length]).digest() != digest:
        length, entries = 0, ()
    entries = (*entries, *_checked(path, bytes(whole[length:]).splitlines(keepends=True), entries[-1:]))
    _seen.clear()
    _seen[path] = hashlib.sha256(whole).digest(), len(whole), entries
    return entries, len(whole)


def _checked(path: Path, lines: list[bytes], behind: tuple[dict, ...]) -> Iterator[dict]:
    """The lines as entries that follow the one they stand behind."""
    stood, before = (behind[0]["number"], behind[0]["hash"]) if behind else (0, START)
    for number, line in enumerate(lines, start=stood + 1):
        try:
            entry = json.loads(line)
            whole = entry["hash"] == _hash(entry) and line == _bytes(entry) and entry["number"] == number
            linked = entry["previous"] == before
        except (ValueError, KeyError, TypeError):
            whole = linked = False
        if not (whole and linked):
            raise JournalDamaged("use.journal_damaged", path=path, line=number)
        before = entry["hash"]
        yield entry


def _hash(entry: Mapping) -> str:
    return hashlib.sha256(_bytes({name: value for name, value in entry.items() if name != "hash"})).hexdigest()


def _bytes(entry: Mapping) -> bytes:
    return (json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode("utf-8", "surrogateescape")


def _plain(value: object) -> object:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value
