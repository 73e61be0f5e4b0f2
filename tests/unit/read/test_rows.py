"""What a row below the header is."""

from __future__ import annotations

import pytest

from etl.normalise.headers import HeaderIndex
from etl.read.evidence import confirm
from etl.read.locate import GridHeaders, find_head
from etl.read.rows import Sorter, classify, group_style
from tests.fixtures.sheets import grid, reference

INDEX = HeaderIndex(reference().forms["key_project_monthly"])
HEAD = ["序号", "项目名称", "建设单位", "项目类别", "计划总投资", "本月完成投资", "备注"]
LINE = [1, "甲项目", "乙公司", "产业", 300, 5, None]


def sort(*rows, merges=(), errors=None, title="云岭县2024年3月重点项目月报表"):
    made = grid([title], HEAD, *rows, merges=merges, errors=errors or {})
    headers = GridHeaders(made)
    sorter = Sorter(made, headers, INDEX, find_head(headers, INDEX), reference().vocabulary)
    return confirm(sorter, classify(sorter), reference().register)


def kind(row, **more):
    found = sort(row, **more)
    names = [name for name in ("data", "totals", "groups", "measures", "others") if getattr(found, name)]
    return "+".join(names) or "nothing"


@pytest.mark.parametrize("want, row", [
    ("data", LINE), ("data", [None, *LINE[1:]]), ("data", [1, "甲项目"]), ("data", [None, "甲项目"]), ("data", ["2.", "甲项目", None, None, 3]),
    ("data", [1, "总分公司厂房项目", "乙公司", "产业", 3, 1]), ("data", [1, "新增就业合计", "乙公司", "产业", 3, 1]), ("data", [1, "注塑件项目", "乙公司", "产业", 3]),
    ("data", ["#1楼项目", "甲项目", "乙公司", "产业", 3]), ("others", [None, "无"]), ("others", ["—"]),
    ("totals", ["全县合计", "甲项目", None, "产业", 300]),
    ("totals", ["合计3个项目", None, None, None, 300, 5]), ("totals", ["2024年合计", None, None, None, 300]), ("totals", ["其中", "产业类", None, None, 300]),
    ("totals+groups", ["一、产业类", "共1个", None, None, 300, 5]), ("data", [1, "一二三产融合项目", "乙公司", "产业", 3, 1]), ("data", [1, "产业园项目", None, None, None, None]),
    ("totals", ["合计", None, None, None, 300, 5]), ("totals", ["合  计", None, None, None, 300, 5]), ("totals", [None, "小计", None, None, 300]),
    ("totals", ["总計", None, None, None, 300]), ("totals", ["产业类小计", None, None, None, 300]), ("totals", ["合计（3个）", None, None, None, 300]),
    ("totals", ["合计", None, None, "3个", 300, 5, "共三个项目"]), ("totals", ["白石镇", "小计", None, None, 300]), ("totals", ["累计", None, None, None, "300"]),
    ("totals", ["合计"]), ("totals", ["其中：续建", None, None, None, 200]), ("totals", ["#新建", None, None, None, 100]), ("totals", ["其中：", "续建", None, None, 200][:1] + [None, None, None, "200"]),
    ("groups", ["一、产业类项目"]), ("groups", ["（一）产业类（3个）"]), ("groups", [None, "二、城建类"]), ("groups", ["白石镇"]), ("groups", ["产业类（3个）"]), ("groups", [None, "基础设施类"]),
    ("totals+groups", ["一、产业类", None, None, None, 300, 5]), ("totals+groups", ["（一）产业类", "", None, None, "300", "—"]),
    ("measures", [None, None, None, None, "万元", "万元"]), ("measures", ["单位", None, None, None, "（万元）", "（万元）"]),
    ("nothing", [None, None]), ("nothing", [5]), ("nothing", ["（1）"]), ("nothing", ["  ", "\u3000"]), ("nothing", ["甲", "乙", "丙", "丁", 1, 2, 3]),
    ("nothing", ["（1）", "（2）", "（3）=（1）+（2）", "(4)"]), ("nothing", ["栏次", 1, 2, 3, 4, 5, 6]), ("nothing", [1, 2, 3, 4, 5, 6, 7]), ("nothing", HEAD),
    ("nothing", ["序号", "项目名称", "建设单位", "项目类别", "计划总投资", "本月完成投资", "备 注"]),
    ("others", ["注：本表按月报送"]), ("others", [None, "说明：本月数据已核对"]), ("others", ["* 为重点调度项目"]), ("others", ["备注：无"]), ("others", ["填报人：张某    审核人：李某"]),
    ("others", ["填报人", "张某", "审核人", "李某"]), ("others", [None, "单位负责人（签字）：", "张某"]), ("others", ["联系电话：0874-1"]), ("others", ["单位：万元"]),
    ("others", [None, "本月无"]), ("others", ["零报告"]), ("others", [None, "各项目均按计划推进，未发现问题。"]), ("others", ["续表"]),
    ("others", ["云岭县2024年3月重点项目月报表"]), ("others", ["云岭县2024年3月重点项目月报表（续表）"]),
])
def test_kinds_of_rows(want, row):
    assert kind(row) == want


def test_a_merged_lone_name_is_a_group_and_an_unmerged_one_a_line():
    assert kind([None, "白石片区"], merges=[(2, 1, 2, 5)]) == "groups"
    assert kind([None, "白石片区"]) == "data"


def test_a_line_whose_only_figure_is_an_error_is_a_line():
    assert kind([None, None, None, None], errors={(2, 4): "#REF!"}) == "data"


def test_a_header_of_two_rows_repeated():
    upper, lower = ["序号", "项目名称", "完成投资", None, "备注"], [None, None, "本月", "本年累计", None]
    made = grid(upper, lower, [1, "甲项目", 3, 4, None], upper, lower, [2, "乙项目", 5, 6, None], merges=[(0, 2, 0, 3), (3, 2, 3, 3)])
    headers = GridHeaders(made)
    assert classify(Sorter(made, headers, INDEX, find_head(headers, INDEX), reference().vocabulary)).data == [2, 5]


def test_every_row_is_counted_once():
    found = sort(["一、产业"], LINE, ["小计", None, None, None, 300], LINE, ["合计", None, None, None, 600], ["注：完"])
    assert (found.groups, found.data, found.others) == ([(2, "一、产业")], [3, 5], [7])
    assert found.totals == [(4, "小计", 0), (6, "合计", 0)]


@pytest.mark.parametrize("text, style", [("一、产业", "、"), ("二、城建", "、"), ("（三）民生", "()"), ("白石镇", "")])
def test_styles_of_numbering(text, style):
    assert group_style(text) == style
