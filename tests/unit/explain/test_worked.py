"""A computed column is told in words and numbers, and only where the numbers come to what is shown."""

from decimal import Decimal
from fractions import Fraction

import pytest

from etl.explain.worked import NoArithmetic, arithmetic, worked

SAID = {
    "completion_rate": "投资完成率（%）＝本年累计完成投资÷本年计划投资；计划为 0 的为空。Recomputed 100·completed_ytd/annual_plan; NULL where the plan is 0.",
    "completed_ytd": "本年累计完成投资（万元）。Completed this year.",
    "annual_plan": "本年计划投资（万元）。Planned.",
    "gap_pp": "完成率与时间进度之差（百分点）。rate − time_progress, percentage points.",
    "quotient": "完成率与时间进度之比（%）。100·rate/time_progress.",
    "rate": "完成率（%）。Rate.",
    "time_progress": "时间进度（%）。Time progress.",
    "investment_per_mu": "投资强度（万元/亩），未填固定资产投资的按协议总投资计算。fixed_asset_amount / land_area_mu in 万元 per 亩.",
    "fixed_asset_amount": "固定资产投资（万元）。Fixed part.",
    "land_area_mu": "用地面积（亩）。Land.",
    "stage": "阶段。Stage.",
}


def told(name, lang="zh", **row):
    values = dict.fromkeys(SAID) | {c: None if v is None else Decimal(str(v)) for c, v in row.items()}
    return worked(name, SAID, values, lang)


@pytest.mark.parametrize("name, row, says", [
    ("completion_rate", {"completed_ytd": 20, "annual_plan": 100, "completion_rate": 20}, "投资完成率 = 100·本年累计完成投资/本年计划投资 = 100·20/100 → 20"),
    ("completion_rate", {"completed_ytd": 5, "annual_plan": 0}, "投资完成率 = 100·本年累计完成投资/本年计划投资 = 100·5/0 → —"),
    ("gap_pp", {"rate": "40.5", "time_progress": 50, "gap_pp": "-9.5"}, "完成率与时间进度之差 = 完成率 − 时间进度 = 40.5 − 50 → -9.5"),
    # a third of a year has no end of digits: 100·25.07/33.333333 would be 75.210001
    ("quotient", {"rate": "25.07", "time_progress": "33.333333", "quotient": "75.21"}, "完成率与时间进度之比 = 100·完成率/时间进度 = 100·25.07/(400/12) → 75.21"),
    # the light goes by amounts, not by the rate as it is kept
    ("quotient", {"rate": "5.514243", "time_progress": "8.333333", "quotient": "66.170911"}, "完成率与时间进度之比 = 100·完成率/时间进度 = 100·5.514243/(100/12) ≈ 66.170911"),
    # worked out in another way than the formula says, which is said
    ("investment_per_mu", {"land_area_mu": 100, "investment_per_mu": 200}, "投资强度 = 200：投资强度（万元/亩），未填固定资产投资的按协议总投资计算"),
    ("completion_rate", {"annual_plan": 100}, None),
    ("stage", {}, None),
])
def test_what_is_told(name, row, says):
    assert told(name, **row) == says


def test_in_english_columns_keep_their_names():
    assert told("gap_pp", "en", rate="-1", time_progress=50, gap_pp="-51") == "gap_pp = rate − time_progress = (-1) − 50 → -51"


@pytest.mark.parametrize("text, value", [("1 + 2·3", 7), ("(1 + 2)·3/4", Fraction(9, 4)), ("5 − (-3)", 8), ("10 − 2 − 3", 5)])
def test_arithmetic_is_exact_and_goes_from_left_to_right(text, value):
    assert arithmetic(text) == value


@pytest.mark.parametrize("text", ["— / 5", "Σ 5", "(1", "1 2", ""])
def test_what_is_no_arithmetic_is_refused(text):
    with pytest.raises(NoArithmetic):
        arithmetic(text)
