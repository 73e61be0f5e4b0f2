"""The data folder is its owner's and one group's; others read what is published where the county says so, and nothing else."""

from __future__ import annotations

import grp
import os
import stat
from dataclasses import replace

import pytest

from etl.desk.doctor import _rights
from etl.inbox.archive import archive_file
from etl.inbox.find import find
from etl.inbox.journal import enter
from etl.land.ledger import open_ledger
from etl.mistakes import Mistake
from etl.night.rights import open_to_others, settle
from etl.settings import given
from etl.texts.catalogue import speaker
from tests.fixtures.places import lay


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.delenv("LUODI_GROUP", raising=False)
    monkeypatch.delenv("LUODI_PUBLISHED", raising=False)
    before = os.umask(0o022)
    yield given(tmp_path / "inbox", tmp_path, tmp_path / "data", "2024-04-15")
    os.umask(before)


def modes(folder):
    return {path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode)) for path in sorted(folder.rglob("*"))}


def test_what_a_command_writes_is_for_its_user_and_group_and_originals_are_read_only(settings):
    lay(settings.inbox, "a.csv", "24,700")
    [one] = find(settings.inbox, 0).files
    kept = archive_file(one, settings.archive).path
    enter(settings.archive, [{"kind": "received"}])
    open_ledger(settings.ledger_url).dispose()
    found = modes(settings.data)
    assert found.pop(kept.relative_to(settings.data).as_posix()) == "0o440"
    assert set(found.values()) == {"0o640", "0o750"} and found["ledger.db"] == "0o640"


def left_open(settings):
    """A data folder as versions before 0.2 left it."""
    for name in ("archive/journal.jsonl", "replies/t01/index.html", "published/v1/csv/fct.csv", "published/history"):
        lay(settings.data, name, "x")
    for path in (settings.data, *settings.data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (settings.published / "current").symlink_to("v1")


def test_an_earlier_data_folder_is_shut_by_the_next_night_and_doctor_says_so_before(settings):
    left_open(settings)
    [found] = _rights(settings, speaker("zh"))
    assert found.level == "warn" and str(settings.data) in found.found and f"chmod -R o-rwx {settings.data}" in found.remedy
    settle(settings)
    assert list(open_to_others(settings)) == [] and set(modes(settings.data).values()) == {"0o640", "0o750"}
    assert [one.level for one in _rights(settings, speaker("zh"))] == ["ok"]


def test_published_data_are_open_to_all_by_choice_and_shut_again_by_choice(settings):
    left_open(settings)
    settle(replace(settings, published_open=True))
    assert oct(stat.S_IMODE(settings.data.stat().st_mode)) == "0o751"
    found = modes(settings.data)
    assert (found["published"], found["published/v1/csv"], found["published/v1/csv/fct.csv"]) == ("0o755", "0o755", "0o644")
    assert (found["archive"], found["replies/t01/index.html"]) == ("0o750", "0o640")
    settle(settings)
    assert {mode[-1] for mode in modes(settings.data).values()} == {"0"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files to any group")
def test_all_belongs_to_the_group_of_readers_what_is_made_later_too(settings):
    group = next(one for one in grp.getgrall() if one.gr_gid not in (os.getgid(), 0))
    left_open(settings)
    settle(replace(settings, group=group.gr_name))
    lay(settings.data, "replies/t02/index.html", "x")
    assert {path.lstat().st_gid for path in settings.data.rglob("*") if not path.is_symlink()} == {group.gr_gid}


@pytest.mark.parametrize("name, value, said", [("LUODI_GROUP", "nobody-has-this-group", "groupadd"), ("LUODI_PUBLISHED", "world", "group")])
def test_a_group_that_is_not_there_and_readers_that_are_none_are_told(settings, monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(Mistake, match=said):
        given()
