"""The steps of the night, one short function each: names, retries and timeouts; what they do stands in src/etl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path

from etl.forms.contract import load_forms
from etl.inbox.archive import Copy, StillChanging, keep, sort_out
from etl.inbox.find import find
from etl.judge.bench import load_bench
from etl.judge.duplicates import duplicate_issues
from etl.land.seen import copies_of, holding, seen_files, submissions_of
from etl.model import Received
from etl.night import name, retries
from etl.night.report import Receipt, Report, line_balance, refusals
from etl.settings import Settings
from etl.site.load import load_site
from etl.understand.intake import load_reference, read_all
from flows import progress, records
from flows.engine import Parcel, step

HOUR = 3600


@step(retries=2, retry_delay_seconds=10)
def receive(settings: Settings) -> Receipt:
    """Look through the inbox and archive what lies there; a shared folder that hiccups is tried again."""
    found = find(settings.inbox, settings.settle)
    received, waiting = [], list(found.waiting)
    for candidate in found.files:
        try:
            received.append(keep(candidate, settings.archive))
        except StillChanging:
            waiting.append(candidate.name)
    sorted_out = sort_out(received, seen_files(settings.landed))
    return Receipt(sorted_out.new, sorted_out.copies, sorted_out.known, tuple(waiting), found.ignored, found.refused,
                   retries.due(settings.landed, settings.archive, settings))


@step()
def recall(settings: Settings, periods: Sequence[str], units: Sequence[str], forms: Sequence[str]) -> Receipt:
    """Take files of earlier nights from the archive as if they were new."""
    return Receipt(tuple(
        Received(name, sha256, size, when, order, settings.archive / sha256[:2] / sha256)
        for name, sha256, size, when, order in holding(settings.landed, periods, units, forms)
    ))


@step()
def read(settings: Settings, receipt: Receipt) -> Parcel:
    """Read every new file in a bounded child process; the parcel holds the readings."""
    reference = load_reference(settings.expectations, load_site(settings.site, settings.as_of.date()))
    groups = retries.with_limits(receipt.new, receipt.again, settings, settings.landed)
    read = chain.from_iterable(read_all(files, reference, limits) for limits, files in groups)
    readings = []
    for done, (_, of_file) in enumerate(read, start=1):
        readings += of_file
        progress.tell("read", done, len(receipt.new) + len(receipt.again))
    return Parcel(readings)


@step(timeout_seconds=HOUR)
def stage(settings: Settings, readings: Parcel) -> None:
    """Put the readings into typed tables of a fresh file."""
    import duckdb

    from etl.validate.stage import stage as put

    settings.staged.parent.mkdir(parents=True, exist_ok=True)
    for stale in (settings.staged, settings.staged.with_name(settings.staged.name + ".wal")):
        stale.unlink(missing_ok=True)
    with duckdb.connect(str(settings.staged)) as con:
        put(con, readings.content, load_forms(settings.expectations), load_site(settings.site))


@step(timeout_seconds=HOUR)
def validate(settings: Settings, receipt: Receipt) -> Parcel:
    """Judge each staged submission by itself, have the suites count again, add what the inbox found; the parcel holds issues."""
    import duckdb

    from etl.validate import suites
    from etl.validate.rules import examine

    bench = load_bench(settings.expectations, load_site(settings.site), settings.as_of)
    with duckdb.connect(str(settings.staged)) as con:
        found = examine(con, bench.forms, bench.rulebook, bench.parameters, lang=settings.lang)
        tonight = dict(con.execute(
            "SELECT file_sha256, list(submission_id ORDER BY submission_id) FROM staged.submission GROUP BY 1").fetchall())
    came = sorted({form for form, _ in found.counts})
    suites.agree(suites.judge(settings.staged, bench.forms, bench.rulebook, bench.parameters, came), found.counts)

    def brought(sha256: str) -> list[str]:
        return tonight.get(sha256) or submissions_of(settings.landed, sha256)

    # What is read again may come under another id: its copies are told of anew.
    copies = [Copy(Received(name, sha256, size, when, order, settings.archive / sha256[:2] / sha256), first, first_at)
              for name, sha256, size, when, order, first, first_at in copies_of(settings.landed, [a.received.sha256 for a in receipt.again])]
    return Parcel(found.issues + duplicate_issues((*receipt.copies, *copies), brought, bench.rulebook, settings.lang))


@step()
def verdict(settings: Settings, readings: Parcel, issues: Parcel) -> tuple[Parcel, Parcel]:
    """Bring people's decisions to the issues, and decide on each submission, and which lines are held back.

    The parcels hold the issues, and verdicts with lines; submissions of earlier nights that a decision reaches are in both.
    """
    import duckdb

    from etl.judge.decide import decide
    from etl.land.seen import attach_landed

    with duckdb.connect(str(settings.staged), read_only=True) as con:
        earlier = attach_landed(con, settings.landed)
        issues, verdicts, held = decide(con, readings.content, issues.content, load_forms(settings.expectations),
                                        load_site(settings.site), settings.as_of.date(), earlier)
    return Parcel(issues), Parcel((verdicts, held))


@step(timeout_seconds=HOUR)
def land(settings: Settings, receipt: Receipt, readings: Parcel, issues: Parcel, judgement: Parcel) -> None:
    """Bring tonight into the landed warehouse, in one transaction, and beside it what judging goes by."""
    from etl.assess.land import load_standards
    from etl.assess.land import put as put_standards
    from etl.land.write import land as put
    from etl.normalise.text import norm

    verdicts, held = judgement.content
    submissions = [reading.submission for reading in readings.content]
    records.found(settings, submissions)
    site = load_site(settings.site)
    bench = load_bench(settings.expectations, site, settings.as_of)
    put(settings.landed, settings.staged, bench.forms, verdicts=verdicts, quarantined=held,
        issues=issues.content, files=receipt.came, norm=norm, as_of=settings.as_of.date(),
        attempts=retries.attempts(receipt.again))
    standards = load_standards(settings.expectations, site.folder, set(site.names), site.settings, bench.forms)
    put_standards(settings.landed, standards, bench.forms, float(bench.parameters.name_similarity), settings.lang)


@step(timeout_seconds=HOUR)
def compare(settings: Settings, issues: Parcel, judgement: Parcel) -> tuple[Parcel, Parcel]:
    """Judge everything landed beside itself, and settle it; issues and judgement of tonight's submissions after that."""
    from etl.judge.compare import compare as beside_all

    bench = load_bench(settings.expectations, load_site(settings.site), settings.as_of)
    outcome = beside_all(settings.landed, settings.staged.with_name("compared.duckdb"), bench, settings.lang)
    verdicts, held = judgement.content
    told, verdicts = outcome.of(list(verdicts), issues.content)
    records.judged(settings, night_id(settings, ()), {*verdicts, *outcome.changed})
    return Parcel(told), Parcel((verdicts, held | outcome.quarantined))


@step(timeout_seconds=HOUR)
def transform(settings: Settings) -> Parcel:
    """Build the marts into a fresh file beside last night's."""
    from etl.transform.transform import transform as build

    return Parcel(build(settings.landed, settings.build, settings.data / "dbt", project=settings.home / "dbt_project"))


@step(timeout_seconds=HOUR)
def reconcile(settings: Settings, marts: Parcel) -> Parcel:
    """Audit what was built: lines and sums received are published, quarantined or superseded, or the night ends here."""
    from etl.publish.reconcile import reconcile as audit

    return Parcel(audit(settings.landed, settings.build, load_forms(settings.expectations), marts.content, staged=settings.staged))


@step(timeout_seconds=HOUR)
def publish(settings: Settings, marts: Parcel, balances: Parcel) -> Path:
    """Write the new version and swap it in at once; the answer is its folder. Raises Held where it lost most of a form."""
    from etl.publish.drop import let_through
    from etl.publish.manifest import read_manifest
    from etl.publish.release import publish as release
    from etl.publish.swap import current

    now = current(settings.published)
    bench = load_bench(settings.expectations, load_site(settings.site), settings.as_of)
    accepted = let_through(read_manifest(now).get("lines", {}) if now else {}, balances.content,
                           Decimal(bench.parameters.drop_held), settings.accept_drop)
    return release(settings.build, marts.content, settings.published, night_id=night_id(settings, ()),
                   as_of=settings.as_of.date(), balances=balances.content, accepted_drop=accepted)


@step(timeout_seconds=HOUR)
def reply(settings: Settings) -> int:
    """Give each unit its own workbook back, marked, with a letter; the answer is how many were made."""
    from etl.reply.reply import reply as answer

    site = load_site(settings.site)
    bench = load_bench(settings.expectations, site, settings.as_of)
    return len(answer(settings, site, bench.forms, bench.rulebook, bench.parameters))


def night_id(settings: Settings, came: Iterable[Received], again: Iterable[retries.Again] = ()) -> str:
    """The name of the night, from all that was ever received and `came` tonight, and from what is read `again`."""
    files = {*seen_files(settings.landed), *((one.name, one.sha256) for one in came)}
    return name.night_id(settings.as_of, files, load_site(settings.site), name.fingerprint(settings.home),
                           retries.tries(settings.landed, again))


def already_published(settings: Settings, receipt: Receipt) -> Report | None:
    """The report of a night that would publish what is published already, else None."""
    from etl.publish.manifest import read_manifest
    from etl.publish.swap import current

    now = current(settings.published)
    last = read_manifest(now).get("night_id", "") if now else ""
    if receipt.came or receipt.again or not name.same_inputs(last, night_id(settings, ())):
        return None
    return Report(settings.as_of, "nothing_new", last, receipt, published=settings.published / "current")


def report(settings: Settings, receipt: Receipt, issues: Parcel, judgement: Parcel, balances: Parcel, replies: int) -> Report:
    """Tell the people in the morning what the night did."""
    verdicts, _ = judgement.content
    told = Report(settings.as_of, "published", night_id(settings, ()), receipt, published=settings.published / "current")
    told.submissions = len(verdicts)
    told.verdicts = dict(Counter(verdicts.values()))
    told.issues = dict(Counter(issue.severity for issue in issues.content))
    told.refusals = refusals(verdicts, issues.content)
    told.lines = line_balance(balances.content)
    told.replies = replies
    return told
