"""Why a cell could not be read, as a clerk is told: the remedy must fit what was sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise.numbers import read_number
from etl.normalise.slips import slip
from etl.validate.failure import Failure
from etl.validate.rulebook import load_rulebook
from etl.validate.sentences import sentence
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.sheets import reference

VOCABULARY = reference().vocabulary
RULEBOOK = load_rulebook(EXPECTATIONS)


def told(rule, value, lang="zh", expected="2024-03-15 或 2024年3月"):
    return sentence(RULEBOOK[rule], Failure(rule, cell="C7", value=value, expected=expected), None, lang)


@pytest.mark.parametrize("kind, written, said", [
    ("note", "941\n（其中设备购置300）", "括号里的说明移到备注栏"), ("note", "941（含补报200）", "括号里的说明移到备注栏"), ("note", "68万元（含税）", "括号里的说明移到备注栏"),
    ("sum", "134+0", "这是算式"), ("sum", "941/300", "这是算式"), ("range", "300-200", "看不出是哪个数"), ("comma", "2,3700", "逗号的位置不对"), ("comma", "1,5", "逗号的位置不对"),
    ("points", "12.3.4", "小数点多了"), ("letters", "94l", "混进了字母"), ("letters", "1O0", "混进了字母"), ("numerals", "3千7百万", "改用阿拉伯数字"), ("numerals", "两三百", "改用阿拉伯数字"),
    ("several", "941、300", "几个数"), ("several", "1 2", "几个数"), ("boolean", "TRUE", "逻辑值"), ("digits", "9007199254740993", "位数过多"), ("digits", "1e30", "位数过多"),
    ("percent", "85%", "不填百分数"), ("figure", "1000000000000", "超出了本列可能的范围"), ("words", "100左右吧", "夹带了别的字"), ("no_figure", "正在核算", "请填阿拉伯数字"), ("no_figure", "还可以", "还可以、差不多"),
])
def test_what_is_no_number_is_told_for_what_it_is(kind, written, said):
    assert slip("F03", written) == kind
    assert said in told("F03", written)
    assert told("F03", written, "en").endswith(RULEBOOK["F03"].remedies[kind][1])


@pytest.mark.parametrize("written, said", [
    ("3/4/2024", "有两种读法"), ("2024-02-30", "没有这个月或这一天"), ("2024年1月17日前后", "不是确切的日期"), ("2024年1月17日（星期五）", "与所写的星期对不上"), ("已开工", "无法识别"),
])
def test_what_is_no_date_is_told_for_what_it_is(written, said):
    assert said in told("F06", written)


@pytest.mark.parametrize("stored, said", [("", "没有存下计算结果"), ("#REF!", "显示错误值“#REF!”"), ("#DIV/0!", "显示错误值“#DIV/0!”"), ("NaN", "存的是“NaN”"), ("1e999", "存的是“1e999”")])
def test_a_formula_is_only_spoken_of_where_there_is_one(stored, said):
    assert said in told("F20", stored)
    assert ("公式" in told("F20", stored)) == (stored == "" or stored[0] == "#")


def test_every_kind_of_slip_has_its_remedy_in_both_languages():
    assert all(zh.endswith("。") and en.endswith(".") for code, rule in RULEBOOK.items() for zh, en in rule.remedies.values() if code != "F01")
    assert all(bool(rule.remedies) == ("{remedy}" in rule.sentence_zh) for rule in RULEBOOK.values())


@given(st.one_of(st.text(max_size=20), st.text("0123456789.,-+%()（）万亿元约千lO 、/年月", max_size=12)))
def test_whatever_could_not_be_read_has_a_remedy(written):
    if written.strip() and read_number(written, VOCABULARY).rule == "F03":
        assert RULEBOOK["F03"].remedies[slip("F03", written)][0] in told("F03", written)
    assert slip("F06", written) in RULEBOOK["F06"].remedies or slip("F06", written) in ("not_a_date", "ambiguous_month", "year_from_title")
