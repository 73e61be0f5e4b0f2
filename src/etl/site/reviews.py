"""Check what assessors decided about explanations of units, explanation_reviews.csv of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from etl.site.csvfile import Row, SiteError, filled, known_unit, moment
from etl.site.decision import Explanation, Review

FILE = "explanation_reviews.csv"
COLUMNS = ("explanation", "unit", "rule", "decision", "by", "why", "at")
ACCEPTED, ASKED_AGAIN, REFUSED = VERDICTS = ("accepted", "asked_again", "refused")
_OF_A_REPLY = re.compile(r"[0-9a-f]{16}-\w+-[\dQH-]+#\d+")


def parse_review(path: Path, line: int, row: Row, units: set[str]) -> tuple[Review | None, tuple]:
    """One line as a value, None while its decision is blank, with what tells it apart. Raises SiteError."""
    verdict = row["decision"]
    if not verdict:
        return None, (row["explanation"], row["at"])
    if verdict not in VERDICTS:
        raise SiteError(path, line, "site.no_choice", column="decision", value=verdict, choices=VERDICTS)
    explanation, rule, by = (filled(path, line, row, name) for name in ("explanation", "rule", "by"))
    why = row["why"] if verdict == ACCEPTED else filled(path, line, row, "why")
    at = moment(path, line, row, "at")
    return Review(f"{path.name}:{line}", explanation, rule, known_unit(path, line, row, units), verdict, by, why, at), (explanation, at)


def check_reviews(reviews: Iterable[Review], explanations: Iterable[Explanation], folder: Path) -> None:
    """Each review names an explanation of its unit about its rule: a line of a file may have moved since. Raises SiteError.

    Those that replies brought are known to the warehouse alone; one that it does not know has no effect.
    """
    known = {e.decision: (e.unit, e.rule) for e in explanations}
    for one in reviews:
        if not _OF_A_REPLY.fullmatch(one.explanation) and known.get(one.explanation) != (one.unit, one.rule):
            line = int(one.decision.rpartition(":")[2])
            raise SiteError(folder / FILE, line, "site.no_explanation", explanation=one.explanation, unit=one.unit, rule=one.rule)
