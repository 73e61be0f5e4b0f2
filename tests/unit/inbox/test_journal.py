"""The journal: a line for everything received, bound to the line before, whole after a power cut, and never continued when it was changed."""

from datetime import datetime

import pytest

from etl.inbox import journal
from etl.inbox.journal import JOURNAL, JournalDamaged, enter, last, read_journal, receipt_of, receipts
from etl.model import Received

MORNING = datetime(2024, 2, 1, 8)
ONE = Received("清河镇/a.xlsx", "1" * 64, 3, MORNING, 1, None)
TWO = Received("b.csv", "2" * 64, 4, MORNING, 2, None)


@pytest.fixture
def archive(tmp_path):
    enter(tmp_path, [receipt_of(ONE, MORNING)])
    enter(tmp_path, [receipt_of(TWO, MORNING), {"kind": "held", "by": "王某"}])
    return tmp_path


def test_a_receipt_says_all_that_cannot_be_told_from_the_bytes(archive):
    first, second, held = read_journal(archive)
    assert (first["number"], first["name"], first["sender"], first["size"], first["received_at"]) == (1, "清河镇/a.xlsx", "清河镇", 3, "2024-02-01 08:00:00")
    assert (second["previous"], held["previous"]) == (first["hash"], second["hash"])
    assert [(r.name, r.sha256, r.received_at, r.order) for r in receipts(read_journal(archive), archive)] == [
        (r.name, r.sha256, r.received_at, r.order) for r in (ONE, TWO)]
    assert last(read_journal(archive), "held")["by"] == "王某"


def test_before_the_first_night_there_is_none(tmp_path):
    assert read_journal(tmp_path) == []


def test_a_line_that_was_being_written_when_the_power_went_is_no_line_and_the_next_takes_its_place(archive):
    whole = (archive / JOURNAL).read_bytes()
    (archive / JOURNAL).write_bytes(whole + whole[:40])
    assert len(read_journal(archive)) == 3
    enter(archive, [{"kind": "lifted", "by": "王某"}])
    assert [one["kind"] for one in read_journal(archive)] == ["received", "received", "held", "lifted"]


@pytest.mark.parametrize("spoil, line", [
    (lambda lines: [lines[0].replace(b'"size":3', b'"size":9'), *lines[1:]], 1),         # changed
    (lambda lines: [lines[0], lines[2]], 2),                                              # dropped
    (lambda lines: [lines[1], lines[0], lines[2]], 1),                                    # exchanged
    (lambda lines: [lines[0], b"no line\n", lines[2]], 2),
])
def test_a_changed_dropped_or_exchanged_line_is_named(archive, spoil, line):
    path = archive / JOURNAL
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(JournalDamaged, match=f"第 {line} 行"):
        read_journal(archive)


def test_nothing_is_added_behind_a_changed_line(archive):
    path = archive / JOURNAL
    path.write_bytes(path.read_bytes().replace("王某".encode(), "张某".encode()))
    with pytest.raises(JournalDamaged):
        enter(archive, [{"kind": "lifted"}])


def test_a_line_before_the_last_that_was_changed_is_no_place_to_go_on_from_either(archive):
    path = archive / JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"size":3', b'"size":9'))
    with pytest.raises(JournalDamaged, match="第 1 行"):
        enter(archive, [{"kind": "lifted"}])


def test_a_line_is_checked_once_and_again_only_where_its_bytes_became_others(archive, monkeypatch):
    checked, real = [], journal._hash
    monkeypatch.setattr(journal, "_hash", lambda entry: checked.append(entry["number"]) or real(entry))
    journal._seen.clear()
    assert len(read_journal(archive)) == 3
    assert len(read_journal(archive)) == 3
    assert checked == [1, 2, 3]
    enter(archive, [{"kind": "lifted", "by": "王某"}])
    assert [one["kind"] for one in read_journal(archive)][2:] == ["held", "lifted"]
    assert checked == [1, 2, 3, 4, 4]                                   # made, and read
    path = archive / JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"size":3', b'"size":9'))          # as long as before, within the same moment
    with pytest.raises(JournalDamaged, match="第 1 行"):
        read_journal(archive)


def test_who_changes_what_was_handed_out_changes_no_list_but_their_own(archive):
    read_journal(archive).clear()
    assert len(read_journal(archive)) == 3
