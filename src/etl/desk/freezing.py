"""Freezing with the settings at hand: which published version, which site and rules, and whether they belong together."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import etl
from etl.freeze import approval, chain
from etl.freeze.approval import approvals, lapsed, tables_corrected
from etl.freeze.causes import Side, find_causes
from etl.freeze.correction import Comparison, compare_versions
from etl.freeze.grouping import CausedChanges, group_changes
from etl.freeze.names import VersionNames
from etl.freeze.outside import publish_seal
from etl.freeze.provenance import Provenance
from etl.freeze.seal import Sealed, SealRequest, given_files, load
from etl.freeze.seal import seal as seal_version
from etl.freeze.tables import Keys, MartTable, load_keys, read_mart
from etl.freeze.verify import Proof, verify
from etl.land.seen import seen_files
from etl.lock import one_night
from etl.mistakes import Mistake
from etl.night import retries
from etl.night.name import fingerprint, night_id, same_inputs
from etl.period import Period
from etl.publish.assessors import SITE, assessors_folder
from etl.publish.manifest import read_manifest, sha256
from etl.publish.swap import current
from etl.publish.withhold import load_border
from etl.settings import Settings
from etl.site.load import load_site
from etl.site.releases import load_releases


def frozen_folder(settings: Settings) -> Path:
    """Where the frozen sets and their chain live."""
    return settings.data / "frozen"


def current_version(settings: Settings) -> Path:
    """The folder of the published version that readers see. Raises Mistake before the first night."""
    now = current(settings.published)
    if now is None:
        raise Mistake("use.nothing_published", data=settings.data)
    return now


def freeze(settings: Settings, period: str, *, by: str, label: str = "", note: str = "") -> Sealed:
    """Seal the current version for a period, while no night runs. Raises Mistake or NightRunning."""
    if Period.read(period) is None:
        raise Mistake("use.seal_period", period=period)
    with _chain_to_myself(settings):
        version = current_version(settings)
        code = fingerprint(settings.home)
        site = site_of(settings)
        _belongs_together(settings, version, site, code)
        request = SealRequest(
            period=period,
            by=by,
            at=settings.as_of.isoformat(),
            published=version,
            site=site,
            home=settings.home,
            archive=settings.archive,
            frozen=frozen_folder(settings),
            luodi=etl.__version__,
            code=code,
            label=label,
            note=note,
            assessors=assessors_folder(settings.assessors, settings.published),
        )
        return seal_version(request, load_keys(settings.home))


def site_of(settings: Settings) -> Path:
    """The site as the night of the current version read it, the one at hand where it was not kept."""
    kept = assessors_folder(settings.assessors, settings.published)
    return kept / SITE if kept and (kept / SITE).is_dir() else settings.site


def _belongs_together(settings: Settings, version: Path, site: Path, code: str) -> None:
    """A seal holds the site and the rules that made its figures, so those at hand must be the same. Raises Mistake."""
    manifest = read_manifest(version)
    as_of = datetime.combine(datetime.fromisoformat(manifest["as_of"]).date(), time(23, 59, 59))
    now = night_id(as_of, set(seen_files(settings.landed)), load_site(site), code, retries.tries(settings.landed))
    if not same_inputs(manifest["night_id"], now):
        raise Mistake("use.other_site", night_id=manifest["night_id"])


def open_to(settings: Settings, seal: str, state: str, *, by: str, note: str = "") -> dict:
    """Let assessors or everybody see a frozen set; answer the entry of the chain. Raises Mistake.

    Everybody sees it in `published/frozen/`, without results that nobody has released; opened to all once more, that part
    is made anew by today's releases, and the entry is that of the first time.
    """
    with _chain_to_myself(settings):
        folder = frozen_folder(settings)
        entries = chain.whole(folder)
        name = chain.choose_seal(entries, seal)
        if state != chain.STATES[-1] or chain.state(entries, name) != state:
            entry = chain.append_opening(folder, name, state, by=by, at=settings.as_of.isoformat(), note=note)
        else:
            entry = next(e for e in entries if e.get("seal") == name and e.get("state") == state)
        if state == chain.STATES[-1]:
            opened = [(r.what, r.scheme, r.period) for r in load_releases(site_of(settings)) if r.in_force(settings.as_of.date())]
            border = load_border(settings.expectations, opened)
            publish_seal(folder / name, settings.published / "frozen" / name, border, chain.seals(entries)[name]["hash"])
        return entry


def overview(settings: Settings) -> list[dict]:
    """Every frozen set with who, when, state and number of approved corrections, oldest first. Raises Mistake."""
    entries = chain.whole(frozen_folder(settings))
    return [
        {part: entry.get(part, "") for part in ("seal", "period", "by", "at", "note", "hash")}
        | {"state": chain.state(entries, name), "approved": len(approvals(entries, name))}
        for name, entry in chain.seals(entries).items()
    ]


def sealed(settings: Settings, period: str) -> list[dict]:
    """The frozen sets of a period, the latest last: `overview`, with the `night_id` of the version that each holds. Raises Mistake."""
    folder = frozen_folder(settings)
    return [entry | {"night_id": load(folder / entry["seal"])["night_id"]} for entry in overview(settings) if entry["period"] == period]


def prove(settings: Settings, seal: str, head: str = "") -> Proof:
    """Prove one frozen set or all of them unchanged, or name what changed. Raises Mistake."""
    return verify(frozen_folder(settings), settings.archive, seal, head)


@dataclass(frozen=True, slots=True)
class Difference:
    """A frozen set beside what is published today, by cause, with the approvals so far."""

    seal: str
    night_id: str
    later_night_id: str
    comparison: Comparison
    groups: tuple[CausedChanges, ...]
    approved: Mapping[str, Mapping]
    agreed: frozenset[str]  # ids of approved causes
    lapsed: tuple[Mapping, ...]
    names: VersionNames


def difference(settings: Settings, seal: str) -> Difference:
    """Compare a frozen set with the current version. Raises Mistake, also where the set is not as it was sealed."""
    name, entries, frozen, manifest = _intact(settings, seal)
    version = current_version(settings)
    later = published_side(settings, version)
    keys = load_keys(settings.home)
    old = _sealed_side(frozen_folder(settings) / name, frozen, manifest)
    found, groups = compare_sides(old, later, keys, manifest["period"])
    approved = approvals(entries, name)
    return Difference(
        name,
        manifest["night_id"],
        read_manifest(version)["night_id"],
        found,
        groups,
        approved,
        frozenset(approval.approved_causes(entries, name)),
        tuple(lapsed(found.changes, approved)),
        VersionNames(later.tables),
    )


def compare_sides(old: Side, new: Side, keys: Keys, period: str) -> tuple[Comparison, tuple[CausedChanges, ...]]:
    """All that differs of the time up to a period, and the same by what moved it."""
    found = compare_versions(old.tables, new.tables, keys, period)
    return found, tuple(group_changes(found, Provenance(found.rows, find_causes(old, new, keys), old, new), keys))


def _sealed_side(folder: Path, tables: Mapping[str, MartTable], manifest: Mapping) -> Side:
    """A frozen set: what it holds, and what that was made with."""
    files = {name: about["sha256"] for name, about in manifest["files"].items()}
    return Side(
        tables,
        {name.removeprefix("site/"): (folder / name).read_bytes() for name in files if name.startswith("site/")},
        {name.removeprefix("rules/"): sha for name, sha in files.items() if name.startswith("rules/")},
        {name: (folder / name).read_bytes() for name in files if name.startswith("rules/expectations/schemes/")},
        manifest["as_of"],
        manifest["luodi"],
        manifest["code"],
    )


def published_side(settings: Settings, version: Path) -> Side:
    """A published version, results that wait for a release included, and what it was made with. Raises Mistake."""
    manifest = read_manifest(version)
    whole = assessors_folder(settings.assessors, settings.published)
    waiting = manifest.get("withheld", {})
    if waiting and whole is None:
        raise Mistake("use.results_lost", marts=tuple(waiting))
    tables = read_marts(version, manifest["tables"])
    tables |= read_marts(whole, waiting) if whole else {}
    site = site_of(settings)
    rules = {name: path for room in ("expectations", "dbt_project") for path, name in given_files(settings.home / room, room)}
    return Side(
        tables,
        {name.removeprefix("site/"): path.read_bytes() for path, name in given_files(site, "site")},
        {name: sha256(path) for name, path in rules.items()},
        {f"rules/{name}": path.read_bytes() for name, path in rules.items() if name.startswith("expectations/schemes/")},
        manifest["as_of"],
        etl.__version__,
        fingerprint(settings.home),
    )


def approve(settings: Settings, seal: str, cause: str, *, by: str, reason: str) -> dict | None:
    """Approve what some causes changed in a frozen set, so that it counts; None where nothing was pending. Raises Mistake."""
    with _chain_to_myself(settings):
        found = difference(settings, seal)
        return approval.approve_causes(
            frozen_folder(settings),
            found.seal,
            found.groups,
            cause,
            approval.Signature(by, settings.as_of.isoformat(), reason),
            found.later_night_id,
        )


def as_corrected(settings: Settings, seal: str) -> tuple[dict[str, MartTable], dict[str, dict]]:
    """Tables of a frozen set as corrected, and the approved changes in them. Raises Mistake."""
    name, entries, frozen, _ = _intact(settings, seal)
    approved = approvals(entries, name)
    return tables_corrected(frozen, approved), approved


def write_tables(tables: Mapping[str, MartTable], folder: Path) -> None:
    """Write tables as the CSV files they came from (UTF-8 with BOM)."""
    folder.mkdir(parents=True, exist_ok=True)
    for mart, table in sorted(tables.items()):
        with (folder / f"{mart}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([table.columns, *table.rows])


def _chain_to_myself(settings: Settings) -> AbstractContextManager[None]:
    """No night publishes and nobody else appends meanwhile. Raises NightRunning."""
    return one_night(settings.data, since=settings.as_of, inbox=settings.inbox)


def _intact(settings: Settings, seal: str) -> tuple[str, list[dict], dict[str, MartTable], dict]:
    """Name, chain, tables and manifest of a frozen set that is as it was sealed. Raises Mistake."""
    folder = frozen_folder(settings)
    entries = chain.whole(folder)
    name = chain.choose_seal(entries, seal)
    faults = [f for f in prove(settings, name).faults if not f.what.startswith("source_")]
    if faults:
        raise Mistake("use.seal_damaged", name=name)
    manifest = load(folder / name)
    return name, entries, read_marts(folder / name / "marts", manifest["tables"]), manifest


def read_marts(folder: Path, marts: Iterable[str]) -> dict[str, MartTable]:
    """Mart -> table, from the folder of a version or a set."""
    return {mart: read_mart(folder, mart) for mart in sorted(marts)}
