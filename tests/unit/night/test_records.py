"""A ledger that is down stops no night: the journal has its lines, and the ledger gets them from there once it is back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from etl.inbox.journal import enter, read_journal
from etl.land import ledger
from etl.model import Received
from etl.night.receive import Receipt
from etl.night.records import behind, books, books_or_journal
from etl.settings import given
from flows.records import recorded

EVENING = datetime(2024, 4, 15, 20)
ENTRY = ("slot:t01|annual_target|2024", date(2024, 4, 20), "before")


@pytest.fixture
def settings(tmp_path):
    return given(tmp_path, tmp_path, tmp_path / "data", EVENING)


def night(settings, name):
    file = Received(f"{name}.xlsx", name[-1] * 64, 10, EVENING, 1, settings.archive)
    enter(settings.archive, [{"kind": "received", "name": file.name, "sha256": file.sha256, "size": 10, "received_at": EVENING, "order": 1}])
    with recorded(SimpleNamespace(id=name, settings=settings, receipt=Receipt(new=(file,)))):
        pass


def told(settings):
    engine = books(settings)
    with engine.connect() as con:
        rows = ([one["night_id"] for one in ledger.nights(engine)], [row.name for row in con.execute(ledger.FILE.select())],
                [(row.item, row.outcome) for row in con.execute(ledger.REMINDER.select())])
    engine.dispose()
    return rows


def kinds(settings):
    return [one["kind"] for one in read_journal(settings.archive) if one["kind"].startswith("ledger")]


def remind(settings, engine, outcome):
    item, due, what = ENTRY
    enter(settings.archive, [{"kind": "reminded", "entries": [[item, due.isoformat(), what]], "recipient": "t01", "day": "2024-04-15", "outcome": outcome}])
    if engine:
        ledger.record_reminders(engine, [ENTRY], "t01", date(2024, 4, 15), outcome)


DOWN = ["postgresql+psycopg://luodi:canary@127.0.0.1:1/luodi", "sqlite:////proc/no/such/ledger.db", "nonsense-canary", "postgresql://l:p@w:canary/db"]


@pytest.mark.parametrize("url", DOWN)
def test_a_night_goes_on_and_the_next_one_adds_what_the_ledger_lacks(settings, url):
    night(settings, "n1")
    engine = books(settings)
    remind(settings, engine, "sent")
    engine.dispose()

    down = replace(settings, ledger_url=url)
    night(down, "n2")
    remind(down, None, "failed")
    assert kinds(settings) == ["ledger_behind"] and behind(down).startswith(url.partition("://")[0] if "://" in url else "?")
    assert "canary" not in behind(down) + (settings.archive / "journal.jsonl").read_text(encoding="utf-8")

    night(settings, "n3")
    assert kinds(settings) == ["ledger_behind", "ledger_caught_up"] and behind(settings) == ""
    nights, files, reminders = told(settings)
    assert sorted(nights) == ["n1", "n2", "n3"] and sorted(files) == ["n1.xlsx", "n2.xlsx", "n3.xlsx"]
    assert reminders == [(ENTRY[0], "sent"), (ENTRY[0], "failed")]  # each once


def test_a_ledger_that_another_program_keeps_busy_is_not_waited_for_and_gets_its_lines_later(settings):
    """As with a server: a long transaction of somebody else holds its tables."""
    night(settings, "n1")
    with closing(sqlite3.connect(settings.data / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        busy = replace(settings, ledger_url=f"{settings.ledger_url}?timeout=0")
        night(busy, "n2")
        assert kinds(settings) == ["ledger_behind"] and behind(busy) == "sqlite: OperationalError"
    night(settings, "n3")
    assert kinds(settings) == ["ledger_behind", "ledger_caught_up"]
    assert sorted(told(settings)[0]) == ["n1", "n2", "n3"]


def test_a_damaged_ledger_is_told_of_and_stops_nothing(settings):
    night(settings, "n1")
    path = settings.data / "ledger.db"
    path.write_bytes(b"garbage" * 400)
    night(settings, "n2")
    assert behind(settings) == "sqlite: DatabaseError"
    path.unlink()
    assert behind(settings) == ""  # asked for, it is made of the journal
    assert sorted(told(settings)[0]) == ["n1", "n2"]


def test_a_night_that_fails_while_the_ledger_is_down_is_failed_in_it_later(settings):
    down = replace(settings, ledger_url=DOWN[0])
    with pytest.raises(ValueError, match="why"), recorded(SimpleNamespace(id="n1", settings=down, receipt=Receipt())):
        raise ValueError("why")
    engine = books(settings)
    [one] = ledger.nights(engine)
    engine.dispose()
    assert (one["state"], one["reason"]) == ("failed", "ValueError: why")


def test_what_was_said_to_whom_is_known_while_the_ledger_is_down(settings):
    remind(settings, None, "sent")
    engine = books_or_journal(replace(settings, ledger_url=DOWN[0]))
    assert ledger.reminded(engine) == {(*ENTRY, "t01"): "sent"}
    engine.dispose()
