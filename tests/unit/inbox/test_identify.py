"""Whose file it is, for which form and period: folder, then file name."""

from __future__ import annotations

import pytest

from etl.inbox.identify import forms_named, identify
from tests.fixtures.sheets import reference

FORMS, REGISTER = reference().forms, reference().register
PROJECTS, INVESTMENT = "key_project_monthly", "investment_monthly"


@pytest.mark.parametrize("name, unit, name_unit, forms, period", [
    ("县发改局/202403县发改局重点项目.xlsx", "fgj", "fgj", (PROJECTS,), "2024-03"),
    ("县发改局重点项目2024年3月.xlsx", "fgj", "fgj", (PROJECTS,), "2024-03"),
    ("招商引资到位资金表2024.01（县招商局）v2.xls", "zsj", "zsj", (INVESTMENT,), "2024-01"),
    ("白石镇/1月份重点项目-白石镇.csv", "t01", "t01", (PROJECTS,), "2024-01"),
    ("白石镇/重点项目2024-03（石桥乡）.xlsx", "t01", "t06", (PROJECTS,), "2024-03"),
    ("县发改局/白石镇、县发改局2024年3月重点项目.xlsx", "fgj", "fgj", (PROJECTS,), "2024-03"),
    ("2024年3月/发改局/重点项目.xlsx", "fgj", None, (PROJECTS,), "2024-03"),
    ("2024年/发改局/重点项目3月.xlsx", "fgj", None, (PROJECTS,), "2024-03"),
    ("重点项目/01县发改局/3月.xlsx", "fgj", None, (PROJECTS,), "2024-03"),
    ("县发改局/2024年3月报表（重点项目、招商引资）.xlsx", "fgj", None, (INVESTMENT, PROJECTS), "2024-03"),
    ("县招商局2024年3月重点项目.xlsx", "zsj", "zsj", (PROJECTS,), "2024-03"),
    ("附件2 云岭县白石镇项目支出绩效自评表（2024年3月）.xlsx", "t01", "t01", ("performance_self_evaluation",), "2024-03"),
    ("新建文件夹/工作簿1.xlsx", None, None, (), None),
])
def test_promises_of_a_path(name, unit, name_unit, forms, period):
    slot = identify(name, FORMS, REGISTER)
    assert (slot.unit, slot.name_unit, slot.forms, slot.period("monthly", 2024)) == (unit, name_unit, forms, period)


def test_the_year_of_the_name_goes_before_that_of_the_title():
    assert identify("县发改局/2024年度自评表.xlsx", FORMS, REGISTER).period("yearly", 2023) == "2024"
    assert identify("县发改局/3月重点项目.xlsx", FORMS, REGISTER).period("monthly", None) is None
    assert identify("2023/县发改局/3月重点项目.xlsx", FORMS, REGISTER).period("monthly", 2024) == "2023-03"


@pytest.mark.parametrize("text, forms", [
    ("重点建设项目进度", (PROJECTS,)), ("县招商局联系表", ()), ("招商台账", (INVESTMENT,)), ("部门预算执行情况", ("budget_execution_monthly",)),
    ("年度目标任务分解表", ("annual_target",)), ("审批时限台账", ("approval_case",)), ("问题整改台账", ("rectification",)), ("绩效目标自评表", ("performance_self_evaluation",)),
])
def test_forms_by_their_words(text, forms):
    assert forms_named(text, FORMS, REGISTER) == forms
