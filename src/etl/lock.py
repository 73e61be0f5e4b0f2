"""Let one night run at a time on one data folder; the system frees the lock of a night that died."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: set[int] = set()


def _let_go() -> None:
    """Forked readers must not hold the lock of a night that died before them."""
    for handle in _held:
        os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


class NightRunning(Exception):
    """Another night holds the data folder; `holder` is what it wrote about itself (pid, since, inbox)."""

    def __init__(self, holder: dict[str, str]) -> None:
        super().__init__(f"night running: {holder}")
        self.holder = holder


@contextmanager
def one_night(data: Path, **about: object) -> Iterator[None]:
    """Hold the lock of `data` while the night runs. Raises NightRunning at once if another one does."""
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _taken(handle):
            raise NightRunning(_told(os.pread(handle, 4096, 0)))
        _held.add(handle)
        os.ftruncate(handle, 0)
        told = {"pid": os.getpid(), **about}
        os.pwrite(handle, json.dumps({k: str(v) for k, v in told.items()}, ensure_ascii=False).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        _held.discard(handle)
        os.close(handle)


def running(data: Path) -> dict[str, str] | None:
    """What the night that runs now wrote about itself, None if none does."""
    path = data / ".lock"
    if not path.exists():
        return None
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _told(file.read())
    return None


def _taken(handle: int) -> bool:
    for attempt in range(4):  # `running` may hold it for an instant
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(0.05 * attempt)
    return False


def _told(content: bytes) -> dict[str, str]:
    try:
        return json.loads(content)
    except ValueError:
        return {}
