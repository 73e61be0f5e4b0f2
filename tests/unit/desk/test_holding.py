"""Going back, holding and lifting: each by a name, each in the journal, and never silently."""

import json
import os
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.desk.holding import hold, lift, roll_back
from etl.inbox.journal import last, read_journal
from etl.mistakes import Mistake
from etl.night.hold import standing
from etl.night.receive import Receipt
from etl.night.verdict import Judgement
from etl.publish import swap
from etl.settings import given
from flows import nightly


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Two published versions, the later one current."""
    monkeypatch.setattr(swap, "verify_version", lambda _: None)
    published = tmp_path / "data" / "published"
    for version in ("20240414-a", "20240415-b"):
        (published / version).mkdir(parents=True)
        (published / version / "manifest.json").write_text(json.dumps({"as_of": "2024-04-15"}), encoding="utf-8")
    (published / "history").write_text("20240414-a\n20240415-b\n", encoding="utf-8")
    (published / "current").symlink_to("20240415-b")
    return given(tmp_path, tmp_path, tmp_path / "data", "2024-04-16")


def test_without_a_name_or_a_reason_nothing_is_done(settings):
    for act in (lambda: hold(settings, " ", "why"), lambda: hold(settings, "王某", ""), lambda: roll_back(settings, None, "", "why")):
        with pytest.raises(Mistake):
            act()
    assert read_journal(settings.archive) == []


def test_the_version_before_is_shown_and_held_until_somebody_lifts_it(settings):
    assert roll_back(settings, None, "王某", "规则改错了") == "20240414-a"
    assert swap.current(settings.published).name == "20240414-a"
    found = standing(settings)
    assert [found[key] for key in ("kind", "from", "to", "by", "why")] == ["rolled_back", "20240415-b", "20240414-a", "王某", "规则改错了"]
    lift(settings, "张某", "已改正")
    assert standing(settings) is None
    with pytest.raises(Mistake, match="没有暂停"):
        lift(settings, "张某", "已改正")


def test_a_hold_leaves_readers_where_they_are(settings):
    hold(settings, "王某", "待核")
    assert swap.current(settings.published).name == "20240415-b" and standing(settings)["by"] == "王某"


def test_a_version_that_is_gone_is_named_with_those_that_are_kept(settings):
    with pytest.raises(Mistake, match=r"20240401-x.*20240414-a、20240415-b"):
        roll_back(settings, "20240401-x", "王某", "why")
    assert standing(settings) is None


STEPS = ("read", "stage", "validate", "land", "transform", "reconcile", "gate", "publish", "reply", "papers", "report")


def test_a_night_under_a_hold_publishes_nothing(settings, monkeypatch):
    done = []
    for step in STEPS:
        monkeypatch.setattr(nightly.tasks, step, lambda *_, step=step: done.append(step))
    for step in ("verdict", "compare"):
        monkeypatch.setattr(nightly.tasks, step, lambda *_: ([], Judgement({}, set())))
    monkeypatch.setattr(nightly.tasks, "draft", lambda *_: nullcontext())
    monkeypatch.setattr(nightly.notices, "send", lambda *_: done.append("send"))
    monkeypatch.setattr(nightly.reminders, "where_asked", lambda *_: done.append("remind"))
    hold(settings, "王某", "待核")
    nightly.process(SimpleNamespace(id="n1", settings=settings, receipt=Receipt()))
    assert done == ["read", "stage", "validate", "land", "transform", "reconcile", "gate", "report", "send"]
    assert last(read_journal(settings.archive), "night")["state"] == "held"
