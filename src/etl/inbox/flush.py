"""Write what was made through to the disk, so that a power cut leaves the old state or the new one."""

from __future__ import annotations

import os
from pathlib import Path


def flush_tree(folder: Path) -> None:
    """Every file below a folder, then every folder from the inside out."""
    paths = sorted(folder.rglob("*"))
    for path in [p for p in paths if p.is_file()] + [p for p in reversed(paths) if p.is_dir()] + [folder]:
        flush(path)


def flush(path: Path) -> None:
    """One file, or the entries of one folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
