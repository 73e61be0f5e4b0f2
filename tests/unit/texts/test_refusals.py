"""Cause and remedy of a refusal reach the sender together, in both languages."""

import pickle
import re

import pytest

from etl.texts.catalogue import in_words, texts
from etl.texts.refusals import exceeded, refusal
from etl.validate.failure import Failure
from etl.validate.sentences import sentence
from tests.fixtures.submissions import RULEBOOK

GIVEN = {"detail": "校验不符", "cell": "XFE3", "line": 7, "mb": 256, "count": "8,000,000", "seconds": 60, "most": "32,767"}
REASONS = list(texts("refusal"))


@pytest.mark.parametrize("key", REASONS)
def test_every_cause_has_its_remedy_in_both_languages(key):
    refused = refusal(key, **GIVEN)
    assert refused.rule == ("F28" if key == "password" else "F27")
    assert re.search("。请", refused.reason) and "{" not in refused.reason
    english = in_words(refused.reason, "refusal", "en").replace("校验不符", "")
    assert english.isascii() and "{" not in english and english.count(". ") >= 1


@pytest.mark.parametrize("key", [key for key in REASONS if key != "password"])
def test_the_sentence_names_file_cause_and_remedy(key):
    reason = refusal(key, **GIVEN).reason
    chinese, english = (sentence(RULEBOOK["F27"], Failure("F27", value="甲/表.pdf", expected=reason), None, lang) for lang in ("zh", "en"))
    assert chinese == f"文件“甲/表.pdf”没有读入：{reason}。"
    assert english.startswith("The file “甲/表.pdf” was not read: ")
    assert re.sub("甲/表.pdf|校验不符|[“”]", "", english).isascii()


def test_another_text_stays_as_it_is_and_no_cause_is_said_plainly():
    assert in_words("别的", "refusal", "en") == "别的"
    assert "另存为 .xlsx" in sentence(RULEBOOK["F27"], Failure("F27", value="表.xls"), None, "zh")
    assert "Save it as .xlsx" in sentence(RULEBOOK["F27"], Failure("F27", value="表.xls"), None, "en")


def test_a_refusal_keeps_its_words_on_the_way_out_of_a_child():
    refused = pickle.loads(pickle.dumps(refusal("nul", line=3)))
    assert (refused.rule, refused.reason) == ("F27", refusal("nul", line=3).reason) and "第 3 行" in refused.reason


def test_only_time_and_memory_are_limits_that_more_of_may_help():
    worded = {key: refusal(key, **GIVEN).reason for key in REASONS}
    assert {key for key, text in worded.items() if exceeded(text)} == {"too_long", "too_big"}
    assert exceeded(worded["too_long"]) == "too_long" and exceeded("") is exceeded(None) is None
