"""Who is told how a night went, what the notice says, and that no night waits for it or fails by it."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.lock import NightRunning
from etl.night.receive import Receipt
from etl.night.report import Report
from etl.settings import given
from flows import notices

NIGHT = datetime(2024, 4, 15, 23, 59, 59)


@pytest.fixture
def settings(tmp_path):
    return given(tmp_path, tmp_path, tmp_path, NIGHT)


def addressed(monkeypatch, settings, addresses):
    """The settings of a night whose environment names these addresses."""
    monkeypatch.setenv("LUODI_NOTICES", addresses)
    return replace(settings, notices=given(settings.inbox, settings.site, settings.data, NIGHT).notices)


@pytest.fixture
def published():
    """The report of a night that took three files in and refused one."""
    receipt = Receipt(known=2)
    refusals = [("柳树乡/202403.csv", "rejected", "表中缺少必需的列“项目级别”。")]
    return Report(NIGHT, "published", "20240415-a1b2", receipt, issues={"error": 4, "warning": 2}, refusals=refusals, published=Path("current"))


def test_a_published_night_tells_every_address_what_came_what_was_found_and_what_was_refused(sent, settings, published, monkeypatch):
    settings = addressed(monkeypatch, settings, "post://office post://data")
    assert notices.send(settings, published)
    assert {address for address, _, _ in sent} == {"office", "data"}
    for _, title, body in sent:
        assert title == "本夜小结 20240415-a1b2（截至 2024-04-15 23:59:59）"
        assert "以前已收 2" in body and "错误 4，警告 2，提示 0" in body
        assert body.endswith("柳树乡/202403.csv: 退回 表中缺少必需的列“项目级别”。")


def test_a_serving_database_that_holds_an_earlier_version_is_told(sent, settings, published, monkeypatch):
    published.serving = "查询库连不上。"
    assert notices.send(addressed(monkeypatch, settings, "post://office"), published)
    [(_, _, body)] = sent
    assert "查询库: 查询库连不上。（已发布的数据不受影响；下一夜自动补装）" in body


def test_an_address_written_twice_is_told_once(sent, settings, published, monkeypatch):
    settings = addressed(monkeypatch, settings, "post://office  post://office")
    assert notices.send(settings, published)
    assert len(sent) == 1


def test_where_no_address_is_set_nobody_is_told(sent, settings, published):
    assert not notices.send(settings, published)
    assert sent == []


def test_a_channel_that_fails_harms_neither_the_night_nor_the_other_channels(sent, settings, published, monkeypatch):
    settings = addressed(monkeypatch, settings, "torn://office post://data nothing://that?apprise=knows")
    assert not notices.send(settings, published)
    assert [address for address, _, _ in sent] == ["data"]


def test_a_library_that_breaks_harms_no_night(settings, published, monkeypatch):
    import apprise

    def broken(*_, **__):
        raise RuntimeError

    settings = addressed(monkeypatch, settings, "post://office")
    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    assert not notices.send(settings, published)


def test_a_night_that_fails_says_why_and_the_error_goes_on(sent, settings, monkeypatch):
    settings = addressed(monkeypatch, settings, "post://office")
    with pytest.raises(OSError, match="disk full"), notices.on_failure(settings):
        raise OSError("disk full")
    assert sent == [("office", "luodi 本夜失败（2024-04-15 23:59:59）", "OSError: disk full\n上一夜发布的数据保持不变。")]


def test_the_failure_of_a_night_is_what_is_seen_when_the_channel_fails_too(sent, settings, monkeypatch):
    settings = addressed(monkeypatch, settings, "torn://office")
    with pytest.raises(OSError, match="disk full"), notices.on_failure(settings):
        raise OSError("disk full")


def test_a_night_that_finds_another_running_tells_nobody(sent, settings, monkeypatch):
    settings = addressed(monkeypatch, settings, "post://office")
    with pytest.raises(NightRunning), notices.on_failure(settings):
        raise NightRunning(None)
    assert sent == []


def test_a_night_with_nothing_new_sends_nothing_again(sent, settings, published, monkeypatch):
    """The page of the night itself: only a night that published reaches `notices.send`."""
    from flows import nightly as page

    settings = addressed(monkeypatch, settings, "post://office")
    monkeypatch.setattr(page.tasks, "receive", lambda _: Receipt())
    monkeypatch.setattr(page.tasks, "begin", lambda *_: None)
    monkeypatch.setattr(page.tasks, "already_published", lambda _: published)
    monkeypatch.setattr(page.tasks, "reply", lambda _: 0)
    monkeypatch.setattr(page.tasks, "papers", lambda _: 0)
    monkeypatch.setattr(page.reminders, "where_asked", lambda _: None)
    page.nightly(str(settings.inbox), str(settings.site), str(settings.data), "2024-04-15")
    assert sent == []
