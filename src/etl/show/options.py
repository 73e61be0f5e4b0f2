"""Options that several commands have, and how they are checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.mistakes import Mistake
from etl.settings import language


def _asked(ctx: typer.Context, lang: str | None) -> str:
    """The language asked for behind this command, else before it (`luodi --lang en run`). Raises Mistake."""
    return language(lang or ctx.find_root().params.get("lang"))


SiteDir = Annotated[Path | None, typer.Option("--site", help="help.site")]
Data = Annotated[Path | None, typer.Option("--data", help="help.data")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help.as_of")]
Lang = Annotated[str | None, typer.Option("--lang", help="help.lang", callback=_asked)]


def choice_of(value: str, *choices: str) -> None:
    """Refuse a format that there is not. Raises Mistake."""
    if value not in choices:
        raise Mistake("use.format", format=value, formats=choices)
