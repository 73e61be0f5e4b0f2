"""Receiving, landing and publishing at a disk that fails: at each call that moves the state on, killed, EIO or full.

Whatever the call, readers keep a whole version, nothing received is lost, and the same step again ends as if nothing had been.
"""

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import date

import pytest

from etl.inbox.journal import read_journal
from etl.night.receive import receive
from etl.publish import export, swap
from etl.publish import release as releasing
from etl.publish.manifest import Publication, checksums, read_manifest
from etl.settings import given
from etl.show.night import reason_of
from etl.texts.catalogue import speaker
from tests.faults.inject import DONE, EIO, ENOSPC, KILL, KILLED, RAISED, Watch, denied, strace, traced, tried
from tests.fixtures.marts import MARTS, build
from tests.fixtures.nights import House
from tests.fixtures.submissions import sheet
from tests.fixtures.versions import at_once, released

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")]


def content(folder):
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else os.readlink(p)
            for p in sorted(folder.rglob("*")) if p.is_symlink() or p.is_file()}


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox" / "清河镇").mkdir(parents=True)
    for number in (1, 2):
        (tmp_path / "inbox" / "清河镇" / f"{number}.csv").write_text(f"项目名称\n第{number}个\n", encoding="utf-8")
    return replace(given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-04-15"), settle=0)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The files of two versions, as the process that writes them leaves them: by the build that each is of, its folder and its rows."""
    made = {}
    for number in ("1", "2"):
        folder = tmp_path_factory.mktemp("version")
        one = build(folder / "build.duckdb", (number,))
        (folder / "files").mkdir()
        made[one] = folder / "files", export._export(one, MARTS, folder / "files", export.OPEN, None, None)
    return made


@pytest.fixture
def publishing(exported, tmp_path, monkeypatch):
    """A version that is published, and how the next one is; what processes of their own do is done already, or in this one."""
    def written(one, marts, folder, *_):
        files, rows = exported[one]
        shutil.copytree(files, folder, dirs_exist_ok=True)
        return rows

    monkeypatch.setattr(releasing, "exporting", at_once(written))
    monkeypatch.setattr(swap, "faults_seen_anew", lambda folder: "" if read_manifest(folder).get("files") == checksums(folder) else "altered")
    first, second = exported
    released(first, MARTS, tmp_path / "published", Publication("n1", date(2024, 4, 15)))
    return tmp_path / "published", lambda: released(second, MARTS, tmp_path / "published", Publication("n2", date(2024, 4, 15)))


@pytest.mark.parametrize("fault", [KILL, EIO, ENOSPC])
def test_receiving_fails_at_any_call_and_nothing_received_is_lost_or_twice(inbox, fault):
    _, calls = tried(lambda: receive(inbox))
    shutil.rmtree(inbox.data)
    assert calls >= 8
    for at in range(calls):
        assert tried(lambda: receive(inbox), fault, at)[0] == (KILLED if fault == KILL else RAISED)
        receipt = receive(inbox)
        names = [one["name"] for one in read_journal(inbox.archive) if one["kind"] == "received"]
        assert sorted(names) == ["清河镇/1.csv", "清河镇/2.csv"]
        assert [hashlib.sha256(one.path.read_bytes()).hexdigest() for one in receipt.new] == [one.sha256 for one in receipt.new]
        shutil.rmtree(inbox.data)


# What fails is handled alike whatever it says, so the quick run takes the hardest.
@pytest.mark.parametrize("fault", [KILL, *(pytest.param(fault, marks=pytest.mark.long) for fault in (EIO, ENOSPC))])
def test_publishing_fails_at_any_call_and_readers_see_a_whole_version(publishing, tmp_path, fault):
    published, publish = publishing
    shutil.copytree(published, tmp_path / "untouched", symlinks=True)
    old = content(published / "current" / "")
    _, calls = tried(publish)
    new, every = content(published / "current" / ""), content(published)
    assert calls >= 12 and new != old
    for at in range(calls):
        shutil.rmtree(published)
        shutil.copytree(tmp_path / "untouched", published, symlinks=True)
        assert tried(publish, fault, at)[0] == (KILLED if fault == KILL else RAISED)
        assert content(published / "current" / "") in (old, new)
        publish()
        assert content(published) == every


def test_nothing_is_moved_into_place_before_its_bytes_are_on_the_disk(inbox, publishing, monkeypatch):
    watch = Watch(monkeypatch)
    receive(inbox)
    publishing[1]()
    assert (watch.early, watch.loose) == ([], [])


@pytest.fixture
def shut():
    """Take the right to write from a folder, or to look into it, until the test is over."""
    was = {}

    def shut(folder, mode):
        was.setdefault(folder, folder.stat().st_mode)
        folder.chmod(mode)

    yield shut
    for folder, mode in was.items():
        folder.chmod(mode)


def test_an_archive_that_may_not_be_written_is_named_and_the_next_look_receives_all(inbox, shut):
    inbox.archive.mkdir(parents=True)
    shut(inbox.archive, 0o555)
    failure = denied(lambda: receive(inbox))
    assert failure.filename.startswith(f"{inbox.archive}/") and list(inbox.archive.iterdir()) == []
    assert reason_of(failure, speaker("zh")).startswith(f"没有权限读写 {inbox.archive}/")
    inbox.archive.chmod(0o755)
    assert len(receive(inbox).new) == 2


def test_a_folder_of_the_inbox_that_may_not_be_looked_into_is_named_and_not_taken_for_empty(inbox, shut):
    shut(inbox.inbox / "清河镇", 0)
    failure = denied(lambda: receive(inbox))
    assert failure and failure.filename == f"{inbox.inbox}/清河镇"


def test_a_published_folder_that_may_not_be_written_keeps_its_version_and_gets_the_next_one_whole(publishing, shut):
    published, publish = publishing
    before = content(published)
    shut(published, 0o555)
    failure = denied(publish)
    assert failure.filename.startswith(str(published)) and content(published) == before
    published.chmod(0o755)
    publish()
    assert content(published / "current" / "") != before


SYNC = "fsync,fdatasync"


def landing(tmp_path):
    """A house with a night landed, and the next night as a step; what is landed is told without the times of the file."""
    house = House(tmp_path)
    house.night(sheet())

    def told():
        return {name: house.ask(f'SELECT * FROM landed."{name}" ORDER BY ALL')
                for (name,) in house.ask("SELECT table_name FROM duckdb_tables() WHERE database_name = 'house' ORDER BY 1")}

    return lambda: house.night(sheet({"completed_ytd": "310"})), told


@pytest.mark.long  # tests/unit/land/test_write.py lands twice, and tests/flows/test_killed.py kills a night while it lands
@pytest.mark.skipif(not strace(), reason="no strace on this machine, or it may not look at our children")
@pytest.mark.parametrize("fault, calls", [
    (KILL, "pwrite64"), (EIO, "pwrite64"), (ENOSPC, "pwrite64"), (KILL, SYNC), (EIO, SYNC)])
def test_landing_fails_at_writes_of_the_database_and_lands_whole_or_not_at_all(tmp_path, fault, calls):
    (tmp_path / "house").mkdir()
    night, told = landing(tmp_path / "house")
    shutil.copytree(tmp_path / "house", tmp_path / "kept")
    before = told()
    ended, count = traced(night, calls, tmp_path / "log")
    after = told()
    assert ended == DONE and count and after != before
    for at in sorted({1, count // 3, 2 * count // 3, count - 1, count} & {*range(1, count + 1)}):
        shutil.rmtree(tmp_path / "house")
        shutil.copytree(tmp_path / "kept", tmp_path / "house")
        traced(night, calls, tmp_path / "log", fault, at)
        assert told() in (before, after), f"{calls} {at}"
        assert tried(night)[0] == DONE and told() == after
