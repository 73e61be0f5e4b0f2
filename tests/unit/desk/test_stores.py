"""Each store is opened and read; what is damaged is named with the remedy for it."""

import sqlite3
from dataclasses import replace

import pytest

from etl.desk.stores import archive_faults, journal_faults, ledger_faults, warehouse_faults
from etl.inbox.journal import JOURNAL, place, read_journal
from etl.land.ledger import open_ledger
from etl.night.receive import receive
from etl.settings import given
from etl.texts.catalogue import speaker


@pytest.fixture
def settings(tmp_path):
    """After one file was received and something was landed."""
    import duckdb

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.csv").write_bytes(b"24,700")
    made = replace(given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-04-15"), settle=0)
    receive(made)
    made.landed.parent.mkdir(parents=True)
    with duckdb.connect(str(made.landed)) as con:
        con.execute("CREATE SCHEMA landed")
        con.execute("CREATE TABLE landed.submission AS SELECT range AS n, repeat('x', 50) AS text FROM range(100000)")
    open_ledger(made.ledger_url).dispose()
    return made


def told(faults):
    return [(one.what, one.remedy, speaker("zh")(one.what, **one.values), speaker("zh")(f"doctor.{one.remedy}", **one.values)) for one in faults]


def test_whole_stores_have_no_fault(settings):
    for faults in (journal_faults, archive_faults, warehouse_faults, ledger_faults):
        assert list(faults(settings)) == []


def test_a_changed_original_is_named_and_the_same_file_in_the_inbox_mends_it(settings):
    (entry,) = [one for one in read_journal(settings.archive) if one["kind"] == "received"]
    path = place(settings.archive, entry["sha256"])
    path.chmod(0o644)
    path.write_bytes(b"94,700")
    found = told(archive_faults(settings))
    assert [(what, remedy) for what, remedy, *_ in found] == [("doctor.original_changed", "original_to_inbox")]
    assert f"按 a.csv 放回收件箱 {settings.inbox}" in found[0][3]
    receive(settings)
    assert list(archive_faults(settings)) == []


def test_half_a_warehouse_is_found(settings):
    with settings.landed.open("r+b") as file:
        file.truncate(settings.landed.stat().st_size // 2)
    assert [one.remedy for one in warehouse_faults(settings)] == ["rebuild"]


def test_a_torn_ledger_is_found_and_a_missing_one_is_made_anew_by_the_next_night(settings):
    path = settings.data / "ledger.db"
    path.write_bytes(b"garbage" * 4 + path.read_bytes()[28:])
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(path) as con:
        con.execute("SELECT * FROM night")
    assert [one.remedy for one in ledger_faults(settings)] == ["ledger_aside"]
    path.unlink()
    assert [one.remedy for one in ledger_faults(settings)] == ["run_again"]


def test_a_changed_journal_is_put_aside_or_comes_back_from_the_second_copy(settings, tmp_path):
    settings = replace(settings, archive_copy=tmp_path / "copy")
    receive(settings)
    path = settings.archive / JOURNAL
    path.write_bytes(path.read_bytes().replace(b"a.csv", b"b.csv"))
    found = told(journal_faults(settings))
    assert [remedy for _, remedy, *_ in found] == ["journal_from_copy"]
    _, _, what, sentence = found[0]
    assert "第 1 行" in what and f"cp -f {tmp_path / 'copy' / JOURNAL} {path}" in sentence
    assert [one.remedy for one in journal_faults(replace(settings, archive_copy=None))] == ["journal_aside"]
