"""Originals are checked by their bytes, mended from whole copies, and looked at in turn, the longest unseen first."""

import hashlib

import pytest

from etl.inbox.care import Damage, due, examine, original, second_copy, soundness
from etl.inbox.journal import enter, place


def put(archive, content):
    sha256 = hashlib.sha256(content).hexdigest()
    place(archive, sha256).parent.mkdir(parents=True, exist_ok=True)
    place(archive, sha256).write_bytes(content)
    return sha256


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "archive"


def test_other_bytes_of_the_same_size_are_seen(archive):
    sha256 = put(archive, b"24,700")
    assert soundness(place(archive, sha256), sha256) == "whole" and original(archive, sha256)
    place(archive, sha256).write_bytes(b"94,700")
    assert soundness(place(archive, sha256), sha256) == "changed" and original(archive, sha256) is None


def test_damage_is_named_and_mended_where_the_same_bytes_lie_elsewhere(archive, tmp_path):
    one, two, three = put(archive, b"one"), put(archive, b"two"), put(archive, b"three")
    place(archive, one).write_bytes(b"0ne")
    place(archive, two).unlink()
    (tmp_path / "inbox.xlsx").write_bytes(b"one")
    (tmp_path / "other.xlsx").write_bytes(b"others")
    found = examine(archive, [one, two, three], {one: ["a.xlsx"], two: ["b.xlsx"]}, {one: tmp_path / "inbox.xlsx", two: tmp_path / "other.xlsx"})
    assert found == [Damage(one, ("a.xlsx",), "changed", str(tmp_path / "inbox.xlsx")), Damage(two, ("b.xlsx",), "missing")]
    assert original(archive, one).read_bytes() == b"one" and original(archive, two) is None
    assert examine(archive, [one], {}, {}) == []


def test_every_original_has_its_turn_and_a_night_reads_no_more_than_it_may():
    journal = [{"kind": "received", "sha256": name, "size": 600 << 10} for name in "abcde"]
    seen = []
    for _ in range(5):
        chosen = due(journal, 1)                              # one megabyte: one of these
        seen += chosen
        journal.append({"kind": "checked", "reached": chosen[-1]})
    assert seen == list("abcde")
    assert due(journal, 2, done={"a"}) == ["b", "c", "d"]     # those of the inbox were checked already
    assert due(journal, 9) == list("abcde")


def test_the_second_copy_holds_whole_originals_and_the_journal_and_needs_its_disk(archive, tmp_path):
    one, rotten = put(archive, b"one"), put(archive, b"two")
    place(archive, rotten).write_bytes(b"2wo")
    enter(archive, [{"kind": "received", "sha256": one}])
    copy = tmp_path / "share" / "copy"
    with pytest.raises(FileNotFoundError):
        second_copy(archive, copy, [one, rotten])
    copy.parent.mkdir()
    assert second_copy(archive, copy, [one, rotten]) == 1
    assert original(copy, one) and not place(copy, rotten).exists()
    assert (copy / "journal.jsonl").read_bytes() == (archive / "journal.jsonl").read_bytes()
    assert second_copy(archive, copy, [one, rotten]) == 0
