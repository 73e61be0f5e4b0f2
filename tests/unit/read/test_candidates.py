"""Which column an unknown header names: by its words, its values, what came last time, and its neighbours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.read.candidates import Header, clear, ranked_columns
from tests.fixtures.sheets import reference

FORM = reference().forms["key_project_monthly"]
WORDS = ("level", "category", "construction_nature")


def ranked(text: str, *values, free=None, left=None, right=None, before=None) -> list[str]:
    return [c.column for c in candidates(text, *values, free=free, left=left, right=right, before=before)]


def candidates(text: str, *values, free=None, left=None, right=None, before=None):
    taken = {c.name for c in FORM.columns} - set(free) if free else set()
    return ranked_columns(Header(text, values, left, right), FORM, taken, reference().vocabulary, reference().register, before)


@pytest.mark.parametrize("text, values, first", [
    ("项目等次", ("县重点", "省重点"), "level"),                          # words of its list decide
    ("何种性质", ("新建", "扩建"), "construction_nature"),
    ("乡镇", ("石桥乡", "白石镇"), "township"),                           # part of the header, and names of units
    ("业主", ("云岭县永泰天诚食品有限公司",), "builder_name"),            # part of an alias
    ("计划竣工年月", ("2025-06-30", "2026年3月"), "planned_finish_date"),
    ("立项代码", ("2302-530330-48-01-516539",), "project_code"),
])
def test_the_likeliest_comes_first(text, values, first):
    assert ranked(text, *values)[0] == first


def test_a_column_whose_type_the_values_have_not_is_no_candidate():
    assert "total_investment" not in ranked("计划总投资", "张某", "李某")
    assert "level" not in ranked("项目级别", "民生", "城建")
    assert ranked("计划总投资", Decimal(4500), Decimal(230))[0] == "total_investment"


def test_a_column_that_is_there_already_is_no_candidate():
    assert ranked("项目等次", "县重点", free=("category", "note")) == []


def test_neighbours_decide_between_columns_that_are_alike():
    dates = ("2024-01-05", "2024-02-06")
    free = ("planned_start_date", "planned_finish_date")
    assert ranked("甲", *dates, free=free, left="completion_rate_reported")[0] == "planned_start_date"
    assert ranked("甲", *dates, free=free, left="actual_start_date")[0] == "planned_finish_date"
    assert ranked("甲", *dates, free=free, right="actual_finish_date")[0] == "planned_finish_date"


def test_what_came_last_time_decides_between_figures():
    free = ("total_investment", "annual_plan")
    sent = {"total_investment": ["4500", "2300"], "annual_plan": ["9", "8"]}
    figures = Decimal(4500), Decimal(2300)
    assert ranked("投资额", *figures, free=free, before=sent)[0] == "total_investment"
    assert ranked("投资额", *figures, free=free, before={"total_investment": ["9", "8"], "annual_plan": ["4500", "2300"]})[0] == "annual_plan"


def test_figures_of_the_same_magnitude_are_likelier_than_others():
    free = ("total_investment", "annual_plan")
    before = {"total_investment": ["90", "80"], "annual_plan": ["4000", "2100"]}
    assert ranked("投资额", Decimal(4500), Decimal(2300), free=free, before=before)[0] == "annual_plan"


def test_only_a_lead_is_clear():
    assert clear(candidates("项目等次", "县重点", free=WORDS)).column == "level"
    assert clear(candidates("时间", "2024-01-05", free=("planned_start_date", "planned_finish_date"))) is None
    assert clear(candidates("审批人", "张某")) is None
    assert clear([]) is None
