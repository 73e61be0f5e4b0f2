"""What the night of tests/golden leaves, file by file, as left.csv has it: the version, its pages and papers, replies, notices and the account.

And what commands make of it. A change that should leave all of it as it is changes no line there. After one that should not, let the
night run, take its table, and read what moved: `pytest tests/golden/test_left.py --basetemp=build/left; cp build/left/night0/county/left.csv tests/golden/`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).with_name("left.csv")
HEAD = ["path", "files", "digest"]
PLACES = ("data/nights/*/record.json", "data/notices/**/*", "data/published/current/**/*", "data/replies/**/*", "made/**/*")
SAME_ROWS = {".duckdb", ".parquet"}  # as in the CSV files
GATE = "quality"              # what it asked, which the quick nights of tests/mutants leave out
# What the clock, the code's own hash or the checksums of files decide.
OTHER_EVERY_TIME = {"record.json": ("started", "seconds", "steps", "models", "sizes", "night", "version"), "manifest.json": ("files", "writer", "night_id")}


def left(county: Path) -> list[list[str]]:
    """Each file, or each folder of what pages load: how many files there are, and a digest of what stands in them."""
    current = (county / "data" / "published" / "current").resolve()
    version, checksum = current.name, hashlib.sha256((current / "manifest.json").read_bytes()).hexdigest()
    digests: dict[str, list[bytes]] = {}
    for path in _files(county):
        name = re.sub("^data/nights/[^/]*", "data/nights", path.relative_to(county).as_posix())
        content = name.encode() + _content(path)
        for other in version, version.rpartition("-")[0], checksum:
            content = content.replace(other.encode(), b"")
        digests.setdefault(re.sub(r"(/site/data/\w+|/原始文件)/.*", r"\1", name), []).append(hashlib.sha256(content).digest())
    return [[name, str(len(found)), hashlib.sha256(b"".join(sorted(found))).hexdigest()[:12]] for name, found in sorted(digests.items())]


def _files(county: Path) -> Iterator[Path]:
    return (path for place in PLACES for path in county.glob(place) if path.is_file() and path.suffix not in SAME_ROWS and path.parent.name != GATE)


def _content(path: Path) -> bytes:
    """The bytes of a file; of a workbook or a document its parts, of what tells of the night only what it did."""
    if other := OTHER_EVERY_TIME.get(path.name):
        told = json.loads(path.read_text(encoding="utf-8"))
        return json.dumps({key: value for key, value in told.items() if key not in other}, sort_keys=True).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            return b"".join(name.encode() + file.read(name) for name in sorted(file.namelist()))
    return path.read_bytes()


def read(table: Path) -> dict[str, list[str]]:
    """The lines of a table, by path."""
    with table.open(encoding="utf-8", newline="") as file:
        return {path: line for path, *line in csv.reader(file)}


def write(table: Path, county: Path) -> None:
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *left(county)])
