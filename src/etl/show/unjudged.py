"""Show the rules that did not run: which, over which form, in which file, why, and what becomes of what they guard."""

from __future__ import annotations

from collections.abc import Iterable

from etl.texts.catalogue import Say
from etl.texts.screen import cell, console
from etl.validate.queries import NotRun, sentences


def show_not_run(not_run: Iterable[NotRun], say: Say) -> None:
    """One line a rule, between a heading and what to do."""
    screen = console()
    screen.print()
    screen.print(say("night.rules_not_run"), style="bold")
    for line in (*sentences(not_run, say), say("night.not_run_note")):
        screen.print(cell(line))
