"""Examine the machine before a night fails on it: what is missing, misconfigured or broken, and what to do."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from etl.desk.stores import StoreFault, archive_faults, journal_faults, ledger_faults, warehouse_faults
from etl.inbox.find import arrivals
from etl.lock import running
from etl.mistakes import Mistake
from etl.night.rights import open_to_others
from etl.night.room import need, parts
from etl.settings import Settings
from etl.site.load import RATES, load_site
from etl.texts.catalogue import Say

LEAST_SPACE = 1 << 30  # bytes; a night writes its warehouse twice before the old one goes
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the examination; `found` and `remedy` are what people read."""

    level: str  # ok, warn, fail
    check: str
    found: str
    remedy: str = ""


def diagnose(settings: Settings, say: Say) -> list[Diagnosis]:
    """Run every check; a check never raises and changes nothing but one probe file that it removes."""
    checks = (
        _python,
        _packages,
        _site,
        _standards,
        _inbox,
        _data,
        _rights,
        _space,
        _ledger,
        _serving,
        _stores,
        _lock,
        _hold,
        _rates,
        _published,
    )
    return [finding for check in checks for finding in check(settings, say)]


def _python(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == (3, 11)
    yield Diagnosis("ok" if good else "fail", "Python", version, "" if good else say("doctor.python"))


def _packages(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    lock = settings.home / "requirements.lock"
    if not lock.is_file():
        yield Diagnosis("warn", say("doctor.packages"), say("doctor.no_lock", path=lock))
        return
    wanted = PINNED.findall(lock.read_text(encoding="utf-8"))
    wrong = []
    for name, version in wanted:
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            found = say("doctor.absent")
        if found != version:
            wrong.append(f"{name} {found} ≠ {version}")
    if wrong:
        yield Diagnosis("fail", say("doctor.packages"), "; ".join(wrong[:8]), say("doctor.install"))
    else:
        yield Diagnosis("ok", say("doctor.packages"), say("doctor.as_locked", count=len(wanted)))


def _site(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    try:
        site = load_site(settings.site, settings.as_of.date())
    except Mistake as mistake:
        yield Diagnosis("fail", say("doctor.site"), mistake.said(settings.lang))
        return
    yield Diagnosis("ok", say("doctor.site"), say("doctor.site_told", path=settings.site, units=len(site.units), slots=len(site.roster)))
    known = {path.parent.name for path in settings.expectations.glob("*/form.yaml")}
    unknown = sorted({slot.form for slot in site.roster} - known)
    if unknown:
        yield Diagnosis(
            "fail", say("doctor.site"), say("doctor.forms", forms=unknown), say("use.no_form", form=unknown[0], known=sorted(known))
        )
    today = settings.as_of.year
    if not any(h.day.year == today for h in site.holidays):
        yield Diagnosis("warn", say("doctor.site"), say("doctor.holidays", year=today), say("doctor.holidays_remedy"))


def _standards(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    from etl.assess.land import load_standards
    from etl.judge.criteria import load_criteria

    try:
        site = load_site(settings.site, settings.as_of.date())
    except Mistake:
        return  # told already, and nothing else can be read
    try:
        criteria = load_criteria(settings.expectations, site, settings.as_of)
        standards = load_standards(settings.expectations, site.folder, set(site.names), site.settings, criteria.forms)
    except (Mistake, ValueError) as wrong:
        yield Diagnosis("fail", say("doctor.standards"), wrong.said(settings.lang) if isinstance(wrong, Mistake) else str(wrong))
        return
    yield Diagnosis(
        "ok",
        say("doctor.standards"),
        say("doctor.standards_told", rules=len(standards.rules), schemes=len(standards.schemes), lights=len(standards.lights.schemes)),
    )


def _inbox(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    if not settings.inbox.is_dir():
        yield Diagnosis("warn", say("doctor.inbox"), say("use.no_inbox", path=settings.inbox))
        return
    try:
        log = arrivals(settings.inbox)
    except Mistake as mistake:
        yield Diagnosis("fail", say("doctor.inbox"), mistake.said(settings.lang))
        return
    yield Diagnosis("ok", say("doctor.inbox"), say("doctor.inbox_told", path=settings.inbox, logged=len(log)))


def _data(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    there = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    if not os.access(there, os.W_OK | os.X_OK) or not there.is_dir():
        yield Diagnosis("fail", say("doctor.data"), say("doctor.not_writable", path=there), say("doctor.not_writable_remedy"))
    else:
        yield Diagnosis("ok", say("doctor.data"), str(settings.data))


def _rights(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    found = list(open_to_others(settings))
    if found:
        paths = tuple(str(path) for path in found)
        yield Diagnosis("warn", say("doctor.rights"), say("doctor.rights_open", paths=paths), say("doctor.rights_remedy", path=found[0]))
    else:
        published = say("doctor.rights_published") if settings.published_open else ""
        yield Diagnosis("ok", say("doctor.rights"), say("doctor.rights_told", published=published))


def _space(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    there = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    free = shutil.disk_usage(there).free
    level = "ok" if free >= LEAST_SPACE else "warn"
    yield Diagnosis(
        level,
        say("doctor.space"),
        say("doctor.space_told", free=free >> 20),
        "" if level == "ok" else say("doctor.space_remedy", least=LEAST_SPACE >> 20),
    )
    used = parts(settings)
    if used:
        listed = tuple(f"{name} {size >> 20} MB" for name, size in used.items())
        yield Diagnosis("ok", say("doctor.used"), say("doctor.used_told", parts=listed, need=need(settings)))


def _ledger(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    from etl.land.ledger import open_ledger
    from etl.night.records import TROUBLE, kind_of

    kind = kind_of(settings.ledger_url)
    if kind.startswith("sqlite"):
        yield from _told(list(ledger_faults(settings)), say("doctor.ledger"), kind, say)
        return
    try:
        open_ledger(settings.ledger_url).dispose()
    except TROUBLE as error:
        yield Diagnosis("fail", say("doctor.ledger"), f"{kind}: {type(error).__name__}", say("doctor.ledger_remedy"))
    else:
        yield Diagnosis("ok", say("doctor.ledger"), kind)


def _serving(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    if not settings.serving_url:
        return
    from etl.publish.swap import current
    from etl.serve.serve import Serving, served_version

    now = current(settings.published)
    try:
        held = served_version(Serving(settings.serving_url, settings.serving_reader))
    except Mistake as trouble:
        yield Diagnosis("fail", say("doctor.serving"), trouble.said(settings.lang), say("doctor.serving_remedy"))
        return
    if now is None or held == now.name:
        yield Diagnosis("ok", say("doctor.serving"), held or "-")
    else:
        told = say("doctor.serving_other", version=held or "-", now=now.name)
        yield Diagnosis("warn", say("doctor.serving"), told, say("doctor.serving_remedy"))


def _stores(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    for name, faults in (("journal", journal_faults), ("archive", archive_faults), ("warehouse", warehouse_faults)):
        yield from _told(list(faults(settings)), say(f"doctor.{name}"), say("doctor.read_through"), say)


def _told(faults: list[StoreFault], check: str, well: str, say: Say) -> Iterator[Diagnosis]:
    """Faults of a store in sentences, or that it is well."""
    if not faults:
        yield Diagnosis("ok", check, well)
    for fault in faults:
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in fault.values.items()}
        level = "warn" if fault.remedy == "run_again" else "fail"
        yield Diagnosis(level, check, say(fault.what, **values), say(f"doctor.{fault.remedy}", **values))


def _hold(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    from etl.inbox.journal import JournalDamaged
    from etl.night.hold import standing

    try:
        found = standing(settings)
    except JournalDamaged:
        return  # told already
    if found:
        yield Diagnosis("warn", say("doctor.hold"), say("hold.stands", by=found["by"], at=found["at"], why=found["why"]))


def _lock(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    holder = running(settings.data)
    if holder is None:
        yield Diagnosis("ok", say("doctor.lock"), say("doctor.lock_free"))
    else:
        told = {"pid": "?", "since": "?", "inbox": "?"} | holder
        yield Diagnosis("warn", say("doctor.lock"), say("use.night_running", **told))


def _rates(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    """Foreign money of a month without a rate stays unconverted, and with it every sum that it is in (indicators.md 19)."""
    import duckdb

    from etl.forms.contract import load_forms

    try:
        known = {rate.month for rate in load_site(settings.site, settings.as_of.date()).fx_rates}
        forms = load_forms(settings.expectations)
        con = duckdb.connect(str(settings.landed), read_only=True)
    except (Mistake, ValueError, duckdb.Error):
        return  # told already, nothing landed yet, or a night is at work
    with con:
        lacking = {
            (period, form.name): (lines, dollars)
            for form in forms.values()
            for column in form.columns
            if column.stored_in and not column.home
            for period, lines, dollars in con.execute(
                f"SELECT period, count(*), sum({column.name}) FROM landed.{form.form} JOIN landed.submission USING (submission_id, period)"
                f" WHERE counts AND {column.name} > 0 GROUP BY period ORDER BY period"
            ).fetchall()
            if period not in known
        }
    if not lacking:
        yield Diagnosis("ok", say("doctor.rates"), say("doctor.rates_told", months=len(known)))
    for (period, form), (lines, dollars) in lacking.items():
        found = say("doctor.no_rate", period=period, form=form, lines=lines, dollars=f"{dollars:f}".rstrip("0").rstrip("."))
        yield Diagnosis("warn", say("doctor.rates"), found, say("doctor.no_rate_remedy", path=settings.site / RATES, period=period))


def _published(settings: Settings, say: Say) -> Iterator[Diagnosis]:
    from etl.publish.manifest import altered, read_manifest
    from etl.publish.swap import current, faults_seen_anew

    now = current(settings.published)
    if now is None:
        yield Diagnosis("warn", say("doctor.published"), say("use.nothing_published", data=settings.data))
    elif wrong := ", ".join(altered(now)) or faults_seen_anew(now):
        yield Diagnosis("fail", say("doctor.published"), wrong, say("doctor.published_remedy"))
    else:
        yield Diagnosis("ok", say("doctor.published"), read_manifest(now)["night_id"])
