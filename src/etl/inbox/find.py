"""Look through the inbox for files to receive, leaving alone what is no submission or not complete yet."""

from __future__ import annotations

import csv
import os
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from etl.mistakes import Mistake
from etl.texts.spreadsheet import inert

CHINA = ZoneInfo("Asia/Shanghai")
LOCKS = ("~$", ".~lock")
SYSTEM = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}
UNFINISHED = (".part", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")


class ArrivalsError(Mistake):
    """The log of receipts (arrivals.csv) cannot be read; says where, and how to mend it, in Chinese."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A regular file of the inbox that is worth receiving."""

    name: str  # path inside the inbox, with forward slashes
    path: Path
    received_at: datetime  # China time
    order: int  # place in the sequence of receipt, from 1


@dataclass(frozen=True, slots=True)
class InboxListing:
    """All that lay in the inbox: every name is in exactly one of the four lists."""

    files: tuple[InboxFile, ...]  # by time of receipt
    waiting: tuple[str, ...] = ()  # still being written
    ignored: tuple[str, ...] = ()  # lock, system and unfinished files
    refused: tuple[tuple[str, str], ...] = field(default=())  # name and kind: symlink, folder, device ...


def find(inbox: Path, settle: float = 2.0) -> InboxListing:
    """List the files of `inbox` at any depth in their order of receipt.

    A file changed less than `settle` seconds ago is looked at twice; if it changes in between, it waits for the
    next night. Links, pipes, devices and folders named like workbooks are refused and never opened.
    Raises ArrivalsError if `arrivals.csv` beside the inbox cannot be read.
    """
    inbox = Path(inbox)
    ignored, refused, seen = [], [], []
    for name, path, kind in sorted(_walk(inbox, ""), key=lambda found: found[0]):
        if kind == "ignored":
            ignored.append(name)
        elif kind != "file":
            refused.append((name, kind))
        else:
            seen.append((name, path, _look(path)))
    if any(look and abs(time.time() - look[1] / 1e9) < settle for *_, look in seen):
        time.sleep(settle)
        again = {path: _look(path) for _, path, _ in seen}
    else:
        again = {path: look for _, path, look in seen}
    waiting = tuple(name for name, path, look in seen if look is None or again[path] != look)
    steady = [(name, path, look) for name, path, look in seen if look is not None and again[path] == look]
    return InboxListing(_in_order(steady, arrivals(inbox)), waiting, tuple(ignored), tuple(refused))


def arrivals(inbox: Path) -> dict[str, tuple[int, datetime]]:
    """Read `arrivals.csv` beside the inbox: file inside the inbox -> order and time of receipt (China time).

    A file listed twice has its last line. No such log: an empty answer. Raises ArrivalsError.
    """
    path = Path(inbox).absolute().parent / "arrivals.csv"
    log: dict[str, tuple[int, datetime]] = {}
    if not path.is_file():
        return log
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"order", "received_at", "file"} - set(reader.fieldnames or ())
            if missing:
                raise ArrivalsError("use.arrivals_columns", path=path, missing=sorted(missing))
            for row in reader:
                try:
                    when = datetime.fromisoformat((row["received_at"] or "").strip())
                    place = int(row["order"])
                except (TypeError, ValueError):
                    raise ArrivalsError("use.arrivals_line", path=path, line_num=reader.line_num) from None
                if when.tzinfo is not None:
                    when = when.astimezone(CHINA).replace(tzinfo=None)
                log[_key(row["file"] or "")] = (place, when)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ArrivalsError("use.arrivals_encoding", path=path, error=error) from None
    return log


def received_time(path: Path) -> datetime:
    """When one file outside a night was received: from the arrivals.csv of an inbox around it, else its own time."""
    path = Path(path).absolute()
    for folder in path.parents:
        if (folder.parent / "arrivals.csv").is_file():
            logged = arrivals(folder).get(_key(path.relative_to(folder).as_posix()))
            if logged:
                return logged[1]
    return china_time(path.stat().st_mtime)


def china_time(seconds: float) -> datetime:
    """A file's time as China's clocks show it, to the second."""
    return datetime.fromtimestamp(int(seconds), CHINA).replace(tzinfo=None)


def shown(name: str) -> str:
    """A file name as text: names that are not UTF-8 on disk are taken for GB18030, as old Windows machines send them.

    It goes into every output; a control character in it is shown by its code, as \\x1b.
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return inert(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return inert(raw.decode("utf-8", "backslashreplace"))


def _walk(folder: Path, inside: str) -> Iterator[tuple[str, Path, str]]:
    for entry in os.scandir(folder):
        name = inside + shown(entry.name)
        path = folder / entry.name
        low = entry.name.lower()
        if entry.name.startswith((".", *LOCKS)) or low in SYSTEM or low.endswith(UNFINISHED):
            yield name, path, "ignored"
        elif entry.is_symlink():
            yield name, path, "symlink"
        elif entry.is_dir(follow_symlinks=False):
            if low.endswith((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt")):
                yield name, path, "folder"
            else:
                yield from _walk(path, name + "/")
        elif entry.is_file(follow_symlinks=False):
            yield name, path, "file"
        else:
            yield name, path, "device"


def _look(path: Path) -> tuple[int, int] | None:
    """Size and time of change of a regular file, None if it is gone."""
    try:
        seen = path.lstat()
    except FileNotFoundError:
        return None
    return (seen.st_size, seen.st_mtime_ns) if stat.S_ISREG(seen.st_mode) else None


def _in_order(steady: list, log: dict[str, tuple[int, datetime]]) -> tuple[InboxFile, ...]:
    known, unknown = [], []
    for name, path, look in steady:
        if _key(name) in log:
            order, when = log[_key(name)]
            known.append(InboxFile(name, path, when, order))
        else:
            unknown.append((china_time(look[1] / 1e9), name, path))
    last = max((order for order, _ in log.values()), default=0)
    late = [InboxFile(name, path, when, last + n) for n, (when, name, path) in enumerate(sorted(unknown), start=1)]
    return tuple(sorted(known + late, key=lambda c: (c.received_at, c.order, c.name)))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/"))
