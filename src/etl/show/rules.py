"""The commands about rules: which there are, and a rehearsal of one on all that was ever landed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.mistakes import Mistake
from etl.settings import Settings, given, language
from etl.show.options import Data, Lang, SiteDir, choice_of
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table

if TYPE_CHECKING:
    from etl.validate.rehearse import Draft, Rehearsal

MOST = 20  # examples that a screen shows

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Format = Annotated[str, typer.Option("--format", help="help.format_json")]


@app.command("list", help="help.rules_list")
def list_rules(
    form: Annotated[str | None, typer.Option("--form", help="help.rules_form")] = None,
    site: SiteDir = None,
    lang: Lang = None,
) -> None:
    """Each rule of the rulebook: code, name, severity, level, decided by whom, version, and where it is suspended."""
    from etl.forms.contract import load_forms
    from etl.validate.rulebook import load_rulebook

    say, chinese = speaker(language(lang)), language(lang) == "zh"
    settings = given(site=site)
    forms, rules = load_forms(settings.expectations), load_rulebook(settings.expectations)
    if form is not None and form not in forms:
        raise Mistake("use.no_form", form=form, known=tuple(forms))
    suspended = _suspended(settings, say)
    listed = table(
        "",
        say("heading.rule"),
        say("heading.name"),
        say("heading.severity"),
        say("heading.level"),
        say("heading.decided"),
        say("heading.version"),
        *([say("heading.suspended")] if suspended else []),
    )
    for rule in rules.values():
        if form is None or rule.covers(forms[form]):
            listed.add_row(
                rule.code,
                cell(rule.name_zh if chinese else rule.name_en),
                say(f"severity.{rule.severity}"),
                rule.level,
                say.list(rule.decided_by),
                rule.version,
                *([cell(suspended.get(rule.code, ""))] if suspended else []),
            )
    console().print(listed)


def _suspended(settings: Settings, say: Say) -> dict[str, str]:
    """Code of a rule -> for whom and until when the site suspends it, and why. Raises Mistake."""
    from etl.site.load import load_site
    from etl.site.suspensions import FILE

    if not (settings.site / FILE).is_file():
        return {}
    found: dict[str, list[str]] = {}
    for one in load_site(settings.site).decisions.suspensions:
        told = {"form": one.form, "unit": one.unit, "until": one.until, "reason": one.reason, "by": one.by}
        found.setdefault(one.rule, []).append(say("rules.suspended", since=one.first or one.at.date(), **told))
    return {code: "\n".join(each) for code, each in found.items()}


@app.command(help="help.rehearse")
def rehearse(
    code: Annotated[str, typer.Argument(metavar="CODE", help="help.code")],
    sql: Annotated[Path | None, typer.Option("--sql", metavar="FILE", help="help.sql")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="help.rules_forms")] = None,
    format: Format = "text",
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Try a rule on all that was received: whom it would find, by how much; no data are touched."""
    from etl.validate.rehearse import Draft, read_rule

    choice_of(format, "text", "json")
    draft = Draft(code, read_rule(sql) if sql else None, tuple(form or ()))
    raise typer.Exit(show_rehearsal(draft, format, given(site=site, data=data, lang=lang)))


def show_rehearsal(draft: Draft, format: str, settings: Settings) -> int:
    """Rehearse and print; 0 where nobody new is found, else 1. Raises Mistake."""
    import duckdb

    from etl.judge.criteria import load_criteria
    from etl.land.seen import attach_landed
    from etl.site.load import load_site
    from etl.validate.rehearse import rehearse as run

    criteria = load_criteria(settings.expectations, load_site(settings.site), settings.as_of)
    if unknown := [name for name in draft.forms if name not in criteria.forms]:
        raise Mistake("use.no_form", form=unknown[0], known=tuple(criteria.forms))
    with duckdb.connect() as con:
        landed = attach_landed(con, settings.landed)
        if landed is None:
            raise Mistake("use.nothing_landed", landed=settings.landed)
        try:
            done = run(con, landed, criteria, draft, settings.lang)
        except KeyError:
            raise Mistake("use.no_rule", code=draft.code) from None
        except _wrong_sql() as wrong:
            raise Mistake("use.rule_fails", code=draft.code, wrong=wrong) from None
    _json(done) if format == "json" else _tables(done, speaker(settings.lang))
    return 1 if done.newly else 0


def _wrong_sql() -> tuple[type[Exception], ...]:
    import duckdb
    import jinja2

    return duckdb.Error, jinja2.TemplateError


def _json(done: Rehearsal) -> None:
    print(
        json.dumps(
            {
                "rule": done.code,
                "found": done.found,
                "gone": len(done.gone),
                "by_unit": dict(done.by_unit),
                "by_period": dict(done.by_period),
                "newly": [
                    {
                        "file": i.file,
                        "sheet": i.sheet,
                        "row": i.row,
                        "cell": i.cell,
                        "column": i.column,
                        "value": i.value,
                        "expected": i.expected,
                        "difference": i.difference,
                        "sentence": i.sentence,
                    }
                    for i in done.newly
                ],
            },
            ensure_ascii=False,
            indent=1,
        )
    )


def _tables(done: Rehearsal, say: Say) -> None:
    screen = console()
    screen.print(say("rules.rehearsed", code=done.code, found=done.found, newly=len(done.newly), gone=len(done.gone)))
    for name, counts in (("unit", done.by_unit), ("period", done.by_period)):
        if counts:
            listed = table("", say(f"heading.{name}"), say("heading.newly"))
            for key, n in counts:
                listed.add_row(cell(key), str(n))
            screen.print(listed)
    if done.newly:
        listed = table(
            "", say("heading.file"), say("heading.cell"), say("heading.value"), say("heading.expected"), say("heading.difference")
        )
        for issue in done.newly[:MOST]:
            place = " ".join(part for part in (issue.sheet, issue.cell or "") if part)
            listed.add_row(cell(issue.file), cell(place), cell(issue.value), cell(issue.expected), cell(issue.difference))
        screen.print(listed)
