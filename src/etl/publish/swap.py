"""Make a finished version the one that readers see: written through to the disk, checked, swapped in at once.

`published/<version>/` never changes once it is there; `published/current` is a symbolic link to one of them, and
`published/history` lists what it has pointed to, oldest first. A reader that opened the old version keeps it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from etl.inbox.flush import flush, flush_tree
from etl.publish.manifest import MANIFEST, sha256

CURRENT = "current"
HISTORY = "history"
REMOVED = ".removed-"
KEPT_BEFORE_CURRENT = 2


class PublishError(Exception):
    """A version could not be published or taken back; what readers see has not changed."""


def swap_in(ready: Path, published: Path, version: str, *, keep: int = KEPT_BEFORE_CURRENT) -> Path:
    """Publish the finished folder `ready` (on the same file system) as `version`; answer its new place.

    The same version again changes nothing. Older versions beyond the last `keep` before it are removed.
    Raises PublishError where another process does not find in it what its manifest says.
    """
    flush_tree(ready)
    verify_version(ready)
    place = published / version
    if place.exists() and sha256(place / MANIFEST) == sha256(ready / MANIFEST) and not faults_seen_anew(place):
        shutil.rmtree(ready)
    else:
        if place.exists():
            _remove(place)
        os.replace(ready, place)
        flush(published)
    _point(published, version)
    _prune(published, keep)
    return place


def rollback(published: Path, version: str | None = None) -> Path:
    """Point `current` back at a version that is still kept, by default at the one before; answer its folder.

    Raises PublishError where there is no such version or it is damaged.
    """
    kept = versions(published)
    if version is None:
        now = current(published)
        before = kept[: kept.index(now.name)] if now and now.name in kept else kept
        if not before:
            raise PublishError(f"{published} holds no version before the current one")
        version = before[-1]
    if version not in kept:
        raise PublishError(f"{published} holds no version {version}; there are {', '.join(kept) or 'none'}")
    verify_version(published / version)
    _point(published, version)
    return published / version


def current(published: Path) -> Path | None:
    """The folder that readers see now, None before the first publication."""
    link = published / CURRENT
    return published / os.readlink(link) if link.is_symlink() and link.exists() else None


def versions(published: Path) -> list[str]:
    """The versions still kept, in the order in which they were last made current."""
    last = dict.fromkeys(reversed(_history(published)))
    return [version for version in reversed(last) if (published / version / MANIFEST).is_file()]


def verify_version(folder: Path) -> None:
    """Have a new process check a version against its manifest. Raises PublishError with what it found."""
    found = faults_seen_anew(folder)
    if found:
        raise PublishError(f"{folder}: {found}")


def faults_seen_anew(folder: Path) -> str:
    """What a new process finds wrong with a version, '' where all is well."""
    program = Path(__file__).with_name("verify.py")
    done = subprocess.run([sys.executable, "-I", str(program), str(folder)], check=False, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit {done.returncode}"


def _point(published: Path, version: str) -> None:
    """Note the version in the history, then make it current: a version that was ever current is in the history."""
    link = published / CURRENT
    if link.exists() and not link.is_symlink():
        raise PublishError(f"{link} is not a symbolic link; move it away so that it can become one")
    history = _history(published)
    if not history or history[-1] != version:
        fresh = published / f".{HISTORY}"
        fresh.write_text("".join(f"{v}\n" for v in [*history, version]), encoding="utf-8")
        flush(fresh)
        os.replace(fresh, published / HISTORY)
        flush(published)
    now = current(published)
    if now is None or now.name != version:
        fresh = published / f".{CURRENT}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version)
        os.replace(fresh, link)
        flush(published)


def _prune(published: Path, keep: int) -> None:
    for rest in published.glob(f"{REMOVED}*"):  # of a removal that was killed
        shutil.rmtree(rest)
    now = current(published)
    for version in versions(published)[: -keep - 1]:
        if now is None or version != now.name:
            _remove(published / version)


def _remove(folder: Path) -> None:
    """Take a folder out of sight first, so that a killed removal never leaves half a version under its name."""
    doomed = folder.with_name(f"{REMOVED}{folder.name}")
    shutil.rmtree(doomed, ignore_errors=True)
    os.replace(folder, doomed)
    shutil.rmtree(doomed)


def _history(published: Path) -> list[str]:
    path = published / HISTORY
    return path.read_text(encoding="utf-8").split() if path.is_file() else []
