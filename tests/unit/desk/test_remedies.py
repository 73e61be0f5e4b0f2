"""What doctor says to do, done to the letter: the store is whole again, and nothing that was in it is missing."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.desk.doctor import _ledger, _stores
from etl.inbox.journal import JOURNAL, place, read_journal, receipts
from etl.land import ledger
from etl.land.seen import files_landed
from etl.night.receive import Receipt, recall_all, receive
from etl.night.records import books
from etl.settings import given
from etl.texts.catalogue import speaker
from flows import rebuild as flow
from flows.records import recorded
from tests.fixtures.nights import House
from tests.fixtures.places import SAMPLE, lay
from tests.fixtures.submissions import reading, sheet

pytestmark = pytest.mark.slow

EVENING = datetime(2024, 4, 15, 20)
COMMAND = re.compile(r"(?:mv|cp|rm) [^，,]+|luodi rebuild")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """After a night that received a file and landed another one's lines; a second copy of the archive is kept."""
    monkeypatch.setenv("LUODI_PLAIN", "1")
    lay(tmp_path, "inbox/a.csv", "24,700")
    made = replace(given(tmp_path / "inbox", SAMPLE / "site", tmp_path / "data", EVENING), settle=0, archive_copy=tmp_path / "copy")
    receipt = receive(made)
    with recorded(SimpleNamespace(id="n1", settings=made, receipt=receipt)):
        pass
    made.landed.parent.mkdir()
    House(made.landed.parent).night(sheet({}))
    receive(made)
    return made


def told(settings, found=_stores):
    return [one for one in found(settings, speaker("zh")) if one.level != "ok"]


def follow(remedy):
    """Do what a remedy says in its shell command."""
    command = COMMAND.search(remedy).group().strip()
    subprocess.run(command.split(), check=True)
    return command


def nights(settings):
    engine = books(settings)
    with engine.connect() as con:
        found = [one["night_id"] for one in ledger.nights(engine)], [row.name for row in con.execute(ledger.FILE.select())]
    engine.dispose()
    return found


def test_a_torn_ledger_is_put_aside_and_the_next_night_fills_a_new_one(settings):
    before = nights(settings)
    path = settings.data / "ledger.db"
    path.write_bytes(b"garbage" * 4 + path.read_bytes()[28:])
    [one] = told(settings, _ledger)
    assert follow(one.remedy).startswith("mv ") and not path.exists()
    assert nights(settings) == before == (["n1"], ["a.csv"])
    assert told(settings, _ledger) == []


def test_a_journal_with_a_bad_line_comes_back_from_the_second_copy(settings):
    path = settings.archive / JOURNAL
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"a.csv", b"b.csv"))
    [one] = [f for f in told(settings) if "第 1 行" in f.found]
    assert follow(one.remedy).startswith("cp -f ")
    assert path.read_bytes() == (settings.archive_copy / JOURNAL).read_bytes() and read_journal(settings.archive)[0]["name"] == "a.csv"
    receive(settings)
    assert JOURNAL not in "".join(f.found for f in told(settings))


def test_a_journal_with_a_bad_line_and_no_copy_is_put_aside_and_begins_with_what_is_landed(settings):
    alone = replace(settings, archive_copy=None)
    path = settings.archive / JOURNAL
    path.write_bytes(path.read_bytes().replace(b"a.csv", b"b.csv"))
    [one] = [f for f in told(alone) if "第 1 行" in f.found]
    assert follow(one.remedy).startswith("mv ") and path.with_name(path.name + ".broken").exists()
    receive(alone)
    assert [(e["name"], e.get("source")) for e in read_journal(alone.archive) if e["kind"] == "received"] == [
        ("重点项目月报表1.xlsx", "warehouse"), ("a.csv", None)]


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_an_original_comes_back_from_the_second_copy(settings, damage):
    [entry] = [e for e in read_journal(settings.archive) if e.get("name") == "a.csv"]
    path = place(settings.archive, entry["sha256"])
    path.unlink()
    if damage == "changed":
        path.write_bytes(b"94,700")
    [one] = [f for f in told(settings) if "a.csv" in f.found]
    follow(one.remedy)
    assert path.read_bytes() == b"24,700" and not [f for f in told(settings) if "a.csv" in f.found]


def test_a_damaged_second_copy_is_removed_and_written_anew(settings):
    [entry] = [e for e in read_journal(settings.archive) if e.get("name") == "a.csv"]
    path = place(settings.archive_copy, entry["sha256"])
    path.unlink()
    path.write_bytes(b"94,700")
    [one] = [f for f in told(settings) if str(path) in f.found]
    assert follow(one.remedy).startswith("rm -f ")
    receive(settings)
    assert path.read_bytes() == b"24,700"


def test_half_a_warehouse_is_put_aside_by_luodi_rebuild_and_all_that_has_a_receipt_is_read(settings, monkeypatch):
    """What a whole rebuilding publishes is held by tests/flows/test_rebuilt.py."""
    with settings.landed.open("r+b") as file:
        file.truncate(settings.landed.stat().st_size // 2)
    [one] = [f for f in told(settings) if str(settings.landed) in f.found]
    assert COMMAND.search(one.remedy).group() == "luodi rebuild"
    [lost] = [e for e in read_journal(settings.archive) if e.get("source") == "warehouse"]
    monkeypatch.setattr(flow, "process", lambda night: [name.name for name in night.receipt.new])
    monkeypatch.setenv("LUODI_LEDGER_URL", settings.ledger_url)
    read = flow.rebuild(str(settings.site), str(settings.data), "2024-04-15", accept_drop=f"王某：{lost['name']}没有原件")
    assert read == ["a.csv"] and not settings.landed.exists() and not list(settings.data.glob("*.aside"))


def test_a_rebuilding_that_fails_puts_the_half_warehouse_back(settings, monkeypatch):
    half = settings.landed.read_bytes()[:5000]
    settings.landed.write_bytes(half)
    monkeypatch.setattr(flow, "process", lambda night: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        flow.rebuild(str(settings.site), str(settings.data), "2024-04-15", accept_drop="王某：没有原件")
    assert settings.landed.read_bytes() == half


def test_a_data_folder_of_the_first_version_opens_and_its_files_get_receipts(tmp_path):
    """0.1.0 kept archive, warehouse and ledger, and no journal; its warehouse knew no second readings."""
    import duckdb

    settings = replace(given(tmp_path / "inbox", SAMPLE / "site", tmp_path / "data", EVENING), settle=0)
    settings.inbox.mkdir()
    settings.landed.parent.mkdir(parents=True)
    one = reading("key_project_monthly", sheet({}))
    House(settings.landed.parent).night(one)
    with duckdb.connect(str(settings.landed)) as con:
        con.execute("DROP TABLE IF EXISTS landed.attempt")
    engine = ledger.open_ledger(settings.ledger_url)
    ledger.start_night(engine, "of 0.1.0", as_of=EVENING, started_at=EVENING)
    ledger.end_night(engine, "of 0.1.0", state="published", ended_at=EVENING)
    engine.dispose()

    receipt = receive(settings)
    assert (receipt.came, receipt.again) == ((), ())
    known = receipts(read_journal(settings.archive), settings.archive)
    assert [(k.name, k.sha256, k.received_at, k.order) for k in known] == [(n, s, w, o) for n, s, _, w, o in files_landed(settings.landed)] != []
    lines = read_journal(settings.archive)
    assert receive(settings).came == () and [e for e in read_journal(settings.archive) if e["kind"] == "received"] == lines[:1]
    with recorded(SimpleNamespace(id="n1", settings=settings, receipt=Receipt())):
        pass
    assert sorted(nights(settings)[0]) == ["n1", "of 0.1.0"]
    assert recall_all(settings).new == ()
