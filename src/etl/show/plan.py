"""Show what a changed site would move: submissions judged again, verdicts, findings by rule, then figures, scores and places by cause."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from etl.desk.planning import Plan, plan
from etl.freeze.correction import ChangedRow, Row
from etl.land.seen import UNKNOWN
from etl.lock import NightRunning
from etl.mistakes import Mistake, Said
from etl.settings import Settings
from etl.show.corrections import cause_line, effect_lines, effects_json
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import console, visible

FIRST = 3  # examples that a screen shows; --all shows every one


def show_plan(settings: Settings, format: str, every: bool) -> int:
    """Print what would move; 0 where nothing does, else 1. Raises Mistake."""
    say = speaker(settings.lang)
    try:
        with console(stderr=True).status(say("plan.working")):
            found = plan(settings)
    except (Mistake, NightRunning, OSError):
        raise
    except Exception as failure:  # whatever stops the night of the changed site would stop the real one
        reason = failure.said(settings.lang) if isinstance(failure, Said) else str(failure).strip().partition("\n")[0]
        raise Mistake("plan.failed", reason=reason or type(failure).__name__) from failure
    if format == "json":
        print(json.dumps(plan_json(found), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for line in page(found, say, every):
            print(visible(line))
    return 1 if found.moves else 0


def page(found: Plan, say: Say, every: bool = False) -> list[str]:
    """The plan for people: what is judged again, what moves, and how it is applied."""
    lines = [say("plan.moves" if found.moves else "plan.nothing", night=found.night_id), _judged_again(found, say)]
    if found.verdicts:
        lines += ["", say("plan.verdicts", count=len(found.verdicts))]
        lines += _cut([f"  {_submission(row, found, say)}" for row in found.verdicts], say, every)
    if found.findings:
        lines += ["", say("plan.findings", **_counts(found.findings))]
        for rule, rows in _by_rule(found.findings).items():
            lines.append(f"  {rule}  " + say("plan.of_rule", **_counts(rows)))
            lines += _cut([f"    {_finding(row, found, say)}" for row in rows], say, every)
    for group in found.groups:
        lines += ["", cause_line(group.cause, found.names, say), *effect_lines(group, found.names, say, every)]
    return [*lines, "", *_applied(found, say)] if found.moves else lines


def plan_json(found: Plan) -> dict:
    """The same for programs, with every submission, finding and figure."""
    return {
        "night_id": found.night_id,
        "judged_again": {"forms": list(found.again), "submissions": found.submissions, "read_again": found.reread},
        "verdicts": [
            {part: row.row.get(part, "") for part in ("submission_id", "file", "unit", "form", "period")}
            | {"old": (row.was or {}).get("verdict"), "new": (row.now or {}).get("verdict")}
            for row in found.verdicts
        ],
        "findings": [
            {part: row.row.get(part, "") for part in ("rule", "unit", "form", "period", "file", "sheet", "cell", "sentence")}
            | {"change": _change(row), "severity": row.row["severity"]}
            | {"old": (row.was or {}).get("state"), "new": (row.now or {}).get("state")}
            for row in found.findings
        ],
        "causes": [group.cause.record() | {"counts": dict(group.counts), "effects": effects_json(group)} for group in found.groups],
        "not_compared": list(found.comparison.apart),
    }


def _judged_again(found: Plan, say: Say) -> str:
    if not found.again:
        return say("plan.none_again")
    forms = tuple(found.names.form(form, say.lang) for form in found.again)
    told = "plan.read_again" if found.everything else "plan.read_some_again" if found.reread else "plan.again"
    return say(told, forms=forms, count=found.submissions)


def _applied(found: Plan, say: Say) -> list[str]:
    """What to run so that it becomes true: a night alone judges nothing again that came before."""
    forms = () if found.everything else (*found.again, UNKNOWN) if found.reread else found.again
    chosen = "".join(f" --form {form}" for form in forms)
    return [say("plan.apply_again", chosen=chosen) if found.again else say("plan.apply")]


def _change(row: ChangedRow) -> str:
    return "appears" if row.was is None else "disappears" if row.now is None else "stands_otherwise"


def _counts(rows: Sequence[ChangedRow]) -> dict[str, int]:
    return dict.fromkeys(("appears", "disappears", "stands_otherwise"), 0) | Counter(map(_change, rows))


def _by_rule(rows: Sequence[ChangedRow]) -> dict[str, list[ChangedRow]]:
    found: dict[str, list[ChangedRow]] = {}
    for row in sorted(rows, key=lambda r: (r.row["rule"], r.row["period"], r.row["unit"], r.row["file"], r.row["cell"])):
        found.setdefault(row.row["rule"], []).append(row)
    return found


def _submission(changed: ChangedRow, found: Plan, say: Say) -> str:
    old, new = (say(f"verdict.{row['verdict']}") if row else "—" for row in (changed.was, changed.now))
    return say("plan.verdict", about=f"{_slot(changed.row, found, say)} {changed.row['file']}", old=old, new=new)


def _finding(changed: ChangedRow, found: Plan, say: Say) -> str:
    row = changed.row
    about = f"{_slot(row, found, say)} {row['sheet']}!{row['cell']}".removesuffix("!").rstrip()
    if changed.was and changed.now:
        old, new = (say.word("state", side["state"]) for side in (changed.was, changed.now))
        return say("plan.stands", about=about, old=old, new=new)
    return say(f"plan.{_change(changed)}", about=about, sentence=row["sentence"])


def _slot(row: Row, found: Plan, say: Say) -> str:
    return " ".join(filter(None, (found.names.unit(row["unit"]), row["period"], found.names.form(row["form"], say.lang))))


def _cut(lines: list[str], say: Say, every: bool) -> list[str]:
    if every or len(lines) <= FIRST:
        return lines
    return [*lines[:FIRST], "    " + say("plan.more", count=len(lines) - FIRST)]
