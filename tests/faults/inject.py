"""Let a step fail at a chosen call to the system: in a child of this process, by Python's own calls or by strace."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

CALLS = ("fsync", "replace", "symlink", "truncate")  # by which the state on the disk moves on
KILL, EIO, ENOSPC = "kill", "EIO", "ENOSPC"
KILLED, RAISED, DONE = -signal.SIGKILL, 3, 0


def tried(step: Callable[[], object], fault: str = "", at: int = -1) -> tuple[int, int]:
    """Run a step in a child whose call number `at` fails; answer how it ended and how many calls it came to."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(_run(step, fault, at, tell))
    os.close(tell)
    with os.fdopen(told, "rb") as lines:
        count = len(lines.read())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), count


def _run(step: Callable[[], object], fault: str, at: int, tell: int) -> int:
    count = 0

    def instead(real: Callable) -> Callable:
        def call(*given, **named):
            nonlocal count
            count += 1
            os.write(tell, b".")
            if count - 1 == at and fault == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            if count - 1 == at and fault:
                raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))
            return real(*given, **named)

        return call

    for name in CALLS:
        setattr(os, name, instead(getattr(os, name)))
    try:
        step()
    except OSError:
        return RAISED
    except BaseException:  # noqa: BLE001  (a fault may come out in another dress; the state on the disk is what is judged)
        return RAISED
    return DONE


def denied(step: Callable[[], object]) -> OSError | None:
    """What a step raises in a child whom the modes of files and folders keep out, even where tests run as root."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()  # this process, and no capability
        refused = ctypes.CDLL(None).capset(header, none)
        try:
            step()
        except OSError as error:
            os.write(tell, f"{error.errno}\n{os.fspath(error.filename or '')}".encode())
        except BaseException:  # noqa: BLE001
            refused = 1
        os._exit(refused)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as lines:
        number, _, path = lines.read().partition("\n")
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the step raised something else, or rights could not be given up")
    return OSError(int(number), os.strerror(int(number)), path) if number else None


def strace() -> bool:
    """Whether this machine has strace and lets it look at our own children."""
    return bool(shutil.which("strace")) and subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0


def traced(step: Callable[[], object], calls: str, log: Path, fault: str = "", at: int = 0) -> tuple[int, int]:
    """As `tried`, by strace: call number `at` (from 1) of the system's `calls` (write,pwrite64) fails, in whatever library it is made."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(ready, 1)
        try:
            step()
        except BaseException:  # noqa: BLE001
            os._exit(RAISED)
        os._exit(DONE)
    how = "signal=KILL" if fault == KILL else f"error={fault}"
    inject = ["-e", f"inject={calls}:{how}:when={at}"] if fault else []
    tracer = subprocess.Popen(["strace", "-f", "-o", str(log), "-e", f"trace={calls}", *inject, "-p", str(child)], stderr=subprocess.PIPE)
    tracer.stderr.readline()  # Process … attached
    os.write(go, b".")
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    tracer.communicate()
    os.close(ready)
    os.close(go)
    return ended, len(re.findall(rf"^\d+ +(?:{calls.replace(',', '|')})\(", log.read_text(errors="replace"), re.MULTILINE))


class Watch:
    """What was written through to the disk when a name was moved: the orders in which a power cut would find short files."""

    def __init__(self, monkeypatch) -> None:
        self.synced: dict[int, tuple] = {}  # inode -> what it was when it was written through
        self.early: list[str] = []  # moved before their content was
        self.loose: list[Path] = []  # moved, and their folder not written through since
        real = {name: getattr(os, name) for name in ("fsync", "replace")}

        def fsync(handle):
            real["fsync"](handle)
            self.synced[os.fstat(handle).st_ino] = _state(os.fstat(handle))
            self.loose = [path for path in self.loose if path.parent.stat().st_ino != os.fstat(handle).st_ino]

        def replace(source, target):
            source, target = Path(source), Path(target)
            if not source.is_symlink():
                for path in [source, *source.rglob("*")] if source.is_dir() else [source]:
                    if path.is_file() and self.synced.get(path.stat().st_ino) != _state(path.stat()):
                        self.early.append(f"{path} -> {target}")
            real["replace"](source, target)
            self.loose.append(target)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "replace", replace)


def _state(stat: os.stat_result) -> tuple:
    return stat.st_size, stat.st_mtime_ns
