"""The one value that every step of a night is given: where it works, what it judges by, what came, and its name."""

from __future__ import annotations

from dataclasses import dataclass

from etl.judge.criteria import Criteria, load_criteria
from etl.land.seen import seen_files
from etl.mistakes import Mistake
from etl.night import retries
from etl.night.name import fingerprint, night_id
from etl.night.receive import Receipt
from etl.publish.manifest import read_manifest
from etl.publish.swap import current
from etl.settings import Settings
from etl.site.load import load_site


@dataclass(frozen=True, slots=True)
class Night:
    """A night that has received its files and has its name."""

    settings: Settings
    criteria: Criteria
    receipt: Receipt
    id: str


def refuse_earlier_day(settings: Settings) -> None:
    """A night of a day before that of what is published would take from readers what has come since. Raises Mistake.

    Who means it says so (`--back-to`).
    """
    now = current(settings.published)
    last = read_manifest(now).get("as_of", "") if now else ""
    if last > settings.as_of.date().isoformat() and not settings.back_to:
        raise Mistake("use.day_back", day=settings.as_of.date().isoformat(), last=last)


def begin(settings: Settings, receipt: Receipt) -> Night:
    """Load site, contracts and rules for the night, and name it. Raises Mistake where they are wrong."""
    site = load_site(settings.site, settings.as_of.date())
    criteria = load_criteria(settings.expectations, site, settings.as_of)
    files = {*seen_files(settings.landed), *((one.name, one.sha256) for one in receipt.came)}
    name = night_id(settings.as_of, files, site, fingerprint(settings.home), retries.tries(settings.landed, receipt.again))
    return Night(settings, criteria, receipt, name)
