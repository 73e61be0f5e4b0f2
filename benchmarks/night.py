"""What one night costs, step by step: seconds, processor time, peak memory of all its processes, bytes left on disk.

Repeat with: python -m benchmarks.night FOLDER [--units 20] [--months 12] [--lines 300] [--forms 1] [--alike] [--dirty 0.02] [--csv]
Where FOLDER holds a night already, this one takes in what is new (--since says from which month on workbooks are written).
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.inbox import add_options, size_of, write_county

STEPS = (
    *("receive", "begin", "read", "stage", "validate", "verdict", "land"),
    *("compare", "transform", "reconcile", "gate", "publish", "reply", "papers"),
)
LOOK = 0.05  # seconds between two looks at the memory


@dataclass
class Cost:
    """What a step took; memory in megabytes, at its highest, of this process and all that it began."""

    step: str
    seconds: float
    processor: float
    peak: int


def run_night(inbox: Path, site: Path, data: Path, as_of: str) -> list[Cost]:
    """The steps of a night with their costs, and the whole of it as the last."""
    os.environ["LUODI_PLAIN"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    from flows import nightly, tasks

    costs: list[Cost] = []
    for step in STEPS:
        setattr(tasks, step, _measured(step, getattr(tasks, step), costs))
    began, worked = time.perf_counter(), _processor()
    nightly.nightly(str(inbox), str(site), str(data), as_of)
    peak = max((cost.peak for cost in costs), default=0)
    costs.append(Cost("night", time.perf_counter() - began, _processor() - worked, peak))
    return costs


def _measured(name: str, step: Callable, costs: list[Cost]) -> Callable:
    def run(*given: object, **named: object) -> object:
        watch = Watch()
        begun, worked = time.perf_counter(), _processor()
        try:
            return step(*given, **named)
        finally:
            costs.append(Cost(name, time.perf_counter() - begun, _processor() - worked, watch.end()))

    return run


def _processor() -> float:
    """Seconds that this process and its ended children have worked."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Watch:
    """Looks now and then at the memory of this process and its children, all together."""

    def __init__(self) -> None:
        self.highest, self.ended = 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while True:
            self.highest = max(self.highest, sum(map(_private, [os.getpid(), *_children(os.getpid())])))
            if self.ended.wait(LOOK):
                return

    def end(self) -> int:
        self.ended.set()
        self.thread.join()
        return self.highest >> 10


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found + [grandchild for child in found for grandchild in _children(child)]


def _private(pid: int) -> int:
    """Kilobytes that a process holds, what it shares divided among those that share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def bytes_of(folder: Path) -> int:
    """Bytes of the files below a folder, a file with several names counted once."""
    files = [path.stat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    seen = {(found.st_dev, found.st_ino): found.st_size for found in files}
    return sum(seen.values())


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    add_options(parser)
    asked = parser.parse_args(argv)
    size = size_of(asked)
    inbox, site, as_of = write_county(asked.folder, size)
    data = asked.folder / "data"
    costs = run_night(inbox, site, data, as_of)
    if asked.json:
        print(json.dumps([asdict(cost) for cost in costs]))
        return
    print(f"{'step':12}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    for cost in costs:
        print(f"{cost.step:12}{cost.seconds:9.1f}{cost.processor:9.1f}{cost.peak:9}")
    for folder in ("archive", "warehouse", "published", "replies"):
        print(f"{folder:12}{bytes_of(data / folder) / 1e6:9.1f} MB")


if __name__ == "__main__":
    main()
