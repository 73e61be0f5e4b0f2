"""Which issues are open: corrections, waivers and explanations against one finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from etl.model import Issue
from etl.site.decision import Correction, Decisions, Explanation, FindingPlace, Review, Suspension, Waiver
from etl.site.match import apply, in_force, same_value

KEY = "2301-530330-04-01-557174"
PLACE = FindingPlace("zsj", "investment_monthly", "2024-02", "230153033004 01557174".replace(" ", ""))
AS_OF = date(2024, 4, 15)


def issue(rule="P27", severity="warning", value="1200", column="arrived_month", level="cell"):
    return Issue("s1", "s1:5", rule, severity, level, "a.xlsx", "Sheet1", 5, "K5", column, value, None, None, "请核对")


def explanation(value="1200", at="2024-03-05", by="张某", rule="P27", **more):
    place = {"unit": "zsj", "form": "investment_monthly", "period": "2024-02", "business_key": KEY, "column": "arrived_month"} | more
    return Explanation(f"explanations.csv:{at}", "site", rule, *place.values(), value, "一次性到账", by, datetime.fromisoformat(at))


def waiver(first="", until="2024-12", rule="F02", **more):
    place = {"unit": "zsj", "form": "investment_monthly", "period": "2024-02", "business_key": "", "column": ""} | more
    return Waiver("waivers.csv:2", rule, *place.values(), "旧系统无此列", "李主任", first, until)


def suspension(first="", until="2024-12", rule="P27", form="*", unit="*", at="2024-03-20"):
    return Suspension("suspensions.csv:2", rule, form, unit, first, until, "阈值在议", "李主任", datetime.fromisoformat(at))


def judged(one, as_of=AS_OF, **decisions):
    [answer] = apply([one], Decisions(**{k: frozenset(v) if k == "correctable" else tuple(v) for k, v in decisions.items()}), lambda _: PLACE, as_of)
    return answer


def test_what_nobody_decided_on_is_open():
    assert judged(issue()).state == "open"


def test_an_explanation_answers_a_warning_with_who_why_and_when():
    answer = judged(issue(), explanations=[explanation()])
    assert (answer.state, answer.explanation, answer.explained_by, answer.explained_at) == (
        "explained", "一次性到账", "张某", datetime(2024, 3, 5))


@pytest.mark.parametrize("explained, sent, state", [
    ("1200", "1,200.00", "explained"), ("１２００", "1200", "explained"), ("1200", "1201", "lapsed"),
    ("", None, "explained"), ("", "1200", "lapsed"), ("*", "77", "explained"), ("约1200", "约1200", "explained"),
])
def test_it_holds_while_the_value_is_as_it_was(explained, sent, state):
    assert judged(issue(value=sent), explanations=[explanation(explained)]).state == state


def test_a_lapsed_explanation_is_still_shown():
    assert judged(issue(value="9"), explanations=[explanation()]).explanation == "一次性到账"


def test_another_value_at_the_same_place_does_not_make_it_lapse():
    """Two unknown columns of one sheet: what explains one leaves the other open."""
    columns = [issue("F14", value=text, column=None, level="submission") for text in ("联系电话", "开户行")]
    told = Decisions(explanations=(explanation("联系电话", rule="F14", business_key="", column=""),))
    where = FindingPlace("zsj", "investment_monthly", "2024-02")
    assert [i.state for i in apply(columns, told, lambda _: where, AS_OF)] == ["explained", "open"]
    assert [i.state for i in apply(columns[1:], told, lambda _: where, AS_OF)] == ["lapsed"]


@pytest.mark.parametrize("elsewhere", [
    {"unit": "fgj"}, {"period": "2024-01"}, {"business_key": "别的项目|县城投"}, {"column": "arrived_ytd"}, {"rule": "P26"},
])
def test_it_answers_for_its_own_place_only(elsewhere):
    assert judged(issue(), explanations=[explanation(**elsewhere)]).state == "open"


def test_the_latest_word_holds_and_none_from_the_future():
    told = [explanation(by="早"), explanation(at="2024-03-09", by="晚"), explanation(at="2024-05-01", by="未到")]
    assert judged(issue(), explanations=told).explained_by == "晚"
    assert judged(issue(), as_of=date(2024, 3, 6), explanations=told).explained_by == "早"


def test_an_error_stays_open_with_its_explanation_until_it_is_waived():
    error = issue("F02", "error")
    answer = judged(error, explanations=[explanation(rule="F02")])
    assert (answer.state, answer.explanation) == ("open", "一次性到账")
    assert judged(error, explanations=[explanation(rule="F02")], waivers=[waiver()]).state == "waived"


@pytest.mark.parametrize("first, until, state", [
    ("", "2024-02", "waived"), ("", "2024-01", "open"), ("2024-03", "2024-12", "open"), ("2024", "2024", "waived"),
    ("2024-04-01", "2024-04-15", "waived"), ("", "2024-04-14", "open"), ("2024-05-01", "2024-12-31", "open"),
])
def test_a_waiver_is_bounded_by_periods_or_by_days_of_the_night(first, until, state):
    assert judged(issue("F02", "error"), waivers=[waiver(first, until)]).state == state


@pytest.mark.parametrize("place, state", [
    ({"form": ""}, "waived"), ({"period": ""}, "waived"), ({"business_key": KEY}, "waived"), ({"column": "arrived_month"}, "waived"),
    ({"column": "arrived_ytd"}, "open"), ({"business_key": "别的"}, "open"), ({"unit": "fgj"}, "open"), ({"rule": "F01"}, "open"),
])
def test_blank_places_of_a_waiver_mean_all_of_them(place, state):
    assert judged(issue("F02", "error"), waivers=[waiver(**place)]).state == state


def test_a_warning_needs_no_waiver():
    assert judged(issue("F02"), waivers=[waiver()]).state == "open"


def test_an_approved_correction_answers_the_rules_that_ask_for_one():
    approved = Correction("corrections.csv:2", "zsj", "investment_monthly", "2024-02", KEY, "arrived_month", "退款冲减", "局长",
                          datetime(2024, 3, 1))
    answered = {"corrections": [approved], "correctable": ["P01", "F35"]}
    assert [judged(issue(rule, "error"), **answered).state for rule in ("P01", "F35", "P05")] == ["corrected", "corrected", "open"]
    assert judged(issue("F35", "error", column="arrived_ytd"), **answered).state == "open"
    assert judged(issue("F35", "error"), as_of=date(2024, 2, 28), **answered).state == "open"


def test_judging_again_without_the_decision_opens_the_issue_again():
    waived = judged(issue("F02", "error"), waivers=[waiver()])
    assert judged(waived) == issue("F02", "error")


def test_texts_that_are_no_figures_are_compared_as_texts():
    assert same_value("二十", "二十") and not same_value("二十", "20")


@pytest.mark.parametrize("mark", ["无", "-", "／", "——", "N/A", " 无。", "暂无", "没有"])
def test_a_mark_is_no_reason(mark):
    answer = judged(issue(), explanations=[replace(explanation(), reason=mark)])
    assert (answer.state, answer.explanation) == ("open", mark)


def test_a_reason_given_before_a_mark_still_holds():
    mark = replace(explanation(at="2024-03-09"), reason="无")
    answer = judged(issue(), explanations=[mark, explanation()])
    assert (answer.state, answer.explanation) == ("explained", "一次性到账")


def test_a_short_reason_is_a_reason():
    assert judged(issue(), explanations=[replace(explanation(), reason="补报1月")]).state == "explained"


def test_a_bound_of_ten_days_is_a_period_although_it_is_as_long_as_a_day():
    bounded = waiver(first="2024-03-X2", until="")
    assert in_force(bounded, "2024-03-X2", AS_OF) and not in_force(bounded, "2024-03-X1", AS_OF)

def review(verdict, of=None, at="2024-03-06"):
    said = of or explanation()
    return Review("explanation_reviews.csv:2", said.decision, said.rule, said.unit, verdict, "王某", "请附凭证", datetime.fromisoformat(at))


@pytest.mark.parametrize("verdict, state", [("accepted", "explained"), ("asked_again", "explained"), ("refused", "open")])
def test_a_refused_explanation_opens_its_warning_again_and_the_answer_says_who_and_why(verdict, state):
    answer = judged(issue(), explanations=[explanation()], reviews=[review(verdict)])
    assert (answer.state, answer.explanation) == (state, "一次性到账")
    assert (answer.review, answer.reviewed_by, answer.review_why) == (verdict, "王某", "请附凭证")


def test_the_same_words_again_stay_refused_and_new_words_wait():
    again = replace(explanation(at="2024-03-09"), decision="s2#1", source="reply")
    assert judged(issue(), explanations=[explanation(), again], reviews=[review("refused")]).state == "open"
    answer = judged(issue(), explanations=[explanation(), replace(again, reason="凭证 12 号")], reviews=[review("refused")])
    assert (answer.state, answer.review) == ("explained", None)


def test_the_latest_review_holds_and_none_from_the_future():
    reviews = [review("refused"), review("accepted", at="2024-03-08"), review("refused", at="2024-05-01")]
    assert judged(issue(), explanations=[explanation()], reviews=reviews).review == "accepted"
    assert judged(issue(), as_of=date(2024, 3, 6), explanations=[explanation()], reviews=reviews).state == "open"


def test_a_review_of_another_rule_or_unit_means_nothing():
    astray = [replace(review("refused"), rule="P26"), replace(review("refused"), unit="fgj")]
    assert judged(issue(), explanations=[explanation()], reviews=astray).state == "explained"


def test_judging_again_without_the_review_forgets_it():
    refused = judged(issue(), explanations=[explanation()], reviews=[review("refused")])
    assert judged(refused, explanations=[explanation()]).review is None
    assert judged(refused) == issue()


@pytest.mark.parametrize("said, state", [
    ({}, "suspended"), ({"rule": "P28"}, "open"),
    ({"form": "investment_monthly"}, "suspended"), ({"form": "rectification"}, "open"),
    ({"unit": "zsj"}, "suspended"), ({"unit": "zjj"}, "open"),
    ({"until": "2024-01"}, "open"), ({"until": "2024-02"}, "suspended"),             # a period is that of the finding
    ({"first": "2024-04-16", "until": "2024-05-01"}, "open"),                        # a day is that of the night
    ({"at": "2024-04-16"}, "open"),                                                  # not decided yet
])
def test_a_rule_is_suspended_for_whom_and_as_long_as_was_said(said, state):
    answer = judged(issue(), suspensions=[suspension(**said)])
    assert answer.state == state
    assert (answer.explained_by == "李主任") == (state == "suspended")


def test_a_suspension_goes_before_what_a_unit_explained():
    assert judged(issue(), suspensions=[suspension()], explanations=[explanation()]).state == "suspended"
