"""Show how today's figures differ from frozen ones, cause by cause, and which causes were approved."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from etl.desk.freezing import Difference
from etl.freeze.approval import choose_causes
from etl.freeze.causes import ChangeCause
from etl.freeze.grouping import LINE, OTHER, PLACE, CausedChanges, Effect
from etl.freeze.names import VersionNames
from etl.texts.catalogue import Say, texts
from etl.texts.screen import visible
from etl.texts.spreadsheet import harmless

# Words of the site's files that say what a person decided; any other word there is what somebody wrote.
DECIDED = frozenset(
    ("owner", "split", "alias", "rename", "merge", "distinct", "bonus", "deduction")
    + ("accepted", "asked_again", "refused", "upheld", "rejected", "withdrawn")
)
FIRST = 3  # effects of a cause that a screen shows; --cause shows all
KINDS = ("score", "rank", "grade", "list", "colour", "figure", "detail", PLACE, LINE, OTHER)
COLUMNS = ("cause", "cause_kind", "cause_name", "state", "kind", "with", "mart", "key", "unit", "period", "what", "column", "old", "new")


def show_diff(found: Difference, say: Say, format: str, cause: str | None = None) -> None:
    """Print a comparison for people, as CSV or as one JSON object; with `cause` all effects of that one. Raises Mistake."""
    chosen = {one.id for one in choose_causes(found.groups, cause)} if cause else None
    groups = [group for group in found.groups if chosen is None or group.cause.id in chosen]
    if format == "json":
        print(json.dumps(difference_json(found, groups), ensure_ascii=False, indent=1, sort_keys=True))
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for group in groups:
            for effect in group.effects:
                writer.writerow(map(harmless, effect_record(effect, group, found, say).values()))
    else:
        for line in _page(found, groups, say, every=cause is not None):
            print(visible(line))


def difference_json(found: Difference, groups: list[CausedChanges]) -> dict:
    """The same for programs: every cause with its changes, and every change with who approved it, when and why."""
    return {
        "seal": found.seal,
        "night_id": found.night_id,
        "later_night_id": found.later_night_id,
        "causes": [
            group.cause.record()
            | {
                "state": state(group, found),
                "counts": dict(group.counts),
                "shared": group.shared,
                "changes": [change.record() | _approval(change.id, found) for change in group.alone],
                "changes_together": [
                    change.record() | _approval(change.id, found) | {"causes": list(ids)} for change, ids in group.together
                ],
                "effects": effects_json(group),
            }
            for group in groups
        ],
        "lapsed": list(found.lapsed),
        "evidence": dict(found.comparison.evidence),
        "not_compared": list(found.comparison.apart),
    }


def effects_json(group: CausedChanges) -> list[dict]:
    """What a cause moved, as JSON."""
    return [
        {"kind": e.kind, "mart": e.mart, "key": dict(e.key), "column": e.column, "old": e.old, "new": e.new, "causes": list(e.causes)}
        for e in group.effects
    ]


def state(group: CausedChanges, found: Difference) -> str:
    """pending, approved, or partly: approved, and since then it has moved more, or not all that it moved together."""
    ids = [change.id for change in group.alone] + [change.id for change, _ in group.together]
    done = sum(i in found.approved for i in ids)
    return "pending" if not done else "approved" if done == len(ids) else "partly"


def effect_record(effect: Effect, group: CausedChanges, found: Difference, say: Say) -> dict[str, str]:
    """One line of the CSV."""
    others = [i for i in effect.causes if i != group.cause.id]
    return {
        "cause": group.cause.id,
        "cause_kind": say(f"cause.{group.cause.kind}"),
        "cause_name": group.cause.name,
        "state": say(f"freeze.{state(group, found)}"),
        "kind": say(f"cause.{effect.kind}"),
        "with": " ".join(others),
        "mart": effect.mart,
        "key": " · ".join(value for value in effect.key.values() if value),
        "unit": found.names.unit(effect.row.get("unit", ""), say("cause.county")),
        "period": effect.row.get("period", ""),
        "what": _subject(effect, found.names, say),
        "column": effect.column,
        "old": effect.old or "",
        "new": effect.new or "",
    }


def _page(found: Difference, groups: list[CausedChanges], say: Say, every: bool) -> list[str]:
    changes = found.comparison.changes
    done = sum(change.id in found.approved for change in changes)
    counts = {"causes": len(found.groups), "changes": len(changes), "approved": done, "pending": len(changes) - done}
    lines = [
        say("freeze.compared" if changes else "freeze.same", seal=found.seal, night=found.night_id, now=found.later_night_id, **counts)
    ]
    for group in groups:
        lines += ["", *_group(group, found, say, every)]
    if groups and not every:
        lines += ["", say("freeze.unfold", seal=found.seal, cause=groups[0].cause.id)]
    lines += [say("freeze.lapsed", **{**gone, "key": " · ".join(filter(None, gone["key"].values()))}) for gone in found.lapsed]
    lines += [say("freeze.evidence", mart=mart, count=count) for mart, count in sorted(found.comparison.evidence.items()) if every]
    return lines + ([say("freeze.apart", names=found.comparison.apart)] if found.comparison.apart else [])


def _group(group: CausedChanges, found: Difference, say: Say, every: bool) -> list[str]:
    """A cause in a few lines: what it is and who answers for it, how much it moved, and what it moved furthest."""
    head = f"{group.cause.id}  {say(f'freeze.{state(group, found)}')}  {cause_line(group.cause, found.names, say)}"
    return [head, *effect_lines(group, found.names, say, every)]


def cause_line(cause: ChangeCause, names: VersionNames, say: Say) -> str:
    """What a cause is, and who answers for it."""
    signed = say("cause.signed", by=cause.by, at=cause.at, why=cause.why) if cause.by else ""
    return f"{say(f'cause.{cause.kind}')}  {_sentence(cause, names, say)}{signed}"


def effect_lines(group: CausedChanges, names: VersionNames, say: Say, every: bool = False) -> list[str]:
    """How much a cause moved, and what it moved furthest, or with `every` all of it."""
    cause = group.cause
    counted = say("cause.listed").join(say("cause.count", kind=say(f"cause.{kind}"), count=count) for kind, count in group.counts)
    lines = []
    if counted:
        lines.append("  " + counted)
    if group.shared:
        others = sorted({i for e in group.effects for i in e.causes if i != cause.id})
        lines.append("  " + say("cause.shared", others=others, count=group.shared))
    shown = group.effects if every else _foremost(group)
    for effect in shown:
        together = [i for i in effect.causes if i != cause.id]
        mark = say("cause.with", others=together) if together else ""
        lines.append(f"  {say(f'cause.{effect.kind}')}  {_told(effect, names, say)}{mark}")
    return lines


def _foremost(group: CausedChanges) -> list[Effect]:
    """What a meeting asks first: the furthest moves of the first kinds, not only of one."""
    best = [e for kind in KINDS[:6] for e in [x for x in group.effects if x.kind == kind][:FIRST]]
    return (best or list(group.effects))[: 2 * FIRST]


def _sentence(cause: ChangeCause, names: VersionNames, say: Say) -> str:
    said = dict(cause.said)
    if "what" in said:
        said["what"] = say("cause.listed").join(
            " ".join(say(f"cause.{word}") if word in DECIDED else names.word(word, say.lang) for word in part.split())
            for part in said["what"].split("；")
        )
    if "form" in said:
        said |= {"form": names.form(said["form"], say.lang), "unit": names.unit(said["unit"])}
    if said.get("verdict"):
        said["verdict"] = say.word("verdict", said["verdict"])
    kind = cause.kind
    if kind in ("ruling", "decision", "setting", "calendar"):
        line = f"line_{said['state']}" if said["lines"] else "file_changed"
        kind = "changed_value" if "gone" in said and said["state"] == "changed" else line
    elif kind == "submission":
        kind = "sent_again" if said["old"] else "sent"
    else:
        said |= {side: said[side] or _value(None, say) for side in ("old", "new") if side in said}
        kind = f"{kind}_said"
    return say(f"cause.{kind}", **said)


def _told(effect: Effect, names: VersionNames, say: Say) -> str:
    row = effect.row
    unit = names.unit(row["unit"], say("cause.county")) if row.get("unit") else ""
    about = " ".join(part for part in (unit, row.get("period", ""), _subject(effect, names, say)) if part)
    if effect.kind in (LINE, OTHER) and not effect.column:
        return about
    uom = names.uoms.get((row.get("form", ""), row.get("measure", "")), "") if effect.kind in ("figure", "detail") else ""
    return say("cause.moved", about=about, old=_value(effect.old, say), new=_value(effect.new, say), uom=uom).rstrip()


def _subject(effect: Effect, names: VersionNames, say: Say) -> str:
    """What a row is about, besides unit and period, as people call it."""
    row = effect.row
    if "measure" in row and "form" in row and effect.kind in ("figure", "detail", PLACE):
        member = row.get("member", "")
        shown = names.unit(member, say("cause.county")) if member else ""
        return " ".join(filter(None, (names.form(row["form"], say.lang), names.measure(row["form"], row["measure"], say.lang), shown)))
    if effect.kind in ("score", "rank", "grade"):
        return " ".join(dict.fromkeys(filter(None, (row.get("scheme"), row.get("node"), row.get("node_name")))))
    if effect.kind in ("list", "colour"):
        return " ".join(filter(None, (say.word("order", row.get("kind", "")), row.get("subject_name", ""))))
    named = row.get("project_name") or row.get("programme_name") or row.get("indicator") or row.get("subject_name")
    if named:
        return f"{named} {effect.column}".strip()
    return " ".join(filter(None, (effect.mart, *(v for c, v in effect.key.items() if c not in ("unit", "period")), effect.column)))


def _approval(change: str, found: Difference) -> dict:
    approval: Mapping | None = found.approved.get(change)
    said = {part: approval[part] for part in ("by", "at", "reason")} if approval else None
    return {"state": "approved" if approval else "pending", "approval": said}


def _value(value: str | None, say: Say) -> str:
    """As people print it: amounts and rates with at most two decimals, codes in words."""
    if value is None or value == "":
        return "—"
    try:
        shown = round(Decimal(value), 2)
        return f"{shown.normalize():f}" if shown else "0"
    except InvalidOperation:
        pass
    return say.word("state", value) if value in texts("state") else value
