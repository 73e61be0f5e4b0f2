"""Run the night before the eyes of whoever started it: progress step by step, a summary in the end."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from etl import settings as environment
from etl.assess.land import load_standards
from etl.judge.basis import load_basis
from etl.lock import NightRunning, running
from etl.mistakes import Mistake
from etl.night.report import Report
from etl.settings import Settings
from etl.site.load import load_site
from etl.texts.messages import VERDICT_CODES
from etl.texts.screen import cell, console, plain, table


def run_night(settings: Settings, say: Callable[..., str], *, prefect: bool, again: dict | None = None) -> int:
    """Run the night, or with `again` a backfill of chosen periods, units and forms; the answer is the exit code.

    Raises Mistake or NightRunning before anything was changed.
    """
    if again is None and not settings.inbox.is_dir():
        raise Mistake(say("no_inbox", path=settings.inbox))
    site = load_site(settings.site, settings.as_of.date())
    basis = load_basis(settings.expectations, site, settings.as_of)
    load_standards(settings.expectations, site.folder, set(site.names), site.settings, basis.forms)
    holder = running(settings.data)
    if holder is not None:
        raise NightRunning(holder)
    if not prefect:
        environment.choose_plain()
    environment.calm_prefect(settings.data, console="CRITICAL")       # failures are told below
    screen = console()
    step = ["start"]
    try:
        with screen.status(say("start")) as line:
            from etl.night import progress

            def show(name: str, done: int, total: int) -> None:
                step[0] = name
                told = say(name) + (f" {done}/{total}" if total else "")
                line.update(told)
                if not screen.is_terminal and not total:
                    screen.print(f"· {told}")

            with progress.listening(show):
                report = _flow(settings, again)
    except (Mistake, NightRunning):
        raise
    except Exception as failure:  # noqa: BLE001, whatever it was, the night says so in a sentence
        told = _kept(settings.data, settings.as_of.isoformat(), failure)
        error = console(stderr=True)
        error.print(say("night_failed", step=say(step[0]), reason=_first_line(failure)))
        error.print(say("stays_published") + say("night_failed_where", log=told))
        return 1
    show_report(report, say)
    return 0


def _flow(settings: Settings, again: dict | None) -> Report:
    where = {"site": str(settings.site), "data": str(settings.data), "as_of": settings.as_of.isoformat(sep=" ")}
    if again is None:
        from flows.nightly import nightly

        return nightly(inbox=str(settings.inbox), **where)
    from flows.backfill import backfill

    return backfill(**where, **{name: list(values) for name, values in again.items()})


def _first_line(failure: Exception) -> str:
    lines = str(failure).strip().splitlines()
    return plain(f"{type(failure).__name__}: {lines[0]}" if lines else type(failure).__name__)


def _kept(data: Path, as_of: str, failure: Exception) -> Path:
    """Write the traceback where the data team finds it."""
    log = data / "failures" / f"{as_of[:10]}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(failure)), encoding="utf-8")
    return log


def show_report(report: Report, say: Callable[..., str]) -> None:
    """The summary: what came in, what was refused and why, and where to look."""
    screen = console()
    if report.state == "nothing_new":
        screen.print(say("nothing_new", night=report.night_id))
    screen.print(say("summary", night=report.night_id, as_of=report.as_of.isoformat(sep=" ")), style="bold")
    receipt = report.receipt
    facts = table("", "", "")
    facts.show_header = False
    facts.add_row(say("files_in"), say("files_told", files=receipt.files, new=len(receipt.new),
                                       duplicates=len(receipt.copies), known=receipt.known))
    if receipt.waiting or receipt.ignored or receipt.refused:
        facts.add_row(say("left_alone"), say("left_told", waiting=len(receipt.waiting), ignored=len(receipt.ignored),
                                             refused=len(receipt.refused)))
    if report.submissions:
        counts = [f"{say(v)} {report.verdicts[v]}" for v in VERDICT_CODES if report.verdicts.get(v)]
        facts.add_row(say("submissions"), f"{report.submissions}  ({', '.join(counts)})")
        facts.add_row(say("issues"), say("issues_told", **{s: report.issues.get(s, 0) for s in ("error", "warning", "info")}))
    if report.lines:
        facts.add_row(say("lines"), say("lines_told", **report.lines))
    if report.published:
        facts.add_row(say("where"), cell(report.published))
        facts.add_row(say("look"), cell(say("look_told", data=report.published.parent.parent)))
    if report.replies and report.published:
        facts.add_row(say("replies_in"), say("replies_told", made=report.replies, folder=report.published.parents[1] / "replies"))
    screen.print(facts)
    refused = [(file, say(verdict), why) for file, verdict, why in report.refusals]
    refused += [(c.received.name, say("duplicate"), say("duplicate_of", name=c.first)) for c in receipt.copies]
    refused += [(name, say("waiting"), say("waiting_why")) for name in receipt.waiting]
    refused += [(name, say("not_regular"), say("refused_why", kind=kind)) for name, kind in receipt.refused]
    if refused:
        listed = table(say("refused"), say("file"), say("verdict_head"), say("why"))
        for row in refused:
            listed.add_row(*map(cell, row))
        screen.print()
        screen.print(listed)
