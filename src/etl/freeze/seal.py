"""Seal what an assessment used: tables, site, rules and the hash of every source, in a set that never changes again.

frozen/0001-2024-Q1-<label>/
  marts/csv  marts/parquet  marts/published.json      the published version, byte for byte
  site/                                               register, roster, settings, holidays, decisions
  rules/expectations  rules/dbt_project               contracts, rulebook, parameters, schemes, models, seeds
  prints/<mart>.tsv                                   a fingerprint of every cell (prints.py)
  manifest.json                                       who, when, what, and the checksum of every file
  seal.json                                           its entry in the chain (chain.py)
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.freeze import chain
from etl.freeze.files import canonical, digest, write_sealed
from etl.freeze.periods import inside
from etl.freeze.prints import prints
from etl.freeze.tables import Keys, MartTable, read_mart, read_parquet
from etl.inbox.flush import flush, flush_tree
from etl.mistakes import Mistake
from etl.period import Period
from etl.publish.manifest import MANIFEST, read_manifest

BUILDING = ".building"
FORMAT = 1
LEFT_OUT = {"target", "logs", "dbt_packages", "__pycache__"}


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What a person asks to have sealed, and what it is taken from."""

    period: str
    by: str
    at: str  # instant, ISO, China time
    published: Path  # folder of one published version
    site: Path  # as it was in that version's night
    home: Path  # the checkout: expectations/, dbt_project/
    archive: Path
    frozen: Path
    luodi: str  # version
    code: str  # fingerprint of code, contracts and models
    label: str = ""
    note: str = ""
    assessors: Path | None = None  # their folder of that version: its tables stand for those of which rows were withheld


@dataclass(frozen=True, slots=True)
class Sealed:
    """The frozen set that holds what was asked for."""

    name: str
    folder: Path
    head: str  # hash of the last entry of the chain
    already: bool  # the same content was sealed before; nothing was done
    tables: int = 0
    rows: int = 0
    period_rows: int = 0
    sources: int = 0


def seal(request: SealRequest, keys: Keys) -> Sealed:
    """Seal one published version. Raises Mistake where something is missing, damaged or about another time.

    The set is built beside the others and appears whole; the entry in the chain follows. A set whose entry a killed
    command could not write is taken into the chain first.
    """
    by, label = chain.signed(request.by), _label(request.label)
    if Period.read(request.period) is None:
        raise Mistake("use.seal_period", period=request.period)
    request.frozen.mkdir(parents=True, exist_ok=True)
    entries = _caught_up(request.frozen)
    ready = request.frozen / BUILDING
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir()
    try:
        manifest = _filled(request, keys, ready)
        same = [e["seal"] for e in chain.seals(entries).values() if e["content"] == manifest["content"]]
        if same:
            return _told(same[0], request.frozen, entries, manifest, already=True)
        seals = chain.seals(entries)
        number = len(seals) + 1
        name = f"{number:04d}-{request.period}-{label}" if label else f"{number:04d}-{request.period}"
        last = list(seals.values())[-1]["hash"] if seals else chain.START
        manifest |= {
            "seal": name,
            "number": number,
            "label": label,
            "by": by,
            "at": request.at,
            "note": request.note,
            "previous_seal": last,
        }
        kept = write_sealed(ready / MANIFEST, canonical(manifest, indent=1))
        entry = chain.linked(
            entries,
            "seal",
            seal=name,
            period=request.period,
            by=by,
            at=request.at,
            note=request.note,
            content=manifest["content"],
            manifest=kept["sha256"],
            parts={part: digest(canonical(value)) for part, value in manifest.items()},
        )
        write_sealed(ready / chain.SEAL, canonical(entry))
        flush_tree(ready)
        os.rename(ready, request.frozen / name)
        flush(request.frozen)
        chain.append(request.frozen, entries, entry)
        return _told(name, request.frozen, [*entries, entry], manifest, already=False)
    finally:
        shutil.rmtree(ready, ignore_errors=True)


def _told(name: str, frozen: Path, entries: list[dict], manifest: dict, *, already: bool) -> Sealed:
    tables = manifest["tables"]
    return Sealed(
        name,
        frozen / name,
        chain.head(entries),
        already,
        len(tables),
        sum(t["rows"] for t in tables.values()),
        sum(t["period_rows"] for t in tables.values()),
        len(manifest["sources"]),
    )


def _caught_up(frozen: Path) -> list[dict]:
    """The entries of the chain, with that of a set which a killed command left without one."""
    entries = chain.whole(frozen)
    for folder in sorted(p for p in frozen.iterdir() if p.is_dir() and not p.name.startswith(".")):
        if folder.name in chain.seals(entries):
            continue
        path = folder / chain.SEAL
        entry = chain.parsed(path.read_bytes()) if path.is_file() else None
        fits = entry and entry.get("hash") == chain.entry_hash(entry) and entry["previous"] == chain.head(entries)
        if not entry or not fits or entry.get("seal") != folder.name:
            raise Mistake("use.stray_seal", folder=folder)
        chain.append(frozen, entries, entry)
        entries.append(entry)
    return entries


def _filled(request: SealRequest, keys: Keys, ready: Path) -> dict:
    """Copy everything into the empty folder `ready`; answer the manifest without names and dates."""
    published = read_manifest(request.published)
    if not published.get("files"):
        raise Mistake("use.no_manifest", published=request.published)
    files: dict[str, dict] = {}
    tables: dict[str, dict] = {}
    held: dict[str, MartTable] = {}
    whole = read_manifest(request.assessors).get("files", {}) if request.assessors else {}
    if lost := [mart for mart in published.get("withheld", ()) if f"csv/{mart}.csv" not in whole]:
        raise Mistake("use.results_lost", marts=lost)
    for name in sorted(n for n in published["files"] if n.startswith(("csv/", "parquet/"))):
        path, about = request.published / name, published["files"][name]
        if request.assessors and name in whole:
            path, about = request.assessors / name, whole[name]
        content = path.read_bytes() if path.is_file() else b""
        files[f"marts/{name}"] = write_sealed(ready / "marts" / name, content)
        if files[f"marts/{name}"]["sha256"] != about["sha256"]:
            raise Mistake("use.published_changed", file=path)
    files["marts/published.json"] = write_sealed(ready / "marts" / "published.json", (request.published / MANIFEST).read_bytes())
    for path, name in [
        *given_files(request.site, "site"),
        *given_files(request.home / "expectations", "rules/expectations"),
        *given_files(request.home / "dbt_project", "rules/dbt_project"),
    ]:
        files[name] = write_sealed(ready / name, path.read_bytes())
    for mart in sorted(published["tables"]):
        table = held[mart] = read_mart(ready / "marts", mart)
        key = keys.key(mart, table.columns)
        printed = prints(table, key)
        if f"marts/csv/{mart}.csv" in files and prints(read_parquet(ready / "marts" / "parquet" / f"{mart}.parquet"), key) != printed:
            raise Mistake("use.formats_differ", mart=mart)
        files[f"prints/{mart}.tsv"] = write_sealed(ready / "prints" / f"{mart}.tsv", printed)
        tables[mart] = {
            "rows": len(table.rows),
            "period_rows": _about(table, request.period),
            "columns": list(table.columns),
            "key": list(key),
        }
    # Growth speaks of periods to come, so rows alone do not show that anything was reported.
    periods = held["dim_period"].rows if "dim_period" in held else ()
    if not sum(table["period_rows"] for table in tables.values()) or periods and not any(inside(row[0], request.period) for row in periods):
        raise Mistake("use.nothing_to_seal", period=request.period)
    used = {
        "format": FORMAT,
        "period": request.period,
        "night_id": published["night_id"],
        "as_of": published["as_of"],
        "luodi": request.luodi,
        "code": request.code,
        "files": dict(sorted(files.items())),
        "tables": tables,
        "sources": sources(held, request.period, request.archive),
    }
    return used | {"content": digest(canonical(used))}


def _about(table: MartTable, period: str) -> int:
    """How many rows are about the period, or a part of it."""
    if "period" not in table.columns:
        return 0
    place = table.columns.index("period")
    return sum(inside(row[place], period) for row in table.rows)


def sources(tables: dict[str, MartTable], period: str, archive: Path) -> dict[str, dict]:
    """SHA-256 of every file behind a table -> size, names, periods, whether it counts, whether it is about `period`.

    Raises Mistake where the archive does not hold a file's bytes as they were received.
    """
    found: dict[str, dict] = {}
    for table in tables.values():
        for row in table.records() if "file_sha256" in table.columns else ():
            one = found.setdefault(row["file_sha256"], {"names": set(), "periods": set(), "counts": False})
            one["names"].add(row.get("file", ""))
            one["periods"].add(row.get("period", ""))
            one["counts"] |= row.get("counts") == "true"
    for sha256, one in found.items():
        path = archive / sha256[:2] / sha256
        content = path.read_bytes() if path.is_file() else b""
        if digest(content) != sha256:
            raise Mistake("use.source_lost", sha256=sha256[:16], names=sorted(one["names"]))
        one |= {"size": len(content), "names": sorted(one["names"]), "periods": sorted(one["periods"] - {""})}
        one["period"] = any(inside(p, period) for p in one["periods"])
    return dict(sorted(found.items()))


def given_files(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Every file below a folder with its name in the seal; what editors and tools leave behind stays out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not LEFT_OUT & set(parts) and not any(p.startswith((".", "~$")) for p in parts):
            yield path, f"{name}/{'/'.join(parts)}"


def _label(label: str) -> str:
    """A label that can stand in a file name. Raises Mistake."""
    label = label.strip()
    if not re.fullmatch(r"[\w.\-]{0,40}", label) or label.startswith("."):
        raise Mistake("use.label", label=label)
    return label


def load(folder: Path) -> dict:
    """The manifest of a frozen set. Raises Mistake where it cannot be read."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Mistake("use.seal_unreadable", file=folder / MANIFEST, name=folder.name) from None
