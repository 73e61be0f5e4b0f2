"""The period that a title or a file name speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise.periods import find_period, find_year, period_end, period_said, period_start
from etl.period import GRAIN_OF


@pytest.mark.parametrize("text, period", [
    ("云岭县2024年1-5月重点项目", "2024-05"), ("2024年1月-3月", "2024-03"), ("2024年1月至3月", "2024-03"), ("2024年一至三月", "2024-03"),
    ("2024年1月1日至3月31日", "2024-03"), ("2024年3月1日至3月31日", "2024-03"), ("2024.1-2024.3月", "2024-03"),
    ("二〇二四年三月", "2024-03"), ("２０２４年３月", "2024-03"), ("2024 年 3 月", "2024-03"), ("2024.03", "2024-03"), ("2024-3", "2024-03"),
    ("202403县发改局", "2024-03"), ("表2024.01（招商局）v2", "2024-01"), ("2024_03", "2024-03"), ("截至2024年3月31日", "2024-03"), ("截至2024年3月底", "2024-03"),
    ("2024年一季度", "2024-03"), ("2024年第2季度", "2024-06"), ("2024年Q3", "2024-09"), ("2024年上半年", "2024-06"),
    ("3月份", "2024-03"), ("1-3月", "2024-03"), ("2023年12月", "2023-12"),
    ("2024年3月15日", None), ("2024年", None), ("20xx年3月", None), ("X月", None), ("2024年13月", None), ("", None), ("〔2024〕85号", None),
])
def test_monthly(text, period):
    assert find_period(text, "monthly", 2024) == period


def test_a_month_without_any_year_is_no_period():
    assert find_period("3月份重点项目", "monthly") is None


@pytest.mark.parametrize("text, period", [("2023年度绩效自评表", "2023"), ("二〇二三年度", "2023"), ("（2023）", "2023"), ("绩效自评表", None), ("20xx年度", None)])
def test_yearly(text, period):
    assert find_period(text, "yearly") == period


def test_years():
    assert (find_year("202403"), find_year("二〇二四年"), find_year("无")) == (2024, 2024, None)


@pytest.mark.parametrize("period, first, last", [
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)), ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)), ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)), ("2024-13", None, None), ("2024-Q5", None, None), ("unknown", None, None), (None, None, None),
])
def test_a_period_has_a_first_and_a_last_day(period, first, last):
    assert (period_start(period), period_end(period)) == (first, last)


@given(st.integers(2000, 2099), st.integers(1, 12), st.sampled_from(["{}年{}月", "县发改局{}-{:02d}", "{}{:02d}", "{}.{:02d}", "云岭县{}年1-{}月"]))
def test_round_trip(year, month, pattern):
    assert find_period(pattern.format(year, month), "monthly") == f"{year}-{month:02d}"


@pytest.mark.parametrize("text, cadence, period", [
    ("2024年一季度", "quarterly", "2024-Q1"), ("第二季度招商情况", "quarterly", "2024-Q2"), ("1-3月", "quarterly", "2024-Q1"),
    ("截至2024年9月30日", "quarterly", "2024-Q3"), ("2024Q4", "quarterly", "2024-Q4"), ("2024年4月", "quarterly", None),
    ("2024年上半年", "half_yearly", "2024-H1"), ("2024-H2", "half_yearly", "2024-H2"), ("2024年1-6月", "half_yearly", "2024-H1"),
    ("2024年3月", "half_yearly", None),
    ("三月上旬", "ten_days", "2024-03-X1"), ("2024年12月下旬", "ten_days", "2024-12-X3"), ("2024-03-X2", "ten_days", "2024-03-X2"), ("3月", "ten_days", None),
    ("2024年第9周", "weekly", "2024-W09"), ("第九周", "weekly", "2024-W09"), ("2024-W09", "weekly", "2024-W09"),
    ("2024年2月26日至3月3日", "weekly", "2024-W09"), ("2月27日-3月5日", "weekly", None), ("3月第1周", "weekly", None), ("第60周", "weekly", None),
    ("3月5日", "daily", "2024-03-05"), ("2024年3月5日", "daily", "2024-03-05"), ("20240305", "daily", "2024-03-05"), ("2月30日", "daily", None),
])
def test_a_period_is_found_in_the_grain_of_the_form(text, cadence, period):
    assert find_period(text, cadence, 2024) == period


@pytest.mark.parametrize("text, period", [
    ("2024年一季度", "2024-Q1"), ("2024年上半年", "2024-H1"), ("2024年3月上旬", "2024-03-X1"), ("2024年第9周", "2024-W09"), ("2024-w09", "2024-W09"),
    ("2024年3月5日", "2024-03-05"), ("3月上旬", None), ("2024年13月", None),
    ("2024年二季度", "2024-Q2"), ("2024年第三季度", "2024-Q3"), ("2024年第四季度", "2024-Q4"), ("2024年四季", "2024-Q4"), ("2024年4季度", "2024-Q4"),
    ("2024-Q1", "2024-Q1"), ("2024Q4", "2024-Q4"), ("2024Q5", None), ("2024年五季度", None), ("2024年下半年", "2024-H2"), ("2024-H2", "2024-H2"), ("2024H3", None),
    ("2024年1月", "2024-01"), ("2024年12月份", "2024-12"), ("2024.9", "2024-09"), ("202410", "2024-10"), ("2024年0月", None), ("2024", "2024"), ("2024年度", "2024"),
])
def test_what_a_person_says_is_a_period_and_nothing_else(text, period):
    assert (found := period_said(text)) and found.code == period or found is period is None


@given(st.one_of(st.text(max_size=30), st.text("0123456789年月日季度Q一二三至截-.", max_size=20)), st.sampled_from(sorted(GRAIN_OF)))
def test_never_raises(text, cadence):
    found = find_period(text, cadence, 2024)
    assert found is None or period_end(found)
