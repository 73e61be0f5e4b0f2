"""Every sentence stands in both languages with the same places to fill in, and is said somewhere."""

import re
import string
from pathlib import Path

import pytest

from etl.messages import TEXT, speaker

SOURCES = "".join(p.read_text(encoding="utf-8") for folder in ("src/etl", "flows")
                  for p in (Path(__file__).parents[2] / folder).rglob("*.py") if p.name != "messages.py")


@pytest.mark.parametrize("key", TEXT)
def test_both_languages_fill_in_the_same_values(key):
    places = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXT[key]]
    assert places[0] == places[1]


@pytest.mark.parametrize("key", re.findall(r'say\(\s*"(\w+)"', SOURCES))
def test_what_is_said_has_words(key):
    assert key in TEXT


def test_a_value_in_a_sentence_is_filled_in():
    assert speaker("en")("no_inbox", path="x").startswith("The inbox x ")
