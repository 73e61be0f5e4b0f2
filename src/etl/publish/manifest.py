"""The manifest of a published version: what it holds, and the checksum of every file, so that damage is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import etl
from etl.publish.reconcile import Balance

MANIFEST = "manifest.json"
FORMAT = 1
# What decides which bytes a table becomes, and a script of the ways from its figures to their cells.
WRITERS = (
    "export.py",
    "ordered.py",
    "csv_file.py",
    "../texts/spreadsheet.py",
    "../pages/ways.py",
    "../pages/shard.py",
    "../pages/frame.py",
)


@dataclass(frozen=True)
class Publication:
    """What a manifest says of the night that published it: by whose word most lines of a form were lost, and results let out."""

    night_id: str
    as_of: date
    balances: Sequence[Balance] = ()
    accepted_drop: dict | None = None
    released: Sequence[Mapping[str, str]] = ()
    open_to_all: bool = False  # everybody on the machine may read it
    not_run: Sequence[Mapping[str, str]] = ()  # rules, with form, file and reason
    results: Callable[[Path], None] | None = None  # writes what was proven of it into a folder
    pages: Callable[[Path], None] | None = None  # writes papers and pages of what stands in the folder of the version into it


def write_manifest(folder: Path, night: Publication, tables: Mapping[str, int], withheld: Mapping[str, dict] | None = None) -> Path:
    """Describe all files of `folder` in its `manifest.json`; nothing in it comes from the clock.

    `tables` are the rows of each mart, `withheld` those that wait for a release.
    """
    content = {
        "format": FORMAT,
        "luodi": etl.__version__,
        "writer": writer(),
        "night_id": night.night_id,
        "as_of": night.as_of.isoformat(),
        "tables": dict(sorted(tables.items())),
        "lines": {
            b.form: {part: int(getattr(b, part)) for part in ("received", "published", "quarantined", "superseded")}
            for b in night.balances
            if b.what == "lines" and not b.file
        },
        "files": checksums(folder),
    }
    content |= {"accepted_drop": night.accepted_drop} if night.accepted_drop else {}
    content |= {"not_run": [dict(one) for one in night.not_run]} if night.not_run else {}
    content |= {"withheld": dict(withheld)} if withheld else {}
    content |= {"released": [dict(one) for one in night.released]} if night.released else {}
    path = folder / MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


@lru_cache(maxsize=1)
def writer() -> str:
    """A digest of what writes published files: the same rows become the same bytes by the same writer alone."""
    import duckdb

    room = Path(__file__).parent
    return hashlib.sha256(b"\0".join([duckdb.__version__.encode(), *((room / name).read_bytes() for name in WRITERS)])).hexdigest()


def checksums(folder: Path) -> dict[str, dict]:
    """Checksum and size of every file below a folder but its manifest, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): {"sha256": sha256(path), "size": path.stat().st_size} for path in files}


def read_manifest(folder: Path) -> dict:
    """The manifest of a version; {} where there is none that can be read."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def altered(folder: Path) -> list[str]:
    """The files of a version that are not as they were published; a folder that was never there has none.

    The name of a published version ends with the checksum of its manifest, so that one cannot be changed unseen either.
    """
    if not folder.is_dir():
        return []
    path = folder / MANIFEST
    manifest = read_manifest(folder)
    if "files" not in manifest or "night_id" in manifest and not folder.name.endswith(sha256(path)[:8]):
        return [MANIFEST]
    found = checksums(folder)
    return sorted(name for name in {*found, *manifest["files"]} if found.get(name) != manifest["files"].get(name))


def sha256(path: Path) -> str:
    """The SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
