"""What may stand in a cell of numbers, and what it means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise.numbers import LARGEST, decimals, printed_interval, read_number, without_exponent
from etl.normalise.numerals import chinese_number
from tests.fixtures.sheets import reference

VOCABULARY = reference().vocabulary
YUAN = VOCABULARY.money_units["CNY"]


def number(text):
    return read_number(text, VOCABULARY, YUAN)


@pytest.mark.parametrize("written, value", [
    ("123.5", "123.5"), ("１２３．５", "123.5"), (" 2047 ", "2047"), ("'2047", "2047"), ("2\xa0047", "2047"),
    ("1,234.5", "1234.5"), ("1，234", "1234"), ("1 234", "1234"), ("12,345,678", "12345678"), ("￥1,234.5", "1234.5"),
    ("-12.5", "-12.5"), ("－12.5", "-12.5"), ("−12.5", "-12.5"), ("(12.5)", "-12.5"), ("（12.5）", "-12.5"), ("△12.5", "-12.5"),
    ("0", "0"), ("12*", "12"), ("6.2261", "6.2261"), ("+3", "3"), (".5", "0.5"), ("3个", "3"), ("15天", "15"),
    ("二十五", "25"), ("十五", "15"), ("一百零五", "105"), ("一百二", "120"), ("两万五", "25000"), ("三点五", "3.5"), ("二〇二四", "2024"),
])
def test_plain_numbers(written, value):
    found = number(written)
    assert (found.value, found.rule, found.own_unit) == (Decimal(value), None, None)


@pytest.mark.parametrize("written, value", [("两万", "20000"), ("一亿二千万", "120000000"), ("2万", "20000"), ("两万亩", "20000"), ("1亿2000万", None)])
def test_words_of_money_are_no_unit_of_another_column(written, value):
    """A column of 亩 knows no 万 as its unit: the word is part of the number, and a mixed writing is asked about."""
    found = read_number(written, VOCABULARY, {"亩": Decimal(1)})
    assert (found.value, found.own_unit in (None, "亩")) == (value and Decimal(value), True)
    assert found.rule == (None if value else "F03")


@pytest.mark.parametrize("written", ["一亿元", "两万元", "一百元", "1亿元", "2万元"])
def test_yuan_are_no_dollars(written):
    found = read_number(written, VOCABULARY, VOCABULARY.money_units["USD"])
    assert (found.value, found.rule) == (None, "F03")


@pytest.mark.parametrize("written, value, unit", [
    ("3.48亿元", "3.48", "亿元"), ("0.2202亿", "0.2202", "亿"), ("500万元", "500", "万元"), ("3千万", "3", "千万"), ("1.2个亿", "1.2", "亿"),
    ("两千五百万", "2500", "万"), ("一亿二千万", "12000", "万"), ("1亿2000万元", "12000", "万元"), ("壹佰贰拾万元整", "120", "万元"),
    ("100元", "100", "元"), ("(3.5亿)", "-3.5", "亿"),
])
def test_numbers_with_their_own_unit(written, value, unit):
    found = number(written)
    assert (found.value, found.own_unit, found.rule) == (Decimal(value), unit, None)


@pytest.mark.parametrize("written, value", [
    ("85%", "85"), ("８５％", "85"), ("100.6%", "100.6"), ("(12.5%)", "-12.5"), ("百分之八十五", "85"), ("三分之一", "33.333"),
])
def test_percents(written, value):
    found = number(written)
    assert (found.value, found.percent_sign) == (Decimal(value), True)


@pytest.mark.parametrize("written, value, low, high", [
    ("约111", "111", "99.9", "122.1"), ("大约103", "103", "92.7", "113.3"), ("81左右", "81", "72.9", "89.1"), ("近百", "100", "90", "100"),
    ("不到100", "100", "90", "100"), ("100以上", "100", "100", None), ("超过100", "100", "100", None), ("100多万元", "100", "100", None),
    ("3000余万元", "3000", "3000", None), ("十余", "10", "10", None), ("二十多", "20", "20", None), ("100以下", "100", "0", "100"),
    ("约-12.5", "-12.5", "-13.75", "-11.25"), ("约为100", "100", "90", "110"),
    ("2-3个", "2.5", "2", "3"), ("15—20", "17.5", "15", "20"), ("1–10亿", "5.5", "1", "10"), ("2～3", "2.5", "2", "3"),
    ("10%-20%", "15", "10", "20"), ("100万-200万", "150", "100", "200"), ("1,000至2,000", "1500", "1000", "2000"),
])
def test_estimates_and_ranges_are_f04(written, value, low, high):
    found = number(written)
    assert (found.value, found.rule) == (Decimal(value), "F04")
    assert (found.low, found.high) == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize("rule, reason, written", [
    ("F03", "not_a_number", w) for w in ("正在核算", "未测算", "还可以", "1,5", "1 2", "12.3.4", "3-2", "两三百", "占全县的%", "约", "多")
] + [("F05", "no_value", w) for w in ("-", "－", "—", "——", "/", "／", "\\", "无", "暂无", "N/A", "n/a", "空", "待定", "待报", " — ")
] + [("P54", "masked", w) for w in ("X", "xx", "××", "20xx", "__", "＆＆", "*", "＊＊", "1X3", "某")
] + [("F03", "too_large", w) for w in ("1e30", "9" * 20)]
    + [("F03", "not_a_number", w) for w in ("1e999999999", "1E99999999999999999999")])
def test_no_number(rule, reason, written):
    found = number(written)
    assert (found.value, found.rule, found.reason) == (None, rule, reason)


def test_numeric_cells_are_taken_as_they_are():
    assert number(Decimal("0.45")).value == Decimal("0.45")
    assert number(7).value == 7
    assert number(True).rule == "F03"
    assert number(Decimal("NaN")).rule == "F03"


@pytest.mark.parametrize("text, value", [("两千五百", 2500), ("一千二百三", 1230), ("一万零五", 10005), ("三亿五千万", 350000000), ("十", 10),
                                         ("一百一十", 110), ("二零二四", 2024), ("三五百", None), ("万", None), ("甲", None), ("", None)])
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value


@given(st.text(max_size=30))
def test_never_raises_and_never_null_without_reason(text):
    found = number(text)
    assert (found.value is not None) or (found.rule and found.reason)


@given(st.text("0123456789.,-+%()（）万亿元约多十百千点分之—～~ 个几*xX", max_size=14))
def test_an_interval_contains_its_value(text):
    found = number(text)
    if found.value is not None and found.rule == "F04":
        assert found.low is not None and found.low <= found.value
        assert found.high is None or found.value <= found.high


@given(st.decimals(min_value=-10**9, max_value=10**9, places=4))
def test_round_trip(value):
    assert number(without_exponent(value)).value == value
    assert number(f"{value:,}").value == value
    low, high = printed_interval(value, Decimal(10000))
    assert low <= value * 10000 <= high


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_round_trip(n):
    assert chinese_number(in_chinese(n)) == n


def in_chinese(n: int) -> str:
    """The usual way to write a whole number below a hundred million."""
    if n == 0:
        return "零"
    if n >= 10_000:
        rest = n % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return in_chinese(n // 10_000) + "万" + gap + (in_chinese(rest) if rest else "")
    text, zero = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = True
    return text


def test_decimals_and_bounds():
    assert [decimals(Decimal(t)) for t in ("1", "1.50", "100", "0.001")] == [0, 1, 0, 3]
    assert number(LARGEST).value == LARGEST
