"""Which tables an analyst means: what readers see now, a version by its name, a frozen set, or an assessor's own tables."""

from __future__ import annotations

import os
from pathlib import Path

from etl.mistakes import Mistake
from etl.publish.assessors import results_folder
from etl.publish.export import DATABASE
from etl.publish.manifest import MANIFEST, read_manifest
from etl.publish.swap import CURRENT, versions


def tables_meant(data: Path, version: str | None = None, frozen: str | None = None, assessor: bool = False) -> tuple[Path, dict]:
    """The folder of the tables that are meant, and the manifest that tells of them.

    `data` is a data folder, or a copy of a version or set that was handed on. An assessor's tables are those of the current version
    with results that wait for a release; a frozen set is the assessor's own, for others what was published of it. Raises Mistake
    where there is none of that name, and lists those there are.
    """
    published = data / "published"
    if frozen is not None:
        sets = _sets(data / "frozen" if assessor else published / "frozen")
        if frozen not in sets:
            raise Mistake("use.no_seal", wanted=frozen, names=sorted(sets))
        return sets[frozen] / "marts" if assessor else sets[frozen], read_manifest(sets[frozen])
    if version is not None:
        if version not in (kept := versions(published)):
            raise Mistake("analyse.no_version", version=version, kept=kept)
        return published / version, read_manifest(published / version)
    if (data / DATABASE).is_file() or (data / "parquet").is_dir():
        return data, read_manifest(data)
    told = read_manifest(published / CURRENT)
    if not assessor:
        return published / CURRENT, told
    return results_folder(data / "warehouse" / "assessors", published), told | {"withheld": {}}


def _sets(folder: Path) -> dict[str, Path]:
    found = folder.iterdir() if folder.is_dir() and os.access(folder, os.X_OK | os.R_OK) else ()
    return {place.name: place for place in found if (place / MANIFEST).is_file()}
