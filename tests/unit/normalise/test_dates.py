"""Section E of the checklist: dates with the precision they were written in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise.dates import arabic, read_date


@pytest.mark.parametrize("written, low, value, precision", [
    ("2024-03-15", "2024-03-15", "2024-03-15", "day"), ("2024/3/15", "2024-03-15", "2024-03-15", "day"), ("2024.3.15", "2024-03-15", "2024-03-15", "day"),
    ("2024年3月15日", "2024-03-15", "2024-03-15", "day"), ("2024 年 3 月 15 号", "2024-03-15", "2024-03-15", "day"), ("20240315", "2024-03-15", "2024-03-15", "day"),
    ("45366", "2024-03-15", "2024-03-15", "day"), ("２０２４．３．１５", "2024-03-15", "2024-03-15", "day"), ("二〇二四年三月十五日", "2024-03-15", "2024-03-15", "day"),
    ("2024-03-15 10:30:00", "2024-03-15", "2024-03-15", "day"), ("2024/3/1 10:00", "2024-03-01", "2024-03-01", "day"), ("2024-03-15T00:00:00", "2024-03-15", "2024-03-15", "day"),
    ("2024年6月30日前", "2024-06-30", "2024-06-30", "day"),
    ("2024-3", "2024-03-01", "2024-03-31", "month"), ("2024.03", "2024-03-01", "2024-03-31", "month"), ("2024年3月", "2024-03-01", "2024-03-31", "month"),
    ("2024年3月份", "2024-03-01", "2024-03-31", "month"), ("202403", "2024-03-01", "2024-03-31", "month"), ("2024.10", "2024-10-01", "2024-10-31", "month"),
    ("2024年3月底", "2024-03-31", "2024-03-31", "month"), ("2024年2月末", "2024-02-29", "2024-02-29", "month"), ("2024年6月底前", "2024-06-30", "2024-06-30", "month"),
    ("2024年3月上旬", "2024-03-01", "2024-03-10", "month"), ("2024年3月中旬", "2024-03-11", "2024-03-20", "month"), ("2024年2月下旬", "2024-02-21", "2024-02-29", "month"),
    ("2024年一季度", "2024-01-01", "2024-03-31", "quarter"), ("2024年第4季度", "2024-10-01", "2024-12-31", "quarter"), ("2024Q2", "2024-04-01", "2024-06-30", "quarter"),
    ("2024年上半年", "2024-01-01", "2024-06-30", "half"), ("2024下半年", "2024-07-01", "2024-12-31", "half"),
    ("2024年", "2024-01-01", "2024-12-31", "year"), ("2024", "2024-01-01", "2024-12-31", "year"), ("2024年底", "2024-12-31", "2024-12-31", "year"),
    ("2023.3-2025.12", "2023-03-01", "2025-12-31", "month"), ("2024年3月至2024年5月", "2024-03-01", "2024-05-31", "month"),
])
def test_kinds(written, low, value, precision):
    found = read_date(written)
    assert (str(found.low), str(found.value), found.precision, found.rule) == (low, value, precision, None)


@pytest.mark.parametrize("written, value, precision", [("3月", "2024-03-31", "month"), ("3月15日", "2024-03-15", "day"), ("3月底", "2024-03-31", "month"),
                                                       ("三月", "2024-03-31", "month"), ("二季度", "2024-06-30", "quarter"), ("上半年", "2024-06-30", "half")])
def test_without_a_year_the_title_gives_it_and_it_is_said(written, value, precision):
    found = read_date(written, year_of_title=2024)
    assert (str(found.value), found.precision, found.reason) == (value, precision, "year_from_title")
    assert read_date(written).rule == "F06"


@pytest.mark.parametrize("raw, delimited", [(Decimal("2024.1"), False), ("2024.1", True), (Decimal("2023.1"), True)])
def test_january_or_october_is_asked(raw, delimited):
    found = read_date(raw, delimited=delimited)
    assert (found.value, found.rule, found.reason) == (None, "F07", "ambiguous_month")


@pytest.mark.parametrize("raw, delimited, month", [("2024.1", False, 1), ("2024.10", True, 10), ("2024.10", False, 10), (Decimal("2024.3"), False, 3),
                                                   (Decimal("2024.12"), False, 12), (Decimal("2024.01"), True, 1), ("2024.01", True, 1)])
def test_months_that_are_no_question(raw, delimited, month):
    found = read_date(raw, delimited=delimited)
    assert (found.value.month, found.rule) == (month, None)


@pytest.mark.parametrize("written", ["已开工", "年内", "2024-02-30", "2024年13月", "2024-00-01", "24年3月", "3.15", "待批复后", "2024年3月（暂定）",
                                     "20241345", "明年3月", "0000-01-01", "12345", "1"])
def test_no_date(written):
    found = read_date(written, year_of_title=2024)
    assert (found.value, found.rule, found.reason) == (None, "F06", "not_a_date")


def test_cells_that_are_dates_or_serials():
    assert read_date(datetime(2024, 3, 15, 9, 30)).value == date(2024, 3, 15)
    assert read_date(date(2024, 3, 15)).precision == "day"
    assert read_date(45366).value == read_date(Decimal("45366.5")).value == date(2024, 3, 15)
    assert read_date(2024).precision == "year"
    assert read_date(202403).value == date(2024, 3, 31)
    for odd in (True, Decimal("NaN"), Decimal("Infinity"), 7):
        assert read_date(odd).rule == "F06"


def test_arabic_changes_dates_only():
    assert arabic("二〇二四年三月十五日") == "2024年3月15日"
    assert arabic("一至三月") == "1至3月"
    assert arabic("一期工程三号楼") == "一期工程三号楼"


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_days_round_trip(day, pattern):
    found = read_date(day.strftime(pattern))
    assert (found.value, found.low, found.precision) == (day, day, "day")


@given(st.integers(1950, 2090), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year, month):
    found = read_date(f"{year}年{month}月")
    assert found.value.day == monthrange(year, month)[1]
    assert found.low.day == 1


@given(st.one_of(st.text(max_size=20), st.text("0123456789年月日季度上下半旬底末前-/.Q一二三四至 ", max_size=16), st.integers(), st.decimals()))
def test_never_raises_and_an_interval_contains_its_value(raw):
    found = read_date(raw, year_of_title=2024)
    if found.value is None:
        assert found.rule and found.reason
    else:
        assert found.low <= found.value and found.precision
