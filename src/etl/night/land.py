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
    settings, basis = night.settings, night.basis
    attempts = retries.attempts(night.receipt.again)
    records.found(settings, [reading.submission for reading in readings], attempts)
    tonight = Tonight(settings.as_of.date(), judgement.verdicts, judgement.quarantined, issues, night.receipt.came, attempts)
    land_staged(settings.landed, settings.staged, basis.forms, tonight)
    standards = load_standards(settings.expectations, basis.site.folder, set(basis.site.names), basis.site.settings, basis.forms)
    land_standards(settings.landed, standards, basis.forms, float(basis.parameters.word("name_similarity")), settings.lang)
