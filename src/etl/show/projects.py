"""Show the projects of a lead official: money against plan, stage and how long it has lasted, colour, what is open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal

from etl.desk.choose import period_named
from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table

HEADS = ("project", "stage", "months", "annual_plan", "completed", "rate", "gap", "colour", "bottleneck", "findings", "effect_10k")
MONEY = ("annual_plan", "completed_ytd")


def show_projects(settings: Settings, lead: str, period: str | None = None) -> int:
    """Print the key projects that name a person as lead official, in the last month that has them. Raises Mistake.

    Whoever leads a project with others finds it too: a cell may name several.
    """
    say = speaker(settings.lang)
    published = settings.published / "current" / "csv" / "fct_led_project.csv"
    if not published.is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    with published.open(encoding="utf-8-sig", newline="") as file:
        every = list(csv.DictReader(file))
    mine = led_by(every, lead, period and period_named(period))
    if not mine:
        raise Mistake("use.no_lead", lead=lead, known=say.list(sorted({r["lead_official"] for r in every})))
    listed = table(say("heading.led", lead=lead, period=mine[0]["period"]), *(say(f"heading.{head}") for head in HEADS))
    for row in mine:
        listed.add_row(*map(cell, _row(row, say)))
    screen = console()
    screen.print(listed)
    plan, done = (sum((Decimal(r[name] or 0) for r in mine), Decimal(0)) for name in MONEY)
    screen.print(say("use.led_total", count=len(mine), plan=_short(plan), done=_short(done)))
    return 0


def led_by(rows: Sequence[dict[str, str]], lead: str, period: str | None = None) -> list[dict[str, str]]:
    """The rows of one lead official in one period, the last where none is named; furthest behind the time first."""
    mine = [r for r in rows if lead in r["lead_official"]]
    at = period or max((r["period"] for r in mine), default="")
    return sorted((r for r in mine if r["period"] == at), key=lambda r: (Decimal(r["schedule_gap_pp"] or 0), r["line_id"]))


def _row(row: dict[str, str], say: Say) -> list[str]:
    months = f"{row['months_at_stage']}{'+' if row['is_since_first_report'].lower() == 'true' else ''}"
    money = [_short(Decimal(row[name])) if row[name] else "" for name in (*MONEY, "completion_rate", "schedule_gap_pp")]
    effect = _short(Decimal(row["expected_effect"])) if row["expected_effect"] else ""
    return [row["project_name"], row["stage"], months, *money, row["colour"], row["bottleneck_type"], row["findings"], effect]


def _short(number: Decimal) -> str:
    return f"{round(number, 2).normalize():f}"
