"""Step: what was written becomes the version that readers see, with papers and pages, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from etl.gate.checkpoint import Expected
from etl.gate.page import write_results
from etl.inbox.journal import enter, last, read_journal
from etl.night.draft import releases_in_force
from etl.night.name import fingerprint
from etl.night.night import Night
from etl.pages.show import load_show
from etl.pages.write import PAGES, write_pages
from etl.papers.version import write_version_papers
from etl.publish.drop import let_through
from etl.publish.fewer import fewer, told_fewer
from etl.publish.manifest import Publication, altered, read_manifest
from etl.publish.reconcile import Balance
from etl.publish.release import Unreleased, release
from etl.publish.swap import current
from etl.publish.unchanged import Before
from etl.site.match import inactive
from etl.site.releases import COLUMNS
from etl.texts.catalogue import Text, speaker
from etl.transform.build import Mart
from etl.validate.queries import NotRun, sentences


def publish(
    night: Night,
    draft: Unreleased,
    marts: Sequence[Mart],
    balances: Sequence[Balance],
    results: Sequence[Expected],
    not_run: Sequence[NotRun] = (),
) -> Path:
    """The folder of the new version, which says by which rules nothing was judged. Raises Held where it lost most of a form."""
    settings = night.settings
    now = current(settings.published)
    stood = last(read_journal(settings.archive), "published")
    accepted = let_through(
        (read_manifest(now).get("lines", {}) if now else {}) or (stood or {}).get("lines", {}),
        balances,
        Decimal(night.criteria.parameters.word("drop_held")),
        settings.accept_drop,
        _unexplained(night, marts, now, stood) if now and stood else (),
    )
    say = speaker(settings.lang)
    county, stages = night.criteria.site.settings.get("county", ""), night.criteria.parameters["stage_order"]
    show = load_show(settings.expectations, county, night.id, settings.as_of.date(), settings.lang, tuple(stages))

    def seen_by_people(version: Path) -> None:
        write_version_papers(version, settings.site, night.criteria.site.settings, show)
        write_pages(version, version / PAGES, show, Before.of(now))

    place = release(
        draft,
        Publication(
            night.id,
            settings.as_of.date(),
            balances,
            accepted_drop=accepted,
            results=lambda folder: write_results(folder, night.id, results, settings.lang, sentences(not_run, say)),
            pages=seen_by_people,
            open_to_all=settings.published_open,
            not_run=[asdict(one) for one in not_run],
            released=[{part: str(getattr(one, part)) for part in (*COLUMNS, "release")} for one in releases_in_force(night)],
        ),
    )
    if settings.ledger_url:  # a night on trial publishes for nobody
        ways = {"site": night.criteria.site.fingerprint, "code": fingerprint(settings.home)}
        said = {"night": night.id, "as_of": settings.as_of, "version": place.name, "lines": read_manifest(place)["lines"], **ways}
        enter(settings.archive, [{"kind": "published", **said}])
    return place


def _unexplained(night: Night, marts: Sequence[Mart], now: Path, stood: dict) -> Sequence[Text]:
    """The slots that publish less than in the version that readers see, where site, rules and decisions in force are the same."""
    import duckdb

    settings, site = night.settings, night.criteria.site
    ways = (stood["site"], stood["code"]) == (site.fingerprint, fingerprint(settings.home)) and stood["version"] == now.name
    then = datetime.fromisoformat(stood["as_of"]).date()
    if not ways or inactive(site.decisions, then) != inactive(site.decisions, settings.as_of.date()) or altered(now):
        return ()
    files = {one.sha256 for one in night.receipt.came} | {one.received.sha256 for one in night.receipt.again}
    journal = [one for one in read_journal(settings.archive) if one["number"] > stood["number"]]
    files |= {one["sha256"] for one in journal if one["kind"] == "received"}  # of nights between that published nothing
    try:
        return told_fewer(fewer(now, settings.build, settings.landed, night.criteria.forms, marts, files))
    except duckdb.Error:
        return ()  # a version of an earlier luodi lacks a column: the lines by form are compared all the same
