"""Messy workbooks that clerks have sent, one small case each, with what should come out: whose it is, and of which month."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.fixtures.sheets import SIGNED, TITLES, plain, read, rules, values
from tests.layouts.intake import FORM, TOP, UNTITLED, WANT, is_the_table, table

pytestmark = pytest.mark.slow


COVERS = {
    "year_and_month_under_labels_of_their_own": [[UNTITLED], ["填报单位", "县发改局", "报告年份", 2024, "报告月份", 3, "金额单位", "万元"]],
    "year_and_month_labels": [[UNTITLED], ["填报单位", "县发改局", "年度", 2024, "月份", 3, "金额单位", "万元"]],
    "year_over_month_in_one_column": [[UNTITLED], ["年度", 2024, None, "填报单位", "县发改局"], ["月份", 3, None, "单位：万元"]],
    "label_above_its_value": [[UNTITLED], ["填报单位", None, "报告期", None, "金额单位"], ["县发改局", None, "2024年3月", None, "万元"]],
    "date_cell_as_day_of_the_report": [[UNTITLED], ["填报单位：县发改局", None, "报表日期", datetime(2024, 3, 31), None, "单位：万元"]],
    "date_cell_as_period": [[UNTITLED], ["填报单位：县发改局", None, "所属期：", date(2024, 3, 1), None, "单位：万元"]],
    "period_far_at_the_right": [[UNTITLED], ["填报单位：县发改局", None, "单位：万元", *[None] * 12, "所属时间", None, None, "2024年3月"]],
    "span_of_months": [[UNTITLED], ["填报单位：县发改局", None, "统计期间", "2024年1-3月", "单位：万元"]],
    "unit_by_another_label": [[TITLES[FORM]], ["编报单位", "县发改局", None, "单位：万元"]],
    "unit_two_columns_away": [[TITLES[FORM]], ["填报部门：", None, "县发改局", None, "单位：万元"]],
    "other_units_around": [[TITLES[FORM]], ["主管单位：县财政局", None, "制表机关：云岭县财政局"], TOP, ["抄送：县住建局"]],
    "period_in_words": [["云岭县二〇二四年三月重点项目月报表"], TOP],
    "short_year_in_the_title": [["云岭县24年3月份重点项目月报表"], TOP],
    "title_split_over_cells": [["云岭县", "2024年", "3月", "重点项目月报表"], TOP],
    "filing_date_beside_the_period": [[UNTITLED], ["填报单位：县发改局", "报告期：2024年3月", "填报日期：2024年4月5日", "单位：万元"]],
    "filing_date_as_a_cell": [[TITLES[FORM]], ["填报单位：县发改局", "填报日期", datetime(2024, 4, 5), "单位：万元"]],
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_unit_and_period_stand_on_the_cover(cover):
    is_the_table(table(*cover, below=[[SIGNED]]))


def test_first_month_of_the_year_in_words():
    name = "县发改局/县发改局24年1月重点项目月报表.xlsx"
    is_the_table(table(["云岭县24年元月份重点项目月报表"], TOP, name=name), period="2024-01")


def test_period_only_in_the_name_of_the_file():
    is_the_table(table([UNTITLED], TOP))


def test_period_only_in_the_folder():
    is_the_table(table([UNTITLED], TOP, name="县发改局/2024年3月/重点项目.xlsx"))


def test_unit_only_in_the_folder():
    is_the_table(table([TITLES[FORM]], ["单位：万元"]))


def test_no_period_anywhere_is_asked_quoting_nothing_that_was_not_read():
    found = table([UNTITLED], TOP, name="县发改局/重点项目.xlsx")
    (asked,) = [f for r in found for f in r.findings if f.rule.startswith("F23")]
    assert asked.value != UNTITLED
    assert values(found[0]) == WANT


def test_another_month_on_the_sheet_than_in_the_name():
    found = table(["云岭县2024年2月重点项目月报表"], TOP)
    assert {"F23", "F23W"} & set(rules(found))
    assert any(word in (f.value or "") and "2024-03" in (f.expected or "") for word in ("2024-02", "2024年2月") for r in found for f in r.findings)


def test_another_unit_on_the_sheet_than_in_the_name():
    found = table([TITLES[FORM]], ["填报单位：县住建局", "单位：万元"])
    assert {"F24", "F24W"} & set(rules(found))
    assert any("住建" in (f.value or "") and "发改" in (f.expected or "") for r in found for f in r.findings)


def test_name_of_the_file_covers_two_forms():
    other = "investment_monthly"
    found = read(plain(FORM, sheet="重点项目"), plain(other, sheet="招商引资"), name="县发改局/县发改局2024年3月重点项目、招商引资报表.xlsx")
    assert sorted(r.submission.form for r in found) == sorted((FORM, other))
    assert rules(found) == []


def test_name_of_the_file_covers_two_forms_and_one_is_sent():
    is_the_table(read(plain(FORM), name="县发改局/县发改局2024年3月重点项目、招商引资报表.xlsx"))
