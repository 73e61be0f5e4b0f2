"""Prove that a frozen set is as it was sealed, or name what is not: chain, file, table, row, column, source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from etl.freeze import chain
from etl.freeze.damage import Fault, table_faults
from etl.freeze.files import canonical, digest
from etl.publish.manifest import MANIFEST


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, and what was wrong with it."""

    seals: tuple[str, ...]
    files: int
    sources: int
    head: str
    faults: tuple[Fault, ...]


def verify(frozen: Path, archive: Path, wanted: str = "all", head: str = "") -> Proof:
    """Check the chain, and one frozen set or all of them, with the archived sources behind them.

    The chain must hold the head that is kept beside it, and with `head` an entry of that hash, such as the one written
    into the minutes. Raises Mistake where there is no such set.
    """
    entries, broken = chain.read_chain(frozen)
    known = chain.seals(entries)
    names = list(known) if wanted == "all" else [chain.choose_seal(entries, wanted)]
    faults = [Fault(f"chain_{b.what}", file=chain.CHAIN, row=b.line) for b in broken]
    for wanted_head in dict.fromkeys(filter(None, (head, chain.remembered(frozen)))):
        if not any(e.get("hash", "").startswith(wanted_head.lower()) for e in entries):
            faults.append(Fault("head_missing", file=chain.CHAIN, was=wanted_head))
    folders = sorted(p.name for p in frozen.iterdir() if not p.name.startswith(".")) if frozen.is_dir() else []
    for name in folders if wanted == "all" else ():
        if name not in known and name != chain.CHAIN:
            faults.append(Fault("unknown_set", seal=name))
    files = sources = 0
    checked: dict[str, str] = {}  # several sets stand on the same sources
    for name in names:
        found, counted, behind = _set(frozen / name, known[name], archive, checked)
        faults += [replace(fault, seal=name) for fault in found]
        files, sources = files + counted, sources + behind
    return Proof(tuple(names), files, sources, chain.head(entries) if entries and "hash" in entries[-1] else "", tuple(faults))


def _set(folder: Path, entry: Mapping, archive: Path, checked: dict[str, str]) -> tuple[list[Fault], int, int]:
    if not folder.is_dir():
        return [Fault("missing_set")], 0, 0
    faults = list(_seal(folder, entry))
    trusted = _trusted(folder, entry)
    if trusted is None:  # neither chain nor seal tells any more what was sealed
        return faults, 0, 0
    entry = trusted
    faults += _manifest(folder, entry)
    manifest = chain.parsed(_bytes(folder / MANIFEST) or b"") or {}
    actual, odd = _listed(folder)
    faults += [Fault("extra", file=name) for name in odd]
    if digest(canonical(actual)) != entry["parts"]["files"]:
        tables = _dict(manifest, "tables")
        known = digest(canonical(tables)) == entry["parts"]["tables"]
        faults += _files(folder, _dict(manifest, "files"), actual, tables if known else {})
    faults += _sources(archive, _dict(manifest, "sources"), checked)
    return faults, len(actual) + 2, len(_dict(manifest, "sources"))


def _trusted(folder: Path, entry: Mapping) -> Mapping | None:
    """The entry of the chain or its copy in the set, whichever hashes to what it says."""
    copy = chain.parsed(_bytes(folder / chain.SEAL) or b"") or {}
    return next((e for e in (entry, copy) if e.get("hash") == chain.entry_hash(e)), None)


def _seal(folder: Path, entry: Mapping) -> Iterator[Fault]:
    """`seal.json` repeats its entry of the chain; where they differ, the one that hashes to what it says is right."""
    content = _bytes(folder / chain.SEAL)
    if content is None:
        yield Fault("missing", file=chain.SEAL)
    elif content != canonical(entry):
        copy = chain.parsed(content)
        if copy is None:
            yield Fault("unreadable", file=chain.SEAL)
            return
        place = chain.CHAIN if copy.get("hash") == chain.entry_hash(copy) else chain.SEAL
        right, wrong = (copy, entry) if place == chain.CHAIN else (entry, copy)
        fields = [f for f in sorted({*right, *wrong}) if right.get(f) != wrong.get(f)]
        for field in fields:
            yield Fault("field", file=place, column=field, was=_short(right.get(field)), now=_short(wrong.get(field)))
        if not fields:
            yield Fault("same_content", file=chain.SEAL)


def _manifest(folder: Path, entry: Mapping) -> Iterator[Fault]:
    content = _bytes(folder / MANIFEST)
    if content is None:
        yield Fault("missing", file=MANIFEST)
        return
    if digest(content) == entry["manifest"]:
        return
    manifest = chain.parsed(content)
    if manifest is None:
        yield Fault("unreadable", file=MANIFEST)
        return
    parts = {part: digest(canonical(value)) for part, value in manifest.items()}
    fields = [f for f in sorted({*parts, *entry["parts"]}) if parts.get(f) != entry["parts"].get(f)]
    actual, _ = _listed(folder)
    for field in fields:
        if field == "files" and digest(canonical(actual)) == entry["parts"]["files"]:
            files = _dict(manifest, "files")
            for name in sorted(n for n in {*files, *actual} if files.get(n) != actual.get(n)):
                yield Fault("field", file=MANIFEST, column=f"files › {name}", was=_short(actual.get(name)), now=_short(files.get(name)))
        else:
            known = field in entry and entry[field] != manifest.get(field)
            yield Fault("field", file=MANIFEST, column=field, was=_short(entry[field]) if known else None, now=_short(manifest.get(field)))
    if not fields:
        yield Fault("same_content", file=MANIFEST)


def _listed(folder: Path) -> tuple[dict[str, dict], list[str]]:
    """Checksum and size of every file of a set but manifest and seal; and what has no business in it."""
    files, odd = {}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            odd.append(name)
        elif path.is_file() and name not in (MANIFEST, chain.SEAL):
            with path.open("rb") as file:
                files[name] = {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "size": path.stat().st_size}
    return files, odd


def _files(folder: Path, sealed: Mapping, actual: Mapping, tables: Mapping) -> Iterator[Fault]:
    """Missing, extra and changed files; of changed tables the rows and cells."""
    for name in sorted({*sealed, *actual}):
        if name not in actual:
            yield Fault("missing", file=name)
        elif name not in sealed:
            yield Fault("extra", file=name)
        elif actual[name] != sealed[name]:
            kind, _, rest = name.partition("/")
            mart = Path(rest).stem
            if kind in ("marts", "prints") and mart in tables:
                intact = {n for n in actual if actual[n] == sealed.get(n)}
                yield from table_faults(folder, name, mart, tables[mart], intact)
            else:
                yield Fault("changed", file=name, was=_size(sealed[name]), now=str(actual[name]["size"]))


def _sources(archive: Path, sealed: Mapping, checked: dict[str, str]) -> Iterator[Fault]:
    for sha256, about in sorted(sealed.items()):
        path = archive / sha256[:2] / sha256
        if sha256 not in checked:
            content = _bytes(path)
            checked[sha256] = "source_missing" if content is None else "source_changed" if digest(content) != sha256 else ""
        if checked[sha256]:
            names = about.get("names", ()) if isinstance(about, dict) else ()
            yield Fault(checked[sha256], file=f"archive/{sha256[:2]}/{sha256}", detail="、".join(names))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _dict(manifest: Mapping, part: str) -> dict:
    found = manifest.get(part)
    return found if isinstance(found, dict) else {}


def _size(said: object) -> str | None:
    return str(said["size"]) if isinstance(said, dict) and "size" in said else None


def _short(value: object) -> str:
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return told if len(told) <= 200 else f"{told[:200]}…"
