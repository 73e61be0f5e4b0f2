"""The commands about forms: a draft of a contract from a workbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from etl.mistakes import Mistake
from etl.settings import given
from etl.show.options import Lang, SiteDir
from etl.texts.catalogue import speaker
from etl.texts.screen import console

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """What is known of forms."""


@app.command("new", help="help.form_new")
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="help.file")],
    name: Annotated[str, typer.Option("--name", help="help.form_name")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.form_out")] = None,
    site: SiteDir = None,
    lang: Lang = None,
) -> None:
    """Draft a contract from a filled-in workbook; each guess is marked."""
    from etl.desk.formdraft import draft_form

    settings = given(site=site, lang=lang)
    say = speaker(settings.lang)
    text = draft_form(file, name, settings.expectations)
    if str(out) == "-":
        print(text, end="")
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Mistake("use.form_code", name=name)
    target = out or settings.site / "expectations" / name / "form.yaml"
    if target.exists():
        raise Mistake("use.exists", path=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    console().print(say("use.drafted", path=target))
