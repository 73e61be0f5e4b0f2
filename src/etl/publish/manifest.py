"""The manifest of a published version: what it holds, and the checksum of every file, so that damage is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from etl.publish.reconcile import Balance

MANIFEST = "manifest.json"
FORMAT = 1


def write_manifest(
    folder: Path,
    *,
    night_id: str,
    as_of: date,
    luodi: str,
    tables: Mapping[str, int],
    balances: Sequence[Balance],
    accepted_drop: dict | None = None,
    withheld: Mapping[str, dict] | None = None,
    released: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Describe all files of `folder` in its `manifest.json`; nothing in it comes from the clock.

    `accepted_drop` says who let it be published although most lines of a form were lost, and which; `withheld` of which
    marts rows wait for a release, and `released` who let results out.
    """
    content = {
        "format": FORMAT,
        "luodi": luodi,
        "night_id": night_id,
        "as_of": as_of.isoformat(),
        "tables": dict(sorted(tables.items())),
        "lines": {
            b.form: {part: int(getattr(b, part)) for part in ("received", "published", "quarantined", "superseded")}
            for b in balances
            if b.what == "lines" and not b.file
        },
        "files": checksums(folder),
    }
    content |= {"accepted_drop": accepted_drop} if accepted_drop else {}
    content |= {"withheld": dict(withheld)} if withheld else {}
    content |= {"released": [dict(one) for one in released]} if released else {}
    path = folder / MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


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


def sha256(path: Path) -> str:
    """The SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
