"""What a clerk reads: the cell by its own header, values that compare, and the remedy that fits."""

from __future__ import annotations

import json

import duckdb
import pytest

from etl.validate.failure import Failure
from etl.validate.sentences import sentence
from etl.validate.stage import fill_staged
from tests.fixtures.sheets import body_of, columns_of, grid, headers_of, read
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE

FORM = FORMS["key_project_monthly"]


def said(rule, column=None, lang="zh", cell="K7", value=None, expected=None, **more):
    return sentence(RULEBOOK[rule], Failure(rule, cell=cell, value=value, expected=expected, **more), FORM.by_name.get(column), lang)


def test_a_column_is_named_by_the_words_that_stand_over_it():
    assert said("F01", "total_investment", header="项目总投资").startswith("K7（项目总投资，即“计划总投资”）是必填项")
    assert said("F01", "total_investment").startswith("K7（计划总投资）是必填项")
    assert said("F01", "total_investment", "en", header="项目总投资").startswith("K7 (项目总投资, that is 计划总投资) is required")


def test_the_reader_keeps_the_headers_that_are_not_the_standard_ones():
    columns = columns_of("key_project_monthly")
    headers = headers_of("key_project_monthly")
    headers[columns.index("total_investment")] = "项目\n总投资（万元）"
    headers[columns.index("builder_uscc")] = "统一社会信用代码（18位）"
    (reading,) = read(grid(["云岭县2024年3月重点项目月报表"], ["填报单位：县发改局", None, "单位：万元"], headers, *body_of("key_project_monthly")))
    assert reading.lines.headers == {"total_investment": "项目总投资"}


def test_the_header_travels_with_the_submission():
    columns = columns_of("key_project_monthly")
    headers = headers_of("key_project_monthly")
    headers[columns.index("total_investment")] = "项目总投资"
    (reading,) = read(grid(["云岭县2024年3月重点项目月报表"], ["填报单位：县发改局", None, "单位：万元"], headers, *body_of("key_project_monthly")))
    with duckdb.connect() as con:
        fill_staged(con, [reading], {"key_project_monthly": FORMS["key_project_monthly"]}, SITE)
        [(headers,)] = con.execute("SELECT headers FROM staged.submission").fetchall()
    assert json.loads(headers) == {"total_investment": "项目总投资"}


@pytest.mark.parametrize("column, rest", [("total_investment", "没有发生的填 0"), ("completed_month", "没有发生的填 0"), ("responsible_unit", "备注写明原因"), ("stage", "备注写明原因")])
def test_a_zero_is_only_asked_for_where_it_makes_sense(column, rest):
    assert rest in said("F01", column)
    assert ("填 0" in said("F01", column)) == ("填 0" in said("F05", column, value="-")) == ("填 0" in rest)


def test_an_amount_in_another_unit_is_told_in_that_of_storage_too():
    assert "0.6729（即6729万元） 接不上，应为 5252" in said("P03", "completed_ytd", value="0.6729", expected="5252", understood="6729.000000")
    assert "的 6729 接不上" in said("P03", "completed_ytd", value="6729", expected="5252", understood="6729.000000")


def test_a_day_is_told_as_a_day():
    assert "的日期 2024-05-25 不合先后" in said("P14", "actual_start_date", value="45437", expected="不晚于报告期末 2024-03-31")


def test_a_period_that_differs_names_both_places_and_one_that_is_missing_quotes_nothing():
    said_apart = said("F23", cell="A1", value="2024年2月重点项目", expected="文件名写的2024-03")
    assert "A1 写的是“2024年2月重点项目”，文件名写的2024-03" in said_apart
    assert "都没有写报告期" in said("F23N", cell=None, value=None, expected=None)


def test_nothing_is_said_twice():
    assert said("F09", "builder_uscc", value="9153", expected="应为18位，现为4位").count("统一社会信用代码") == 1
    assert said("P33", cell=None, value="2", expected="3天内").startswith("2 个月的表在3天内一起补报")


@pytest.mark.parametrize("lang, guessed, silent", [
    ("zh", "如果是“项目级别”，请改用标准表头；是自加列的请删除", "没有读入。是自加列的请删除"),
    ("en", "was not read. If it is “项目级别”, use that header. Delete", "was not read. Delete"),
])
def test_no_guess_without_ground(lang, guessed, silent):
    assert guessed in said("F14", None, lang, "Z3", "等次", "项目级别")
    unknown = said("F14", None, lang, "Z3", "联系电话")
    assert silent in unknown and "[" not in unknown


def test_a_nearest_name_is_told_only_where_there_is_one():
    asked = "请核对全称；新设单位请联系数据组登记。"
    assert said("F40", "township", value="白石山镇", expected="白石镇") == f"K7（所属乡镇）的“白石山镇”不在单位名录里，最接近的是“白石镇”。{asked}"
    assert said("F40", "township", value="青山镇", expected="单位名录中的全称") == f"K7（所属乡镇）的“青山镇”不在单位名录里。{asked}"
