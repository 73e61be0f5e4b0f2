"""List what luodi is installed with, as a bill of materials (CycloneDX 1.5, JSON), from a lock file alone.

`python -m etl.desk.sbom requirements.lock > luodi.cdx.json`. Standard library only, nothing is asked of a network, and the same
lock gives the same bytes: a county's security office compares two of them, or a scanner without internet reads one.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import etl

FORMAT, SPECIFICATION = "CycloneDX", "1.5"
NAMESPACE = uuid.UUID("2f2b7a52-6d0c-5f0a-9d47-2f6c6f756f64")
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?P<extras>\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?P<marker>\s*;[^\\]*)?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package: any of its files with one of these SHA-256 may be installed."""

    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{re.sub('[-_.]+', '-', self.name).lower()}@{self.version.replace('+', '%2B')}"


class NotLocked(ValueError):
    """A line of the lock that names no exact version, or a package without a hash."""


def pins(text: str) -> Iterator[Pin]:
    """The packages of a lock as pip writes and reads it. Raises NotLocked."""
    for line in re.sub(r"\\\n", " ", text).splitlines():
        stripped = line.partition(" #")[0].strip()
        if not stripped or stripped.startswith(("#", "--")):
            continue
        found, hashes = _PIN.match(stripped), tuple(sorted(_HASH.findall(stripped)))
        if not found or not hashes:
            raise NotLocked(stripped[:80])
        yield Pin(found["name"], found["version"], hashes)


def bill(text: str) -> dict[str, object]:
    """The bill of materials of a lock's text. Raises NotLocked."""
    components = [
        {
            "type": "library",
            "bom-ref": pin.purl,
            "name": pin.name,
            "version": pin.version,
            "purl": pin.purl,
            "scope": "required",
            "hashes": [{"alg": "SHA-256", "content": one} for one in pin.hashes],
        }
        for pin in sorted(pins(text), key=lambda pin: pin.purl)
    ]
    own = f"pkg:generic/luodi@{etl.__version__}"
    return {
        "bomFormat": FORMAT,
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{own} {json.dumps(components)}')}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": own, "name": "luodi", "version": etl.__version__, "purl": own}},
        "components": components,
    }


def main(path: str) -> None:
    """Write the bill of a lock file to the standard output."""
    sys.stdout.write(json.dumps(bill(Path(path).read_text(encoding="utf-8")), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")
