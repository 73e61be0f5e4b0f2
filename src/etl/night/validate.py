"""Step: judge each staged submission by itself, and tell what was received before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from etl.forms.locked import shut_in
from etl.inbox.archive import Copy
from etl.judge.decide import suspended_rules
from etl.judge.duplicates import duplicate_issues
from etl.land.seen import copies_of, submissions_of
from etl.model import Received
from etl.night import progress
from etl.night.night import Night
from etl.validate.rules import Examination, Telling, run_rules


def validate(night: Night) -> Examination:
    """The issues of tonight's submissions, and the rules that did not run."""
    import duckdb

    settings, criteria = night.settings, night.criteria
    with duckdb.connect(str(settings.staged)) as con:
        shut_in(con)
        aside = suspended_rules(con, "staged", criteria.site.decisions, settings.as_of.date())
        found = run_rules(con, criteria, telling=Telling(settings.lang, aside, heard=partial(progress.tell, "validate")))
        tonight = dict(
            con.execute("SELECT file_sha256, list(submission_id ORDER BY submission_id) FROM staged.submission GROUP BY 1").fetchall()
        )

    def brought(sha256: str) -> list[str]:
        return tonight.get(sha256) or submissions_of(settings.landed, sha256)

    copies = duplicate_issues((*night.receipt.copies, *_copies_of_read_again(night)), brought, criteria.rulebook, settings.lang)
    return replace(found, issues=found.issues + copies)


def _copies_of_read_again(night: Night) -> list[Copy]:
    """What is read again may come under another id: its copies are told of anew."""
    again = [one.received.sha256 for one in night.receipt.again]
    return [
        Copy(Received(name, sha256, size, when, order, night.settings.archive / sha256[:2] / sha256), first, first_at)
        for name, sha256, size, when, order, first, first_at in copies_of(night.settings.landed, again)
    ]
