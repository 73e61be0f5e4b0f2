"""A site words letters and papers its own way, with all that the product's wording fills in."""

from __future__ import annotations

import pytest

from etl.read.pool import run_bounded
from etl.texts.catalogue import WORDED, Text, chinese, in_words, recognised, texts, use_wording


@pytest.fixture(autouse=True)
def product_again(tmp_path):
    yield
    use_wording(tmp_path / "none")


def own(tmp_path, subject, text):
    folder = tmp_path / "texts"
    folder.mkdir(exist_ok=True)
    (folder / f"{subject}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_sites_wording_comes_before_the_products(tmp_path):
    name, text = next((n, t) for n, t in texts("reply").items() if "{" not in t["zh"])
    use_wording(own(tmp_path, "reply", f"{name}: {{zh: 本县的说法}}\n"))
    assert chinese(f"reply.{name}") == "本县的说法"
    assert texts("reply")[name]["en"] == text["en"]


@pytest.mark.parametrize("subject, text", [("reply", "no_such_name: {zh: 无}\n"), ("finding", "rehearsed: {zh: 无}\n")])
def test_a_name_that_there_is_not_is_refused(tmp_path, subject, text):
    with pytest.raises(ValueError, match=subject):
        use_wording(own(tmp_path, subject, text))


@pytest.mark.parametrize("text", ["a: [", "", "[a, b]", "a: 1", "a: {zh: 1}"])
def test_what_is_no_wording_is_refused_in_a_sentence(tmp_path, text):
    with pytest.raises(ValueError, match="texts"):
        use_wording(own(tmp_path, "reply", text))


def test_every_place_must_be_filled_in(tmp_path):
    subject, name = next((s, n) for s in sorted(WORDED) for n, t in texts(s).items() if "{" in t["zh"])
    with pytest.raises(ValueError, match=name):
        use_wording(own(tmp_path, subject, f"{name}: {{zh: 没有空位}}\n"))


def say_in_a_child(item):
    return chinese("expected.none")


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_what_is_said_while_reading_in_a_child_process_is_in_the_sites_wording(tmp_path, monkeypatch, way):
    """A forked child inherits the wording, a spawned one begins with the product's."""
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: [way])
    use_wording(own(tmp_path, "expected", "none: {zh: 一样不缺}\n"))
    assert [said for _, said in run_bounded(["x"], say_in_a_child, workers=1)] == ["一样不缺"]


def test_what_was_landed_in_either_wording_is_said_in_english_too(tmp_path):
    before, english = chinese("expected.none"), texts("expected")["none"]["en"]
    use_wording(own(tmp_path, "expected", "none: {zh: 一样不缺}\n"))
    assert [in_words(text, "expected", "en") for text in (before, "一样不缺")] == [english, english]
    assert isinstance(recognised("expected", "一样不缺"), Text)
