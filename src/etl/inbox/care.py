"""Look after the archive: bytes are what their name says, or they are named, mended from another copy, and used by nobody."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.inbox.flush import flush
from etl.inbox.journal import JOURNAL, RECEIVED, place
from etl.mistakes import Said


@dataclass(frozen=True, slots=True)
class Damage:
    """An original that the archive cannot hand out: missing, or with other bytes than were received."""

    sha256: str
    names: tuple[str, ...]  # under which its bytes were received
    what: str  # missing, changed
    healed: str = ""  # where whole bytes were found: the path of that copy


class OriginalsLost(Said):
    """Files that were received and never landed cannot be read: without them a night would publish a poorer county."""


def soundness(path: Path, sha256: str) -> str:
    """whole, missing or changed: by the bytes as they lie on the disk."""
    try:
        with path.open("rb") as file:
            return "whole" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "changed"
    except OSError:
        return "missing" if not path.exists() else "changed"


def original(archive: Path, sha256: str) -> Path | None:
    """Where the bytes of a SHA-256 lie, None unless they are what was received."""
    path = place(archive, sha256)
    return path if soundness(path, sha256) == "whole" else None


def examine(archive: Path, hashes: Iterable[str], names: Mapping[str, Sequence[str]], elsewhere: Mapping[str, Path]) -> list[Damage]:
    """Check originals and mend what can be mended; the answer holds those that were damaged, mended ones too.

    `names` says under which names bytes were received, `elsewhere` where else the same bytes may lie: by SHA-256.
    """
    found = []
    for sha256 in dict.fromkeys(hashes):
        path = place(archive, sha256)
        what = soundness(path, sha256)
        if what != "whole":
            healed = sha256 in elsewhere and heal(path, sha256, elsewhere[sha256])
            found.append(Damage(sha256, tuple(names.get(sha256, ())), what, str(elsewhere[sha256]) if healed else ""))
    return found


def heal(path: Path, sha256: str, source: Path) -> bool:
    """Put whole bytes in the place of damaged ones, at once; False where the source does not hold them."""
    if soundness(source, sha256) != "whole":
        return False
    write_copy(source, path, sha256)
    return True


def write_copy(source: Path, path: Path, sha256: str) -> None:
    """Copy whole bytes durably and read-only; what is at `path` is replaced only by what has the right hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    shutil.copyfile(source, part)
    if soundness(part, sha256) != "whole":
        part.unlink()
        raise OSError(f"{part} was not written as {source} was read")
    flush(part)
    part.chmod(0o440)
    os.replace(part, path)
    flush(path.parent)


def due(journal: Sequence[Mapping], megabytes: int, done: Collection[str] = ()) -> list[str]:
    """The originals that tonight's rolling check looks at: those not looked at for longest, up to so many megabytes, at least one.

    `done` were checked tonight already. The place that the last check came to stands in the journal, so every original has its
    turn, whatever nights were missed.
    """
    sizes = {one["sha256"]: one["size"] for one in journal if one["kind"] == RECEIVED}
    order = list(sizes)
    reached = next((one["reached"] for one in reversed(journal) if one["kind"] == "checked"), "")
    begin = order.index(reached) + 1 if reached in sizes else 0
    chosen: list[str] = []
    left = megabytes << 20
    for sha256 in (s for s in order[begin:] + order[:begin] if s not in done):
        if chosen and sizes[sha256] > left:
            break
        chosen.append(sha256)
        left -= sizes[sha256]
    return chosen


def second_copy(archive: Path, copy: Path, hashes: Iterable[str]) -> int:
    """Bring a second copy of the archive up to date, whole originals and the journal; how many originals were new to it.

    Raises OSError where it cannot be reached: the night goes on without it and says so.
    """
    if not copy.parent.is_dir():
        raise FileNotFoundError(2, os.strerror(2), str(copy.parent))  # a share that is not mounted is not made anew on the local disk
    count = 0
    for sha256 in dict.fromkeys(hashes):
        source, target = place(archive, sha256), place(copy, sha256)
        there = target.is_file() and source.is_file() and target.stat().st_size == source.stat().st_size
        if not there and soundness(source, sha256) == "whole":
            write_copy(source, target, sha256)
            count += 1
    if (archive / JOURNAL).is_file():
        copy.mkdir(exist_ok=True)
        part = copy / f"{JOURNAL}.part"
        shutil.copyfile(archive / JOURNAL, part)
        flush(part)
        os.replace(part, copy / JOURNAL)
        flush(copy)
    return count
