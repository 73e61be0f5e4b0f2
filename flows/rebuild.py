"""Ledger, warehouse and published files once more from archive, journal and site alone, as if the machine had only these."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from etl.inbox.journal import enter, last, read_journal
from etl.lock import one_night
from etl.mistakes import Mistake
from etl.night import rights
from etl.night.records import note
from etl.night.report import Report
from etl.night.room import refuse_without_room
from etl.settings import Settings, given
from flows import accounts, notices, tasks
from flows.engine import flow
from flows.nightly import process

ASIDE = ".aside"


@flow(name="rebuild")
def rebuild(
    site: str | None = None,
    data: str | None = None,
    as_of: str | None = None,
    lang: str | None = None,
    accept_drop: str | None = None,
) -> Report:
    """Read everything that has a receipt again and publish it, as of the last published night unless another day is given.

    What stood is put aside first and comes back where the rebuilding fails. Raises Mistake where nothing was ever received, and
    what a night raises.
    """
    settings = given(None, site, data, as_of, lang, accept_drop)
    refuse_without_room(settings)
    with (
        one_night(settings.data, since=settings.as_of, inbox=settings.archive),
        accounts.kept(settings, "rebuild") as account,
        notices.on_failure(settings),
    ):
        rights.settle(settings)
        journal = read_journal(settings.archive)
        stood = last(journal, "published")
        if not any(one["kind"] == "received" for one in journal):
            raise Mistake("use.nothing_received", path=settings.archive)
        if as_of is None and stood:
            settings = replace(settings, as_of=datetime.fromisoformat(stood["as_of"]))
        with _put_aside(settings):
            enter(settings.archive, [{"kind": "rebuilt", "as_of": settings.as_of}])
            note(settings, lambda _: None)  # filled from the journal
            account.report = process(tasks.begin(settings, tasks.recall_all(settings)))
            return accounts.ended(account, settings)


@contextmanager
def _put_aside(settings: Settings) -> Iterator[None]:
    """Take warehouse and ledger file out of the way; they are gone in the end, or back where they were."""
    stores = [settings.landed.parent]
    if settings.ledger_url.startswith("sqlite:///"):
        stores.append(Path(settings.ledger_url.removeprefix("sqlite:///")))
    moved = []
    for store in stores:
        aside = store.with_name(store.name + ASIDE)
        if aside.exists() and store.exists():
            _remove(store)  # of a rebuilding that was killed: what stood before it is what is aside
        elif store.exists():
            os.replace(store, aside)
        moved.append((store, aside))
    try:
        yield
    except BaseException:
        for store, aside in moved:
            if aside.exists():
                _remove(store)
                os.replace(aside, store)
        raise
    for _, aside in moved:
        _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
