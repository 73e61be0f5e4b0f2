"""One column at a time: every cell becomes a value with its interval, or null with its reason and its rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.forms.contract import Column
from etl.normalise.columns import understand_column
from etl.normalise.kinds import Context, Sent
from tests.fixtures.sheets import reference

VOCABULARY = reference().vocabulary
AMOUNT = Column("amount", "金额", "amount", unit="CNY", required=True)
OPTIONAL = Column("amount", "金额", "amount", unit="CNY")
DOLLARS = Column("dollars", "外资", "amount", unit="USD")
AREA = Column("area", "用地面积", "number", unit="亩")
COUNT = Column("count", "分值", "number", required=True)
DAYS = Column("days", "承诺时限", "number", unit="工作日", required=True)
RATE = Column("rate", "完成率", "percent")
STAGE = Column("stage", "项目阶段", "enum", required=True, values=("在谈", "签约", "开工"))
STARTED = Column("started", "是否开工", "enum", required=True, values=("是", "否"))
TIER = Column("follow_up_tier", "跟踪等次", "enum", values=("20%以下", "20-50%", "50%以上"))
OPEN = Column("indicator", "指标", "enum", required=True, values=("到位资金",), open=True)
CODE = Column("code", "代码", "code")
NAME = Column("name", "名称", "text", required=True)
NOTE = Column("note", "备注", "text")
DAY = Column("day", "日期", "date")
DUE = Column("due", "时限", "date", required=True)
YEAR = Column("year", "年度", "year", required=True)


def cells(column, *raws, ratio=None, percent=False, errors=(), **context):
    sent = [Sent(raw, f"C{i}", i, percent and not isinstance(raw, str), dict(errors).get(i)) for i, raw in enumerate(raws, 1)]
    return understand_column(column, sent, Context(VOCABULARY, "Sheet1", **context), ratio)


def one(column, raw, **more):
    """Value, reason and rules of a single cell."""
    data, findings = cells(column, raw, **more)
    return data.value[0], data.reason[0], [f.rule for f in findings]


# rule, column, a cell that breaks it, a cell that does not
RULES = [
    ("F03", AMOUNT, "正在核算", "1200"), ("F03", DOLLARS, "两万", "20000"), ("F03", DOLLARS, "2万", "2万美元"), ("F03", COUNT, "很高", "10"), ("F03", YEAR, "今年", "2024年"), ("F03", RATE, "完成过半", "85%"), ("F03", AMOUNT, "85%", "85"),
    ("F04", AMOUNT, "约1200", "1200"), ("F04", RATE, "85%左右", "85%"), ("F04", COUNT, "2-3个", "3个"),
    ("F05", AMOUNT, "—", "0"), ("F05", STAGE, "无", "开工"), ("F05", DUE, "待定", "2024年3月"), ("F05", COUNT, "/", "1"), ("F05", YEAR, "-", 2024),
    ("F06", DAY, "已开工", "2024年3月"), ("F06", DAY, "2024-02-30", "2024-02-29"), ("F06", DAY, "年内", "2024年"),
    ("F07", DAY, Decimal("2024.1"), "2024.1"), ("F07", DAY, Decimal("2023.1"), Decimal("2023.11")),
    ("F08", STAGE, "推进顺利", "洽谈中"), ("F08", STARTED, "部分动工", "未开工"),
    ("F12", CODE, "9.11E+17", "91530330MAQHHJAG9X"), ("F12", CODE, 911101086000000000, 2010399),
    ("F19", AMOUNT, "1.2亿", "1200万元"), ("F19", DOLLARS, "300美元", "300万美元"), ("F19", AMOUNT, "3千万", "3000"),
    ("F39", NOTE, "項(xiàng)目(mù)完成", "项目(app)完成"), ("F39", NAME, "项\ue000目", "项目"),
    ("F45", AMOUNT, "同上", "1200"), ("F45", STAGE, "〃", "开工"), ("F45", DAY, '"', "2024年3月"), ("F45", NAME, "同上", "同上海合作项目"),
    ("P50", DAYS, "20天", "20个工作日"), ("P50", DAYS, "15日", "15自然日"), ("P50", DAYS, "5天内", 5),
    ("P54", AMOUNT, "xx", "12*"), ("P54", DAY, "20xx年3月", "2024年3月"), ("P54", NAME, "某公司", "张某"), ("P54", NAME, "XX项目", "PVC管材项目"),
    ("P54", CODE, "9153**********AG9X", "91530330MAXX0J009X"), ("P54", STAGE, "××", "在谈"), ("P54", COUNT, "＊", "1"),
]


@pytest.mark.parametrize("rule, column, wrong, right", RULES, ids=[f"{r}-{c.name}-{w}" for r, c, w, _ in RULES])
def test_rule_fires_and_stays_silent(rule, column, wrong, right):
    _, findings = cells(column, right, wrong)
    assert [(f.rule, f.cell, f.row, f.column) for f in findings] == [(rule, "C2", 2, column.name)]


def test_formula_errors_are_null_f20():
    data, findings = cells(AMOUNT, None, 5, None, errors={1: "#REF!", 3: ""})
    assert data.value == [None, 5, None]
    assert data.reason[0] == data.reason[2] == "formula_error"
    assert [(f.rule, f.cell, f.value) for f in findings] == [("F20", "C1", "#REF!"), ("F20", "C3", "")]


def test_blank_cells_are_null_and_say_nothing():
    for column in (AMOUNT, NAME, STAGE, DAY, CODE, RATE, COUNT, YEAR):
        data, findings = cells(column, None, "  ", "\u3000\xa0")
        assert (data.value, findings) == ([None] * 3, [])


def test_marks_in_optional_cells_are_null_with_their_reason():
    for column in (OPTIONAL, NOTE, CODE, DAY, RATE, TIER):
        assert one(column, "—") == (None, "no_value", [])


def test_zero_is_a_value():
    assert one(AMOUNT, 0) == (0, None, [])
    assert one(RATE, "0%") == (0, None, [])


@pytest.mark.parametrize("raw, value", [("3.48亿元", "34800"), ("500万元", "500"), ("5000元", "0.5"), ("两千五百万", "2500"), (Decimal("2.5"), "25000")])
def test_amounts_are_stored_in_ten_thousands(raw, value):
    data, _ = cells(AMOUNT, raw, scale=Decimal(10000), unit_word="亿元")
    assert data.value == [Decimal(value)]


def test_the_interval_is_that_of_the_printed_digits():
    data, _ = cells(AMOUNT, Decimal("3.48"), "约100", scale=Decimal(10000))
    assert (data.low[0], data.high[0]) == (34750, 34850)
    assert (data.low[1], data.high[1], data.reason[1]) == (900000, 1100000, "estimate")


def test_counts_are_exact_and_areas_are_printed():
    assert (cells(COUNT, 10)[0].low, cells(AREA, "23.5亩")[0].low) == ([10], [Decimal("23.45")])


def test_what_no_table_can_hold_is_no_number():
    assert one(AMOUNT, Decimal(10) ** 12, scale=Decimal(10000)) == (None, "too_large", ["F03"])
    assert one(YEAR, 10**9)[0] is None


@pytest.mark.parametrize("raws, ratio, percent, header, want", [
    (["0.85", "0.42"], [85, 42], False, False, ["85", "42"]),                       # decided by recomputing
    (["0.85", "0.42"], [Decimal("0.85"), Decimal("0.42")], False, False, ["0.85", "0.42"]),
    (["85", "42"], [85, 42], False, False, ["85", "42"]),
    (["85", "0.42"], [85, 42], False, False, ["85", "0.42"]),                       # one column, one reading: P26 tells the odd one
    (["1.006", "0.9"], [Decimal("100.6"), 90], False, False, ["100.6", "90"]),
    (["0.85", "85%", "８５％"], [85, 85, 85], False, False, ["85", "85", "85"]),
    (["0.6", "0.4"], None, False, False, ["60", "40"]),                             # nothing to recompute: all below one
    (["60", "0.4"], None, False, False, ["60", "0.4"]),
    ([Decimal("0.85"), 1], None, True, False, ["85", "100"]),                       # a percent format decides
    ([Decimal("4.1"), Decimal("0.5")], [Decimal("4.1"), Decimal("0.5")], False, True, ["4.1", "0.5"]),
    ([Decimal("0.041")], None, True, True, ["4.1"]),
])
def test_percents(raws, ratio, percent, header, want):
    data, findings = cells(RATE, *raws, ratio=ratio and [Decimal(r) for r in ratio], percent=percent, percent_header=header)
    assert (data.value, findings) == ([Decimal(w) for w in want], [])


@pytest.mark.parametrize("column, raw, value", [
    (STARTED, "已开工", "是"), (STARTED, "未动工", "否"), (STARTED, "√", "是"), (STAGE, "洽谈", "在谈"), (STAGE, "簽約", "签约"), (STAGE, " 开 工 ", "开工"),
    (TIER, "20—50%", "20-50%"), (TIER, "２０％以下", "20%以下"), (TIER, "20%-50%", "20-50%"), (OPEN, "新增就业", "新增就业"),
])
def test_lists(column, raw, value):
    assert one(column, raw) == (value, None, [])


def test_a_value_outside_the_list_stays_as_sent():
    assert one(STAGE, "推进顺利") == ("推进顺利", "not_in_list", ["F08"])


@pytest.mark.parametrize("raw, value", [("15个工作日", 15), ("20个自然日", 20), ("7", 7), (7, 7), ("十个工作日", 10), ("5个工作日内", 5), ("3天", 3)])
def test_days(raw, value):
    assert one(DAYS, raw)[0] == value


@pytest.mark.parametrize("header, raw, value", [
    ("实际开工时间", "2024年1月17日 开工", "2024-01-17"), ("计划开工时间", "2024年3月计划开工", "2024-03-31"), ("签约日期", "2024.1.17签约", "2024-01-17"),
    ("实际开工时间", "2024年1月17日竣工", "None"), ("实际开工时间", "2024年3月未开工", "None"),
])
def test_a_word_of_the_column_itself_says_nothing_new_behind_a_date(header, raw, value):
    assert str(one(Column("day", header, "date"), raw)[0]) == value


def test_a_unit_in_brackets_is_a_unit():
    assert one(AMOUNT, "3.48（亿元）", scale=Decimal(1))[0] == 34800


def test_what_a_date_may_have_meant_is_expected():
    def expected(raw):
        return cells(DAY, raw)[1][0].expected

    assert expected("3/4/2024") == "2024-03-04 或 2024-04-03"
    assert expected("已开工") == "2024-03-15 或 2024年3月"
    assert expected(Decimal("2023.1")) == "2023年1月 或 2023年10月"


def test_text_is_trimmed_and_else_as_written():
    assert one(NAME, " 年产３万吨\n项目 ") == ("年产３万吨\n项目", None, [])
    assert one(NAME, Decimal("2024.50")) == ("2024.5", None, [])


@given(st.sampled_from([AMOUNT, OPTIONAL, COUNT, DAYS, RATE, STAGE, TIER, CODE, NAME, NOTE, DAY, DUE, YEAR]),
       st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(), st.decimals(allow_nan=False), st.dates(), st.booleans(),
                          st.text("0123456789.,%-—约xX亿万元年月日无/ ", max_size=8)), max_size=4), st.booleans())
def test_whatever_is_sent(column, raws, delimited):
    data, findings = cells(column, *raws, delimited=delimited, year=2024)
    assert len(data.value) == len(data.raw) == len(raws)
    told = {f.cell for f in findings}
    for i, (raw, value) in enumerate(zip(raws, data.value), 1):
        if value is None and data.raw[i - 1] is not None and data.raw[i - 1].strip():
            assert data.reason[i - 1], raw                      # no null without a reason
            assert f"C{i}" in told or data.reason[i - 1] == "no_value"
        elif value is not None and data.low:
            low, high = data.low[i - 1], data.high[i - 1]
            assert low <= value and (high is None or value <= high)
