"""Total rows are kept, never facts, and wrong only if they fit none of the groups they may sum (F21)."""

from __future__ import annotations

import pytest

from tests.fixtures.sheets import SIGNED, grid, read

NAME = "县发改局/县发改局2024年3月预算执行情况.xlsx"
HEAD = ["序号", "单位名称", "资金性质", "项目名称", "年初预算", "调整后预算", "本月支出", "本年累计支出"]


def line(n, *figures):
    return [n, "县发改局", "一般公共预算", f"经费{n}", *figures]


def total(word, *figures):
    return [word, None, None, None, *figures]


A, B, C = line(1, 100, 100, 10, 30), line(2, 200, 200, 20, 60), line(3, 400, 400, 0, 0)


def found(*rows, head=HEAD, note="单位：万元"):
    (reading,) = read(grid(["云岭县2024年3月部门预算执行情况月报表"], ["填报单位：县发改局", note], head, *rows, [SIGNED]), name=NAME)
    return reading


def wrong(*rows, **more):
    return [(f.rule, f.cell, f.value, f.expected) for f in found(*rows, **more).findings]


@pytest.mark.parametrize("rows", [
    [A, B, total("合计", 300, 300, 30, 90)], [total("合计", 300, 300, 30, 90), A, B],
    [A, total("小计", 100, 100, 10, 30), B, C, total("小计", 600, 600, 20, 60), total("合计", 700, 700, 30, 90)],
    [total("总计", 700, 700, 30, 90), total("一、甲", 100, 100, 10, 30), A, total("二、乙", 600, 600, 20, 60), B, C],
    [["一、甲"], ["（一）子"], A, total("小计", 100, 100, 10, 30), ["（二）丑"], B, total("小计", 200, 200, 20, 60), total("合计", 300, 300, 30, 90),
     ["二、乙"], C, total("合计", 400, 400, 0, 0), total("总计", 700, 700, 30, 90)],
    [total("小计", 100, 100, 10, 30), A, total("小计", 600, 600, 20, 60), B, C],
    [total("合计", 300, 300, 30, 90), total("其中：重点", 100, 100, 10, 30), A, B],
    [A, B, total("合计", 300, None, "30", "90")], [A, B, total("合计", "0.03亿", 300, 30, 90)], [A, B, ["合计"]], [A, B, total("累计", 999, 999, 999, 999)],
    [line(1, "100.004", 100, 10, 30), line(2, "200.003", 200, 20, 60), total("合计", "300.01", 300, 30, 90)],
])
def test_right_totals(rows):
    assert wrong(*rows) == []


@pytest.mark.parametrize("rows, cells", [
    ([A, B, total("合计", 300, 300, 36, 90)], [("F21", "G6", "36", "30")]),
    ([A, B, total("合计", 0, 0, 0, 0)], [("F21", f"{c}6", "0", e) for c, e in zip("EFGH", ("300", "300", "30", "90"))]),
    ([total("合计", 300, 300, 30, 96), A, B], [("F21", "H4", "96", "90")]),
    ([A, total("小计", 100, 100, 10, 30), B, C, total("小计", 600, 600, 20, 66), total("合计", 700, 700, 30, 96)], [("F21", "H8", "66", "60"), ("F21", "H9", "96", "90")]),
    ([total("总计", 700, 700, 30, 90), total("一、甲", 100, 100, 15, 30), A, total("二、乙", 600, 600, 20, 60), B, C], [("F21", "G5", "15", "10")]),
    ([A, B, C, total("合计", 700, 700, 20, 60)], [("F21", "G7", "20", "30"), ("F21", "H7", "60", "90")]),
])
def test_wrong_totals(rows, cells):
    assert wrong(*rows) == cells


def test_a_column_with_an_unreadable_line_is_not_judged():
    assert wrong(A, line(2, "正在核算", 200, 20, 60), total("合计", 300, 300, 30, 90)) == [("F03", "E5", "正在核算", None)]


def test_totals_in_a_header_of_their_own_unit():
    head = [h + "（亿元）" if h == "年初预算" else h for h in HEAD]
    assert wrong(line(1, "0.01", 100, 10, 30), line(2, "0.02", 200, 20, 60), total("合计", "0.03", 300, 30, 90), head=head) == []


def test_figures_are_kept_for_reconciliation():
    reading = found(A, B, total("合计", 300, 300, 30, 90))
    assert [(t.kind, t.row, t.column, t.cell, t.value) for t in reading.totals] == [
        ("合计", 6, "budget_initial", "E6", 300), ("合计", 6, "budget_adjusted", "F6", 300), ("合计", 6, "spent_month", "G6", 30), ("合计", 6, "spent_ytd", "H6", 90)]
    assert len(reading.lines.rows) == 2
