"""Bytes are kept once, under their hash, for good; and a file seen before is known again."""

import hashlib
import os
from datetime import datetime

import pytest

from etl.inbox.archive import Copy, Sorted, StillChanging, archive_file, sort_out
from etl.inbox.find import InboxFile
from etl.model import Received

MORNING = datetime(2024, 2, 1, 8)


def candidate(path, name="a.xlsx", order=1):
    return InboxFile(name, path, MORNING, order)


def received(name, content, order=1, when=MORNING):
    return Received(name, hashlib.sha256(content).hexdigest(), len(content), when, order, None)


def test_the_bytes_lie_read_only_under_their_hash(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"one")
    kept = archive_file(candidate(tmp_path / "a.xlsx"), tmp_path / "archive")
    digest = hashlib.sha256(b"one").hexdigest()
    assert kept.sha256 == digest and kept.size == 3
    assert kept.path == tmp_path / "archive" / digest[:2] / digest
    assert kept.path.is_file() and kept.path.read_bytes() == b"one"
    assert not kept.path.stat().st_mode & 0o222


def test_kept_bytes_are_never_written_again(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"one")
    first = archive_file(candidate(tmp_path / "a.xlsx"), tmp_path / "archive").path.stat()
    again = archive_file(candidate(tmp_path / "a.xlsx", "copy.xlsx"), tmp_path / "archive").path.stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_a_half_written_copy_of_a_killed_night_is_replaced(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"one")
    digest = hashlib.sha256(b"one").hexdigest()
    folder = tmp_path / "archive" / digest[:2]
    folder.mkdir(parents=True)
    (folder / f"{digest}.part").write_bytes(b"o")
    assert archive_file(candidate(tmp_path / "a.xlsx"), tmp_path / "archive").path.read_bytes() == b"one"
    assert [p.name for p in folder.iterdir()] == [digest]


def test_what_vanished_or_became_a_link_or_pipe_waits(tmp_path):
    (tmp_path / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    for name in ("gone", "link", "pipe"):
        with pytest.raises(StillChanging):
            archive_file(candidate(tmp_path / name), tmp_path / "archive")


def test_known_files_are_not_new_and_copies_are_told_by_their_first_name():
    one, copy, other = received("a.xlsx", b"one"), received("a - 副本.xlsx", b"one", 2), received("b.xlsx", b"two", 3)
    first = sort_out([one, copy, other], {})
    assert first.new == (one, other)
    assert first.copies == (Copy(copy, "a.xlsx", MORNING),)
    seen = {(r.name, r.sha256): (r.received_at, r.order) for r in (one, copy, other)}
    assert sort_out([one, copy, other], seen) == Sorted(new=(), known=3)


def test_new_bytes_under_a_known_name_are_a_later_version():
    old = received("a.xlsx", b"one", order=4)
    seen = {(old.name, old.sha256): (old.received_at, old.order)}
    changed = received("a.xlsx", b"two", order=4)
    [new] = sort_out([changed], seen).new
    assert (new.received_at, new.order) == (MORNING, 5)
    later = received("a.xlsx", b"three", order=4, when=datetime(2024, 2, 2))
    assert sort_out([later], seen).new == (later,)
