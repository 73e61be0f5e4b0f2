"""How a night is named: after its day and all that decides what it publishes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from etl.site.load import Site
from etl.site.match import inactive


def night_id(as_of: datetime, files: Iterable[tuple[str, str]], site: Site, code: str, tries: Mapping[str, int] | None = None) -> str:
    """Name a night after what decides its outcome: day, then a hash of its inputs.

    `files` are (name, sha256) of all files ever received, tonight's included; `code` is `fingerprint()`. `tries` are the
    files (by sha256) that were read again with more time and memory, and how often they were read. Of the
    night's instant only that matters which slots are overdue and which decisions have begun or run out.
    """
    digest = hashlib.sha256()
    for name, sha256 in sorted(files):
        digest.update(f"{sha256} {name}\n".encode("utf-8", "surrogateescape"))
    digest.update(f"{site.fingerprint}\n{code}\n".encode())
    for sha256, times in sorted((tries or {}).items()):
        digest.update(f"{sha256} was read {times} times\n".encode())
    overdue = [s for s in site.roster if s.deadline < as_of.date()]
    for slot in sorted(overdue, key=lambda s: (s.unit, s.form, s.period)):
        digest.update(f"{slot.unit} {slot.form} {slot.period} is overdue\n".encode())
    for decision in inactive(site.decisions, as_of.date()):
        digest.update(f"{decision} has no effect\n".encode())
    for release in site.releases:
        if not release.in_force(as_of.date()):
            digest.update(f"{release.release} has no effect\n".encode())
    return f"{as_of:%Y%m%d}-{digest.hexdigest()[:12]}"


def same_inputs(one: str, other: str) -> bool:
    """True where two nights differ in nothing but their day."""
    return one.partition("-")[2] == other.partition("-")[2] != ""


@lru_cache(maxsize=1)
def fingerprint(home: Path) -> str:
    """SHA-256 over the code, the contracts and the models that a night works with."""
    digest = hashlib.sha256()
    for room, endings in (("src/etl", {".py", ".yaml"}), ("expectations", None), ("dbt_project", None)):
        for path in sorted((home / room).rglob("*")):
            inside = path.relative_to(home)
            if {"target", "logs", "dbt_packages", "__pycache__"} & set(inside.parts) or not path.is_file():
                continue
            if endings is None or path.suffix in endings:
                digest.update(f"{inside.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
