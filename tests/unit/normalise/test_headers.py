"""Header texts and the columns they name."""

from __future__ import annotations

import pytest

from etl.normalise.headers import HeaderIndex, read_header
from tests.fixtures.sheets import reference

FORMS = reference().forms
PROJECTS = HeaderIndex(FORMS["key_project_monthly"])
INVESTMENT = HeaderIndex(FORMS["investment_monthly"])


def column(index, *levels):
    return index.match([read_header(level) for level in levels])


@pytest.mark.parametrize("text, units", [
    ("总投资（亿元）", ("亿元",)), ("总投资(单位:万元)", ("万元",)), ("总投资【万元】", ("万元",)), ("总投资（人民币万元）", ("万元",)), ("总投资（万元、%）", ("万元", "%")),
    ("总投资（万元，含税）", ("万元",)), ("总投资\n万元", ("万元",)), ("总投资：万元", ("万元",)), ("總投資（萬元）", ("万元",)), ("总投资（按批复）", ()), ("总投资", ()),
    ("总投资（万元/亿元）", ("万元", "亿元")),
])
def test_units(text, units):
    found = read_header(text)
    assert found.units == units
    assert column(PROJECTS, text) == "total_investment"


@pytest.mark.parametrize("text, month", [("1-5月完成投资", 5), ("1—5月完成投资", 5), ("1至5月完成投资", 5), ("1月-5月完成投资", 5), ("一至五月完成投资", 5),
                                         ("1-N月完成投资", None), ("1—N月完成投资", None), ("截至5月底完成投资", 5), ("１－５月完成投资", 5)])
def test_month_in_a_header(text, month):
    assert read_header(text).month == month
    assert column(PROJECTS, text) == "completed_ytd"


@pytest.mark.parametrize("name, levels", [
    ("project_name", ["项 目 名 称"]), ("project_name", ["项目\n名称"]), ("project_name", ["項目名稱"]), ("project_name", ["*项目名称"]), ("project_name", ["项目名称（必填）"]),
    ("project_name", ["3.项目名称"]), ("project_name", ["项目基本情况", "项目名称"]), ("total_investment", ["总投资（亿元）"]), ("total_investment", ["计划总投资", "合计"]),
    ("completed_month", ["完成投资", "本月"]), ("completed_month", ["投资情况", "完成投资", "本月"]), ("completed_ytd", ["完成投资（万元）", "本年累计"]),
    ("completed_since_start", ["累计完成投资"]), ("project_code", ["项目代码（24位）"]), (None, ["联系电话"]), (None, ["项目"]), (None, ["完成投资", "上月"]), (None, []),
])
def test_columns(name, levels):
    assert column(PROJECTS, *levels) == name


def test_official_brackets_are_part_of_a_header():
    assert column(INVESTMENT, "其中：外资（万美元）") == "arrived_ytd_foreign_usd"
    assert column(HeaderIndex(FORMS["budget_execution_monthly"]), "追加（减）（必填）") == "budget_change"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_header_and_alias_names_its_own_column(form):
    for block in ("table", "pairs", "matrix"):
        index = HeaderIndex(FORMS[form], block)
        for col in FORMS[form].columns:
            if col.block == block and not col.support:
                assert {index.find(text) for text in (col.header, *col.aliases)} == {col.name}
