"""How long `luodi check` takes for one honest workbook: the whole command, from its start to its end.

Repeat with: python -m benchmarks.check [--lines 300] [--runs 5]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.inbox import Size, sheet, write_rows


def write_workbook(path: Path, lines: int) -> None:
    """Key projects of one township and month that break no rule."""
    write_rows(path, list(sheet(Size(lines=lines, first_year=2024), "重点项目", "白石镇", 0, 0)), delimited=False)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--site", default="data/sample/site")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "白石镇2024年1月重点项目月报表.xlsx"
        write_workbook(path, asked.lines)
        command = [str(Path(sys.executable).with_name("luodi")), "check", str(path), "--site", asked.site]
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"LUODI_LANG": "zh"}  # as installed
        taken = []
        for run in range(asked.runs + 1):  # the first fills caches and is not counted
            start = time.perf_counter()
            done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
            taken += [time.perf_counter() - start] if run else []
    print(done.stdout.strip()[-400:], done.stderr.strip()[-400:])
    print(
        f"{asked.lines} lines, exit code {done.returncode}: median {statistics.median(taken):.2f} s, "
        f"from {min(taken):.2f} to {max(taken):.2f} s, {asked.runs} runs"
    )


if __name__ == "__main__":
    main()
