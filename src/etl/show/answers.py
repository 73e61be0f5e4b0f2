"""List the explanations of units that wait for an assessor, and write them down as a file to fill in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from etl.desk.choose import names_only, unit_named
from etl.forms.contract import Form, load_forms
from etl.mistakes import Mistake
from etl.settings import Settings
from etl.site.reviews import COLUMNS, FILE
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table
from etl.texts.spreadsheet import harmless

# What holds for its unit and nobody has decided: it waits, or was asked about and says the same as before.
WAITING = """
    SELECT said.decision, said.unit, unit.unit_name, said.rule, rule.rule_name{en}, said.form, coalesce(form.form_name{en}, said.form),
           said.period, said.business_key, coalesce(said.column_name, ''), said.value_explained, said.explanation, said.explained_by,
           said.explained_at, coalesce(said.review, ''), rate.accepted, rate.refused
    FROM fct_explanation said JOIN dim_unit unit USING (unit) JOIN dim_rule rule USING (rule) LEFT JOIN dim_form form USING (form)
    JOIN fct_explanation_rate rate ON rate.unit = said.unit AND rate.rule = said.rule
    WHERE said.state = 'holds' AND coalesce(said.review, 'asked_again') = 'asked_again' AND coalesce(?, said.unit) = said.unit
    ORDER BY said.unit, said.rule, said.form, said.period, said.business_key, said.column_name, said.decision
"""
HEADS = ("explanation", "unit", "rule", "form", "period", "place", "value", "reason", "who", "state", "before")


class Waiting(NamedTuple):
    """An explanation that waits, in the columns of `WAITING`."""

    explanation: str
    unit: str
    unit_name: str
    rule: str
    rule_name: str
    form: str
    form_name: str
    period: str
    business_key: str
    column: str
    value: str
    reason: str
    by: str
    at: object
    review: str
    accepted: int
    refused: int


def show_answers(settings: Settings, unit: str | None, out: Path | None) -> int:
    """Print what waits; with `out` also write it as lines of the site's file, the decision left blank. Raises Mistake.

    The answer is 1 while something waits.
    """
    say = speaker(settings.lang)
    waiting = _waiting(settings, unit)
    listed = table("", *(say(f"answers.{head}") for head in HEADS))
    for one in waiting:
        listed.add_row(*(cell(text) for text in _told(one, say)))
    screen = console()
    if waiting:
        screen.print(listed)
    screen.print(say("answers.waiting", count=len(waiting)) if waiting else say("answers.none"))
    if out and waiting:
        _write(out, waiting, say)
        screen.print(say("answers.written", out=out, file=FILE))
    return 1 if waiting else 0


def _waiting(settings: Settings, unit: str | None) -> list[Waiting]:
    import duckdb

    from etl.publish.export import DATABASE

    database = settings.published / "current" / DATABASE
    if not database.is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    with duckdb.connect(str(database), read_only=True) as con:
        names = dict(con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall())
        asked = WAITING.format(en="_en" if settings.lang == "en" else "")
        found = [Waiting(*row) for row in con.execute(asked, [unit and unit_named(unit, names_only(names))]).fetchall()]
    forms = load_forms(settings.expectations)
    return [one._replace(column=_called(one, forms)) for one in found]


def _called(one: Waiting, forms: Mapping[str, Form]) -> str:
    """The column as its form heads it; a form or column that is no longer there keeps its code."""
    columns = forms[one.form].by_name if one.form in forms else {}
    return columns[one.column].header if one.column in columns else one.column


def _told(one: Waiting, say: Say) -> list[str]:
    place = say.list([part for part in (one.business_key, one.column) if part])
    state = say("answers.asked") if one.review else say("answers.waits")
    before = say("answers.of", refused=one.refused, decided=one.accepted + one.refused)
    rule = f"{one.rule} {one.rule_name}"
    return [
        one.explanation,
        one.unit_name,
        rule,
        one.form_name,
        one.period,
        place,
        one.value,
        one.reason,
        f"{one.by} {one.at:%Y-%m-%d}",
        state,
        before,
    ]


def _write(out: Path, waiting: list[Waiting], say: Say) -> None:
    """The columns that the site's file has, then what a person needs to decide; a site reads only the former."""
    told = ("unit", "rule", "form", "period", "place", "value", "reason", "who", "state", "before")
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, *(say(f"answers.{head}") for head in told)])
        for one in waiting:
            writer.writerow([one.explanation, one.unit, one.rule, "", "", "", "", *(harmless(text) for text in _told(one, say)[1:])])
