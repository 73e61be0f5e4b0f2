"""Step: judge everything landed beside itself, and settle it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from etl.judge.compare import compare_landed
from etl.model import Issue
from etl.night import progress, records
from etl.night.night import Night
from etl.night.verdict import Judgement


def compare(night: Night, issues: Sequence[Issue], judgement: Judgement) -> tuple[list[Issue], Judgement]:
    """Issues and judgement of tonight's submissions after the comparison."""
    settings = night.settings
    heard = partial(progress.tell, "compare")
    outcome = compare_landed(settings.landed, settings.staged.with_name("compared.duckdb"), night.criteria, settings.lang, heard)
    found, verdicts = outcome.of(list(judgement.verdicts), issues)
    records.judged(settings, night.id, {*verdicts, *outcome.changed})
    not_run = {(one.rule, one.form): one for one in (*judgement.not_run, *outcome.not_run)}
    return found, Judgement(verdicts, judgement.quarantined | outcome.quarantined, tuple(not_run[key] for key in sorted(not_run)))
