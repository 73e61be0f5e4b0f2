"""Codes, damaged text, names, glued targets."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise.codes import read_code
from etl.normalise.targets import split_target
from etl.normalise.text import fold, has_mojibake, norm, simplify, without_pinyin
from tests.fixtures.sheets import reference

REGISTER = reference().register


@pytest.mark.parametrize("raw, code, rule", [
    ("91530330MAQHHJAG9X", "91530330MAQHHJAG9X", None), ("91530330maqhhjag9x", "91530330MAQHHJAG9X", None), (" ９１５３０３３０ＭＡＱＨＨＪＡＧ９Ｘ", "91530330MAQHHJAG9X", None),
    ("2020-330327-48-01-167360", "2020-330327-48-01-167360", None), ("9153033OMAQHHJAG9I", "9153033OMAQHHJAG9I", None), (2010399, "2010399", None), ("0111", "0111", None),
    (Decimal(2010399), "2010399", None),
    ("9.11E+17", None, "F12"), ("9.11e17", None, "F12"), (911101086000000000, None, "F12"), (Decimal(911101086000000000), None, "F12"), ("911101080000000000", None, "F12"),
])
def test_codes(raw, code, rule):
    assert read_code(raw) == (code, rule)


@pytest.mark.parametrize("text, clean", [("項(xiàng)目(mù)主體(tǐ)完成30%", "項目主體完成30%"), ("設（shè）點（diǎn）的(de)路", "設點的路")])
def test_pinyin_is_taken_out(text, clean):
    assert has_mojibake(text)
    assert without_pinyin(text) == clean


@pytest.mark.parametrize("text", ["完成(75%)", "项目(app)上线", "平台（ppp）", "评分(3分)", "主体封顶（A区）", "一期(kv)"])
def test_data_in_brackets_stays(text):
    assert not has_mojibake(text)
    assert without_pinyin(text) == text


@pytest.mark.parametrize("text", ["完成\ue123主体", "完\ufffd成"])
def test_code_points_that_nobody_typed(text):
    assert has_mojibake(text)


@pytest.mark.parametrize("text, folded", [("單位：萬元", "单位:万元"), ("项 目\n名　称", "项目名称"), ("ＡＢＣ１２３", "ABC123"), ("a b", "ab"), ("（甲）", "(甲)")])
def test_fold(text, folded):
    assert fold(text) == folded


def test_norm_compares_names():
    assert norm("云岭县（二期）台帐") == norm("云岭县(二期)台账")
    assert norm("年产3万吨") != norm("年产5万吨")
    assert simplify("著") == "著"


@pytest.mark.parametrize("text, comparator, number", [
    ("≥142公里", "≥", "142"), (">=95%", "≥", "95"), ("≤3天", "≤", "3"), ("=100", "=", "100"), ("不低于90%", "≥", "90"), ("不超过1,200元", "≤", "1200"), ("154", None, "154"),
    ("＞９０％", "≥", "90"), ("95.5%", None, "95.5"), ("大于等于8场", "≥", "8"),
    ("明显提升", None, None), ("2024年12月", None, None), ("3-5次", None, None), ("12月底前", None, None), ("≥明显", "≥", None), (None, None, None), ("", None, None),
])
def test_targets(text, comparator, number):
    assert split_target(text) == (comparator, None if number is None else Decimal(number))


@given(st.sampled_from(["≥", "≤", "=", ""]), st.decimals(0, 10**6, places=2), st.sampled_from(["%", "个", "公里", "万元", ""]))
def test_targets_round_trip(comparator, number, unit):
    assert split_target(f"{comparator}{number}{unit}") == (comparator or None, number)


@given(st.text(max_size=30))
def test_never_raises(text):
    split_target(text)
    read_code(text)
    assert not any(c.isspace() for c in fold(text))
    has_mojibake(text)
    without_pinyin(text)


@pytest.mark.parametrize("text, code", [("县发改局", "fgj"), ("云岭县发展和改革局", "fgj"), ("雲嶺縣發展和改革局", "fgj"), ("白石镇人民政府", "t01"), ("县卫健局", None), ("", None), (None, None)])
def test_register(text, code):
    assert REGISTER.find(text) == code


def test_register_finds_names_inside_texts():
    assert REGISTER.find_in("202403云岭县白石镇重点项目") == "t01"
    assert "招商" not in REGISTER.without_names("县招商局重点项目")
    assert REGISTER.nearest("县发展改革委员会") == "县发改局"
    assert REGISTER.names_in("招商局报表", "zsj") and not REGISTER.names_in("发改局报表", "zsj")
    assert len(REGISTER) == 6
