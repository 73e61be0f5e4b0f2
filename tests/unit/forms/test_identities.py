"""The small language in which a contract says what holds among the figures of a line."""

from __future__ import annotations

import pytest

from etl.forms.identities import Ref, Term, read_identity

COLUMNS = ("ytd", "month", "total", "plan", "rate", "change")


def read(says, **more):
    return read_identity({"says": says, **more}, COLUMNS)


def test_a_sum_with_last_month_and_a_blank_that_counts_as_nothing():
    found = read("ytd = prev.ytd + month - change?", rules="P03 P01", when="later")
    assert found.left == Ref("ytd") and found.relation == "="
    assert found.terms == (Term(1, ref=Ref("ytd", "prev")), Term(1, ref=Ref("month")),
                           Term(-1, ref=Ref("change", blank_is_zero=True)))
    assert (found.rules, found.when, found.usually) == (("P03", "P01"), "later", False)


def test_a_limit_with_a_parameter_and_one_with_a_number():
    assert read("ytd <= cfg.over_plan * plan").terms == (Term(1, "cfg.over_plan", Ref("plan")),)
    assert read("sum.month = 100 - change").terms == (Term(1, "100"), Term(-1, ref=Ref("change")))


def test_a_rate_of_a_part_and_its_whole():
    found = read("rate = 100 * ytd / plan", usually=True)
    assert found.ratio == ("100", Ref("ytd"), Ref("plan")) and found.usually
    assert [r.column for r in found.refs] == ["rate", "ytd", "plan"]
    assert read("rate = change * ytd / plan").ratio[0] == Ref("change")


@pytest.mark.parametrize("says", [
    "ytd", "ytd =", "ytd = month +", "ytd == month", "ytd < month", "ytd = month month", "ytd = __import__('os')", "= month",
    "rate <= 100 * ytd / plan", "rate = ytd / plan", "rate = 100 * ytd / plan / plan", "ytd = next.ytd", "5 = ytd", "",
])
def test_what_is_not_of_the_language_is_refused_with_its_words(says):
    with pytest.raises(ValueError, match="identity"):
        read(says)


@pytest.mark.parametrize("entry, word", [
    ({"says": "ytd = monht"}, "monht"), ({"says": "ytd = month", "nonzero": "palnned"}, "palnned"),
    ({"says": "ytd = month", "rule": "P03"}, "rule"), ({"says": "ytd = month", "when": "often"}, "often"), ({"rules": "P03"}, "says"),
])
def test_a_word_that_the_form_does_not_know_is_named(entry, word):
    with pytest.raises(ValueError, match=word):
        read_identity(entry, COLUMNS)
