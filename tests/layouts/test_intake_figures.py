"""Messy workbooks that clerks have sent, one small case each, with what should come out: dates and figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.fixtures.sheets import TITLES, columns_of, reference, rules, values
from tests.layouts.intake import FORM, TOP, at, cell_of, changed, is_the_table, one_cell, refusals, table, value_of

pytestmark = pytest.mark.slow


DATES = {
    "short_year_with_dots": ("23.3.14", date(2023, 3, 14), "day"), "short_year_with_an_apostrophe": ("'23年3月", date(2023, 3, 31), "month"),
    "american_order_that_can_only_be_read_so": ("1/17/2024", date(2024, 1, 17), "day"),
    "day_of_the_week": ("2024年1月17日（星期三）", date(2024, 1, 17), "day"), "stops_between": ("2022、5、20", date(2022, 5, 20), "day"),
    "time_of_day": ("2023年3月14日上午", date(2023, 3, 14), "day"), "short_year_and_month": ("24年11月", date(2024, 11, 30), "month"),
    "short_year_with_dots_and_day": ("24.1.17", date(2024, 1, 17), "day"), "blanks_inside": ("2024年 1 月 17 日", date(2024, 1, 17), "day"),
}


@pytest.mark.parametrize("text, day, kind", DATES.values(), ids=DATES)
def test_date(text, day, kind):
    found = one_cell("planned_start_date", text)
    assert value_of(found, "planned_start_date") == (day, kind)
    assert not refusals(found)


def test_date_of_two_orders_is_asked_with_both_readings():
    found = one_cell("planned_start_date", "3/4/2024")
    assert value_of(found, "planned_start_date")[0] is None
    (asked,) = [f for f in found[0].findings if f.rule in ("F06", "F07")]
    assert any(word in asked.expected for word in ("3月4日", "2024-03-04")) and any(word in asked.expected for word in ("4月3日", "2024-04-03"))


FIGURES = {"full_width_digits": ("４５００", 4500, ()), "thousands": ("4,500.00", 4500, ()), "hundred_millions": ("2.37亿", 23700, ("F19",)),
           "ten_thousands_and_word": ("941万", 941, ()), "figures_of_a_cheque": ("捌仟万元整", 8000, ("F19",)), "yuan": ("6715元", Decimal("0.6715"), ("F19",)),
           "brackets_are_negative": ("（941）", -941, ())}


@pytest.mark.parametrize("text, value, allowed", FIGURES.values(), ids=FIGURES)
def test_figure(text, value, allowed):
    found = one_cell("total_investment", text)
    assert value_of(found, "total_investment")[0] == value
    assert set(rules(found)) <= set(allowed)


@pytest.mark.parametrize("text", ["941\n（其中设备购置300）", "941（含补报200）", "134+0", "2,3700", "3千7百万", "1,5", "94l", True])
def test_no_figure(text):
    found = one_cell("total_investment", text)
    assert value_of(found, "total_investment")[0] is None
    assert at(found, "F03") == [cell_of("total_investment", 0)]


def test_code_of_eighteen_digits_as_a_number():
    assert at(one_cell("builder_uscc", Decimal(915303300000000000)), "F12") == [cell_of("builder_uscc", 0)]


def test_stage_with_an_explanation():
    assert at(one_cell("stage", "在建（主体施工）"), "F08") == [cell_of("stage", 0)]


def test_tick_and_cross():
    rows = changed("started", "√", "×", "√")
    is_the_table(table([TITLES[FORM]], TOP, body=rows))


def test_formulas_without_results():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", None, None, None), errors={(3 + i, col): "" for i in range(3)})
    assert at(found, "F20") == [cell_of("total_investment", line) for line in range(3)]      # people are told once, see test_told_once
    assert not values(found[0])[0].get("total_investment")


def test_column_of_hundred_millions_beside_others():
    by_name = reference().forms[FORM].by_name
    units = [("亿元" if c == "total_investment" else "万元") if by_name[c].type == "amount" else "%" if by_name[c].type == "percent" else "—"
             for c in columns_of(FORM)]
    rows = changed("total_investment", Decimal("0.45"), Decimal("0.23"), Decimal("1.26"))
    is_the_table(table([TITLES[FORM]], ["填报单位：县发改局"], body=[units, *rows]))


def test_units_stand_only_over_the_amounts():
    by_name = reference().forms[FORM].by_name
    units = [("亿元" if c == "total_investment" else "万元") if by_name[c].type == "amount" else None for c in columns_of(FORM)]
    rows = changed("total_investment", Decimal("0.45"), Decimal("0.23"), Decimal("1.26"))
    is_the_table(table([TITLES[FORM]], ["填报单位：县发改局"], body=[units, *rows]))
