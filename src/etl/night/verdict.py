"""Step: bring people's decisions to what was found, and decide on each submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.judge.decide import decide
from etl.land.seen import attach_landed
from etl.model import Issue, Reading
from etl.night.night import Night
from etl.validate.queries import NotRun
from etl.validate.rules import Examination


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided: the verdict of each submission, the lines that are held back, and by which rules nothing was."""

    verdicts: dict[str, str]
    quarantined: set[str]
    not_run: tuple[NotRun, ...] = ()


def verdict(night: Night, readings: Sequence[Reading], found: Examination) -> tuple[list[Issue], Judgement]:
    """Issues with their state, and the judgement; submissions of earlier nights that a decision reaches are in both."""
    import duckdb

    settings, criteria = night.settings, night.criteria
    with duckdb.connect(str(settings.staged), read_only=True) as con:
        earlier = attach_landed(con, settings.landed)
        issues, verdicts, quarantined = decide(con, readings, found.issues, criteria, settings.as_of.date(), earlier)
    return issues, Judgement(verdicts, quarantined, found.not_run)
