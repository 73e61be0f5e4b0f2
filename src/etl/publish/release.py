"""Publish one night's marts: write them out, describe them, swap them in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.publish.assessors import BUILDING, Assessors
from etl.publish.export import OPEN, Exported, exporting
from etl.publish.manifest import Publication, sha256, write_manifest
from etl.publish.swap import current, swap_in
from etl.publish.withhold import Border
from etl.transform.build import Mart

QUALITY = "quality"  # the folder of a version that tells what was proven of it


@dataclass(frozen=True, slots=True)
class Unreleased:
    """A version of which the tables are being written: in a folder under `published` that nobody reads."""

    folder: Path
    tables: Future[Exported]
    published: Path
    assessors: Assessors | None = None


@contextmanager
def drafted(
    build: Path, marts: Sequence[Mart], published: Path, *, border: Border = OPEN, assessors: Assessors | None = None
) -> Iterator[Unreleased]:
    """Write the marts of the database `build` for a version under `published`, while it is found out whether it may be released."""
    ready = published / BUILDING
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    with exporting(build, marts, ready, border, assessors.begin() if assessors else None, current(published)) as tables:
        yield Unreleased(ready, tables, published, assessors)


def release(draft: Unreleased, night: Publication) -> Path:
    """Give a draft to readers; answer the folder of the version.

    A version is named by its night and by the checksum of its manifest, so that other content never takes the place of
    content already published. What the border withholds goes to the assessors, under the same name, before anybody
    reads the version. Raises PublishError; readers then still see what they saw before.
    """
    ready, done = draft.folder, draft.tables.result()
    if night.results:
        night.results(ready / QUALITY)
    if night.pages:
        night.pages(ready)
    manifest = write_manifest(ready, night, done.rows, done.withheld)
    if night.open_to_all:  # before anybody sees it
        for path in (ready, *ready.rglob("*")):
            path.chmod(path.stat().st_mode | (0o005 if path.is_dir() else 0o004))
    version = f"{night.night_id}-{sha256(manifest)[:8]}"
    if draft.assessors:
        draft.assessors.keep(version, draft.published)
    return swap_in(ready, draft.published, version)
