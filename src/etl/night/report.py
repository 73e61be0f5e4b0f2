"""What a night tells the people in the morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl.inbox.care import Damage
from etl.model import Issue
from etl.night.name import same_inputs
from etl.night.night import Night
from etl.night.receive import Receipt
from etl.night.records import behind
from etl.night.verdict import Judgement
from etl.publish.manifest import altered, read_manifest
from etl.publish.reconcile import Balance
from etl.publish.swap import current
from etl.texts.catalogue import Say
from etl.validate.queries import NotRun


@dataclass(slots=True)
class Report:
    """What a night did; never part of the published data."""

    as_of: datetime
    state: str = "running"  # published, held, nothing_new, failed
    night_id: str = ""
    receipt: Receipt = field(default_factory=Receipt)
    submissions: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    refusals: list[tuple[str, str, str]] = field(default_factory=list)  # file, verdict, why in one sentence
    issues: dict[str, int] = field(default_factory=dict)  # severity -> number
    lines: dict[str, int] = field(default_factory=dict)  # received, published, quarantined ...
    published: Path | None = None
    replies: int = 0  # made or made anew tonight
    failure: str = ""
    hold: dict | None = None  # by which nothing was published
    not_run: tuple[NotRun, ...] = ()  # by which nothing was judged
    ledger: str = ""  # why the ledger is behind the journal
    serving: str = ""  # why the database for BI does not hold what is published


def already_published(night: Night) -> Report | None:
    """The report of a night that would publish what is published already, and stands as it was published; else None."""
    settings, receipt = night.settings, night.receipt
    now = current(settings.published)
    last = read_manifest(now).get("night_id", "") if now else ""
    if receipt.came or receipt.again or not same_inputs(last, night.id):
        return None
    if now is None or altered(now) or altered(settings.assessors / now.name):
        return None  # a false digit is not left in place: the night publishes anew from the warehouse
    not_run = tuple(NotRun(**one) for one in read_manifest(now).get("not_run", ()))
    place = settings.published / "current"
    return Report(settings.as_of, "nothing_new", last, receipt, published=place, not_run=not_run, ledger=behind(settings))


def report(
    night: Night,
    issues: Sequence[Issue],
    judgement: Judgement,
    balances: Sequence[Balance],
    replies: int,
    hold: dict | None = None,
) -> Report:
    """What a night did that published, or would have but for a hold."""
    return Report(
        night.settings.as_of,
        "held" if hold else "published",
        night.id,
        night.receipt,
        submissions=len(judgement.verdicts),
        verdicts=dict(Counter(judgement.verdicts.values())),
        refusals=refusals(judgement.verdicts, issues),
        issues=dict(Counter(issue.severity for issue in issues)),
        lines=line_balance(balances),
        published=night.settings.published / "current",
        replies=replies,
        hold=hold,
        not_run=judgement.not_run,
        ledger=behind(night.settings),
    )


def damages(damaged: Sequence[Damage], say: Say) -> list[tuple[str, str, str]]:
    """Every original that was not whole: its names, what is wrong with it, and whether it was mended."""
    return [
        (
            ", ".join(one.names) or one.sha256,
            say(f"night.damaged_{one.what}"),
            say("night.damaged_healed", source=one.healed) if one.healed else say("night.damaged_open"),
        )
        for one in damaged
    ]


def refusals(verdicts: Mapping[str, str], issues: Sequence[Issue]) -> list[tuple[str, str, str]]:
    """(file, verdict, sentence) of every submission that was not used, with the first error that decided so."""
    decisive: dict[str, Issue] = {}
    for issue in issues:
        if issue.severity == "error" and issue.level == "submission":
            decisive.setdefault(issue.submission_id, issue)
    return sorted(
        (decisive[sid].file, verdict, decisive[sid].sentence)
        for sid, verdict in verdicts.items()
        if verdict in ("rejected", "unreadable") and sid in decisive
    )


def line_balance(balances: Sequence[Balance]) -> dict[str, int]:
    """Lines of all forms: received, published, quarantined, superseded."""
    lines = [b for b in balances if b.what == "lines" and not b.file]
    return {part: int(sum(getattr(b, part) for b in lines)) for part in ("received", "published", "quarantined", "superseded")}
