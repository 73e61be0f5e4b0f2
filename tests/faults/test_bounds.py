"""Ten thousand files at once, sixty nights in any order, and the folders of an older version."""

import os
import random
import resource
import sqlite3
import tracemalloc
from dataclasses import replace
from datetime import datetime

import duckdb
import pytest

from etl.inbox.find import find
from etl.land import ledger
from etl.land.tables import bring_up
from etl.night.receive import receive
from etl.settings import given
from tests.faults.inject import DONE, tried
from tests.fixtures.nights import House
from tests.fixtures.submissions import sheet

pytestmark = pytest.mark.slow


@pytest.mark.long  # tests/unit/read/test_pool.py holds that ten thousand items are taken no faster than they are used
def test_ten_thousand_files_are_received_within_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)                  # of the disk's patience nothing is said here
    for folder in range(20):
        (tmp_path / "inbox" / f"{folder}").mkdir(parents=True)
        for number in range(500):
            (tmp_path / "inbox" / f"{folder}" / f"{number}.csv").write_text(f"项目名称\n{folder} {number}\n", encoding="utf-8")
    settings = replace(given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-04-15"), settle=0)
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def received():
        receipt = receive(settings)
        assert (len(receipt.new), receipt.waiting, receipt.refused) == (10_000, (), ())
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begun < 150 << 10      # kilobytes

    assert tried(received)[0] == DONE


def test_an_inbox_of_ten_thousand_names_is_looked_through_within_bounds(tmp_path):
    for number in range(10_000):
        (tmp_path / f"{number}.csv").touch()
    tracemalloc.start()
    assert len(find(tmp_path, 0).files) == 10_000
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.stop()


def sixty():
    """Sixty deliveries of three units in twenty months of work: each a later month, with a growing sum."""
    for number in range(60):
        unit, month = ("t01", "t02", "t03")[number % 3], number // 3
        period = f"{2022 + month // 12}-{month % 12 + 1:02}"
        yield sheet({"completed_ytd": str(100 + month), "completed_month": "1"}, unit=unit, period=period,
                    received=f"{2022 + (month + 1) // 12}-{(month + 1) % 12 + 1:02}-0{number % 3 + 1} 09:00:00")


def landed(house):
    """What is landed and counts, without the order of receipt: it numbers what came in the order of this house's nights."""
    return (house.ask("SELECT unit, form, period, received_at, own_verdict, counts, version FROM landed.submission ORDER BY ALL"),
            house.ask("SELECT unit, period, row_no, completed_ytd, completed_month, quality_status FROM landed.key_project_monthly ORDER BY ALL"),
            house.ask("SELECT rule, state, cell, value, sentence FROM landed.issue WHERE found_by = 'own' ORDER BY ALL"))


@pytest.mark.long  # tests/unit/land/test_write.py holds that two nights end as one does, tests/flows/test_replay.py that real ones do
def test_sixty_nights_end_as_one_that_takes_all_in_any_order(tmp_path):
    at_once, nightly, shuffled = (House(tmp_path / name) for name in ("at_once", "nightly", "shuffled"))
    for house in (at_once, nightly, shuffled):
        house.landed.parent.mkdir()
    deliveries = list(sixty())
    at_once.night(*deliveries)
    for one in deliveries:
        nightly.night(one)
    random.Random(60).shuffle(deliveries)
    for first in range(0, 60, 12):                                   # backfill in five lots
        shuffled.night(*deliveries[first:first + 12])
    assert landed(nightly) == landed(at_once) == landed(shuffled)
    assert len(landed(at_once)[0]) == 60


# --- the folders of 0.1.0 ----------------------------------------------------------------------------------------------

NEWER = {"submission": ("own_verdict", "is_echo", "withdrawal", "is_short", "is_misplaced", "sub_unit", "answers", "headers", "layout", "aside"),
         "issue": ("rule_version", "state", "decision", "explanation", "explained_by", "explained_at", "found_by", "likely", "likely_line",
                   "likely_column", "likely_value", "finding", "review", "reviewed_by", "review_why"),
         "key_project_monthly": ("own_quarantined",)}
OLD_TABLES = {"submission", "issue", "total", "file", "name", "unit", "unit_alias", "roster", "setting", "holiday", "workday", "key_project_monthly"}


def made_old(landed_file):
    """A landed warehouse as 0.1.0 wrote it."""
    with duckdb.connect(str(landed_file)) as con:
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'landed'").fetchall():
            if table not in OLD_TABLES:
                con.execute(f'DROP TABLE landed."{table}"')
        for table, columns in NEWER.items():
            for column in columns:
                con.execute(f'ALTER TABLE landed."{table}" DROP COLUMN "{column}"')


def test_what_an_older_version_landed_counts_on_and_is_superseded_as_ever(tmp_path):
    house = House(tmp_path)
    house.night(sheet(), sheet({"project_name": None}, unit="t02"))     # accepted, and rejected with a line held back
    before = house.ask("SELECT unit, verdict, counts, quarantined FROM landed.submission ORDER BY ALL")
    made_old(house.landed)
    bring_up(house.landed, house.forms)                                  # as the step that stages does
    house.night(sheet(unit="t03"))
    assert house.ask("SELECT unit, verdict, counts, quarantined FROM landed.submission WHERE unit <> 't03' ORDER BY ALL") == before
    house.night(sheet({"completed_ytd": "310"}, received="2024-04-06 09:00:00"))
    assert house.ask("SELECT version, counts FROM landed.submission WHERE unit = 't01' ORDER BY ALL") == [(1, False), (2, True)]


def test_a_ledger_without_the_tables_of_today_gets_them_and_keeps_its_rows(tmp_path):
    engine = ledger.open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.start_night(engine, "n1", as_of=datetime(2024, 4, 1), started_at=datetime(2024, 4, 1, 20))
    engine.dispose()
    with sqlite3.connect(tmp_path / "ledger.db") as con:
        con.execute("DROP TABLE reminder")                              # 0.1.0 reminded nobody
    engine = ledger.open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.connect() as con:
        assert [row.night_id for row in con.execute(ledger.NIGHT.select())] == ["n1"]
        assert con.execute(ledger.REMINDER.select()).all() == []
    engine.dispose()
