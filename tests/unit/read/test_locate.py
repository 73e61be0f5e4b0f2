"""A table is found by its headers, wherever it stands and however its headers are stacked."""

from __future__ import annotations

import pytest

from etl.normalise.headers import HeaderIndex
from etl.read import locate
from etl.read.locate import SEARCH_ROWS, GridHeaders, find_head
from tests.fixtures.sheets import grid, reference

INDEX = HeaderIndex(reference().forms["key_project_monthly"])


def head(*rows, merges=()):
    return find_head(GridHeaders(grid(*rows, merges=merges)), INDEX)


def test_one_row():
    found = head(["标题"], ["序号", "项目名称", "建设单位", "备注"], [1, "甲", "乙", None])
    assert (found.first, found.last) == (1, 1)
    assert found.columns == {1: "project_name", 2: "builder_name", 3: "note"}


@pytest.mark.parametrize("rows", [
    [["项目名称", "建设单位"]], [["甲", "乙", "丙"], [1, 2, 3]], [["本表填写项目名称、建设单位、总投资"]], [[]], [],
    [["联系人", "联系电话", "地址", "邮编"]],
])
def test_fewer_than_three_known_headers_are_no_table(rows):
    assert head(*rows) is None


def test_headers_that_repeat_are_looked_at_once_whichever_search_comes_by(monkeypatch):
    """A header on each of fifty pages without a line between them took twenty-four seconds."""
    looked, real = [], locate._head
    monkeypatch.setattr(locate, "_head", lambda *at: (looked.append(at[1:]), real(*at))[1])
    headers = GridHeaders(grid(*[["序号", "项目名称", "建设单位", "备注"]] * 50))
    for row in range(40):
        find_head(headers, INDEX, row, row + 12)
    assert len(looked) == len(set(looked)) > 40


def test_two_rows_merged_and_filled_to_the_right():
    found = head(["项目名称", "完成投资（万元）", None, None, "备注"], [None, "本月", "本年累计", "自开工累计", None],
                 merges=[(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 1, 4)])
    assert found.columns == {0: "project_name", 1: "completed_month", 2: "completed_ytd", 3: "completed_since_start", 4: "note"}
    assert {c: u for c, u in found.units.items() if u} == {1: ("万元",), 2: ("万元",), 3: ("万元",)}
    assert (found.first, found.last, found.rows[2]) == (0, 1, 1)


def test_two_rows_without_merges():
    found = head(["项目名称", "完成投资", None, "备注"], [None, "本月", "本年累计", None])
    assert found.columns == {0: "project_name", 1: "completed_month", 2: "completed_ytd", 3: "note"}


def test_three_rows():
    found = head(["项目名称", "投资情况", None, "备注"], [None, "完成投资", None, None], [None, "本月", "本年累计", None],
                 merges=[(0, 0, 2, 0), (0, 1, 0, 2), (1, 1, 1, 2), (0, 3, 2, 3)])
    assert found.columns == {0: "project_name", 1: "completed_month", 2: "completed_ytd", 3: "note"}
    assert found.last == 2


def test_the_first_line_is_not_taken_for_a_level():
    found = head(["项目名称", "建设单位", "总投资", "备注"], ["甲项目", "乙公司", 3, "其他"])
    assert (found.first, found.last) == (0, 0)


def test_the_fullest_header_wins_over_a_summary_above():
    found = head(["项目名称", "总投资", "备注"], ["合计", 5, None], [], ["项目名称", "建设单位", "总投资", "形象进度", "备注"])
    assert found.first == 3


def test_own_unit_of_the_lowest_level_comes_first():
    found = head(["项目名称", "投资（万元）", None, "备注"], [None, "总投资（亿元）", "今年计划", None], merges=[(0, 1, 0, 2)])
    assert found.units[1] == ("亿元", "万元")
    assert found.units[2] == ("万元",)


def test_a_header_may_carry_a_long_explanation():
    found = head(["项目名称（按立项批复填写全称，分期建设的注明一期、二期，打捆项目逐个填写，不得使用简称、代称或者曾用名称）", "建设单位", "备注"])
    assert found.columns[0] == "project_name"


def test_headers_are_not_looked_for_without_end():
    assert head(*[[]] * (SEARCH_ROWS + 5), ["项目名称", "建设单位", "备注"]) is None
    assert head(*[[]] * (SEARCH_ROWS - 5), ["项目名称", "建设单位", "备注"]) is not None
