"""Keep the bytes of every file under their SHA-256 before anything reads them, so that nothing received is lost."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from etl.inbox.care import soundness
from etl.inbox.find import InboxFile
from etl.inbox.flush import flush
from etl.inbox.journal import place
from etl.model import Received

CHUNK = 1 << 20


class StillChanging(Exception):
    """The file changed, vanished or turned into something else while it was read; it waits for the next night."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file whose bytes came before under another name."""

    received: Received
    first: str  # that name
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is new among the received files, and what was received before."""

    new: tuple[Received, ...]
    copies: tuple[Copy, ...] = ()
    known: int = 0  # same name, same bytes as in an earlier night


def archive_file(candidate: InboxFile, archive: Path) -> Received:
    """Copy one file into `archive`/<aa>/<sha256>, durable and read-only, and say what was received.

    The bytes are hashed, copied and hashed again through one open file. Raises StillChanging, OSError (disk full).
    """
    try:
        source = os.open(candidate.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise StillChanging(candidate.name) from error
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise StillChanging(candidate.name)
        sha256, size = _hash(source)
        kept = place(archive, sha256)
        if soundness(kept, sha256) != "whole":  # what was damaged since it came is mended by the same bytes
            os.lseek(source, 0, os.SEEK_SET)
            _copy(source, kept, sha256, candidate.name)
    finally:
        os.close(source)
    return Received(candidate.name, sha256, size, candidate.received_at, candidate.order, kept)


def sort_out(received: list[Received], seen: dict[tuple[str, str], tuple[datetime, int]]) -> Sorted:
    """Divide received files into new ones, second copies (F41) and those of earlier nights.

    `seen` maps (name, sha256) of earlier nights to time and order of receipt. A known name with other bytes is a
    later version, even where the log of receipts still tells the old time.
    """
    first: dict[str, tuple[str, datetime]] = {}
    latest: dict[str, tuple[datetime, int]] = {}
    for (name, sha256), known_at in sorted(seen.items(), key=lambda item: (item[1], item[0])):
        first.setdefault(sha256, (name, known_at[0]))
        latest[name] = known_at
    new, copies, known = [], [], 0
    for one in received:
        if (one.name, one.sha256) in seen:
            known += 1
        elif one.sha256 in first:
            copies.append(Copy(one, *first[one.sha256]))
        else:
            if one.name in latest and (one.received_at, one.order) <= latest[one.name]:
                when, order = latest[one.name]
                one = replace(one, received_at=when, order=order + 1)
            new.append(one)
            first[one.sha256] = one.name, one.received_at
    return Sorted(tuple(new), tuple(copies), known)


def _hash(source: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := os.read(source, CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _copy(source: int, kept: Path, sha256: str, name: str) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(kept.name + ".part")
    digest = hashlib.sha256()
    with part.open("wb") as target:
        while chunk := os.read(source, CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if digest.hexdigest() != sha256:
        part.unlink()
        raise StillChanging(name)
    part.chmod(0o440)
    part.replace(kept)
    for folder in (kept.parent, kept.parent.parent):
        flush(folder)
