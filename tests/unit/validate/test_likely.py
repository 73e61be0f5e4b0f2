# ruff: noqa: C408  (cells read better as dict(column=text))
"""What a clerk is told of the cell that is probably wrong, after the sentence of the rule that found something."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from etl.judge.compare import beside
from etl.judge.criteria import Criteria
from etl.model import Finding, Total
from etl.validate.queries import CONTEXT
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, judged, parameters, reading, sheet

pytestmark = pytest.mark.slow

KP, SELF, BUDGET = "key_project_monthly", "performance_self_evaluation", "budget_execution_monthly"
# The good line of fixtures.submissions: month 100, year to date 300, since the start 900, of 6000; 10 % of a plan of 3000.
FEBRUARY = sheet(dict(completed_month="120", completed_ytd="200", completed_since_start="800", completion_rate_reported="6.67"),
                 period="2024-02", received="2024-03-02 09:00:00")


def likely(form, *sheets, lang="zh", period="2024-03"):
    """Rule, column -> what is added, of the issues of the last month."""
    return {(i.rule, i.column): i.likely for i in judged(form, *sheets, night=True, lang=lang).issues
            if f"-{period}" in i.submission_id and i.likely}


def test_own_issues_and_those_of_the_comparison_name_the_same_cell():
    found = likely(KP, FEBRUARY, sheet(dict(completed_ytd="3000")))
    assert found == {
        ("P03", "completed_ytd"): "最可能：多写一位，3000 应为 300。", ("P27", "completion_rate_reported"):
        "最可能：M5（本年累计完成投资）多写一位，3000 应为 300。", ("P10", "completed_ytd"): "最可能：多写一位，3000 应为 300。"}
    english = likely(KP, FEBRUARY, sheet(dict(completed_ytd="3000")), lang="en")
    assert english["P03", "completed_ytd"] == " Most likely: has one digit too many, 3000 should be 300."
    assert english["P27", "completion_rate_reported"] == " Most likely: M5 (本年累计完成投资) has one digit too many, 3000 should be 300."


def test_the_sentence_of_the_rule_stays_as_it_is_and_what_is_told_follows_it():
    (issue,) = [i for i in judged(KP, FEBRUARY, sheet(dict(completed_month="1000")), night=True).issues
                if i.rule == "P03"]
    assert issue.sentence.endswith("请核对本月数和累计数哪个错了。")
    assert issue.told == issue.sentence + "最可能：多写一位，1000 应为 100。"
    assert replace(issue, likely=None).told == issue.sentence


def test_the_figure_of_another_column_and_last_months_are_named():
    found = likely(KP, FEBRUARY, sheet(dict(completed_ytd="100")))
    assert found["P01", "completed_ytd"] == "最可能：填成了“本月完成投资”的数，100 应为 300。"
    found = likely(KP, FEBRUARY, sheet(dict(completed_since_start="800")))
    assert found["P03", "completed_since_start"] == "最可能：照抄了上月的数，800 应为 900。"


def test_the_row_above_is_named():
    rows = [dict(completed_ytd="700", completed_month="500", completed_since_start="1300", completion_rate_reported="23.33"),
            dict(project_code="2411-130202-89-01-637016", completed_ytd="700")]
    before = sheet({"completed_month": "120", "completed_ytd": "200", "completed_since_start": "800", "completion_rate_reported": "6.67"},
                   {"project_code": "2411-130202-89-01-637016", "completed_month": "120", "completed_ytd": "200",
                    "completed_since_start": "800", "completion_rate_reported": "6.67"}, period="2024-02", received="2024-03-02 09:00:00")
    found = likely(KP, before, sheet(*rows))
    assert found["P03", "completed_ytd"] == "最可能：串行，填成了上一行的数，700 应为 300。"


def test_a_figure_of_last_month_may_be_the_wrong_one():
    wrong = sheet(FEBRUARY.changes[0] | dict(completed_ytd="2000", completed_since_start="8000", completion_rate_reported=None,
                                             total_investment="60000"), period="2024-02", received="2024-03-02 09:00:00")
    found = likely(KP, wrong, sheet(dict(completed_since_start="8100", total_investment="60000")))
    assert found["P01", "completed_ytd"] == "最可能：上月报的“本年累计完成投资”多写一位，2000 应为 200。"


def test_two_that_are_equally_good_are_both_named():
    found = likely(BUDGET, sheet(dict(spent_month="1600.5", spent_ytd="160.05"), period="2024-01"), period="2024-01")
    assert found["P03", "spent_ytd"] == "最可能：H5（本月支出）多写一位，1600.5 应为 160.05。"
    found = likely(BUDGET, sheet(dict(spent_month="1250", spent_ytd="125", budget_initial="9000", budget_adjusted="9000",
                                      execution_rate_reported=None), period="2024-01"), period="2024-01")
    assert found["P03", "spent_ytd"] == "最可能：I5（本年累计支出）少写一位，125 应为 1250；或 H5（本月支出）多写一位，1250 应为 125。"


def test_nothing_is_told_where_nothing_is_plausible():
    """Completed more than planned, by a seventh, with nothing else to compare; and a row that is last month's as a whole."""
    assert likely(KP, sheet(dict(completed_since_start="6850"))) == {}
    copied = sheet(FEBRUARY.changes[0] | dict(progress_text="主体工程施工，完成15%"))
    found = judged(KP, FEBRUARY, copied, night=True).issues
    assert {"P03", "P05"} <= {i.rule for i in found} and not [i for i in found if i.likely]


def test_a_negative_figure_has_lost_its_way():
    assert likely(KP, sheet(dict(completed_month="-100")))["F35", "completed_month"] == "最可能：正负号写反，-100 应为 100。"


def test_points_are_told_where_one_cell_mends_the_sum_and_its_own_weight():
    def parts(*scores):
        return [dict(indicator_level3=f"指标{n}", weight="30", self_score=score, deviation_reason="略") for n, score in enumerate(scores)]

    found = judged(SELF, sheet(*parts("30", "300", "30"), totals=["99.5"]), night=True).issues
    assert {i.cell: i.likely for i in found if i.rule == "P42"} == {
        "R6": "最可能：多写一位，300 应为 30。", "N30": "最可能：R6（得分）多写一位，300 应为 30。"}


# --- totals ----------------------------------------------------------------------------------------------------------

CODES = [f"2411-130202-89-01-63701{n}" for n in range(4)]
MONTHS = ["100", "240", "310", "57"]


def with_total(raw: str, months=MONTHS):
    """What is said of a 合计 row below four lines whose months should add up to 707."""
    lines = [dict(project_code=code, completed_month=month, completed_ytd="900", completed_since_start="2000",
                  completion_rate_reported="30") for code, month in zip(CODES, months)]
    value = Decimal(raw)
    total = Total("合计", 9, "completed_month", "L9", raw, value, value - Decimal("0.5"), value + Decimal("0.5"))
    summed = sum(map(Decimal, months))
    finding = Finding("F21", "Sheet1", 9, "completed_month", "L9", raw, str(summed), str(value - summed))
    one = replace(reading(KP, sheet(*lines)), totals=(total,), findings=(finding,))
    criteria = Criteria(FORMS, RULEBOOK, parameters(), SITE)
    issues, _ = beside(duckdb.connect(config={"threads": 1}), [one], criteria, over=CONTEXT)
    (issue,) = [i for i in issues if i.rule == "F21"]
    return issue.likely


@pytest.mark.parametrize("total, says", [
    ("770", "最可能：相邻两位写反，770 应为 707。"),
    ("7070", "最可能：多写一位，7070 应为 707。"),
    ("397", "最可能：漏加了 L7，397 应为 707。"),
    ("764", "最可能：多加了一次 L8，764 应为 707。"),
])
def test_a_total_that_is_wrong_itself_is_told_so(total, says):
    assert with_total(total) == says


def test_a_line_below_a_right_total_is_named():
    assert with_total("707", [*MONTHS[:2], "3100", "57"]) == "最可能：L7（本月完成投资）多写一位，3100 应为 310。"


# --- as a figure -----------------------------------------------------------------------------------------------------

def test_the_figure_that_would_fit_is_kept_with_its_line_and_column():
    """A rate that is off names the amount that made it so; where two cells may be meant, or last month's, no figure is kept."""
    found = judged(KP, FEBRUARY, sheet(dict(completed_ytd="3000")), night=True).issues
    (rate,) = [i for i in found if i.rule == "P27" and "-2024-03" in i.submission_id]
    assert (rate.likely_line, rate.likely_column, rate.likely_value) == (rate.line_id, "completed_ytd", Decimal(300))
    assert "likely_value" not in str(rate)  # a reply says the same as before
    both = judged(BUDGET, sheet(dict(spent_month="1250", spent_ytd="125", budget_initial="9000", budget_adjusted="9000",
                                     execution_rate_reported=None), period="2024-01"), night=True).issues
    assert {i.likely_value for i in both if i.likely} == {None}
