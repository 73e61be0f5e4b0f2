"""A night that would not fit does not begin, and old things go while what is needed stays."""

from dataclasses import replace

import pytest

from etl.inbox.journal import enter
from etl.night.retention import remove, stale
from etl.night.room import NoRoom, need, refuse_without_room
from etl.settings import given


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "inbox").mkdir()
    return given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-07-01")


def test_the_need_grows_with_what_came_and_with_the_warehouse(settings):
    small = need(settings)
    (settings.inbox / "big.csv").write_bytes(bytes(2 << 20))
    assert need(settings) == small + 6
    settings.landed.parent.mkdir(parents=True)
    settings.landed.write_bytes(bytes(5 << 20))
    assert need(settings) == small + 16


def test_a_night_that_needs_more_than_it_may_says_how_much(settings):
    refuse_without_room(settings)
    with pytest.raises(NoRoom, match=r"大约需要 64 MB.*只能给 10 MB"):
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
    enter(settings.archive, [{"kind": "night", "state": "failed"}])
    wanted = {published / versions[1], published / versions[2], settings.data / "failures" / "2024-03-01.txt"}
    assert {one.path for one in stale(settings)} == wanted
    assert {one.path for one in remove(settings)} == wanted
    assert sorted(path.name for path in published.glob("2024*")) == [versions[0], versions[3], versions[4]]
    assert stale(settings) == []


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
