"""What has a receipt and is not landed is read from the archive; what cannot be read stops the night, or is signed for by a name."""

import os
from dataclasses import replace

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.inbox.care import OriginalsLost
from etl.inbox.journal import JOURNAL, place, read_journal
from etl.mistakes import Mistake
from etl.night.receive import recall, recall_all, receive
from etl.settings import given
from flows.backfill import backfill
from tests.fixtures.nights import House
from tests.fixtures.places import SAMPLE
from tests.fixtures.submissions import sheet


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "inbox" / "清河镇").mkdir(parents=True)
    (tmp_path / "inbox" / "清河镇" / "a.csv").write_bytes(b"one")
    (tmp_path / "inbox" / "b.csv").write_bytes(b"one")
    return replace(given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-04-15"), settle=0)


def kept(settings, name="清河镇/a.csv"):
    (entry,) = [one for one in read_journal(settings.archive) if one.get("name") == name]
    path = place(settings.archive, entry["sha256"])
    path.chmod(0o644)
    return path


def test_each_file_gets_one_receipt_and_a_killed_night_finds_it_again(settings):
    first = receive(settings)
    assert [(one["name"], one["sender"]) for one in read_journal(settings.archive) if one["kind"] == "received"] in (
        [("清河镇/a.csv", "清河镇"), ("b.csv", "")], [("b.csv", ""), ("清河镇/a.csv", "清河镇")])
    again = receive(settings)                                  # nothing was landed in between
    assert (again.new, again.copies) == (first.new, first.copies) and (len(first.new), len(first.copies), again.recalled) == (1, 1, 0)


def test_an_empty_inbox_takes_nothing_away(settings):
    first = receive(settings)
    for path in settings.inbox.rglob("*.csv"):
        path.unlink()
    again = receive(settings)
    assert (again.new, again.copies, again.recalled, again.files) == (first.new, first.copies, 2, 0)
    assert recall_all(settings).new == first.new


def test_rotten_bytes_are_mended_by_the_same_file_and_read_by_nobody_else(settings):
    receive(settings)
    kept(settings).write_bytes(b"0ne")
    receive(settings)
    assert kept(settings).read_bytes() == b"one"
    for path in settings.inbox.rglob("*.csv"):
        path.unlink()
    kept(settings).write_bytes(b"0ne")
    with pytest.raises(OriginalsLost, match=r"清河镇/a\.csv"):
        receive(settings)


def test_a_backfill_reads_no_rotten_original_says_which_and_leaves_its_verdict(settings):
    settings.landed.parent.mkdir(parents=True)
    house = House(settings.landed.parent)
    house.night(sheet({}))
    [(name, sha256)] = house.ask("SELECT file, file_sha256 FROM landed.file")
    original = place(settings.archive, sha256)
    original.parent.mkdir(parents=True)
    original.write_bytes(b"other bytes")
    before = house.ask("SELECT * FROM landed.submission")
    taken = recall(settings, (), (), ())
    assert (taken.new, [(one.names, one.what) for one in taken.damaged]) == ((), [((name,), "changed")])
    with pytest.raises(Mistake) as refused:
        backfill(site=str(SAMPLE / "site"), data=str(settings.data), as_of="2024-04-15")
    assert name in str(refused.value) and "与收到时不一致" in str(refused.value)
    assert house.ask("SELECT * FROM landed.submission") == before


def test_the_second_copy_mends_what_the_inbox_no_longer_holds(settings, tmp_path):
    settings = replace(settings, archive_copy=tmp_path / "copy")
    first = receive(settings)
    for path in settings.inbox.rglob("*.csv"):
        path.unlink()
    kept(settings).unlink()
    again = receive(settings)
    assert again.new == first.new and [one.healed != "" for one in again.damaged] == [True]
    (settings.archive / JOURNAL).unlink()                        # the journal comes back from there too
    assert receive(settings).new == first.new


def test_who_signs_for_a_loss_stands_in_the_journal_and_is_asked_once(settings):
    receive(settings)
    for path in settings.inbox.rglob("*.csv"):
        path.unlink()
    kept(settings).unlink()
    assert receive(replace(settings, accept_drop="王某：硬盘损坏")).new == ()
    (lost,) = [one for one in read_journal(settings.archive) if one["kind"] == "lost"]
    assert lost["by"] == "王某：硬盘损坏" and len(lost["sha256"]) == 1
    assert receive(settings).new == ()


def test_what_rots_in_the_archive_is_found_though_no_night_asks_for_it(settings):
    """Landed long ago and gone from the inbox: nothing would read it again before somebody audits it."""
    settings.landed.parent.mkdir(parents=True)
    House(settings.landed.parent).night(sheet({}))
    receive(settings)
    [name] = {one["name"] for one in read_journal(settings.archive) if one.get("source") == "warehouse"}
    assert [(one.names, one.what, one.healed) for one in receive(settings).damaged] == [((name,), "missing", "")]
