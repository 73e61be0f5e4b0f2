"""The file that a build is written into: the last build, where that is as it ended and the same code made it, or else an empty one."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from etl.transform.memory import spill


def begin(build: Path, code: str) -> Path:
    """The file to build into: the last build under another name, or one that is not there yet.

    Until `end`, there is no `build`: whoever is killed between begins with nothing. Nor is gone on with what other `code` built, or
    with a file of which one byte is not as it was: what stays of it would be published night after night.
    """
    begun, as_ended = build.with_name(f"begun-{build.name}"), _seal(build)
    begun.parent.mkdir(parents=True, exist_ok=True)
    for stale in (begun, begun.with_name(begun.name + ".wal")):
        stale.unlink(missing_ok=True)
    shutil.rmtree(spill(begun), ignore_errors=True)
    if build.exists() and as_ended.exists() and as_ended.read_text(encoding="ascii") == _told(build, code):
        build.rename(begun)
    else:
        build.unlink(missing_ok=True)
    as_ended.unlink(missing_ok=True)
    return begun


def end(begun: Path, build: Path, code: str) -> None:
    """Give an ended build its name, and write down beside it what it is and which code made it."""
    _seal(build).write_text(_told(begun, code), encoding="ascii")
    begun.rename(build)


def _seal(build: Path) -> Path:
    return build.with_name(build.name + ".sha256")


def _told(path: Path, code: str) -> str:
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()} {code}\n"
