"""Show how today's figures differ from frozen ones, and which differences count."""

from __future__ import annotations

import json
from collections.abc import Mapping

from etl.desk.freezing import Difference
from etl.freeze.correction import Change
from etl.texts.catalogue import Say
from etl.texts.screen import visible

MOST = 200  # changes that a screen shows


def show_diff(found: Difference, say: Say, format: str) -> None:
    """Print a comparison for people, or as one JSON object."""
    if format == "json":
        print(json.dumps(difference_json(found), ensure_ascii=False, indent=1, sort_keys=True))
        return
    compared = found.comparison
    done = [c for c in compared.changes if c.id in found.approved]
    counts = {"changes": len(compared.changes), "approved": len(done), "pending": len(compared.changes) - len(done)}
    key = "freeze.compared" if compared.changes else "freeze.same"
    print(visible(say(key, seal=found.seal, night=found.night_id, now=found.later_night_id, **counts)))
    if not found.same_rules and compared.changes:
        print(visible(say("freeze.other_rules")))
    # What moves a score or a rank first; figures that nobody ranks after it.
    ordered = sorted(compared.changes, key=lambda c: not (c.old_score or c.new_score or c.old_rank or c.new_rank))
    for change in ordered[:MOST]:
        _show(change, found.approved.get(change.id), say)
    if len(ordered) > MOST:
        print(visible("  " + say("freeze.more_changes", count=len(ordered) - MOST)))
    for m in compared.moved:
        print(visible("  " + say("freeze.moved", mart=m.mart, key=_key(m.key), old=m.old_rank or "—", new=m.new_rank or "—")))
    for gone in found.lapsed:
        print(visible("  " + say("freeze.lapsed", **{**gone, "key": _key(gone["key"])})))
    for mart, count in sorted(compared.evidence.items()):
        print(visible("  " + say("freeze.evidence", mart=mart, count=count)))
    if compared.apart:
        print(visible("  " + say("freeze.apart", names=compared.apart)))


def difference_json(found: Difference) -> dict:
    """The same for programs: every change with its state and, where approved, who, when and why."""
    compared = found.comparison
    changes = []
    for change in compared.changes:
        approval = found.approved.get(change.id)
        said = {part: approval[part] for part in ("by", "at", "reason")} if approval else None
        changes.append(change.record() | {"state": "approved" if approval else "pending", "approval": said})
    return {
        "seal": found.seal,
        "night_id": found.night_id,
        "later_night_id": found.later_night_id,
        "changes": changes,
        "moved": [{"mart": m.mart, "key": dict(m.key), "old_rank": m.old_rank, "new_rank": m.new_rank} for m in compared.moved],
        "lapsed": list(found.lapsed),
        "evidence": dict(compared.evidence),
        "same_rules": found.same_rules,
        "not_compared": list(compared.apart),
    }


def _show(change: Change, approval: Mapping | None, say: Say) -> None:
    """One change in a few lines: what, from what to what, where it was sent or what it follows from, who approved it."""
    print(
        visible(
            "  ".join(
                [
                    change.id,
                    say("freeze.approved" if approval else "freeze.pending"),
                    say(f"freeze.{change.kind}_kind"),
                    change.mart,
                    _key(change.key),
                ]
            )
        )
    )
    if change.column:
        print(visible(f"    {change.column}: {_value(change.old)} → {_value(change.new)}"))
    for name, old, new in (("score", change.old_score, change.new_score), ("rank", change.old_rank, change.new_rank)):
        if old or new:
            print(visible(f"    {say(f'freeze.{name}')}: {_value(old)} → {_value(new)}"))
    sent = [str(o) for o in (change.old_origin, change.new_origin) if str(o)]
    if change.because:
        print(visible(f"    {say('freeze.because', ids=change.because)}"))
    elif sent:
        print(visible(f"    {say('freeze.origin')}: {' → '.join(sent)}"))
    if approval:
        print(visible(f"    {say('freeze.approved')}: {approval['by']} {approval['at']} {approval['reason']}"))


def _key(key: Mapping[str, str]) -> str:
    return " · ".join(value for value in key.values() if value)


def _value(value: str | None) -> str:
    return "—" if value in (None, "") else value
