"""Give a new version the files of the version before for every table in which nothing changed, instead of writing them again.

A file is linked: both versions then share its bytes on the disk. No file of a version is ever written again, all versions have the
same rights (etl.night.rights), and removing one leaves the other's name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.publish.manifest import read_manifest, sha256, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Before:
    """The version that readers see until the new one is there."""

    folder: Path
    files: dict[str, dict]  # name -> sha256 and size, as the manifest has them

    @classmethod
    def of(cls, folder: Path | None) -> Before | None:
        """None where there is no version, or another writer wrote it."""
        manifest = read_manifest(folder) if folder else {}
        return cls(folder, manifest["files"]) if folder and manifest.get("writer") == writer() else None

    def intact(self, name: str) -> Path | None:
        """A file of it, if it is there as it was published."""
        path = self.folder / name
        return path if name in self.files and path.is_file() and sha256(path) == self.files[name]["sha256"] else None

    def give(self, con: DuckDBPyConnection, table: str, names: Sequence[str], folder: Path) -> bool:
        """Link the files `names` (the Parquet first) into `folder`, if the rows in them are those of `table` in this order.

        False where the table has changed, a file is not as it was published, or the disk has no links; then nothing is linked.
        """
        if not all(name in self.files for name in names) or not _equal(con, table, self.folder / names[0]):
            return False
        if not all(map(self.intact, names)):
            return False
        if not all(named_again(self.folder / name, folder / name) for name in names):
            for name in names:
                (folder / name).unlink(missing_ok=True)
            return False
        return True


def named_again(file: Path, name: Path) -> bool:
    """Give a file another name, in a folder that is made for it; False where the disk has no links."""
    name.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, name)
    except OSError:
        return False
    return True


def _equal(con: DuckDBPyConnection, table: str, parquet: Path) -> bool:
    """Whether a Parquet file has the columns and rows of a table, in its order; one that cannot be read has not."""
    import duckdb

    kept = "read_parquet('" + str(parquet).replace("'", "''") + "')"
    try:
        columns = con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {table})").fetchall()
        if con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {kept})").fetchall() != columns:
            return False
        if con.execute(f"SELECT (SELECT count(*) FROM {table}) <> (SELECT count(*) FROM {kept})").fetchone() == (True,):
            return False
        other = " OR ".join(f'fresh."{name}" IS DISTINCT FROM kept."{name}"' for name, _ in columns)
        found = con.execute(f"SELECT 1 FROM {table} AS fresh POSITIONAL JOIN {kept} AS kept WHERE {other} LIMIT 1").fetchone()
    except duckdb.Error:
        return False
    return found is None
