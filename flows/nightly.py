"""The night on one page: from what lies in the inbox to what is published."""

from __future__ import annotations

from etl.lock import one_night
from etl.night.report import Receipt, Report
from etl.settings import Settings, given
from flows import notices, records, tasks
from flows.engine import flow


@flow(name="nightly")
def nightly(
    inbox: str | None = None, site: str | None = None, data: str | None = None, as_of: str | None = None
) -> Report:
    """Take what is new in the inbox through to `published/current`; with nothing new, leave all as it is.

    Options left out come from the LUODI_* variables. Raises Mistake, NightRunning, and whatever a step raises; then
    the last published night stays, and the next run ends as this one would have.
    """
    settings = given(inbox, site, data, as_of)
    with one_night(settings.data, since=settings.as_of, inbox=settings.inbox), notices.on_failure(settings):
        receipt = tasks.receive(settings)
        published = tasks.already_published(settings, receipt)
        if published:
            published.replies = tasks.reply(settings)      # those that a killed night still owed
            return published
        return process(settings, receipt)


def process(settings: Settings, receipt: Receipt) -> Report:
    """The rest of a night, for received files and for files taken from the archive again."""
    with records.night(settings, tasks.night_id(settings, receipt.came, receipt.again), receipt):
        readings = tasks.read(settings, receipt)
        tasks.stage(settings, readings)
        issues = tasks.validate(settings, receipt)
        issues, judgement = tasks.verdict(settings, readings, issues)
        tasks.land(settings, receipt, readings, issues, judgement)
        issues, judgement = tasks.compare(settings, issues, judgement)
        marts = tasks.transform(settings)
        balances = tasks.reconcile(settings, marts)
        tasks.publish(settings, marts, balances)
        replies = tasks.reply(settings)
    report = tasks.report(settings, receipt, issues, judgement, balances, replies)
    notices.send(settings, report)
    return report
