"""Step: give each unit its own workbook back, marked, with a letter."""

from __future__ import annotations

from functools import partial

from etl.night import progress
from etl.night.night import Night
from etl.publish.assessors import results_folder
from etl.reply.answers import answer_all


def reply(night: Night) -> int:
    """How many replies were made."""
    criteria, settings = night.criteria, night.settings
    results = results_folder(settings.assessors, settings.published)  # what orders a letter may wait for its release
    return len(answer_all(settings, criteria.site, criteria, results, partial(progress.tell, "reply")))
