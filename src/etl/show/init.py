"""Ask what a new site must say, and write it down."""

from __future__ import annotations

import csv
from pathlib import Path

import typer

from etl.desk.choose import form_named
from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.settings import home, instant, language
from etl.site.newsite import NewSite, make_site
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import console

DUE_DAY = 5


def show_init(folder: Path, county: str | None, units: Path | None, form: list[str], first: str | None, lang: str | None) -> int:
    """Make a site; what no option says is asked. Raises Mistake."""
    say = speaker(language(lang))
    forms = load_forms(home() / "expectations")
    asking = county is None
    county = county or typer.prompt(say("init.county"))
    province, division = "", ""
    if asking:
        province, division = typer.prompt(say("init.province"), default=""), typer.prompt(say("init.division"), default="")
    names = _names(units.read_text(encoding="utf-8-sig").splitlines()) if units else _asked(say)
    if not names:
        raise Mistake("site.no_units")
    chosen = form or _forms_asked(say, [f.name for f in forms.values()])
    due, owed_by = {}, {}
    for entry in chosen:
        words, _, day = entry.partition(":")
        name, _, kind = words.partition("@")
        code = form_named(name, forms)
        due[code] = int(day) if day.isdigit() else DUE_DAY
        owed_by[code] = kind or "*"
    begins = instant(first).date() if first else instant(None).date().replace(month=1, day=1)
    made = make_site(folder, NewSite(county, province, division, tuple(names), due, owed_by, begins), forms, _holidays())
    console().print(say("init.made", path=folder, files=[path.name for path in made], units=len(names)))
    return 0


def _names(lines: list[str]) -> list[str]:
    """A name a line, or the first field of a line of CSV; a header is none."""
    names = [line.split(",")[0].strip() for line in lines]
    return list(dict.fromkeys(name for name in names if name and name not in ("unit", "name", "单位", "单位名称", "名称")))


def _asked(say: Say) -> list[str]:
    console().print(say("init.units"))
    lines: list[str] = []
    while line := typer.prompt("", default="", show_default=False, prompt_suffix="").strip():
        lines.append(line)
    return _names(lines)


def _forms_asked(say: Say, names: list[str]) -> list[str]:
    console().print(say("init.forms", forms=names))
    return typer.prompt(say("init.which"), default="").split()


def _holidays() -> list[tuple[str, str]]:
    """The days off that came with the product; those of later years are the county's to add."""
    with (home() / "expectations" / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return [(row["date"], row["kind"]) for row in csv.DictReader(file)]
