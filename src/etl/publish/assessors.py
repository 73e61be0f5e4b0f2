"""What belongs to a published version and is not for everybody: the site that it was made with, and results that wait.

warehouse/assessors/<version>/
  site/                         the county's files as that night read them
  luodi.duckdb  csv/  parquet/  where results wait for a release: all marts, and whole the tables with rows that wait
  manifest.json                 the checksum of every file
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from etl.inbox.flush import flush, flush_tree
from etl.publish.export import DATABASE
from etl.publish.manifest import MANIFEST, checksums
from etl.publish.swap import current

BUILDING = ".building"
SITE = "site"


@dataclass(frozen=True, slots=True)
class Assessors:
    """The folder of the assessors, and the site whose files are kept with a version."""

    folder: Path
    site: Path | None = None

    def begin(self) -> Path:
        """An empty folder to be filled for the version that is being made."""
        ready = self.folder / BUILDING
        shutil.rmtree(ready, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o750, exist_ok=True)
        ready.mkdir()
        return ready

    def keep(self, version: str, published: Path) -> None:
        """Give what was filled in the name of its version, and let go of what belongs to versions that are gone."""
        ready, place = self.folder / BUILDING, self.folder / version
        if self.site is not None:
            shutil.copytree(self.site, ready / SITE, ignore=shutil.ignore_patterns(".*", "~$*"))
        text = json.dumps({"version": version, "files": checksums(ready)}, ensure_ascii=False, indent=1)
        (ready / MANIFEST).write_text(text + "\n", encoding="utf-8")
        flush_tree(ready)
        shutil.rmtree(place, ignore_errors=True)
        os.replace(ready, place)
        flush(self.folder)
        for old in self.folder.iterdir():
            if old.name != version and not (published / old.name).is_dir():
                shutil.rmtree(old)


def assessors_folder(assessors: Path, published: Path) -> Path | None:
    """The assessors' folder of the version that readers see now; None where there is none, or not for whoever asks."""
    now = current(published)
    place = assessors / now.name if now else None
    return place if place and os.access(place / MANIFEST, os.R_OK) else None


def results_folder(assessors: Path, published: Path) -> Path:
    """Where all results of the current version are: the assessors' folder, or `published/current` where nothing waits."""
    place = assessors_folder(assessors, published)
    return place if place and (place / DATABASE).is_file() else published / "current"
