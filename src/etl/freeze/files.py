"""Write files that stay: canonical JSON, flushed to the disk, read-only, appearing whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from etl.inbox.flush import flush

READ_ONLY = 0o440


def canonical(value: object, indent: int | None = None) -> bytes:
    """JSON with sorted keys and no choice left open, so that equal content has equal bytes."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators)
    return (text + "\n").encode("utf-8", "surrogateescape")


def digest(content: bytes) -> str:
    """SHA-256 as hex digits."""
    return hashlib.sha256(content).hexdigest()


def write_sealed(path: Path, content: bytes) -> dict[str, object]:
    """Write one read-only file through to the disk; answer its checksum and size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)
    return {"sha256": digest(content), "size": len(content)}


def replace(path: Path, content: bytes) -> None:
    """Give a read-only file new content at once: readers see the old bytes or the new ones."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    write_sealed(fresh, content)
    os.replace(fresh, path)
    flush(path.parent)
