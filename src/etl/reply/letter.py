"""The letter: one page that a clerk acts on and a leader signs, self-contained, for screen and paper."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from etl.reply.answer import Answer
from etl.reply.effect import contact, effect, todo
from etl.reply.groups import grouped
from etl.texts.catalogue import speaker
from etl.texts.periods import period_name

if TYPE_CHECKING:
    from jinja2 import Environment

SHOWN = 8  # kinds of issues; more do not fit on one page


@lru_cache(maxsize=1)
def pages() -> Environment:
    """The HTML templates of this room; every value is escaped."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def letter(answer: Answer, workbook: str | None) -> str:
    """The page as HTML; `workbook` is the name of the marked workbook that lies beside it, if there was anything to mark."""
    groups = grouped(answer.issues)
    return (
        pages()
        .get_template("letter.html")
        .render(
            answer=answer,
            lang=answer.lang,
            say=speaker(answer.lang),
            period=period_name(answer.submission.period, answer.lang),
            effect=effect(answer),
            tasks=todo(answer),
            contact=contact(answer),
            groups=groups[:SHOWN],
            more=max(0, len(groups) - SHOWN),
            workbook=workbook,
        )
    )
