"""Columns that name no money unit, told by the sums and rates that tie them to columns that do."""

from decimal import Decimal

from tests.fixtures.sheets import SIGNED, grid, read, rules, values

NAME = "县财政局/县财政局2024年3月预算执行情况.xlsx"
HEAD = ["单位名称", "项目名称", "年初预算{0}", "追加（减）{0}", "调整后预算{1}", "本月支出{1}", "本年累计支出{1}", "执行率"]
LINES = [["县教育局", "校舍维修", 120, 30, 150, 20, 60, Decimal("40.0")], ["县教育局", "营养午餐", 800, -50, 750, 80, 300, Decimal("40.0")],
         ["县卫健局", "乡村诊所", 260, 0, 260, 10, 65, Decimal("25.0")], ["县卫健局", "救护车", 90, 5, 95, 0, 38, Decimal("40.0")]]


def sheet(first: str, second: str, lines=LINES, factor=1):
    """Initial budget and change in the first unit, all else in the second, `factor` times what the first would be."""
    head = [h.format(first, second) for h in HEAD]
    rows = [[*line[:4], *(figure * factor for figure in line[4:7]), line[7]] for line in lines]
    return grid(["云岭县2024年3月部门预算执行情况表"], ["填报单位：县财政局"], head, *rows, [SIGNED])


def spent(found):
    return [line["spent_ytd"] for line in values(found)]


def test_a_sum_tells_the_unit_of_the_columns_that_name_none_and_asks():
    (found,) = read(sheet("（万元）", ""), name=NAME)
    assert [(f.rule, f.cell, f.expected) for f in found.findings] == [("F17W", "E3", "万元")]
    assert spent(found) == [60, 300, 65, 38]


def test_figures_that_only_fit_in_yuan_are_yuan():
    (found,) = read(sheet("（万元）", "", factor=10000), name=NAME)
    assert [(f.rule, f.expected) for f in found.findings] == [("F17W", "元")]
    assert spent(found) == [60, 300, 65, 38]


def test_a_slip_in_one_line_is_no_other_unit():
    lines = [*LINES[1:], [*LINES[0][:2], 121, *LINES[0][3:]], ["县水利局", "堤防", 40, 10, 50, 5, 20, Decimal("40.0")]]
    (found,) = read(sheet("（万元）", "", lines), name=NAME)
    assert "F17W" in rules([found]) and "F17" not in rules([found])


def test_where_nothing_ties_them_to_a_known_unit_it_is_missing():
    assert rules(read(sheet("", ""), name=NAME)) == ["F17"]


def test_where_the_sums_hold_in_no_unit_it_is_missing():
    assert rules(read(sheet("（万元）", "", factor=7), name=NAME)) == ["F17"]


def test_two_lines_are_too_few():
    assert rules(read(sheet("（万元）", "", LINES[:2]), name=NAME)) == ["F17"]


def test_zeros_tell_nothing():
    lines = [["县教育局", f"项目{i}", 0, 0, 0, 0, 0, 0] for i in range(5)]
    assert rules(read(sheet("（万元）", "", lines), name=NAME)) == ["F17"]


def test_rates_tell_it_too():
    head = ["单位名称", "项目名称", "年初预算", "追加（减）", "调整后预算（亿元）", "本月支出", "本年累计支出", "执行率"]
    rows = [[*line[:4], Decimal(line[4]) / 10000, *line[5:]] for line in LINES]
    (found,) = read(grid(["云岭县2024年3月部门预算执行情况表"], ["填报单位：县财政局"], head, *rows, [SIGNED]), name=NAME)
    assert [(f.rule, f.cell, f.expected) for f in found.findings] == [("F17W", "C3", "万元")]
