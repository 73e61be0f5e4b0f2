"""Whose a sheet is and of which month, by its title, its rows, its name and that of the file; and what else stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.fixtures.layouts import FORMS, TOP, numbered
from tests.fixtures.sheets import NAMES, SIGNED, TITLES, body_of, grid, headers_of, plain, read, reference, rules

MONTHLY = [f for f in FORMS if reference().forms[f].cadence == "monthly"]


def titled(form: str, title: str, sheet: str = "Sheet1", top: list | None = None):
    return grid([title], *([top] if top else []), [TOP, "单位：万元"], headers_of(form), *body_of(form), [SIGNED], sheet=sheet)


PERIODS = [
    "云岭县2024年1-3月{}", "云岭县2024年1—3月{}", "云岭县2024年1月至3月{}", "云岭县2024年1月-3月{}", "云岭县二〇二四年三月{}",
    "云岭县２０２４年３月份{}", "云岭县2024年 3 月{}", "{}（2024.03）", "{}（2024-03）", "{}202403", "{}（截至2024年3月31日）",
    "{}（截止2024年3月底）", "{}（2024年3月1日至3月31日）", "雲嶺縣2024年三月{}", "2024年一季度{}", "2024年一至三月{}",
]


@pytest.mark.parametrize("title", PERIODS)
def test_period_in_the_title(title):
    form = "key_project_monthly"
    found = read(titled(form, title.format("重点项目月报表")))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("top", [["报告期：2024年3月"], ["报告期", "2024年3月"], ["所属月份：", datetime(2024, 3, 1)], ["统计时间", 202403]])
def test_period_in_a_row_of_its_own(top):
    found = read(titled("key_project_monthly", "云岭县重点项目月报表", top=top))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("sheet", ["2024年3月", "3月", "3月份重点项目", "202403", "三月"])
def test_period_only_in_the_name_of_the_sheet(sheet):
    found = read(titled("key_project_monthly", "云岭县2024年重点项目月报表", sheet=sheet))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("form", [f for f in FORMS if f != "performance_self_evaluation"])
def test_a_list_with_columns_of_its_own_below_is_said_and_makes_no_line(form):
    months = [["历月情况"], ["月份", "完成投资", "累计完成"], *([f"{m}月", 300 + m, 300 * m] for m in range(1, 9))]
    table = [[None, *row] for row in (["序号", *headers_of(form)], *numbered(body_of(form)))]
    (reading,) = read(grid([TITLES[form]], [TOP, "单位：万元"], *table, [SIGNED], [], *months), name=NAMES[form])
    assert rules([reading]) == ["F50"] and len(reading.lines.rows) == len(body_of(form))


@pytest.mark.parametrize("cells", [["单位：县发改局"], ["单位：", "县发改局"]])
def test_a_bare_label_asks_for_the_unit_where_its_answer_names_one(cells):
    form = "key_project_monthly"
    (reading,) = read(grid([TITLES[form]], [*cells, None, "单位：万元"], headers_of(form), *body_of(form), [SIGNED]), name="2024年3月报表.xlsx")
    assert reading.submission.unit == "fgj" and reading.submission.cover.money_unit == "万元"


def test_sheets_named_by_month_under_titles_of_the_half_year():
    form = "key_project_monthly"
    months = [replace(grid(["2024年上半年重点项目月报表"], [TOP, "单位：万元"], headers_of(form), *body_of(form), [SIGNED]), sheet=sheet)
              for sheet in ("5月", "6月")]
    (reading,) = read(*months, name="县发改局/重点项目月报2024年6月.xlsx")
    assert reading.submission.sheet == "6月" and "F50" in rules([reading])


def test_other_records_on_a_sheet_that_kept_an_old_name_are_read_too():
    form = "key_project_monthly"
    sheets = [replace(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *rows, [SIGNED]), sheet=sheet)
              for sheet, rows in (("2月", body_of(form)[:1]), ("3月", body_of(form)[1:]))]
    (reading,) = read(*sheets, name="县发改局/重点项目月报2024年3月.xlsx")
    assert len(reading.lines.rows) == len(body_of(form)) and "F50" not in rules([reading])


def test_the_day_of_receipt_gives_no_year():
    form = "key_project_monthly"
    (reading,) = read(grid(["云岭县", None, "2024年", None, "12月", None, "重点项目月报表"], [TOP], ["收文日期：2025-01-08"],
                           headers_of(form), *body_of(form), [SIGNED]), name="县发改局/县发改局2024年12月重点项目月报表.xlsx")
    assert reading.submission.period == "2024-12" and not {"F23", "F23W"} & set(rules([reading]))


def test_month_without_a_year_takes_the_year_of_the_file():
    found = read(titled("key_project_monthly", "云岭县3月份重点项目月报表"))
    assert (rules(found), found[0].submission.period) == ([], "2024-03")


def test_month_of_the_file_takes_the_year_of_the_title():
    found = read(titled("key_project_monthly", "云岭县2024年3月重点项目月报表"), name="县发改局/3月份重点项目.xlsx")
    assert (rules(found), found[0].submission.period) == ([], "2024-03")


def test_a_sheet_that_is_silent_on_the_period_takes_that_of_the_name_of_the_file():
    found = read(titled("key_project_monthly", "云岭县重点项目月报表"))
    assert (rules(found), found[0].submission.period, found[0].submission.cover.period) == ([], "2024-03", None)


@pytest.mark.parametrize("name", ["县发改局/重点项目2024年3月.xlsx", "县发改局重点项目2024年3月.xlsx", "2024年3月/县发改局/重点项目.xlsx",
                                  "2024/03/县发改局/重点项目2024-03.xlsx", "重点项目2024年3月.xlsx", "云岭县发展和改革局/3月.xlsx"])
def test_unit_and_period_by_folder_or_name(name):
    found = read(plain("key_project_monthly"), name=name)
    assert rules(found) == []
    assert (found[0].submission.unit, found[0].submission.period) == ("fgj", "2024-03")
