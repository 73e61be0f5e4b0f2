"""Run the night before the eyes of whoever started it: progress step by step, a summary in the end."""

from __future__ import annotations

import errno
import itertools
import traceback
from pathlib import Path

from etl.assess.land import load_standards
from etl.judge.criteria import load_criteria
from etl.lock import NightRunning, running
from etl.mistakes import Mistake, Said
from etl.night.night import refuse_earlier_day
from etl.night.report import Report, damages
from etl.night.room import NoRoom, refuse_without_room
from etl.publish.manifest import read_manifest
from etl.settings import Settings, calm_prefect
from etl.show.unjudged import show_not_run
from etl.site.load import load_site
from etl.texts.catalogue import Say, speaker, texts
from etl.texts.screen import bars, cell, console, table, visible

UNSAID = ("begin", "record")  # steps that are over at once: named where one fails
_OF_DISK = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "no_access",
    errno.EACCES: "no_access",
    errno.EPERM: "no_access",
    errno.EIO: "disk_fails",
}


def run_night(settings: Settings, again: dict | None = None, *, rebuild: bool = False, dated: bool = True) -> int:
    """Run the night, with `again` a backfill of chosen periods, units and forms, or with `rebuild` everything from the archive.

    The answer is the exit code. A rebuilding that is not `dated` is as of the last published night.

    Raises Mistake or NightRunning before anything was changed.
    """
    if again is None and not rebuild and not settings.inbox.is_dir():
        raise Mistake("use.no_inbox", path=settings.inbox)
    site = load_site(settings.site, settings.as_of.date())
    criteria = load_criteria(settings.expectations, site, settings.as_of)
    load_standards(settings.expectations, site.folder, set(site.names), site.settings, criteria.forms)
    if not rebuild:
        refuse_earlier_day(settings)
    holder = running(settings.data)
    if holder is not None:
        raise NightRunning(holder)
    try:
        refuse_without_room(settings)  # before anything is written, a log of Prefect or of this failure included
    except NoRoom as small:
        console(stderr=True).print(small.said(settings.lang) + speaker(settings.lang)("night.stays_published"))
        return 1
    calm_prefect(settings.data, console="CRITICAL")  # failures are told below
    screen, say = console(), speaker(settings.lang)
    step = ["start"]
    try:
        with bars(screen) as line:
            from etl.night import progress

            task = line.add_task(say("step.start"), total=None)

            def show(name: str, done: int, total: int) -> None:
                if name != step[0]:
                    step[0] = name
                    line.reset(task, description=say(f"step.{name}"), total=None)
                line.update(task, completed=done, total=total or None)
                if not screen.is_terminal and not total and name not in UNSAID:
                    screen.print(f"· {say(f'step.{name}')}")

            with progress.listening(show):
                report = _rebuilding(settings, dated) if rebuild else _flow(settings, again)
    except (Mistake, NightRunning):
        raise
    except Exception as failure:  # noqa: BLE001, whatever it was, the night says so in a sentence
        log = _kept(settings.data, settings.as_of.isoformat(), failure)
        error = console(stderr=True)
        error.print(say("night.night_failed", step=say(f"step.{step[0]}"), reason=reason_of(failure, say)))
        error.print(say("night.stays_published") + (say("night.night_failed_where", log=log) if log else say("night.night_failed_again")))
        return 1
    show_report(report, say)
    return 0


def _flow(settings: Settings, again: dict | None) -> Report:
    where = {
        "site": str(settings.site),
        "data": str(settings.data),
        "as_of": settings.as_of.isoformat(sep=" "),
        "lang": settings.lang,
        "accept_drop": settings.accept_drop,
        "back_to": settings.back_to,
    }
    from flows import engine

    engine.plain = settings.plain
    if again is None:
        from flows.nightly import nightly

        return nightly(inbox=str(settings.inbox), **where)
    from flows.backfill import backfill

    return backfill(**where, **{name: list(values) for name, values in again.items()})


def _rebuilding(settings: Settings, dated: bool) -> Report:
    from flows import engine

    engine.plain = settings.plain
    from flows.rebuild import rebuild

    as_of = settings.as_of.isoformat(sep=" ") if dated else None
    return rebuild(str(settings.site), str(settings.data), as_of, settings.lang, settings.accept_drop)


def reason_of(failure: Exception, say: Say) -> str:
    """Why a night failed, in the reader's language and with a remedy; a library's own words stay in the log where we have better ones."""
    if isinstance(failure, Said):
        return visible(failure.said(say.lang))
    if isinstance(failure, OSError) and failure.errno in _OF_DISK:
        return visible(say(f"night.{_OF_DISK[failure.errno]}", path=failure.filename or "-"))
    origin = type(failure).__module__.partition(".")[0]
    if origin in ("sqlalchemy", "sqlite3"):
        return say("night.ledger_fails")
    if origin in ("duckdb", "_duckdb"):
        full = "No space left" in str(failure)
        return say("night.disk_full", path=say("night.warehouse")) if full else say("night.warehouse_fails")
    lines = str(failure).strip().splitlines()
    return visible(f"{type(failure).__name__}: {lines[0]}" if lines else type(failure).__name__)


def _kept(data: Path, as_of: str, failure: Exception) -> Path | None:
    """Write the traceback where the data team finds it, beside those of earlier failures; None where the disk takes none."""
    folder, day = data / "failures", as_of[:10]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{day}.txt" if number == 1 else f"{day}-{number}.txt" for number in itertools.count(1))
        log = next(path for name in names if not (path := folder / name).exists())
        log.write_text("".join(traceback.format_exception(failure)), encoding="utf-8")
    except OSError:
        return None
    return log


def show_report(report: Report, say: Say) -> None:
    """The summary: what came in, what was refused and why, and where to look."""
    screen = console()
    if report.state == "nothing_new":
        screen.print(say("night.nothing_new", night=report.night_id))
    screen.print(say("night.summary", night=report.night_id, as_of=report.as_of.isoformat(sep=" ")), style="bold")
    receipt = report.receipt
    facts = table("", "", "")
    facts.show_header = False
    facts.add_row(
        say("night.files_in"),
        say("night.files_told", files=receipt.files, new=len(receipt.new), duplicates=len(receipt.copies), known=receipt.known),
    )
    if receipt.recalled:
        facts.add_row(say("night.recalled_in"), say("night.recalled_told", count=receipt.recalled))
    if receipt.not_copied:
        facts.add_row(say("night.not_copied_in"), cell(say("night.not_copied_told", why=receipt.not_copied)))
    if report.ledger:
        facts.add_row(say("night.ledger_behind_in"), cell(say("night.ledger_behind_told", why=report.ledger)))
    if report.serving:
        facts.add_row(say("serve.behind_in"), cell(say("serve.behind_told", why=report.serving)))
    if report.hold:
        facts.add_row(say("night.held_in"), cell(say("night.held_told", **{key: report.hold[key] for key in ("by", "at", "why")})))
    if receipt.waiting or receipt.ignored or receipt.refused:
        facts.add_row(
            say("night.left_alone"),
            say("night.left_told", waiting=len(receipt.waiting), ignored=len(receipt.ignored), refused=len(receipt.refused)),
        )
    if report.submissions:
        counts = [f"{say(f'verdict.{v}')} {report.verdicts[v]}" for v in texts("verdict") if report.verdicts.get(v)]
        facts.add_row(say("night.submissions"), f"{report.submissions}  ({', '.join(counts)})")
        facts.add_row(say("night.issues"), say("night.issues_told", **{s: report.issues.get(s, 0) for s in ("error", "warning", "info")}))
    if report.lines:
        facts.add_row(say("night.lines"), say("night.lines_told", **report.lines))
    if report.published:
        facts.add_row(say("night.where"), cell(report.published))
        if (pages := report.published / "site" / "index.html").is_file():
            facts.add_row(say("night.pages"), cell(pages))
        waiting = read_manifest(report.published).get("withheld", {})
        if waiting:
            rows = tuple(say("release.counted", mart=mart, rows=one["rows"]) for mart, one in waiting.items())
            facts.add_row(say("release.waiting"), say("release.waiting_note", rows=rows))
        facts.add_row(say("night.look"), cell(say("night.look_told", data=report.published.parent.parent)))
    if report.replies and report.published:
        facts.add_row(
            say("night.replies_in"), say("night.replies_told", made=report.replies, folder=report.published.parents[1] / "replies")
        )
    screen.print(facts)
    refused = [(file, say(f"verdict.{verdict}"), why) for file, verdict, why in report.refusals]
    refused += [(c.received.name, say("verdict.duplicate"), say("night.duplicate_of", name=c.first)) for c in receipt.copies]
    refused += [(name, say("verdict.waiting"), say("night.waiting_why")) for name in receipt.waiting]
    refused += [(name, say("verdict.not_regular"), say("night.refused_why", kind=kind)) for name, kind in receipt.refused]
    _show_alarms(report, say)
    if refused:
        listed = table(say("night.refused"), say("heading.file"), say("heading.verdict"), say("night.why"))
        for row in refused:
            listed.add_row(*map(cell, row))
        screen.print()
        screen.print(listed)


def _show_alarms(report: Report, say: Say) -> None:
    """What the data team has to see to: originals that are damaged, rules that did not run."""
    screen = console()
    if report.receipt.damaged:
        listed = table(say("night.damaged_title"), say("heading.file"), "", "")
        for row in damages(report.receipt.damaged, say):
            listed.add_row(*map(cell, row))
        screen.print(listed)
    if report.not_run:
        show_not_run(report.not_run, say)
