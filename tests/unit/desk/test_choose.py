"""Units, forms and periods as people name them; an unknown one is answered with the nearest."""

from __future__ import annotations

import pytest

from etl.desk.choose import form_named, period_named, unit_named
from etl.mistakes import Mistake
from tests.fixtures.sheets import reference

REGISTER, FORMS = reference().register, reference().forms


@pytest.mark.parametrize("text", ["县住建局", "zjj", "云岭县住房和城乡建设局", " 住建局 "])
def test_a_unit_goes_by_code_name_or_alias(text):
    assert unit_named(text, REGISTER) == "zjj"


def test_an_unknown_unit_is_answered_with_near_names():
    with pytest.raises(Mistake, match=r"没有单位“县住建”.*县住建局"):
        unit_named("县住建", REGISTER)


@pytest.mark.parametrize("text", ["重点项目月报表", "key_project_monthly", "重点项目", "重点项目月报"])
def test_a_form_goes_by_code_name_or_a_word_of_its_own(text):
    assert form_named(text, FORMS, REGISTER) == "key_project_monthly"


@pytest.mark.parametrize("text, told", [("月报表", "几张报表符合"), ("工资表", "没有报表")])
def test_a_word_of_several_forms_or_of_none_is_asked_about(text, told):
    with pytest.raises(Mistake, match=told):
        form_named(text, FORMS, REGISTER)


@pytest.mark.parametrize("text, period", [
    ("2024年7月", "2024-07"), ("2024-07", "2024-07"), ("202407", "2024-07"), ("2024.7", "2024-07"), ("2024年7月份", "2024-07"), ("2024年一季度", "2024-Q1"),
    ("2024-Q2", "2024-Q2"), ("2024年上半年", "2024-H1"), ("2024-H2", "2024-H2"), ("2024", "2024"), ("2024年度", "2024"), ("２０２４年１２月", "2024-12"),
])
def test_a_period_goes_by_every_usual_writing(text, period):
    assert period_named(text) == period


@pytest.mark.parametrize("text", ["7月", "2024-13", "今年", ""])
def test_what_is_no_period_is_told(text):
    with pytest.raises(Mistake, match="看不懂"):
        period_named(text)
