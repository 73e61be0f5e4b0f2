"""The same table in groups, with totals and subtotals: the same lines come out, and what a group's row says of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fixtures.layouts import TOP, Layouts, as_text, numbered, sums, total
from tests.fixtures.sheets import LINES, NAMES, SIGNED, TITLES, body_of, columns_of, grid, headers_of, read, rules

layout = Layouts()


@layout()
def numbered_group_rows(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], ["一、上月结转（1个）"], [1, *first],
                ["二、本月新增"], *numbered(rest), [SIGNED])


@layout()
def groups_with_subtotals_below(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)],
                ["一、上月结转"], [1, *first], total(form, "小计", [first]),
                ["二、本月新增"], *numbered(rest), total(form, "小 计", rest), total(form, "合计"), [SIGNED])


@layout()
def groups_with_subtotals_in_their_row(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "合计"),
                total(form, "一、上月结转", [first]), [1, *first], total(form, "二、本月新增", rest), *numbered(rest), [SIGNED])


@layout()
def subtotals_above_their_rows(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "合计"),
                total(form, "结转小计", [first]), [1, *first], total(form, "新增小计", rest), *numbered(rest), [SIGNED])


@layout()
def nested_groups(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "总计"),
                total(form, "一、县直单位"), total(form, "（一）上月结转", [first]), [1, *first],
                total(form, "（二）本月新增", rest), *numbered(rest), [SIGNED])


@layout()
def nested_groups_with_totals_below(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)],
                ["一、县直单位"], ["（一）上月结转"], [1, *first], total(form, "小计", [first]),
                ["（二）本月新增"], *numbered(rest), total(form, "小计", rest), total(form, "合计"), total(form, "总计"), [SIGNED])


@layout()
def two_equal_grand_totals(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "总计"), total(form, "合计"),
                *numbered(body_of(form)), [SIGNED])


@layout()
def of_which_rows(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "合计"),
                total(form, "其中：结转", [first]), total(form, "#新增", rest), *numbered(body_of(form)), [SIGNED])


@layout()
def of_which_rows_as_text(form):
    first = body_of(form)[0]
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *as_text(
        [total(form, "合计"), total(form, "其中：结转", [first]), *numbered(body_of(form))]), [SIGNED])


@layout("key_project_monthly")
def group_rows_name_the_category(form):
    columns = [c for c in columns_of(form) if c != "category"]
    rows = body_of(form, columns)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form, columns)], ["（一）民生类（1个）"], [1, *rows[0]],
                ["（二）城建类（1个）"], [1, *rows[1]], ["（三）产业类（1个）"], [1, *rows[2]], [SIGNED])


@layout("key_project_monthly", "budget_execution_monthly")
def bare_group_rows_name_the_township(form):
    name = {"key_project_monthly": "township", "budget_execution_monthly": "unit_name"}[form]
    columns = [c for c in columns_of(form) if c != name]
    rows, groups = [], None
    for line, row in zip(LINES[form], body_of(form, columns)):
        if line[name] != groups:
            groups = line[name]
            rows.append([groups])
        rows.append([len(rows), *row])
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form, columns)], *rows, [SIGNED])


@layout("key_project_monthly", "annual_target", "budget_execution_monthly")
def departments_merged_downwards(form):
    name = {"key_project_monthly": "responsible_unit", "annual_target": "department", "budget_execution_monthly": "unit_name"}[form]
    columns = [name] + [c for c in columns_of(form) if c != name]
    rows = body_of(form, columns)
    rows[1][0] = None
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form, columns), *rows, [SIGNED], merges=[(3, 0, 4, 0)])


@layout("annual_target")
def years_merged_downwards(form):
    columns = columns_of(form)
    rows = body_of(form)
    year, issued = columns.index("year"), columns.index("issued_date")
    for row in rows[1:]:
        row[year] = row[issued] = None
    last = 2 + len(rows)
    return grid([TITLES[form]], [TOP], headers_of(form), *rows, [SIGNED], merges=[(3, year, last, year), (3, issued, last, issued)])


@pytest.mark.parametrize("name, form", layout.cases)
def test_layout_reads_as_the_plain_one(name, form):
    layout.reads_as_the_plain_one(name, form)


@pytest.mark.parametrize("column, words", [("category", ["产业", "民生"]), ("township", ["石桥乡", "白石镇"])])
def test_subtotals_above_their_lines_name_a_column_that_the_sheet_lacks(column, words):
    form = "key_project_monthly"
    columns = [c for c in columns_of(form) if c != column]
    first, *rest = body_of(form, columns)
    above = [[f"{words[0]}小计"], first, [f"{words[1]}小计"], *rest]
    (reading,) = read(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form, columns), *above, [SIGNED]), name=NAMES[form])
    assert reading.lines.columns[column].value == [words[0], *[words[1]] * len(rest)]


@pytest.mark.parametrize("groups", [("白石镇小计", "黑水镇小计"), ("一、白石镇", "二、黑水镇")])
def test_lines_below_a_group_that_nobody_knows_are_not_of_the_group_before(groups):
    form = "key_project_monthly"
    columns = [c for c in columns_of(form) if c != "township"]
    first, *rest = body_of(form, columns)
    (reading,) = read(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form, columns), [groups[0]], first, [groups[1]], *rest, [SIGNED]),
                      name=NAMES[form])
    assert "township" not in reading.lines.columns and "F15" in rules([reading])


def test_subtotals_below_their_lines_name_nothing_of_those_that_follow():
    form, column = "key_project_monthly", "category"
    columns = [c for c in columns_of(form) if c != column]
    first, *rest = body_of(form, columns)
    (reading,) = read(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form, columns), first, ["产业小计"], *rest, ["民生小计"], [SIGNED]),
                      name=NAMES[form])
    assert column not in reading.lines.columns and "F15" in rules([reading])


def test_a_name_of_figures_below_the_grand_total_is_no_line_whatever_stands_below():
    form = "budget_execution_monthly"
    rows = body_of(form)
    carried = ["上年结转", None, None, None, *[Decimal("7.01")] * 5]
    found = read(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *rows, ["合计", *sums(form)[1:]], carried, [SIGNED], [],
                      ["项目推进中存在的问题"]), name=NAMES[form])
    assert len(found[0].lines.rows) == len(rows)
