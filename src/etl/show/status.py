"""Show who owes what: per unit, form and period what is owed, what came, and the verdict."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.pack import by_scheme
from etl.desk.choose import form_named, names_only, period_named, unit_named
from etl.publish.assessors import results_folder
from etl.publish.manifest import read_manifest
from etl.settings import Settings
from etl.show.unjudged import show_not_run
from etl.site.load import load_site
from etl.texts.catalogue import Say, as_modelled, speaker
from etl.texts.screen import cell, console, table
from etl.validate.queries import NotRun

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

FIRST = 10  # findings that are listed below the slots
STATES = ("on_time", "late", "missing", "owed", "withdrawn", "unexpected")
STYLE = {"late": "yellow", "missing": "red", "rejected": "red", "unreadable": "red", "partly_accepted": "yellow"}


def show_status(settings: Settings, unit: str | None = None, form: str | None = None, period: str | None = None) -> int:
    """Print the slots of the last published night; before the first one, those of the roster. Raises Mistake.

    `unit`, `form` and `period` narrow them, by code or as people name them.
    """
    from etl.forms.contract import load_forms

    say = speaker(settings.lang)
    contracts = load_forms(settings.expectations)
    forms = {name: contract.name_en if settings.lang == "en" else contract.name for name, contract in contracts.items()}
    published = settings.published / "current" / "csv" / "fct_submission.csv"
    if published.is_file():
        with published.open(encoding="utf-8-sig", newline="") as file:
            slots = list(csv.DictReader(file))
        names = _names(settings)
    else:
        site = load_site(settings.site)
        names = site.names
        console(stderr=True).print(say("use.nothing_published", data=settings.data))
        slots = [
            {
                "unit": s.unit,
                "form": s.form,
                "period": s.period,
                "deadline": s.deadline.isoformat(),
                "first_received_at": "",
                "verdict": "",
                "status": "missing" if s.deadline < settings.as_of.date() else "owed",
            }
            for s in site.roster
        ]
    wanted = {
        "unit": unit and unit_named(unit, names_only(names)),
        "form": form and form_named(form, contracts),
        "period": period and period_named(period),
    }
    slots = [s for s in slots if all(value in (None, s[key]) for key, value in wanted.items())]
    listed = table("", *(say(f"heading.{c}") for c in ("unit", "form", "period", "deadline", "received", "state", "verdict")))
    for slot in sorted(slots, key=lambda s: (s["unit"], s["form"], s["period"])):
        listed.add_row(
            cell(names.get(slot["unit"], slot["unit"])),
            cell(forms.get(slot["form"], slot["form"])),
            cell(slot["period"]),
            cell(slot["deadline"]),
            cell(slot["first_received_at"]),
            _word(slot["status"], say),
            _word(_verdict(slot), say),
        )
    screen = console()
    screen.print(listed)
    count = Counter(slot["status"] for slot in slots)
    screen.print("  ".join(f"{say(f'verdict.{state}')} {count[state]}" for state in STATES if count[state]))
    if not_run := read_manifest(settings.published / "current").get("not_run"):
        show_not_run((NotRun(**one) for one in not_run), say)
    published, results = settings.published / "current" / "csv", results_folder(settings.assessors, settings.published) / "csv"
    if findings := first_findings(published, results, wanted, say):
        screen.print(_findings(findings, names, forms, say))
    return 0


def first_findings(published: Path, results: Path, wanted: Mapping[str, str | None], say: Say) -> list[dict[str, str]]:
    """The open findings that may move the published totals most, and then scores, of the unit, form and period that are wanted.

    `score_told` says what a finding would do to the score of its unit, as far as whoever asks may see it: where results wait for a
    release, `results` is the folder of the assessors, which holds those alone.
    """
    moved: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(results / "fct_issue_score.csv"):
        moved[row["issue_no"]].append((row["scheme"], row["told"]))
    rows = [
        row | {"score_told": by_scheme(moved.get(row["issue_no"], ()), say)}
        for row in _rows(published / "fct_issue_effect.csv")
        if (row["effect"] or row["issue_no"] in moved) and all(value in (None, row[key]) for key, value in wanted.items())
    ]
    return sorted(rows, key=lambda r: int(r["effect_no"]))[:FIRST]


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():  # published before there was such a table
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _findings(findings: list[dict[str, str]], names: Mapping[str, str], forms: Mapping[str, str], say: Say) -> Table:
    """What to look at first, as a table."""
    heads = ("unit", "form", "period", "rule", "place", "effect", "score_effect")
    listed = table(say("heading.first"), *(say(f"heading.{head}") for head in heads))
    for f in findings:
        place = f["cell"] or (f"{say('heading.row')} {f['row_no']}" if f["row_no"] else "")
        who, what = names.get(f["unit"], f["unit"]), forms.get(f["form"], f["form"])
        listed.add_row(*map(cell, (who, what, f["period"], f["rule"], place, as_modelled(f["told"], say.lang), f["score_told"])))
    return listed


def _names(settings: Settings) -> dict[str, str]:
    """Names of the units as published, so that no site is needed to look."""
    with (settings.published / "current" / "csv" / "dim_unit.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["unit"]: row["unit_name"] for row in csv.DictReader(file) if row["unit"] != "*"}


def _verdict(slot: dict[str, str]) -> str:
    """The verdict on what was received; where all of it was taken back, that it was."""
    gone = slot["status"] in ("missing", "owed", "withdrawn") and slot["verdict"]
    return "withdrawn" if gone else slot["verdict"]


def _word(key: str, say: Say) -> Text:
    return cell(say(f"verdict.{key}") if key else "", STYLE.get(key, ""))
