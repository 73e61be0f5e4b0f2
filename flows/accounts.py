"""Keep the account of each night, however it ends: a page for whoever watches, and under Prefect an artifact and a sentence."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from etl.mistakes import Said
from etl.night import progress
from etl.night.account import Account, record, write_account
from etl.night.report import Report
from etl.publish.swap import current
from etl.settings import Settings, instant
from etl.texts.catalogue import speaker
from flows import engine


@contextmanager
def kept(settings: Settings, kind: str) -> Iterator[Account]:
    """The night runs while the block does; whoever runs it sets `report`. A night fails by nothing that is told of it."""
    account = Account(instant(None), kind, current(settings.published))
    try:
        with progress.listening(account.heard):
            yield account
    except Exception as failure:
        account.failure = failure.said(settings.lang) if isinstance(failure, Said) else f"{type(failure).__name__}: {failure}"[:2000]
        raise
    finally:
        try:
            told = record(account, instant(None), settings.data / "dbt")
            page = write_account(settings.nights, told, settings.lang)
            engine.tell(f"{kind}-account", f"{speaker(settings.lang)('account.' + account.state)}: {page}")
        except Exception as untold:  # noqa: BLE001, a night that is published stays published; why its account is not lies with the failures
            with suppress(OSError):
                (settings.data / "failures").mkdir(parents=True, exist_ok=True)
                text = "".join(traceback.format_exception(untold))
                (settings.data / "failures" / f"{account.started:%Y-%m-%d}-account.txt").write_text(text, encoding="utf-8")


def ended(account: Account, settings: Settings) -> Report:
    """The night's report; Prefect's last state says how many files came and how many were refused."""
    report, say = account.report or Report(settings.as_of), speaker(settings.lang)

    def text() -> str:
        told = say("account.short", new=len(report.receipt.new), refused=len(report.refusals))
        return say.list([say(f"account.{account.state}"), told])

    return engine.ended(report, text)
