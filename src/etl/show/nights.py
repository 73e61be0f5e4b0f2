"""Show how nights went: the list of all, or one with what moved in it."""

from __future__ import annotations

from typing import Any

from etl.mistakes import Mistake
from etl.night.account import PAGE, accounts
from etl.settings import Settings
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table

STYLE = {"failed": "red", "held": "yellow"}


def show_nights(settings: Settings, which: str | None = None, most: int = 20) -> int:
    """Print the last nights, or the one that `which` names: by its place in the list, its night or when it began. Raises Mistake."""
    say, found = speaker(settings.lang), accounts(settings.nights)
    if not found:
        console().print(say("account.none"))
        return 0
    if which is None:
        _list(found[:most], say)
        return 0
    one = next(
        (one for number, one in enumerate(found, start=1) if which in (str(number), one["night"], one["started"], one["place"])), None
    )
    if one is None:
        raise Mistake("account.no_such", which=which)
    _show(one, say)
    console().print(say("account.page", page=settings.nights / one["place"] / PAGE))
    return 0


def _list(found: list[dict[str, Any]], say: Say) -> None:
    listed = table("", "", *(say(f"account.{head}") for head in ("started", "kind", "outcome", "night", "seconds")))
    for number, one in enumerate(found, start=1):
        told = say(f"account.{one['state']}")
        if one["files"]:
            told += say.list(["", say("account.short", new=len(one["files"]["new"]), refused=len(one["refusals"]))])
        row = (
            number,
            one["started"],
            say(f"account.{one['kind']}"),
            f"{told} {one['failure']}".strip(),
            one["night"] or "",
            one["seconds"],
        )
        listed.add_row(*(cell(str(part)) for part in row), style=STYLE.get(one["state"]))
    console().print(listed)


def _show(one: dict[str, Any], say: Say) -> None:
    screen, facts = console(), table("", "", "")
    facts.show_header = False
    for name in ("started", "seconds", "as_of", "night", "version", "before", "failure"):
        if one[name]:
            facts.add_row(say(f"account.{'outcome' if name == 'failure' else name}"), cell(str(one[name])))
    screen.print(facts)
    if one["rows"]:
        rows = table("", say("account.mart"), say("account.then"), say("account.now"))
        for mart, counts in one["rows"].items():
            rows.add_row(mart, *map(str, counts))
        screen.print(say("account.rows"), style="bold")
        screen.print(rows)
    for part in ("moved", "appeared", "gone"):
        if one[part] and one[part]["count"]:
            told = one[part]
            screen.print(
                f"{say(f'account.{part}')}：{say('account.counted', count=told['count'], shown=min(10, len(told['rows'])))}", style="bold"
            )
            for row in told["rows"][:10]:
                screen.print(cell("  " + " ".join("—" if value is None else str(value) for value in row)))
    steps = table("", say("account.step"), say("account.seconds"))
    for step in one["steps"]:
        steps.add_row(say(f"step.{step['step']}"), str(step["seconds"]))
    screen.print(steps)
