"""Dates with the precision they were written in."""

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
    ("23.3.14", "2023-03-14", "2023-03-14", "day"), ("24.1.17", "2024-01-17", "2024-01-17", "day"), ("12.01.05", "2012-01-05", "2012-01-05", "day"),
    ("24/1/17", "2024-01-17", "2024-01-17", "day"), ("24-1-5", "2024-01-05", "2024-01-05", "day"), ("24年1月17日", "2024-01-17", "2024-01-17", "day"),
    ("'23年3月", "2023-03-01", "2023-03-31", "month"), ("24年11月", "2024-11-01", "2024-11-30", "month"), ("24年底", "2024-12-31", "2024-12-31", "year"),
    ("二四年三月", "2024-03-01", "2024-03-31", "month"), ("2024年元月", "2024-01-01", "2024-01-31", "month"), ("24年元月份", "2024-01-01", "2024-01-31", "month"),
    ("2024年1月17日（星期三）", "2024-01-17", "2024-01-17", "day"), ("2024-1-17 星期三", "2024-01-17", "2024-01-17", "day"), ("2024年1月17日周三", "2024-01-17", "2024-01-17", "day"),
    ("2022、5、20", "2022-05-20", "2022-05-20", "day"), ("2024，1，17", "2024-01-17", "2024-01-17", "day"), ("2024、1", "2024-01-01", "2024-01-31", "month"),
    ("2024 1 17", "2024-01-17", "2024-01-17", "day"), ("2024 1 1", "2024-01-01", "2024-01-01", "day"), ("2024.01.17.", "2024-01-17", "2024-01-17", "day"),
    ("2024.1.17*", "2024-01-17", "2024-01-17", "day"), ("二〇二四年一月十七日", "2024-01-17", "2024-01-17", "day"),
    ("2023年3月14日上午", "2023-03-14", "2023-03-14", "day"), ("2024年1月17日下午3点半", "2024-01-17", "2024-01-17", "day"),
    ("2024年01月17日09：30", "2024-01-17", "2024-01-17", "day"), ("2024年1月17日 星期三 09:30", "2024-01-17", "2024-01-17", "day"),
    ("1/17/2024", "2024-01-17", "2024-01-17", "day"), ("17/1/2024", "2024-01-17", "2024-01-17", "day"), ("3/3/2024", "2024-03-03", "2024-03-03", "day"),
    ("1/17/2024 12:00:00 AM", "2024-01-17", "2024-01-17", "day"), ("01-17-24", "2024-01-17", "2024-01-17", "day"), ("1/17/24", "2024-01-17", "2024-01-17", "day"),
    ("17 Jan 2024", "2024-01-17", "2024-01-17", "day"), ("Jan 17, 2024", "2024-01-17", "2024-01-17", "day"), ("January 17th, 2024", "2024-01-17", "2024-01-17", "day"),
    ("Wed, 17 Jan 2024", "2024-01-17", "2024-01-17", "day"), ("17-Jan-24", "2024-01-17", "2024-01-17", "day"),
    ("Dec-22", "2022-12-01", "2022-12-31", "month"), ("Sept 2024", "2024-09-01", "2024-09-30", "month"),
    ("2024年3月初", "2024-03-01", "2024-03-31", "month"), ("2024年初", "2024-01-01", "2024-12-31", "year"), ("2024年6月30日之前", "2024-06-30", "2024-06-30", "day"),
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
    assert found.expected == f"{str(raw)[:4]}年1月 或 {str(raw)[:4]}年10月"


@pytest.mark.parametrize("raw, delimited, month", [("2024.1", False, 1), ("2024.10", True, 10), ("2024.10", False, 10), (Decimal("2024.3"), False, 3),
                                                   (Decimal("2024.12"), False, 12), (Decimal("2024.01"), True, 1), ("2024.01", True, 1)])
def test_months_that_are_no_question(raw, delimited, month):
    found = read_date(raw, delimited=delimited)
    assert (found.value.month, found.rule) == (month, None)


@pytest.mark.parametrize("reason, written", [("not_a_date", w) for w in (
    "已开工", "年内", "3.15", "待批复后", "明年3月", "12345", "1", "24.3", "24年", "2024年3月上午", "2024年1月17日 开工", "2024-W03", "2024年1-3月")
] + [("no_such_day", w) for w in ("2024-02-30", "2024年13月", "2024-00-01", "20241345", "0000-01-01", "31/2/2024", "24.13.40", "30 Feb 2024")
] + [("about", w) for w in ("2024年1月17日前后", "2024年3月左右", "约2024年3月", "2024年3月（暂定）", "预计2024年5月")
] + [("weekday_differs", "2024年1月17日（星期五）"), ("weekday_differs", "Fri, 17 Jan 2024")])
def test_no_date(reason, written):
    found = read_date(written, year_of_title=2024)
    assert (found.value, found.rule, found.reason) == (None, "F06", reason)


@pytest.mark.parametrize("written, expected", [
    ("3/4/2024", "2024-03-04 或 2024-04-03"), ("3.4.2024", "2024-03-04 或 2024-04-03"), ("03/04/24", "2003-04-24 或 2024-03-04"), ("3/4/24", "2024-03-04 或 2024-04-03"),
    ("98年3月", "1998-03 或 2098-03"), ("98.3.14", "1998-03-14 或 2098-03-14"), ("22-Dec", "2022-12 或 12月22日"), ("Jan 17", "2017-01 或 1月17日"),
])
def test_two_readings_are_both_named_and_neither_is_taken(written, expected):
    found = read_date(written)
    assert (found.value, found.rule, found.reason, found.expected) == (None, "F06", "two_readings", expected)


def test_the_day_of_the_week_that_does_not_fit_is_told():
    assert read_date("2024年1月17日（星期五）").expected == "2024-01-17（星期三）"


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


STYLES = ("{y}年{m}月{d}日", "{y}年{m:02}月{d:02}日", "{y}、{m}、{d}", "{y} {m} {d}", "{y}.{m}.{d}.", "{y}-{m}-{d} 星期{w}", "{y}年{m}月{d}日（周{w}）上午", "{y}/{m}/{d} 0:00",
          "{s:02}.{m}.{d}", "{s:02}年{m}月{d}日", "'{s:02}年{m}月{d}号", "{d} {e} {y}", "{e} {d}, {y}", "{d}-{e}-{s:02}", "{y}-{e}-{d}")
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.sampled_from(STYLES))
def test_a_day_reads_back_however_it_is_written(day, style):
    written = style.format(y=day.year, s=day.year % 100, m=day.month, d=day.day, w="一二三四五六日"[day.weekday()], e=ENGLISH[day.month - 1])
    found = read_date(written)
    assert (found.value, found.low, found.precision) == (day, day, "day"), written


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.sampled_from("-/."), st.booleans())
def test_a_year_at_the_end_gives_the_day_only_where_one_order_is_possible(day, mark, month_first):
    parts = (day.month, day.day) if month_first else (day.day, day.month)
    found = read_date(mark.join(map(str, (*parts, day.year))))
    if day.day > 12 or day.day == day.month:
        assert found.value == day
    else:
        assert (found.value, found.rule) == (None, "F06") and f"{day}" in found.expected


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.integers(1, 6))
def test_a_wrong_day_of_the_week_gives_no_value(day, off):
    found = read_date(f"{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[(day.weekday() + off) % 7]}）")
    assert (found.value, found.rule, found.reason) == (None, "F06", "weekday_differs")


@given(st.integers(1950, 2090), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year, month):
    found = read_date(f"{year}年{month}月")
    assert found.value.day == monthrange(year, month)[1]
    assert found.low.day == 1


@given(st.one_of(st.text(max_size=20), st.text("0123456789年月日季度上下半旬底末前-/.Q一二三四至元、星期周（）午Jan'T: ", max_size=16), st.integers(), st.decimals()))
def test_never_raises_and_an_interval_contains_its_value(raw):
    found = read_date(raw, year_of_title=2024)
    if found.value is None:
        assert found.rule and found.reason
    else:
        assert found.low <= found.value and found.precision
