"""What the inbox gives up, what it keeps until tomorrow, and what is never touched."""

import os
import time
from datetime import datetime

import pytest

from etl.inbox.find import ArrivalsError, find, received_time, shown


def put(folder, name, content=b"x", age=3600):
    """A file of some age, so that it does not look as if it were still being written."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def names(found):
    return [c.name for c in found.files]


def test_files_are_found_at_any_depth_whatever_their_extension(inbox):
    for name in ("a.xlsx", "县发改局/b.xls", "县发改局/2024/3月/c.ods", "d.et", "e.pdf", "no extension"):
        put(inbox, name)
    assert sorted(names(find(inbox))) == sorted(
        ["a.xlsx", "县发改局/b.xls", "县发改局/2024/3月/c.ods", "d.et", "e.pdf", "no extension"])


def test_lock_system_and_unfinished_files_are_left_alone_and_counted(inbox):
    left = ["~$a.xlsx", ".~lock.a.xlsx#", ".DS_Store", "Thumbs.db", "desktop.ini", "b.xlsx.part", "c.tmp", "d.crdownload",
            ".hidden"]
    for name in [*left, "a.xlsx"]:
        put(inbox, name)
    found = find(inbox)
    assert names(found) == ["a.xlsx"]
    assert sorted(found.ignored) == sorted(left)


def test_links_pipes_and_folders_named_like_workbooks_are_refused_and_never_block(inbox, tmp_path):
    put(tmp_path, "secret.csv")
    (inbox / "link.csv").symlink_to(tmp_path / "secret.csv")
    (inbox / "folder.xlsx").mkdir()
    os.mkfifo(inbox / "pipe.csv")
    found = find(inbox)
    assert names(found) == []
    assert dict(found.refused) == {"link.csv": "symlink", "folder.xlsx": "folder", "pipe.csv": "device"}


def test_a_file_still_being_written_waits_and_a_fresh_one_that_rests_does_not(inbox, monkeypatch):
    growing, fresh = put(inbox, "growing.csv", age=0), put(inbox, "fresh.csv", age=0)

    def meanwhile(seconds):
        assert seconds == 600
        with growing.open("ab") as file:
            file.write(b"one more line\n")

    monkeypatch.setattr(time, "sleep", meanwhile)
    found = find(inbox, settle=600)
    assert names(found) == [fresh.name]
    assert found.waiting == (growing.name,)


@pytest.mark.parametrize("jump", [-400 * 86400, 400 * 86400])
def test_a_clock_that_jumped_leaves_no_file_waiting(inbox, monkeypatch, jump):
    whole, now = put(inbox, "whole.csv", age=0), time.time()
    monkeypatch.setattr(time, "time", lambda: now + jump)
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("waited for a file that nobody writes"))
    assert (names(find(inbox)), find(inbox).waiting) == ([whole.name], ())


def test_the_log_of_receipts_gives_time_and_order(inbox):
    put(inbox, "县发改局/b.xlsx")
    put(inbox, "a.xlsx")
    (inbox.parent / "arrivals.csv").write_text(
        "order,received_at,file\n1,2024-02-01 08:00:00,县发改局\\b.xlsx\n2,2024-02-01 08:00:00,a.xlsx\n")
    files = find(inbox).files
    assert [(c.name, c.order, c.received_at) for c in files] == [
        ("县发改局/b.xlsx", 1, datetime(2024, 2, 1, 8)), ("a.xlsx", 2, datetime(2024, 2, 1, 8))]


def test_without_a_log_the_files_own_time_counts_as_china_shows_it(inbox):
    path = put(inbox, "a.xlsx")
    os.utime(path, (1706745600, 1706745600))           # 2024-02-01 00:00 in London
    put(inbox, "b.xlsx")
    assert [(c.name, c.order) for c in find(inbox).files] == [("a.xlsx", 1), ("b.xlsx", 2)]
    assert find(inbox).files[0].received_at == datetime(2024, 2, 1, 8) == received_time(path)


def test_one_file_outside_a_night_is_timed_by_the_log_around_it(inbox):
    path = put(inbox, "县发改局/b.xlsx")
    (inbox.parent / "arrivals.csv").write_text("order,received_at,file\n1,2024-02-01 12:47:25,县发改局/b.xlsx\n")
    assert received_time(path) == datetime(2024, 2, 1, 12, 47, 25)


@pytest.mark.parametrize("text", ["file,order\n", "order,received_at,file\n1,yesterday,a.xlsx\n",
                                  "order,received_at,file\none,2024-02-01,a.xlsx\n"])
def test_a_log_that_cannot_be_read_is_told_and_not_guessed(inbox, text):
    (inbox.parent / "arrivals.csv").write_text(text)
    with pytest.raises(ArrivalsError, match=r"arrivals\.csv"):
        find(inbox)


def test_a_name_from_an_old_windows_machine_is_shown_in_chinese(inbox):
    with open(os.fsencode(inbox) + b"/" + "1月份.csv".encode("gb18030"), "wb") as file:  # noqa: PTH123, bytes are no Path
        file.write(b"x")
    assert names(find(inbox, settle=0)) == ["1月份.csv"]


def test_a_control_character_in_a_name_is_shown_by_its_code():
    assert shown("\x1b[2J报表\x9b.csv") == "\\x1b[2J报表\\x9b.csv"
