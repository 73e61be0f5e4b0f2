"""Tell people how the night went, where the site asked for it (LUODI_NOTICES); nothing depends on their arrival."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from etl.lock import NightRunning
from etl.mistakes import Said
from etl.night.report import Report, damages
from etl.settings import Settings
from etl.texts.catalogue import speaker
from etl.texts.screen import visible
from etl.validate.queries import sentences


def send(settings: Settings, report: Report) -> bool:
    """Send the summary of a published night; answers whether anyone was told."""
    say = speaker(settings.lang)
    receipt = report.receipt
    lines = [
        say("night.files_told", files=receipt.files, new=len(receipt.new), duplicates=len(receipt.copies), known=receipt.known),
        say("night.issues_told", **{s: report.issues.get(s, 0) for s in ("error", "warning", "info")}),
        *([visible(say("night.held_told", **{key: report.hold[key] for key in ("by", "at", "why")}))] if report.hold else []),
        *(visible(f"{file}: {what}; {how}") for file, what, how in damages(receipt.damaged, say)),
        *([visible(say("night.not_copied_told", why=receipt.not_copied))] if receipt.not_copied else []),
        *(visible(one) for one in sentences(report.not_run, say)),
        *([say("night.not_run_note")] if report.not_run else []),
        *([visible(f"{say('night.ledger_behind_in')}: {say('night.ledger_behind_told', why=report.ledger)}")] if report.ledger else []),
        *([visible(f"{say('serve.behind_in')}: {say('serve.behind_told', why=report.serving)}")] if report.serving else []),
        *(f"{visible(file)}: {say(f'verdict.{verdict}')} {visible(why)}" for file, verdict, why in report.refusals),
    ]
    return tell(settings.notices, say("night.summary", night=report.night_id, as_of=report.as_of), lines)


@contextmanager
def on_failure(settings: Settings) -> Iterator[None]:
    """Send word if the block raises, and let the error go on; a night that found another one running is no failure."""
    try:
        yield
    except NightRunning:
        raise
    except Exception as failure:
        say = speaker(settings.lang)
        reason = visible(f"{type(failure).__name__}: {failure.said(settings.lang) if isinstance(failure, Said) else failure}")[:500]
        tell(settings.notices, say("night.night_failed_title", as_of=settings.as_of), [reason, say("night.stays_published")])
        raise


def tell(urls: Sequence[str], title: str, lines: list[str]) -> bool:
    """Send to every address once; a channel that fails, in whatever way, is answered with False."""
    if not urls:
        return False
    from apprise import Apprise

    post = Apprise()
    try:
        known = [post.add(url) for url in urls]  # an address that nobody can read silences no other
        return bool(post.notify(title=title, body="\n".join(lines))) and all(known)
    except Exception:  # noqa: BLE001, a night that is published stays published
        return False
