"""Whose the data folder is: luodi's own user writes, one group reads, and nobody else but what is published by choice.

The umask that every command sets (`etl.settings.UMASK`) makes files 0640 and folders 0750; this gives them to the group, and
takes from others what an earlier luodi, or a change of the setting, left open to them.
"""

from __future__ import annotations

import grp
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from etl.mistakes import Mistake
from etl.settings import Settings

OTHERS = 0o007
PASS = 0o001  # on the data folder, where others may read what is published


def settle(settings: Settings) -> None:
    """Before a night writes. Raises Mistake where the data folder cannot be given to the group."""
    data, group = settings.data, _number(settings.group)
    try:
        _put(data, data.stat(), group, PASS if settings.published_open else 0)
    except PermissionError:
        raise Mistake("use.not_in_group", path=data, group=settings.group or "-") from None
    for path in data.rglob("*"):
        if path.is_symlink():
            continue
        with suppress(PermissionError, FileNotFoundError):  # another user's, which `luodi doctor` names
            found = path.lstat()
            _put(path, found, group, _for_others(settings, path, found.st_mode))


def open_to_others(settings: Settings) -> Iterator[Path]:
    """What others than the group may read or enter, and should not; the first of each folder's content is enough to know."""
    if not settings.data.is_dir():
        return
    allowed = PASS if settings.published_open else 0
    if settings.data.stat().st_mode & OTHERS & ~allowed:
        yield settings.data
    elif settings.published_open:
        others = (path for path in settings.data.iterdir() if path != settings.published and not path.is_symlink())
        yield from (path for path in sorted(others) if path.lstat().st_mode & OTHERS)


def _put(path: Path, found: os.stat_result, group: int | None, for_others: int) -> None:
    mode = stat.S_IMODE(found.st_mode) & ~OTHERS | for_others
    if group is not None:
        if found.st_gid != group:
            os.chown(path, -1, group)
        if stat.S_ISDIR(found.st_mode):
            mode |= stat.S_ISGID  # what is made in it belongs to the group too
    if mode != stat.S_IMODE(path.lstat().st_mode):
        path.chmod(mode)


def _for_others(settings: Settings, path: Path, mode: int) -> int:
    if not settings.published_open or not path.is_relative_to(settings.published):
        return 0
    return 0o005 if stat.S_ISDIR(mode) else 0o004


def _number(group: str) -> int | None:
    return grp.getgrnam(group).gr_gid if group else None
