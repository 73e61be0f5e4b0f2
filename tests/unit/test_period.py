"""One value for every period: where it begins and ends, what stands before and after it, and what it is made of."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.period import GRAINS, Period
from etl.texts.periods import period_name

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def read(code):
    period = Period.read(code)
    assert period is not None, code
    return period


@pytest.mark.parametrize("code, first, last, before, after, year_before", [
    ("2024", "2024-01-01", "2024-12-31", "2023", "2025", "2023"),
    ("2024-H1", "2024-01-01", "2024-06-30", "2023-H2", "2024-H2", "2023-H1"),
    ("2024-Q1", "2024-01-01", "2024-03-31", "2023-Q4", "2024-Q2", "2023-Q1"),
    ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03", "2023-02"),
    ("2024-03-X1", "2024-03-01", "2024-03-10", "2024-02-X3", "2024-03-X2", "2023-03-X1"),
    ("2024-02-X3", "2024-02-21", "2024-02-29", "2024-02-X2", "2024-03-X1", "2023-02-X3"),
    ("2025-W01", "2024-12-30", "2025-01-05", "2024-W52", "2025-W02", "2024-W01"),
    ("2020-W53", "2020-12-28", "2021-01-03", "2020-W52", "2021-W01", "2019-W52"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "2024-02-28", "2024-03-01", "2023-02-28"),
])
def test_a_period_and_its_neighbours(code, first, last, before, after, year_before):
    period = read(code)
    assert (str(period.start), str(period.end)) == (first, last)
    assert (period.predecessor.code, period.successor.code, period.same_last_year.code) == (before, after, year_before)


@pytest.mark.parametrize("text", ["", "2024-13", "2024-00", "2024-Q5", "2024-H3", "2024-W60", "2024-02-30", "2024-03-X4", "0000", "202403", "unknown", None])
def test_what_is_no_period(text):
    assert Period.read(text) is None


def test_a_quarter_is_made_of_its_months_and_lies_in_its_half_year():
    assert [month.code for month in read("2024-Q1").parts("month")] == ["2024-01", "2024-02", "2024-03"]
    assert read("2024-Q1") in read("2024-H1") and read("2024-Q1") not in read("2024-H2") and read("2024-H1") not in read("2024-Q1")
    assert [read("2024-03").within(grain).code for grain in ("quarter", "half", "year")] == ["2024-Q1", "2024-H1", "2024"]


def test_a_week_belongs_where_its_thursday_lies():
    assert read("2024-W09") in read("2024-02")                     # 26 February to 3 March, Thursday the 29th
    assert [week.code for week in read("2024-02").parts("week")] == ["2024-W05", "2024-W06", "2024-W07", "2024-W08", "2024-W09"]
    assert read("2025-W01") in read("2025") and read("2025-W01").year == 2025
    assert read("2024-W09").within("ten_days") is None             # it lies in two of them
    assert read("2024-03-05") in read("2024-W10") and read("2024-03-05") in read("2024-03-X1")


def test_periods_stand_in_the_order_in_which_they_end():
    codes = ["2024-03", "2024", "2024-Q1", "2024-02", "2024-H1"]
    assert [p.code for p in sorted(map(read, codes))] == ["2024-02", "2024-03", "2024-Q1", "2024-H1", "2024"]


@pytest.mark.parametrize("code, name", [
    ("2024", "2024年"), ("2024-H2", "2024年下半年"), ("2024-Q1", "2024年一季度"), ("2024-03", "2024年3月"), ("2024-03-X1", "2024年3月上旬"),
    ("2024-W09", "2024年第9周"), ("2024-03-05", "2024年3月5日"),
])
def test_a_period_has_a_chinese_name(code, name):
    assert period_name(code) == name
    assert period_name(code, "en") == code


@given(st.sampled_from(GRAINS), DAYS)
def test_a_day_lies_in_its_period_and_the_code_says_which(grain, day):
    period = Period.of(grain, day)
    assert period.start <= day <= period.end
    assert Period.read(period.code) == period
    assert Period.of(grain, period.end) == period


@given(st.sampled_from(GRAINS), DAYS)
def test_neighbours_follow_without_a_gap(grain, day):
    period = Period.of(grain, day)
    after = period.successor
    assert after.start == period.end + timedelta(days=1) and after.predecessor == period
    assert after.ordinal == period.ordinal + 1 and period < after and period.code < after.code


@given(DAYS, st.sampled_from(["ten_days", "day"]))
def test_a_longer_period_is_its_parts_and_nothing_else(day, grain):
    month = Period.of("month", day)
    parts = list(month.parts(grain))
    assert (parts[0].start, parts[-1].end) == (month.start, month.end)
    assert all(one.successor == other for one, other in pairwise(parts))
