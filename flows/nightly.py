"""The night on one page: from what lies in the inbox to what is published."""

from __future__ import annotations

from etl.lock import one_night
from etl.night import retention, rights
from etl.night.heap import seldom_searched
from etl.night.night import Night, refuse_earlier_day
from etl.night.report import Report
from etl.night.room import refuse_without_room
from etl.settings import given
from flows import accounts, notices, records, reminders, tasks
from flows.engine import flow


@flow(name="nightly")
def nightly(
    inbox: str | None = None,
    site: str | None = None,
    data: str | None = None,
    as_of: str | None = None,
    lang: str | None = None,
    accept_drop: str | None = None,
    back_to: bool = False,
) -> Report:
    """Take what is new in the inbox through to `published/current`; with nothing new, leave all as it is.

    Options left out come from the LUODI_* variables. Raises Mistake, NightRunning, and whatever a step raises; then
    the last published night stays, and the next run ends as this one would have.
    """
    settings = given(inbox, site, data, as_of, lang, accept_drop, back_to=back_to)
    refuse_earlier_day(settings)
    refuse_without_room(settings)
    with (
        one_night(settings.data, since=settings.as_of, inbox=settings.inbox),
        accounts.kept(settings, "nightly") as account,
        notices.on_failure(settings),
    ):
        rights.settle(settings)
        night = tasks.begin(settings, tasks.receive(settings))
        published = tasks.already_published(night)
        if published:
            if tasks.hold(settings) is None:
                published.replies = tasks.reply(night)  # those that a killed night still owed, and its papers
                tasks.papers(night)
                reminders.where_asked(night)
            if settings.serving_url:
                published.serving = tasks.serve(settings)
            account.report = published
        else:
            account.report = process(night)
        return accounts.ended(account, settings)


def process(night: Night) -> Report:
    """The rest of a night, for received files and for files taken from the archive again; under a hold nothing goes out."""
    with seldom_searched(), records.recorded(night) as outcome:
        readings = tasks.read(night)
        tasks.stage(night, readings)
        found = tasks.validate(night)
        issues, judgement = tasks.verdict(night, readings, found)
        tasks.land(night, readings, issues, judgement)
        issues, judgement = tasks.compare(night, issues, judgement)
        marts = tasks.transform(night)
        with tasks.draft(night, marts) as draft:
            balances = tasks.reconcile(night, marts)
            results = tasks.gate(night, judgement)
            hold, replies = tasks.hold(night.settings), 0
            outcome.not_run = judgement.not_run
            if hold:
                outcome.state = "held"
            else:
                tasks.publish(night, draft, marts, balances, results, judgement.not_run)
        if not hold:
            replies = tasks.reply(night)
            tasks.papers(night)
    report = tasks.report(night, issues, judgement, balances, replies, hold)
    if night.settings.serving_url:
        report.serving = tasks.serve(night.settings)
    notices.send(night.settings, report)
    if not hold:
        reminders.where_asked(night)
        retention.tidy(night.settings)
    return report
