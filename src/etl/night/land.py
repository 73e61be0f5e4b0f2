"""Step: bring tonight into the landed warehouse, in one transaction, and beside it what judging goes by."""

from __future__ import annotations

from collections.abc import Sequence

from etl.assess.land import land_standards, load_standards
from etl.land.write import Tonight, land_staged
from etl.model import Issue, Reading
from etl.night import records, retries
from etl.night.night import Night
from etl.night.verdict import Judgement


def land(night: Night, readings: Sequence[Reading], issues: Sequence[Issue], judgement: Judgement) -> None:
    """Land the staged submissions with their judgement, and the schemes, colours and rulings of the site."""
    settings, criteria = night.settings, night.criteria
    attempts = retries.attempts(night.receipt.again)
    records.found(settings, [reading.submission for reading in readings], attempts)
    tonight = Tonight(settings.as_of.date(), judgement.verdicts, judgement.quarantined, issues, night.receipt.came, attempts)
    land_staged(settings.landed, settings.staged, criteria.forms, tonight)
    site = criteria.site
    standards = load_standards(settings.expectations, site.folder, set(site.names), site.settings, criteria.forms)
    land_standards(settings.landed, standards, criteria.forms, float(criteria.parameters.word("name_similarity")), settings.lang)
