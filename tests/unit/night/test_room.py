"""A night that would not fit does not begin, and old things go while what is needed stays."""

import os
from dataclasses import replace
from datetime import datetime

import pytest

from etl.inbox.journal import JOURNAL, enter, receipt_of
from etl.model import Received
from etl.night.retention import remove, size, stale
from etl.night.room import NoRoom, need, refuse_without_room
from etl.settings import given


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "inbox").mkdir()
    return given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-07-01")


def lay_bytes(path, megabytes):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(megabytes << 20))


def test_a_first_night_needs_its_tables_and_room_for_what_came(settings):
    assert need(settings) == 96
    lay_bytes(settings.inbox / "清河镇" / "big.csv", 2)
    assert need(settings) == 96 + 2 * 110


def received(settings, name, megabytes):
    """A file of an earlier night that the inbox holds still."""
    lay_bytes(settings.inbox / name, megabytes)
    made = Received(name, name.ljust(64, "0"), megabytes << 20, datetime(2024, 1, 1), 1, None)
    enter(settings.archive, [receipt_of(made, datetime(2024, 1, 1))])


def test_a_later_night_needs_a_second_version_and_for_what_came_what_a_byte_came_to_before(settings):
    received(settings, "a.csv", 2)
    version = settings.published / "n1-x"
    lay_bytes(settings.landed, 104)
    lay_bytes(settings.build, 400)
    lay_bytes(version / "luodi.duckdb", 60)
    (settings.published / "current").symlink_to("n1-x")
    assert need(settings) == 32 + 60                                    # nothing new
    lay_bytes(settings.assessors / "n1-x" / "luodi.duckdb", 100)
    assert need(settings) == 32 + 60 + 100
    lay_bytes(settings.inbox / "b.csv", 3)
    assert need(settings) == 32 + 60 + 100 + 3 * 300                    # (104 + 400 + 160 - 64) / 2
    settings.build.unlink()
    settings.landed.unlink()                                            # all is read anew: what is new, and what the archive holds
    assert need(settings) == 96 + (3 + 2) * 110


def test_an_inbox_that_is_emptied_every_month_hides_nothing_that_came(settings):
    received(settings, "a.csv", 9)
    (settings.inbox / "a.csv").unlink()
    lay_bytes(settings.landed, 1)
    lay_bytes(settings.inbox / "b.csv", 1)
    assert need(settings) == 32 + 50


def test_a_damaged_journal_is_for_others_to_tell(settings):
    enter(settings.archive, [{"kind": "held"}])
    (settings.archive / JOURNAL).write_bytes(b"{}\n")
    assert need(settings) == 96


def test_a_night_that_needs_more_than_it_may_says_how_much(settings):
    refuse_without_room(settings)
    with pytest.raises(NoRoom, match=r"大约需要 96 MB.*只能给 10 MB"):
        refuse_without_room(replace(settings, night_megabytes=10))


def test_old_versions_and_failures_go_and_what_is_current_or_lately_failed_stays(settings):
    published, versions = settings.published, [f"2024063{n}-x" for n in range(5)]
    for version in versions:
        (published / version).mkdir(parents=True)
        (published / version / "manifest.json").write_text("{}", encoding="utf-8")
    (published / "history").write_text("\n".join([*versions, versions[0], ""]), encoding="utf-8")
    (published / "current").symlink_to(versions[0])                # readers were taken back to the oldest
    for day in ("2024-03-01", "2024-06-30"):
        (settings.data / "failures").mkdir(exist_ok=True)
        (settings.data / "failures" / f"{day}.txt").write_text("why", encoding="utf-8")
        (settings.nights / f"{day.replace('-', '')}-220000").mkdir(parents=True)
    log = settings.data / "dbt" / "logs"
    log.mkdir(parents=True)
    os.utime(log, (0, 0))
    enter(settings.archive, [{"kind": "night", "state": "failed"}])
    wanted = {published / versions[1], published / versions[2], settings.data / "failures" / "2024-03-01.txt", settings.nights / "20240301-220000"}
    assert {one.path for one in stale(settings)} == wanted
    assert {one.path for one in remove(settings)} == wanted
    assert sorted(path.name for path in published.glob("2024*")) == [versions[0], versions[3], versions[4]]
    assert stale(settings) == [] and log.is_dir()                  # of the night that failed, somebody will want to see
    enter(settings.archive, [{"kind": "night", "state": "published"}])
    assert [one.path for one in stale(settings)] == [log]


def test_old_rows_of_prefect_go_children_first_and_those_of_the_last_weeks_stay(settings):
    import sqlite3

    database = settings.data / "prefect" / "prefect.db"
    database.parent.mkdir(parents=True)
    with sqlite3.connect(database) as con:
        con.execute("PRAGMA foreign_keys = ON")
        con.executescript("""
            CREATE TABLE flow_run (id TEXT PRIMARY KEY, created TEXT);
            CREATE TABLE task_run (id TEXT, created TEXT, flow_run_id TEXT REFERENCES flow_run (id));
            CREATE TABLE log (id TEXT, timestamp TEXT, message TEXT);
            CREATE TABLE configuration (id TEXT, created TEXT);
        """)
        for day in ("2024-01-15", "2024-06-15"):
            con.execute("INSERT INTO flow_run VALUES (?, ?)", (day, f"{day} 01:30:00.000000"))
            con.execute("INSERT INTO task_run VALUES (?, ?, ?)", (day, f"{day} 01:30:00.000000", day))
            con.execute("INSERT INTO log VALUES (?, ?, ?)", (day, f"{day} 01:30:00.000000", "x" * 50_000))
        con.execute("INSERT INTO configuration VALUES ('key', '2020-01-01')")
    con.close()
    size = database.stat().st_size
    [gone] = remove(settings)
    assert (gone.path, gone.size) == (database, 3) and database.stat().st_size < size
    with sqlite3.connect(database) as con:
        left = {table: [row[0] for row in con.execute(f"SELECT id FROM {table}")] for table in ("flow_run", "task_run", "log", "configuration")}
    con.close()
    assert left == {"flow_run": ["2024-06-15"], "task_run": ["2024-06-15"], "log": ["2024-06-15"], "configuration": ["key"]}
    assert remove(settings) == []


def test_a_file_that_two_versions_share_is_counted_once(tmp_path):
    (tmp_path / "one").write_bytes(b"12345")
    (tmp_path / "other").hardlink_to(tmp_path / "one")
    assert size(tmp_path) == 5
