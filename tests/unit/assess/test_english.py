"""English is an option for assessors: every code has its word in both languages."""

import re

import pytest

from etl.assess import words
from etl.assess.english import ENGLISH, speaker

CODED = {text for name, table in vars(words).items() if name.isupper() for text in table.values()}


@pytest.mark.parametrize("text", sorted(CODED))
def test_every_word_for_a_code_has_its_english(text):
    assert text in ENGLISH


@pytest.mark.parametrize("text", ENGLISH)
def test_both_languages_fill_in_the_same_values(text):
    assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", ENGLISH[text]))


def test_what_has_no_english_is_said_as_it_is():
    assert speaker("en")("白石镇") == "白石镇" and speaker("en")("可用") == "fit" and speaker("zh")("可用") == "可用"


def test_reasons_are_told_in_either_language():
    assert words.reasons("A1 missing；A2 not_fit；B1 not_fit") == "未报或未通过：A1；数据不可用：A2、B1"
    assert words.reasons("A1 missing；A2 not_fit", speaker("en")) == "missing or not accepted：A1；data not fit：A2"
