"""Files that are handed to people: under names that are safe on any disk, and written at once."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

LONGEST = 40  # characters of one part of a name; a Chinese one takes three bytes
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(text: str, instead: str = "_") -> str:
    """A text as part of a file name: no path, no control or direction characters, no name that Windows keeps."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    text = _FORBIDDEN.sub("_", text).strip("._ ")[:LONGEST].strip("._ ")
    return f"_{text}" if _RESERVED.match(text) else text or instead


def write(path: Path, content: bytes) -> None:
    """Write at once or not at all; a file that is open in Excel keeps its reader on the old bytes."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}"[:60] + ".part")
    part.write_bytes(content)
    os.replace(part, path)
