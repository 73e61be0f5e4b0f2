"""What rows hold that were not read as lines: kept, so that next month's comparison can ask (F53)."""

from __future__ import annotations

from tests.fixtures.sheets import SIGNED, grid, read

TITLE = ["云岭县2024年3月部门预算执行情况月报表"]
NAME = "县发改局/县发改局2024年3月预算执行情况.xlsx"
HEAD = ["单位名称", "功能科目", "资金性质", "项目名称", "年初预算", "追加（减）", "调整后预算", "本月支出", "本年累计支出", "执行率", "备注"]
LINES = [["县发改局", "2010399", "一般公共预算", "公用经费", 800, 0, 800, 30, 90, "11.25%", None],
         ["县发改局", "2230105", "政府性基金", "信息化", 300, 0, 300, 12, 36, "12%", None],
         ["白石镇", "2130305", "一般公共预算", "水利维修", 900, 0, 900, 75, 225, "25%", None]]


def aside(*rows):
    (found,) = read(grid(TITLE, ["填报单位：县发改局", "单位：万元"], HEAD, *LINES, *rows, [SIGNED]), name=NAME)
    assert len(found.lines.rows) == len(LINES)
    return [(one.cell, one.text, one.key) for one in found.submission.aside if one.text != SIGNED]


def test_the_names_of_totals_and_of_rows_that_are_no_lines_are_kept_with_their_cells():
    assert aside(["合计", None, None, None, 2000, 0, 2000, 117, 351]) == [("A7", "合计", "合计")]
    assert ("D7", "信息化（续建）", "信息化续建") in aside([None, None, None, "信息化（续建）"])


def test_lines_figures_and_sentences_are_not_kept():
    assert aside() == []
    assert aside(["说明：" + "本表由财政局核对，" * 10]) == []
