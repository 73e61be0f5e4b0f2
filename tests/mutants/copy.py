"""A copy of the project in which mutants are tried one after the other; what runs there runs in a child that knows nothing else."""

from __future__ import annotations

import compileall
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST = 300  # seconds; what hangs has failed
OURS = ("etl", "flows", "tests")


class Copy:
    """What git knows of the project, as it lies there, in a folder of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.here, self.said = folder / "project", folder / "said"
        known = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(known, cwd=root, check=True, capture_output=True)
        for name in names.stdout.decode().split("\0"):
            if (root / name).is_file():
                (self.here / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, self.here / name)
        if (root / "build").is_dir():
            shutil.copytree(root / "build", self.here / "build", copy_function=shutil.copy2)
        for room in ("src", "flows", "tests"):
            compileall.compile_dir(self.here / room, quiet=2)

    @contextmanager
    def holding(self, path: str, text: str):
        """The copy with another text in one file, of another second: by that Python knows what it compiled; and as it was after that."""
        file = self.here / path
        whole, kept = file.read_bytes(), file.stat()
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns + 10**10))
        try:
            yield
        finally:
            file.write_bytes(whole)
            os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))

    def failing(self, words: Sequence[str]) -> str:
        """The first test that fails when pytest is called so; '' where none does."""
        self.said.unlink(missing_ok=True)
        code = self.child(lambda: _pytest(words, self.said))
        said = self.said.read_text(encoding="utf-8") if self.said.exists() else ""
        return said if code == 1 and said else "" if code in (0, 5) else f"it ended with {code}"  # 5: none was chosen

    def child(self, work: Callable[[], int]) -> int:
        """How `work` ended in a forked child that finds the copy's modules; minus a signal's number where one ended it.

        The libraries that this process has loaded are there already, which saves their seconds.
        """
        began = time.monotonic()
        if not (child := os.fork()):
            code = 70
            try:
                self._move_in()
                code = work()
            finally:
                os._exit(code)
        while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if time.monotonic() - began > LONGEST:
                break
            time.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # it, or what it left running
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _move_in(self) -> None:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in 0, 1, 2:
            os.dup2(nowhere, stream)
        for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
            del sys.modules[name]
        os.chdir(self.here)
        own = [str(self.here / "src"), str(self.here)]
        sys.path[:] = own + [path for path in sys.path if Path(path).is_absolute() and not (Path(path) / "tests/mutants").is_dir()]
        os.environ["PYTHONPATH"], os.environ["PYTHONDONTWRITEBYTECODE"], sys.dont_write_bytecode = os.pathsep.join(own), "1", True
        importlib.invalidate_caches()


class _First:
    """A plugin that writes down the first test that fails."""

    def __init__(self, said: Path) -> None:
        self.said = said

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.said.exists():
            self.said.write_text(report.nodeid, encoding="utf-8")

    def pytest_collectreport(self, report):
        if report.failed and not self.said.exists():
            self.said.write_text(report.nodeid, encoding="utf-8")


def _pytest(words: Sequence[str], said: Path) -> int:
    import pytest

    how = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not long", f"--basetemp={said}-basetemp"]
    return int(pytest.main([*how, *words], plugins=[_First(said)]))
