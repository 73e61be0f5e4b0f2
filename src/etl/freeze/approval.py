"""Which corrections count: those whose cause a person approved, by name and with a reason.

Approving never touches the frozen set. An approval stands in the chain with all that it changes, so the tables "as
corrected" follow from the set and the chain alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.freeze import chain
from etl.freeze.causes import ChangeCause
from etl.freeze.correction import Change, by_key
from etl.freeze.files import canonical
from etl.freeze.grouping import CausedChanges
from etl.freeze.tables import MartTable
from etl.mistakes import Mistake

FORMAT = 2  # 1: single changes by their ids, without a cause


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approves something, when and why."""

    by: str
    at: str  # instant, ISO, China time
    reason: str


def approve_causes(
    frozen: Path, seal: str, groups: Sequence[CausedChanges], wanted: str, signature: Signature, night_id: str
) -> dict | None:
    """Append the approval of what some causes changed to the chain; None where nothing was pending. Raises Mistake.

    `night_id` names the later version that says so.
    """
    entries = chain.whole(frozen)
    reason = (signature.reason or "").strip()
    if not reason:
        raise Mistake("use.no_reason")
    by = chain.signed(signature.by)
    causes = choose_causes(groups, wanted)
    approved = approvals(entries, seal)
    agreed = approved_causes(entries, seal) | {cause.id for cause in causes}
    chosen = pending(groups, causes, approved, agreed)
    if not chosen:
        return None
    entry = chain.linked(
        entries,
        "approval",
        format=FORMAT,
        seal=seal,
        by=by,
        at=signature.at,
        reason=reason,
        night_id=night_id,
        causes=[cause.record() for cause in causes],
        changes=[change.record() for change in chosen],
    )
    chain.append(frozen, entries, entry)
    return entry


def choose_causes(groups: Sequence[CausedChanges], wanted: str) -> list[ChangeCause]:
    """The causes that `wanted` means: 'all', or ids (or what only one of them begins with) separated by commas. Raises Mistake."""
    if wanted == "all":
        return [group.cause for group in groups]
    asked = [part.strip() for part in wanted.split(",") if part.strip()]
    found = [[g.cause for g in groups if g.cause.id.startswith(part)] for part in asked]
    if not asked or any(len(one) != 1 for one in found):
        raise Mistake("use.no_cause", wanted=[part for part, one in zip(asked, found) if len(one) != 1] or wanted)
    return [one for [one] in found]


def pending(
    groups: Sequence[CausedChanges], causes: Iterable[ChangeCause], approved: Mapping[str, Mapping], agreed: set[str]
) -> list[Change]:
    """What the causes changed and nobody has approved; what several changed together once all of them are agreed to."""
    ids = {cause.id for cause in causes}
    found: dict[str, Change] = {}
    for group in groups:
        if group.cause.id in ids:
            found |= {change.id: change for change in group.alone}
            found |= {change.id: change for change, of in group.together if set(of) <= agreed}
    return [change for change in found.values() if change.id not in approved]


def approved_causes(entries: Iterable[Mapping], seal: str) -> set[str]:
    """Ids of the causes that were ever approved for a frozen set."""
    return {c["id"] for e in entries if e.get("kind") == "approval" and e.get("seal") == seal for c in e.get("causes", ())}


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
