"""Decisions reach the issues of tonight and of earlier nights, and an issue opens again when its decision is gone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.model import Finding
from etl.site.decision import Correction, Decisions, Explanation, Suspension, Waiver, Withdrawal
from tests.fixtures.nights import House
from tests.fixtures.submissions import sheet

pytestmark = pytest.mark.slow

KP = "key_project_monthly"
KEY = "2411-130202-89-01-637015"
AS_OF = date(2024, 4, 15)


def waiver(rule="F35", until="2024-12-31", **place):
    where = {"form": KP, "period": "2024-03", "business_key": "", "column": ""} | place
    return Decisions(waivers=(Waiver("waivers.csv:2", rule, "t01", *where.values(), "旧账冲回", "李主任", "", until),))


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


NEGATIVE = sheet({"completed_month": "-5"})
MISNAMED = sheet({}, findings=[Finding("F23", "Sheet1", None, None, "A1", "2月", "3月")])


def test_a_waived_error_quarantines_nothing_and_its_line_is_marked(house):
    house.night(NEGATIVE)
    assert house.standing[0][:2] == ("partly_accepted", True)
    waived = house.night(decisions=waiver())                                        # nothing new came
    assert set(waived.values()) == {"accepted_with_warnings"}
    assert house.standing == [("accepted_with_warnings", True, 0, 0)]
    assert house.ask(f"SELECT quality_status FROM landed.{KP}") == [("accepted_with_warnings",)]
    assert house.ask("SELECT state, explanation, explained_by FROM landed.issue WHERE rule = 'F35'") == [("waived", "旧账冲回", "李主任")]


def test_a_suspended_rule_holds_nothing_back_is_no_matter_of_the_verdict_and_is_counted(house):
    suspended = Suspension("suspensions.csv:2", "F35", "*", "*", "", "2024-12-31", "口径在议", "李主任", datetime(2024, 4, 1))
    house.night(NEGATIVE)
    assert house.standing[0][:2] == ("partly_accepted", True)
    assert set(house.night(decisions=Decisions(suspensions=(suspended,))).values()) == {"accepted"}
    assert house.standing == [("accepted", True, 0, 0)]
    assert house.ask(f"SELECT quality_status FROM landed.{KP}") == [("accepted_with_warnings",)]   # readers see the doubt
    assert house.ask("SELECT state, explanation, explained_by FROM landed.issue WHERE rule = 'F35'") == [("suspended", "口径在议", "李主任")]
    assert [i.rule for i in house.told] == []
    house.night()
    assert house.standing[0][0] == "partly_accepted" and house.states["F35"] == "open"
    assert "F35" in [i.rule for i in house.told]


def test_a_waived_error_of_the_whole_submission_lets_it_count(house):
    house.night(sheet({}))
    house.night(MISNAMED)
    assert [row[:2] for row in house.standing] == [("accepted", True), ("rejected", False)]
    house.night(decisions=waiver("F23"))
    assert [row[1] for row in house.standing] == [False, True]


def test_a_waiver_that_has_run_out_or_is_taken_back_ends_its_effect(house):
    house.night(NEGATIVE, decisions=waiver(until="2024-04-20"))
    assert house.standing[0][0] == "accepted_with_warnings"
    house.night(decisions=waiver(until="2024-04-20"), as_of=date(2024, 4, 21))
    assert house.standing[0][0] == "partly_accepted" and house.states["F35"] == "open"
    house.night(decisions=waiver())
    house.night()
    assert house.standing[0][0] == "partly_accepted"


def test_decided_before_or_after_it_came_ends_alike(tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    before, after = House(tmp_path / "a"), House(tmp_path / "b")
    before.night(NEGATIVE, decisions=waiver())
    after.night(NEGATIVE)
    after.night(decisions=waiver())
    assert after.standing == before.standing
    assert after.ask("FROM landed.issue ORDER BY ALL") == before.ask("FROM landed.issue ORDER BY ALL")


def test_a_night_without_news_touches_nothing_that_was_decided(house):
    house.night(NEGATIVE, decisions=waiver())
    assert house.night(decisions=waiver()) == {}


def test_an_approved_correction_answers_its_rule(house):
    approved = Correction("corrections.csv:2", "t01", KP, "2024-03", KEY, "completed_month", "冲减", "局长", datetime(2024, 4, 1))
    house.night(NEGATIVE, decisions=Decisions(corrections=(approved,)))
    assert house.states["F35"] == "corrected" and house.standing[0][3] == 0


def test_an_explanation_survives_a_resubmission_while_the_value_stands(house):
    def asked(raw):
        return sheet({}, findings=[Finding("F04", "Sheet1", 5, "annual_plan", "K5", raw)])

    told = Explanation("explanations.csv:2", "site", "F04", "t01", KP, "2024-03", KEY, "annual_plan", "约3000", "概算未批", "张某",
                       datetime(2024, 4, 6))
    for raw in ("约3000", "约3000", "约3500"):
        house.night(asked(raw), decisions=Decisions(explanations=(told,)))
    assert house.ask("SELECT value, state, explanation FROM landed.issue WHERE rule = 'F04' ORDER BY submission_id") == [
        ("约3000", "explained", "概算未批"), ("约3000", "explained", "概算未批"), ("约3500", "lapsed", "概算未批")]


def test_a_withdrawn_submission_keeps_its_issues(house):
    taken = Withdrawal("withdrawals.csv:2", "", "t01", KP, "2024-03", None, "发错了", "王某", datetime(2024, 4, 10))
    house.night(NEGATIVE, decisions=Decisions(withdrawals=(taken,)))
    assert house.standing[0][:2] == ("partly_accepted", False) and house.states["F35"] == "open"
