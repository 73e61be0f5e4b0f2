"""Which corrections count: those that a person approved, by name and with a reason.

Approving never touches the frozen set. An approval stands in the chain with all that it changes, so the tables "as
corrected" follow from the set and the chain alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.freeze import chain
from etl.freeze.correction import Change, by_key
from etl.freeze.files import canonical
from etl.freeze.tables import MartTable
from etl.mistakes import Mistake


def approve_changes(
    frozen: Path, seal: str, changes: Sequence[Change], wanted: str, *, by: str, at: str, reason: str, night_id: str
) -> dict | None:
    """Append the approval of pending changes to the chain; None where nothing was pending. Raises Mistake.

    `night_id` names the later version that says so.
    """
    entries = chain.whole(frozen)
    if not reason or not reason.strip():
        raise Mistake("use.no_reason")
    by = chain.signed(by)
    chosen = choose_changes(changes, approvals(entries, seal), wanted)
    if not chosen:
        return None
    entry = chain.linked(
        entries,
        "approval",
        seal=seal,
        by=by,
        at=at,
        reason=reason.strip(),
        night_id=night_id,
        changes=[change.record() for change in chosen],
    )
    chain.append(frozen, entries, entry)
    return entry


def choose_changes(changes: Sequence[Change], approved: Iterable[str], wanted: str) -> list[Change]:
    """The pending changes that `wanted` means: 'all', or ids separated by commas. Raises Mistake.

    What follows from approved changes alone is approved with them: a total cannot stay behind its summands.
    """
    done = set(approved)
    if wanted == "all":
        return [c for c in changes if c.id not in done]
    ids = [part.strip() for part in wanted.split(",") if part.strip()]
    unknown = [i for i in ids if i not in {c.id for c in changes}]
    if unknown or not ids:
        raise Mistake("use.no_change", wanted=unknown or wanted)
    chosen = set(ids)
    while follow := {c.id for c in changes if c.because and c.id not in chosen and set(c.because) <= chosen | done}:
        chosen |= follow
    return [c for c in changes if c.id in chosen and c.id not in done]


def approvals(entries: Iterable[Mapping], seal: str) -> dict[str, dict]:
    """Id of every approved change of a frozen set -> its record with who, when and why, in the order of approval."""
    found: dict[str, dict] = {}
    for entry in entries:
        if entry.get("kind") == "approval" and entry.get("seal") == seal:
            said = {part: entry[part] for part in ("by", "at", "reason", "night_id", "number")}
            for change in entry["changes"]:
                found.pop(change["id"], None)
                found[change["id"]] = change | said
    return found


def lapsed(changes: Sequence[Change], approved: Mapping[str, Mapping]) -> list[Mapping]:
    """Approved changes that the later version no longer says: they still count, and somebody should know."""
    now = {c.id for c in changes}
    last = {(c["mart"], canonical(c["key"]), c["nth"], c["column"]): i for i, c in approved.items()}
    return [approved[i] for i in last.values() if i not in now]


def tables_corrected(frozen: Mapping[str, MartTable], approved: Mapping[str, Mapping]) -> dict[str, MartTable]:
    """The tables as corrected: those of the frozen set with every approved change, and nothing else, applied.

    Raises Mistake where an approval speaks of a row that the set does not hold.
    """
    tables = dict(frozen)
    by_mart: dict[str, list[Mapping]] = defaultdict(list)
    for change in approved.values():
        by_mart[change["mart"]].append(change)
    for mart, changes in by_mart.items():
        columns = frozen[mart].columns
        rows = frozen[mart].records()
        by_key = {key: _places(rows, key) for key in {tuple(sorted(c["key"])) for c in changes}}
        gone, more = set(), {}
        for change in changes:
            key = tuple(sorted(change["key"]))
            name = tuple(change["key"][c] for c in key), change["nth"]
            place = by_key[key].get(name)
            if change["kind"] == "added":
                more[name] = {c: change["row"].get(c, "") for c in columns}
            elif place is None:
                raise Mistake("use.no_corrected_row", id=change["id"], mart=mart)
            elif change["kind"] == "removed":
                gone.add(place)
            else:
                rows[place][change["column"]] = change["new"]
        left = [row for place, row in enumerate(rows) if place not in gone] + list(more.values())
        tables[mart] = MartTable(columns, tuple(tuple(row[c] for c in columns) for row in left))
    return tables


def _places(rows: Sequence[Mapping[str, str]], key: Sequence[str]) -> dict:
    """Name of a row by some columns -> its place."""
    names = by_key(rows, key)
    at = {id(row): place for place, row in enumerate(rows)}
    return {name: at[id(row)] for name, row in names.items()}
