"""Every sentence stands in both languages with the same places to fill in, and what is said has words."""

import re
import string

import pytest

from etl.texts.messages import TEXT, speaker
from tests.fixtures.places import ROOT

PLACES = ("src/etl/cli.py", "src/etl/desk/doctor.py", "flows/notices.py",
          *(f"src/etl/show/{page}.py" for page in ("night", "lines", "issues", "status", "findings")))
SOURCES = "".join((ROOT / place).read_text(encoding="utf-8") for place in PLACES)     # other rooms keep words of their own


@pytest.mark.parametrize("key", TEXT)
def test_both_languages_fill_in_the_same_values(key):
    places = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXT[key]]
    assert places[0] == places[1]


@pytest.mark.parametrize("key", re.findall(r'say\(\s*"(\w+)"', SOURCES))
def test_what_is_said_has_words(key):
    assert key in TEXT


def test_a_value_in_a_sentence_is_filled_in():
    assert speaker("en")("no_inbox", path="x").startswith("The inbox x ")
