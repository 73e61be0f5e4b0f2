"""Show that a change of the code changes no published figure: `make same AGAINST=main PACK=path/to/pack`.

Runs the night of one inbox with the code of a commit and with that of the working tree, and compares every published
CSV byte for byte and every Parquet file row by row. The manifest is left out: it carries the night's name, and that
the code's hash. Prints what differs; exits 1 where anything does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from tests.fixtures.places import ROOT, SAMPLE

AS_OF = "2024-07-20T20:00:00"


def code_of(commit: str, folder: Path) -> Path:
    """The files of a commit, unpacked."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def run_night(code: Path, pack: Path, data: Path, as_of: str) -> Path:
    """A night of a pack with the code in a folder; the answer is what it published."""
    command = [sys.executable, "-c", "from etl.cli import main; main()", "run", "--plain", "--inbox", str(pack / "inbox"),
               "--site", str(pack / "site"), "--data", str(data), "--as-of", as_of]
    subprocess.run(command, check=True, cwd=code, stdout=subprocess.DEVNULL,
                   env=os.environ | {"PYTHONPATH": os.pathsep.join((str(code / "src"), str(code))), "LUODI_HOME": str(code)})
    return data / "published" / "current"


def differences(before: Path, after: Path) -> list[str]:
    """One sentence for each published CSV or Parquet file that is not the same in two versions."""
    import duckdb

    found = []
    names = {p.relative_to(side).as_posix() for side in (before, after) for p in side.rglob("*") if p.suffix in (".csv", ".parquet")}
    for name in sorted(names):
        old, new = before / name, after / name
        if not (old.is_file() and new.is_file()):
            found.append(f"{name}: only {'before' if old.is_file() else 'after'}")
        elif name.endswith(".csv") and old.read_bytes() != new.read_bytes():
            lines = set(old.read_text("utf-8").splitlines()) ^ set(new.read_text("utf-8").splitlines())
            found.append(f"{name}: {len(lines)} lines differ, as {min(lines, default='their order only')[:200]}")
        elif name.endswith(".parquet"):
            one, other = (f"SELECT * FROM read_parquet('{p}', file_row_number = true)" for p in (old, new))
            described = [duckdb.sql(f"DESCRIBE {each}").fetchall() for each in (one, other)]
            if described[0] != described[1]:
                found.append(f"{name}: other columns")
            elif count := len(duckdb.sql(f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})").fetchall()):
                found.append(f"{name}: {count} rows differ")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", default="HEAD", metavar="COMMIT")
    parser.add_argument("--pack", type=Path, default=SAMPLE, help="a folder with inbox/ and site/")
    parser.add_argument("--as-of", default=AS_OF)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        before = run_night(code_of(asked.against, place / "code"), asked.pack.resolve(), place / "before", asked.as_of)
        after = run_night(ROOT, asked.pack.resolve(), place / "after", asked.as_of)
        found = differences(before, after)
        files = sum(p.suffix in (".csv", ".parquet") for p in after.rglob("*"))
    print("\n".join([*found, f"{asked.pack.name} against {asked.against}: {len(found)} of {files} published files differ"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
