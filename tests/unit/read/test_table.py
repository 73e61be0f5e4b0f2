"""Columns lifted out of a grid: merged cells, twins, units, and values that only group rows name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fixtures.sheets import BUDGET_HEAD, BUDGET_LINES, BUDGET_NAME, BUDGET_TITLE, SIGNED, grid, read, rules, values


def sheet(head=BUDGET_HEAD, lines=BUDGET_LINES, note="单位：万元", **more):
    return read(grid(BUDGET_TITLE, ["填报单位：县发改局", note], head, *lines, [SIGNED], **more), name=BUDGET_NAME)


def test_words_are_filled_down_a_merge_and_named_by_its_first_cell():
    lines = [BUDGET_LINES[0], [None, *BUDGET_LINES[1][1:]], BUDGET_LINES[2]]
    (found,) = sheet(lines=lines, merges=[(3, 0, 4, 0)])
    assert found.lines.columns["unit_name"].value == ["县发改局", "县发改局", "白石镇"]
    assert found.lines.columns["unit_name"].cells == ["A4", "A4", "A6"]
    assert not found.findings


def test_blank_words_without_a_merge_stay_blank():
    (found,) = sheet(lines=[BUDGET_LINES[0], [None, *BUDGET_LINES[1][1:]], BUDGET_LINES[2]])
    assert found.lines.columns["unit_name"].value[1] is None


@pytest.mark.parametrize("col, name", [(7, "spent_month"), (9, "execution_rate_reported")])
def test_figures_are_never_filled_down_f34(col, name):
    lines = [list(line) for line in BUDGET_LINES]
    lines[1][col] = None
    (found,) = sheet(lines=lines, merges=[(3, col, 4, col)])
    assert [(f.rule, f.column, f.row) for f in found.findings] == [("F34", name, 4)]
    assert found.lines.columns[name].value[1] is None


def test_merges_across_or_of_one_line_are_no_matter():
    assert rules(sheet(merges=[(3, 9, 3, 10), (0, 0, 0, 10)])) == []


def test_cells_keep_raw_value_interval_and_address():
    (found,) = sheet(lines=[["县发改局", "2010399", "一般公共预算", "公用经费", "1,234.5", None, "0.16亿", 30, 90, None, None]])
    columns = found.lines.columns
    initial, adjusted = columns["budget_initial"], columns["budget_adjusted"]
    assert (initial.raw, initial.value, initial.cells) == (["1,234.5"], [Decimal("1234.5")], ["E4"])
    assert (initial.low, initial.high) == ([Decimal("1234.45")], [Decimal("1234.55")])
    assert (adjusted.raw, adjusted.value) == (["0.16亿"], [1600])
    assert found.lines.rows == [4]


@pytest.mark.parametrize("head, want", [("年初预算（元）", "0.08"), ("年初预算（千元）", "80"), ("年初预算（万元）", "800"), ("年初预算（亿元）", "8000000"), ("年初预算", "800")])
def test_the_header_overrides_the_note(head, want):
    found = sheet(head=[head if h == "年初预算" else h for h in BUDGET_HEAD])
    assert values(found[0])[0]["budget_initial"] == Decimal(want)


def test_of_two_columns_with_one_meaning_the_filled_one_is_read():
    head = [*BUDGET_HEAD, "年初预算数"]
    lines = [[*line[:4], None, *line[5:], line[4]] for line in BUDGET_LINES]
    (found,) = sheet(head=head, lines=lines)
    assert found.lines.columns["budget_initial"].value == [800, 300, 900]
    assert found.lines.columns["budget_initial"].cells[0] == "L4"
    assert not found.findings


def test_group_rows_name_a_missing_column_only_where_all_lines_have_one():
    head, lines = BUDGET_HEAD[1:], [line[1:] for line in BUDGET_LINES]
    (found,) = sheet(head=["序号", *head], lines=[["一、县发改局"], *[[i, *line] for i, line in enumerate(lines, 1)]])
    assert found.lines.columns["unit_name"].value == ["县发改局"] * 3
    assert found.lines.columns["unit_name"].cells == ["A4"] * 3
    assert rules(sheet(head=["序号", *head], lines=[[1, *lines[0]], ["一、县发改局"], [1, *lines[1]]])) == ["F15"]
    assert rules(sheet(head=["序号", *head], lines=[["一、产业类"], [1, *lines[0]]])) == ["F15"]
