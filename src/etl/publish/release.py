"""Publish one night's marts: write them out, describe them, swap them in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from etl.publish.assessors import BUILDING, Assessors
from etl.publish.export import OPEN, export
from etl.publish.manifest import Publication, sha256, write_manifest
from etl.publish.swap import current, swap_in
from etl.publish.withhold import Border
from etl.transform.build import Mart

QUALITY = "quality"  # the folder of a version that tells what was proven of it


def release(
    build: Path,
    marts: Sequence[Mart],
    published: Path,
    night: Publication,
    *,
    border: Border = OPEN,
    assessors: Assessors | None = None,
) -> Path:
    """Publish the marts of the database `build` under `published/`; answer the folder of the version.

    A version is named by its night and by the checksum of its manifest, so that other content never takes the place of
    content already published. What the `border` withholds goes to the `assessors`, under the same name, before anybody
    reads the version. Raises PublishError; readers then still see what they saw before.
    """
    ready = published / BUILDING
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    done = export(build, marts, ready, border, assessors.begin() if assessors else None, current(published))
    if night.results:
        night.results(ready / QUALITY)
    if night.pages:
        night.pages(ready)
    manifest = write_manifest(ready, night, done.rows, done.withheld)
    if night.open_to_all:  # before anybody sees it
        for path in (ready, *ready.rglob("*")):
            path.chmod(path.stat().st_mode | (0o005 if path.is_dir() else 0o004))
    version = f"{night.night_id}-{sha256(manifest)[:8]}"
    if assessors:
        assessors.keep(version, published)
    return swap_in(ready, published, version)
