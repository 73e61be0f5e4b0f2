"""The table of docs/benchmarks.md: what luodi takes beside the floors, on one machine in one run, and whether each bar is met.

Repeat with: make bench (python -m benchmarks [--units 20] [--months 12] [--lines 300] [--names 100000] [--folder FOLDER])
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.inbox import Size, write_county
from benchmarks.night import bytes_of

READING = ("read", "stage")  # the steps from bytes to typed lines
SAMPLE = Path("data/sample")
MINUTES = 20  # for all of it, on two quiet cores


@dataclass(frozen=True)
class Bar:
    """One bar, and what was measured against it."""

    what: str
    measured: float
    most: float
    unit: str

    def __str__(self) -> str:
        # A floor of some workbooks may be less than what is shown of it.
        met = "met" if self.measured <= self.most else f"missed by {self.measured / max(self.most, 0.1):.1f} ×"
        return f"| {self.what} | {self.measured:.1f} {self.unit} | {self.most:.1f} {self.unit} | {met} |"


def run(module: str, *options: object) -> str:
    """What another benchmark prints, in a process of its own."""
    return start(sys.executable, "-m", f"benchmarks.{module}", *options)


def start(*words: object) -> str:
    """What a command prints; that it began is told at once, since some take minutes."""
    command = list(map(str, words))
    print(" ".join(command), file=sys.stderr, flush=True)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout


def told(text: str, before: str, after: str) -> float:
    """The number that a benchmark prints between two words."""
    found = re.search(f"{before} ?([0-9.]+) ?{after}", text)
    if found is None:
        raise SystemExit(f"no number between {before!r} and {after!r}: {text}")
    return float(found[1])


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


def single(lines: int) -> list[Bar]:
    """The bars that need no county: likeness of names, the check of one file, and the night of the sample."""
    apart = run("names", "--lines", lines)
    alike = run("names", "--lines", 6000, "--alike", "--periods", 1)
    check = run("check", "--runs", 5)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as data:
        given = ("--inbox", SAMPLE / "inbox", "--site", SAMPLE / "site", "--data", data, "--as-of", "2024-04-15")
        start(Path(sys.executable).with_name("luodi"), "run", "--plain", *given)
    sample = time.perf_counter() - began
    return [
        Bar(f"likeness of {lines:,} names without a code", told(apart, ":", "s, pairs"), 20, "s"),
        Bar("the same, memory", told(apart, "peak", "MB"), 1000, "MB"),
        Bar("likeness of 6,000 names that are all alike", told(alike, ":", "s, pairs"), 20, "s"),
        Bar("the same, memory", told(alike, "peak", "MB"), 1000, "MB"),
        Bar("check of a workbook with 300 lines", told(check, "median", "s"), 2, "s"),
        Bar("the sample's night", sample, 25, "s"),
    ]


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path)
    for name, value in (("units", 20), ("months", 12), ("lines", 300), ("names", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args(argv)
    began = time.perf_counter()
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
    others = single(asked.names)
    reading = sum(first[step]["processor"] for step in READING)
    bars = (
        Bar("read, understand and stage, CPU", reading, 5 * floor["bare reader"], "s"),
        Bar("the first night, CPU, beside the plain stack", first["night"]["processor"], floor["plain stack"], "s"),
        Bar("the first night, peak of all processes", first["night"]["peak"], 1000, "MB"),
        Bar("the next month, beside the same on an empty archive", new["night"]["seconds"], 1.5 * alone["night"]["seconds"] + 10, "s"),
        Bar("published, beside Parquet of the lines", published / 1e6, 3 * lines / 1e6, "MB"),
        Bar("a night with nothing new", idle["night"]["seconds"], 3, "s"),
        *others,
        Bar("all of this", (time.perf_counter() - began) / 60, MINUTES, "min"),
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
