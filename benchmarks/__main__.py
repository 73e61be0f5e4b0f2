"""The table of docs/benchmarks.md: what luodi takes beside the floors, on one machine in one run, and whether each bar is met.

Repeat with: make bench (python -m benchmarks [--units 20] [--months 12] [--lines 300] [--folder FOLDER])
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.inbox import Size, write_county
from benchmarks.night import bytes_of

READING = ("read", "stage")  # the steps from bytes to typed lines


@dataclass(frozen=True)
class Bar:
    """One bar, and what was measured against it."""

    what: str
    measured: float
    most: float
    unit: str

    def __str__(self) -> str:
        met = "met" if self.measured <= self.most else f"missed by {self.measured / self.most:.1f} ×"
        return f"| {self.what} | {self.measured:.1f} {self.unit} | {self.most:.1f} {self.unit} | {met} |"


def run(module: str, *options: object) -> str:
    """What another benchmark prints, in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, options)]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout


def night(folder: Path, size: Size, since: int) -> dict[str, dict]:
    """The costs of a night's steps by step; `since` is the first month whose workbooks are new."""
    options = ("--units", size.units, "--months", size.months, "--lines", size.lines, "--forms", size.forms, "--since", since, "--json")
    return {cost["step"]: cost for cost in json.loads(run("night", folder, *options).splitlines()[-1])}


def floors(folder: Path) -> dict[str, float]:
    """Processor seconds of each floor."""
    found = {}
    for line in run("floors", folder).splitlines():
        *name, _, _, processor = line.split()
        if name and name[0] in ("bare", "plain"):
            found[" ".join(name)] = float(processor)
    return found


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path)
    for name, value in (("units", 20), ("months", 12), ("lines", 300)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args(argv)
    size = Size(asked.units, asked.months, asked.lines)
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        write_county(folder, size)
        floor = floors(folder)
        first = night(folder, size, size.months)
        lines = sum(path.stat().st_size for path in (folder / "data/published/current/parquet").glob("fct_project_progress*"))
        published = bytes_of((folder / "data/published/current").resolve())
        more = Size(asked.units, asked.months + 1, asked.lines)
        new = night(folder, more, size.months)
        idle = night(folder, more, more.months)
        small = folder / "small"
        alone = night(small, Size(asked.units, 1, asked.lines), 0)
    reading = sum(first[step]["processor"] for step in READING)
    bars = (
        Bar("read, understand and stage, CPU", reading, 5 * floor["bare reader"], "s"),
        Bar("the first night, CPU, beside the plain stack", first["night"]["processor"], floor["plain stack"], "s"),
        Bar("the first night, peak of all processes", first["night"]["peak"], 1000, "MB"),
        Bar("the next month, beside the same on an empty archive", new["night"]["seconds"], 1.5 * alone["night"]["seconds"] + 10, "s"),
        Bar("published, beside Parquet of the lines", published / 1e6, 3 * lines / 1e6, "MB"),
        Bar("a night with nothing new", idle["night"]["seconds"], 3, "s"),
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()};")
    print(f"{size.units} units × {size.months} months × {size.lines} lines of one form, clean workbooks\n")
    print("| step | seconds | CPU s | peak MB |\n|---|---|---|---|")
    for cost in first.values():
        print(f"| {cost['step']} | {cost['seconds']:.1f} | {cost['processor']:.1f} | {cost['peak']} |")
    print("\n| floor | CPU s |\n|---|---|")
    for name, processor in floor.items():
        print(f"| {name} | {processor:.1f} |")
    print("\n| what | measured | bar | |\n|---|---|---|---|")
    print("\n".join(map(str, bars)))


if __name__ == "__main__":
    main()
