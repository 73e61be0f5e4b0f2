"""Messy workbooks that clerks have sent, one small case each, with what should come out.

Each is named for what its clerk did.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.model import Book, Received, Unreadable
from etl.read.workbook import open_book
from tests.fixtures.sheets import (
    LINES,
    NAMES,
    SIGNED,
    TITLES,
    body_of,
    columns_of,
    grid,
    headers_of,
    plain,
    read,
    reference,
    rules,
    values,
)
from tests.layouts.judge import rulebook

pytestmark = pytest.mark.slow

FORM = "key_project_monthly"
TOP = ["填报单位：县发改局", None, None, "单位：万元"]
UNTITLED = "云岭县重点项目月报表"
HEADS = headers_of(FORM)
WANT = values(read(plain(FORM))[0])
UNREAD = {"F50", "F51"}

CASES: dict[str, Callable[[], None]] = {}


def case(function: Callable[[], None]) -> Callable[[], None]:
    """Keep a case under its own name."""
    CASES[function.__name__] = function
    return function


# --- helpers ---------------------------------------------------------------------------------------------------------

def table(*cover, heads=None, body=None, below=(), name=NAMES[FORM], sheet="Sheet1", **more):
    """Read the example's table under a cover and over some rows."""
    rows = [*cover, HEADS if heads is None else heads, *(body_of(FORM) if body is None else body), *below]
    return read(grid(*rows, sheet=sheet, **more), name=name)


def refusals(readings) -> list[str]:
    """The rules that refuse a submission, or a cell."""
    return sorted(f.rule for r in readings for f in r.findings if rulebook().get(f.rule, ("warning",))[0] == "error")


def is_the_table(readings, allowed=(), want=None, period="2024-03"):
    """One submission with the lines of the example, and nothing said but what is allowed."""
    assert [r.submission.period for r in readings] == [period]
    assert values(readings[0]) == (WANT if want is None else want)
    assert set(rules(readings)) <= set(allowed)


def has_the_table(readings, allowed=()):
    """As `is_the_table`, where other submissions may stand beside it; nothing of them is refused."""
    own = [r for r in readings if (r.submission.form, r.submission.period) == (FORM, "2024-03")]
    assert len(own) == 1
    assert values(own[0]) == WANT
    assert set(rules(own)) <= set(allowed)
    assert not refusals(readings)


def at(readings, rule: str) -> list[str]:
    """The cells at which a rule fired."""
    return [f.cell for r in readings for f in r.findings if f.rule == rule]


def cell_of(column: str, line: int, head: int = 3) -> str:
    """The cell of a column in a line (from 0) of a sheet whose head is in a row (from 1)."""
    from etl.model import cell_name

    return cell_name(head + line, columns_of(FORM).index(column))


def changed(column: str, *new, line: int = 0):
    """The example's rows with other values in one column, from a line on."""
    rows = body_of(FORM)
    for i, value in enumerate(new):
        rows[line + i][columns_of(FORM).index(column)] = value
    return rows


def one_cell(column: str, value, **more):
    """The table with another value in one cell of its first line."""
    return table([TITLES[FORM]], TOP, body=changed(column, value), below=[[SIGNED]], **more)


def value_of(readings, column: str, line: int = 0):
    data = readings[0].lines.columns[column]
    return data.value[line], (data.precision[line] if data.precision else None)


def summed(word, at_column=0):
    """A row of sums with its word in a column; no word where it is None."""
    row = [sum(Decimal(str(line.get(c, 0))) for line in LINES[FORM]) if reference().forms[FORM].by_name[c].type == "amount" else None
           for c in columns_of(FORM)]
    row[at_column] = word
    return row


# --- covers ----------------------------------------------------------------------------------------------------------

COVERS = {
    "year_and_month_under_labels_of_their_own": [[UNTITLED], ["填报单位", "县发改局", "报告年份", 2024, "报告月份", 3, "金额单位", "万元"]],
    "year_and_month_labels": [[UNTITLED], ["填报单位", "县发改局", "年度", 2024, "月份", 3, "金额单位", "万元"]],
    "year_over_month_in_one_column": [[UNTITLED], ["年度", 2024, None, "填报单位", "县发改局"], ["月份", 3, None, "单位：万元"]],
    "label_above_its_value": [[UNTITLED], ["填报单位", None, "报告期", None, "金额单位"], ["县发改局", None, "2024年3月", None, "万元"]],
    "date_cell_as_day_of_the_report": [[UNTITLED], ["填报单位：县发改局", None, "报表日期", datetime(2024, 3, 31), None, "单位：万元"]],
    "date_cell_as_period": [[UNTITLED], ["填报单位：县发改局", None, "所属期：", date(2024, 3, 1), None, "单位：万元"]],
    "period_far_at_the_right": [[UNTITLED], ["填报单位：县发改局", None, "单位：万元", *[None] * 12, "所属时间", None, None, "2024年3月"]],
    "span_of_months": [[UNTITLED], ["填报单位：县发改局", None, "统计期间", "2024年1-3月", "单位：万元"]],
    "unit_by_another_label": [[TITLES[FORM]], ["编报单位", "县发改局", None, "单位：万元"]],
    "unit_two_columns_away": [[TITLES[FORM]], ["填报部门：", None, "县发改局", None, "单位：万元"]],
    "other_units_around": [[TITLES[FORM]], ["主管单位：县财政局", None, "制表机关：云岭县财政局"], TOP, ["抄送：县住建局"]],
    "period_in_words": [["云岭县二〇二四年三月重点项目月报表"], TOP],
    "short_year_in_the_title": [["云岭县24年3月份重点项目月报表"], TOP],
    "title_split_over_cells": [["云岭县", "2024年", "3月", "重点项目月报表"], TOP],
    "filing_date_beside_the_period": [[UNTITLED], ["填报单位：县发改局", "报告期：2024年3月", "填报日期：2024年4月5日", "单位：万元"]],
    "filing_date_as_a_cell": [[TITLES[FORM]], ["填报单位：县发改局", "填报日期", datetime(2024, 4, 5), "单位：万元"]],
}
for _name, _cover in COVERS.items():
    CASES[_name] = lambda cover=_cover: is_the_table(table(*cover, below=[[SIGNED]]))


@case
def first_month_of_the_year_in_words():
    name = "县发改局/县发改局24年1月重点项目月报表.xlsx"
    is_the_table(table(["云岭县24年元月份重点项目月报表"], TOP, name=name), period="2024-01")


@case
def period_only_in_the_name_of_the_file():
    is_the_table(table([UNTITLED], TOP))


@case
def period_only_in_the_folder():
    is_the_table(table([UNTITLED], TOP, name="县发改局/2024年3月/重点项目.xlsx"))


@case
def unit_only_in_the_folder():
    is_the_table(table([TITLES[FORM]], ["单位：万元"]))


@case
def no_period_anywhere_is_asked_quoting_nothing_that_was_not_read():
    found = table([UNTITLED], TOP, name="县发改局/重点项目.xlsx")
    (asked,) = [f for r in found for f in r.findings if f.rule.startswith("F23")]
    assert asked.value != UNTITLED
    assert values(found[0]) == WANT


@case
def another_month_on_the_sheet_than_in_the_name():
    found = table(["云岭县2024年2月重点项目月报表"], TOP)
    assert {"F23", "F23W"} & set(rules(found))
    assert any(word in (f.value or "") and "2024-03" in (f.expected or "") for word in ("2024-02", "2024年2月") for r in found for f in r.findings)


@case
def another_unit_on_the_sheet_than_in_the_name():
    found = table([TITLES[FORM]], ["填报单位：县住建局", "单位：万元"])
    assert {"F24", "F24W"} & set(rules(found))
    assert any("住建" in (f.value or "") and "发改" in (f.expected or "") for r in found for f in r.findings)


@case
def name_of_the_file_covers_two_forms():
    other = "investment_monthly"
    found = read(plain(FORM, sheet="重点项目"), plain(other, sheet="招商引资"), name="县发改局/县发改局2024年3月重点项目、招商引资报表.xlsx")
    assert sorted(r.submission.form for r in found) == sorted((FORM, other))
    assert rules(found) == []


@case
def name_of_the_file_covers_two_forms_and_one_is_sent():
    is_the_table(read(plain(FORM), name="县发改局/县发改局2024年3月重点项目、招商引资报表.xlsx"))


# --- dates and figures -----------------------------------------------------------------------------------------------

DATES = {
    "short_year_with_dots": ("23.3.14", date(2023, 3, 14), "day"), "short_year_with_an_apostrophe": ("'23年3月", date(2023, 3, 31), "month"),
    "american_order_that_can_only_be_read_so": ("1/17/2024", date(2024, 1, 17), "day"),
    "day_of_the_week": ("2024年1月17日（星期三）", date(2024, 1, 17), "day"), "stops_between": ("2022、5、20", date(2022, 5, 20), "day"),
    "time_of_day": ("2023年3月14日上午", date(2023, 3, 14), "day"), "short_year_and_month": ("24年11月", date(2024, 11, 30), "month"),
    "short_year_with_dots_and_day": ("24.1.17", date(2024, 1, 17), "day"), "blanks_inside": ("2024年 1 月 17 日", date(2024, 1, 17), "day"),
}
for _name, (_text, _day, _kind) in DATES.items():
    def _read_date(text=_text, day=_day, kind=_kind):
        found = one_cell("planned_start_date", text)
        assert value_of(found, "planned_start_date") == (day, kind)
        assert not refusals(found)
    CASES[f"date_{_name}"] = _read_date


@case
def date_of_two_orders_is_asked_with_both_readings():
    found = one_cell("planned_start_date", "3/4/2024")
    assert value_of(found, "planned_start_date")[0] is None
    (asked,) = [f for f in found[0].findings if f.rule in ("F06", "F07")]
    assert any(word in asked.expected for word in ("3月4日", "2024-03-04")) and any(word in asked.expected for word in ("4月3日", "2024-04-03"))


FIGURES = {"full_width_digits": ("４５００", 4500, ()), "thousands": ("4,500.00", 4500, ()), "hundred_millions": ("2.37亿", 23700, ("F19",)),
           "ten_thousands_and_word": ("941万", 941, ()), "figures_of_a_cheque": ("捌仟万元整", 8000, ("F19",)), "yuan": ("6715元", Decimal("0.6715"), ("F19",)),
           "brackets_are_negative": ("（941）", -941, ())}
for _name, (_text, _value, _allowed) in FIGURES.items():
    def _read_figure(text=_text, value=_value, allowed=_allowed):
        found = one_cell("total_investment", text)
        assert value_of(found, "total_investment")[0] == value
        assert set(rules(found)) <= set(allowed)
    CASES[f"figure_{_name}"] = _read_figure

for _n, _text in enumerate(("941\n（其中设备购置300）", "941（含补报200）", "134+0", "2,3700", "3千7百万", "1,5", "94l", True)):
    def _no_figure(text=_text):
        found = one_cell("total_investment", text)
        assert value_of(found, "total_investment")[0] is None
        assert at(found, "F03") == [cell_of("total_investment", 0)]
    CASES[f"no_figure_{_n}_{_text}".replace("\n", " ")] = _no_figure


@case
def code_of_eighteen_digits_as_a_number():
    assert at(one_cell("builder_uscc", Decimal(915303300000000000)), "F12") == [cell_of("builder_uscc", 0)]


@case
def stage_with_an_explanation():
    assert at(one_cell("stage", "在建（主体施工）"), "F08") == [cell_of("stage", 0)]


@case
def tick_and_cross():
    rows = changed("started", "√", "×", "√")
    is_the_table(table([TITLES[FORM]], TOP, body=rows))


@case
def formulas_without_results():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", None, None, None), errors={(3 + i, col): "" for i in range(3)})
    assert at(found, "F20") == [cell_of("total_investment", line) for line in range(3)]      # people are told once, see test_told_once
    assert not values(found[0])[0].get("total_investment")


@case
def column_of_hundred_millions_beside_others():
    by_name = reference().forms[FORM].by_name
    units = [("亿元" if c == "total_investment" else "万元") if by_name[c].type == "amount" else "%" if by_name[c].type == "percent" else "—"
             for c in columns_of(FORM)]
    rows = changed("total_investment", Decimal("0.45"), Decimal("0.23"), Decimal("1.26"))
    is_the_table(table([TITLES[FORM]], ["填报单位：县发改局"], body=[units, *rows]))


@case
def units_stand_only_over_the_amounts():
    by_name = reference().forms[FORM].by_name
    units = [("亿元" if c == "total_investment" else "万元") if by_name[c].type == "amount" else None for c in columns_of(FORM)]
    rows = changed("total_investment", Decimal("0.45"), Decimal("0.23"), Decimal("1.26"))
    is_the_table(table([TITLES[FORM]], ["填报单位：县发改局"], body=[units, *rows]))


# --- heads -----------------------------------------------------------------------------------------------------------

@case
def five_levels():
    width, at_ = len(HEADS), HEADS.index("本月完成投资")
    over = [None] * at_
    rows = [["2024年项目情况", *[None] * (width - 1)],
            HEADS[:at_] + ["投资及进度", None, None] + HEADS[at_ + 3:],
            over + ["投资完成情况", None, None] + [None] * (width - at_ - 3),
            over + ["各期完成数", None, None] + [None] * (width - at_ - 3),
            over + HEADS[at_:at_ + 3] + [None] * (width - at_ - 3)]
    merges = [(2, 0, 2, width - 1)] + [(r, at_, r, at_ + 2) for r in (3, 4, 5)] + [(3, c, 6, c) for c in range(width) if not at_ <= c < at_ + 3]
    is_the_table(read(grid([TITLES[FORM]], TOP, *rows, *body_of(FORM), [SIGNED], merges=merges)))


@case
def many_columns_of_its_own():
    heads = [*HEADS, *(f"附加列{n}" for n in range(1, 15))]
    found = table([TITLES[FORM]], TOP, heads=heads, body=[[*row, *range(14)] for row in body_of(FORM)])
    assert values(found[0]) == WANT
    assert rules(found) == ["F14"]
    (said,) = found[0].findings
    assert "附加列14" in f"{said.value} {said.expected}"
    assert "建设性质" not in (said.expected or "")


@case
def header_with_a_slip():
    heads = [h.replace("本月完成投资", "当月以完成投资") for h in HEADS]
    found = table([TITLES[FORM]], TOP, heads=heads)
    assert set(rules(found)) == {"F14", "F15"}
    assert any(f.rule == "F14" and "本月完成投资" in f.expected for f in found[0].findings)


@case
def english_headers():
    found = table([TITLES[FORM]], TOP, heads=["No", "Project name", "Builder", "Total investment", "Stage"], body=[[1, "a", "b", 1, "c"]])
    assert rules(found) == ["F33"]
    assert "重点项目月报表" in (found[0].findings[0].expected or "")


@case
def turned_table():
    found = read(grid([TITLES[FORM]], TOP, *[[h, *column] for h, column in zip(HEADS, zip(*body_of(FORM)))]))
    assert rules(found) == ["F33"]
    assert "重点项目月报表" in (found[0].findings[0].expected or "")


@case
def picture_instead_of_a_table():
    found = read(grid([TITLES[FORM]], TOP, pictures=1))
    assert rules(found) == ["F33"]
    assert "图片" in (found[0].findings[0].expected or "")


@case
def stamp_over_a_good_table():
    is_the_table(read(plain(FORM, pictures=1)))


@case
def same_column_twice_with_equal_values():
    heads, body = [*HEADS, "总投资"], [[*row, line["total_investment"]] for row, line in zip(body_of(FORM), LINES[FORM])]
    is_the_table(table([TITLES[FORM]], TOP, heads=heads, body=body))


# --- rows ------------------------------------------------------------------------------------------------------------

SERIAL = ["序号", *HEADS]


def numbered():
    return [[n, *row] for n, row in enumerate(body_of(FORM), 1)]


@case
def total_that_counts():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), [None, *summed("3个")]], below=[[SIGNED]]))


@case
def total_that_counts_in_the_first_column():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), ["共3个项目", *summed(None)]], below=[[SIGNED]]))


@case
def total_without_a_label():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), [None, *summed(None)]], below=[[SIGNED]]))


@case
def total_without_a_label_in_the_first_row():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[[None, *summed(None)], *numbered()], below=[[SIGNED]]))


@case
def total_in_the_first_row():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[["合计", *summed(None)], *numbered()], below=[[SIGNED]]))


@case
def rounded_total():
    total = summed(None)
    total[columns_of(FORM).index("total_investment")] = Decimal("19400.004")
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), ["合计", *total]]))


def _blocks(in_name: bool):
    columns, rows, town = columns_of(FORM), [], None
    for n, line in enumerate(LINES[FORM], 1):
        if line["township"] != town:
            town = line["township"]
            group = [sum(Decimal(str(other.get(c, 0))) for other in LINES[FORM][n - 1:] if other["township"] == town)
                     if reference().forms[FORM].by_name[c].type == "amount" else None for c in columns]
            if in_name:
                group[columns.index("project_name")] = town
            rows.append([None if in_name else town, *group])
        rows.append([n, *[line.get(c) for c in columns]])
    return rows


@case
def blocks_headed_by_a_bare_name_with_sums():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=_blocks(False)))


@case
def blocks_headed_by_a_bare_name_among_the_names():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=_blocks(True)))


@case
def page_sums():
    first, *rest = numbered()
    page = ["本页小计", *[v if reference().forms[FORM].by_name[c].type == "amount" else None for c, v in zip(columns_of(FORM), first[1:])]]
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, page, SERIAL, *rest]))


@case
def note_between_rows():
    first, *rest = numbered()
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, ["以上为结转项目，以下为本月新增项目"], *rest]))


@case
def note_between_rows_in_the_column_of_names():
    first, *rest = numbered()
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, [None, None, "注：以下项目数据未经统计部门核定"], *rest]))


@case
def merged_figures():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", 4500, None), merges=[(3, col, 4, col)])
    assert at(found, "F34") == [cell_of("total_investment", 0)]
    assert value_of(found, "total_investment", 1)[0] is None


@case
def name_merged_over_two_projects_with_codes_of_their_own():
    col = columns_of(FORM).index("project_name")
    rows = changed("project_name", "石桥乡卫生院业务用房建设项目", None)
    rows[1][columns_of(FORM).index("project_code")] = "2311-530330-04-02-103552"
    found = table([TITLES[FORM]], TOP, body=rows, merges=[(3, col, 4, col)])
    assert {f.cell for f in found[0].findings} & {cell_of("project_name", 0), cell_of("project_name", 1)}


@case
def value_hidden_under_a_merge():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", 4500, None), merges=[(3, col, 4, col)], covered={(4, col): Decimal(33400)})
    assert value_of(found, "total_investment", 1)[0] is None
    assert at(found, "F47") == [cell_of("total_investment", 1)]


@case
def struck_through_row():
    assert at(table([TITLES[FORM]], TOP, struck=frozenset((4, c) for c in range(len(HEADS)))), "F42")


@case
def correction_in_a_comment():
    col = columns_of(FORM).index("total_investment")
    assert at(table([TITLES[FORM]], TOP, comments={(3, col): "应为1041"}), "F43") == [cell_of("total_investment", 0)]


@case
def remark_that_voids_the_line():
    assert at(one_cell("note", "此项目作废"), "F44") == [cell_of("note", 0)]


@case
def ditto_marks():
    found = table([TITLES[FORM]], TOP, body=changed("township", "石桥乡", "同上", "〃"))
    assert at(found, "F45") == [cell_of("township", 1), cell_of("township", 2)]


@case
def hidden_column_filtered_row_and_hidden_sheet_are_told_once_each():
    main = plain(FORM, hidden_cols=frozenset({9}), hidden_rows=frozenset({4}))
    old = grid(["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM), sheet="2月", visible=False)
    found = read(main, old)
    assert values(found[0]) == WANT
    assert set(rules(found)) == {"F30"}
    assert len(rules(found)) <= 3


# --- second tables and other sheets ----------------------------------------------------------------------------------

LISTS = {
    "meeting": [["参加会议人员"], ["序号", "姓名", "单位", "职务", "电话"], [1, "张某", "县发改局", "局长", "13900000001"], [2, "李某", "白石镇", "镇长", "13900000002"]],
    "task_force": [["工作专班"], ["组别", "组长", "成员单位"], ["综合组", "张某", "县发改局、县住建局"]],
    "new_projects": [["新增项目清单"], ["序号", "项目名称", "计划总投资", "备注"], [1, "东门农贸市场二期", 1200, "拟4月开工"]],
    "problems": [["存在问题清单"], ["序号", "项目名称", "存在问题", "责任单位", "完成时限"], [1, "石桥乡卫生院业务用房建设项目", "用地", "县住建局", "2024年6月"]],
    "codes_of_townships": [["乡镇代码"], ["代码", "名称"], ["530330101", "白石镇"], ["530330102", "石桥乡"]],
}
for _name, _rows in LISTS.items():
    for _gap in (0, 1):
        def _list_below(rows=_rows, gap=_gap):
            is_the_table(table([TITLES[FORM]], TOP, below=[[SIGNED], *[[]] * gap, *rows]), allowed=UNREAD)
        CASES[f"list_below_{_name}_{'after_a_blank_row' if _gap else 'at_once'}"] = _list_below


@case
def legend_beside_the_table():
    heads = [*HEADS, None, "代码", "乡镇"]
    body = [[*row, None, n, town] for row, n, town in zip(body_of(FORM), (1, 2, 3), ("白石镇", "石桥乡", "清河镇"))]
    is_the_table(table([TITLES[FORM]], TOP, heads=heads, body=body), allowed=UNREAD | {"F14"})


@case
def halves_side_by_side():
    form = "rectification"
    heads, (first, second) = headers_of(form), body_of(form)
    found = read(grid([TITLES[form]], ["填报单位：县发改局", "单位：万元"], [*heads, None, *heads], [*first, None, *second]), name=NAMES[form])
    assert sorted(v["problem_no"] for v in values(found[0])) == ["SJ-2024-001", "SJ-2024-002"]
    assert not refusals(found)


@case
def two_months_below_each_other():
    old = [["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM)]
    found = table([TITLES[FORM]], TOP, below=[[], *old])
    own = next(r for r in found if r.submission.period == "2024-03")
    assert values(own) == WANT
    told = [f for r in found for f in r.findings]
    assert len(told) <= 1 and {f.rule for f in told} <= UNREAD
    assert len(found) == 2 or told


@case
def two_months_on_two_sheets():
    found = read(grid(["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM), sheet="2月"), plain(FORM, sheet="3月"))
    assert values(next(r for r in found if r.submission.period == "2024-03")) == WANT
    assert sorted(r.submission.period for r in found) == ["2024-02", "2024-03"] or UNREAD & set(rules(found))
    assert not refusals(found)


@case
def summary_of_the_county_on_another_sheet():
    summary = grid(["全县重点项目汇总表（2024年3月）"], ["乡镇", "项目个数", "计划总投资", "本年计划投资", "本月完成投资", "本年累计完成投资"],
                   ["白石镇", 2, 14900, 5932, 225, 600], ["石桥乡", 1, 4500, 2700, 111, 333], ["合计", 3, 19400, 8632, 336, 933], sheet="全县汇总")
    has_the_table(read(plain(FORM), summary), allowed=UNREAD)
    has_the_table(read(summary, plain(FORM)), allowed=UNREAD)


@case
def full_list_of_the_county_on_another_sheet():
    everything = grid(["云岭县2024年3月重点项目汇总表"], ["填报单位：云岭县财政局", "单位：万元"], HEADS, *body_of(FORM), *body_of(FORM), sheet="全县汇总")
    has_the_table(read(plain(FORM), everything), allowed=UNREAD)


@case
def five_empty_sheets_first():
    has_the_table(read(*[grid(sheet=f"Sheet{n}") for n in range(5)], plain(FORM, sheet="Sheet6")))


@case
def one_sheet_for_each_category():
    parts = {line["category"]: row for line, row in zip(LINES[FORM], body_of(FORM))}
    found = read(*[grid([TITLES[FORM]], TOP, HEADS, row, sheet=name) for name, row in parts.items()])
    assert sorted(v["project_name"] for r in found for v in values(r)) == sorted(v["project_name"] for v in WANT)
    assert not refusals(found)


# --- files -----------------------------------------------------------------------------------------------------------

def opened(data: bytes, name: str, tmp) -> Book:
    path = tmp / "file"
    path.write_bytes(data)
    return open_book(path, name)


def _understood(data: bytes, name: str, tmp):
    from etl.inbox.identify import identify
    from etl.understand.submission import read_file

    path = tmp / "file"
    path.write_bytes(data)
    ref = reference()
    assert identify(name, ref.forms, ref.register)
    return read_file(Received(name, "0" * 64, len(data), datetime(2024, 4, 2), 1, path), ref)


def _formatted(look: str, stored, tmp):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": look})
        rows = [[TITLES[FORM]], TOP, HEADS, *body_of(FORM)]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
        sheet.write_number(3, columns_of(FORM).index("total_investment"), stored, style)
    return _understood(out.getvalue(), NAMES[FORM], tmp)


def format_of_thousands(tmp_path):
    assert value_of(_formatted("#,##0,", 4500000, tmp_path), "total_investment")[0] == 4500


def format_of_ten_thousands(tmp_path):
    assert value_of(_formatted('0!.0,"万元"', 45000000, tmp_path), "total_investment")[0] == 4500


def format_of_hundred_millions(tmp_path):
    assert value_of(_formatted('0.00"亿元"', 0.45, tmp_path), "total_investment")[0] == 4500


def _sheet(kind: str) -> bytes:
    from tests.layouts.sheet import Sheet, book_bytes

    sheet = Sheet()
    for r, row in enumerate([[TITLES[FORM]], TOP, HEADS, *body_of(FORM)]):
        sheet.row(r, row)
    return book_bytes(kind, [sheet])


XLS = NAMES[FORM].replace(".xlsx", ".xls")


def html_named_xls(tmp_path):
    is_the_table(_understood(_sheet("html"), XLS, tmp_path))


def xml_2003_named_xls(tmp_path):
    is_the_table(_understood(_sheet("xml2003"), XLS, tmp_path))


def tab_text_named_xls(tmp_path):
    lines = ["\t".join("" if v is None else str(v) for v in row) for row in ([TITLES[FORM]], TOP, HEADS, *body_of(FORM))]
    is_the_table(_understood("\r\n".join(lines).encode("gb18030"), XLS, tmp_path))


def delimited_text(tmp_path):
    is_the_table(_understood(_sheet("csv"), NAMES[FORM].replace(".xlsx", ".csv"), tmp_path))


def ods(tmp_path):
    is_the_table(_understood(_sheet("ods"), NAMES[FORM].replace(".xlsx", ".ods"), tmp_path))


def _names_its_kind(data: bytes, word: str, tmp):
    with pytest.raises(Unreadable) as unreadable:
        opened(data, NAMES[FORM], tmp)
    assert word in unreadable.value.reason


def pdf_named_xlsx(tmp_path):
    _names_its_kind(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF", tmp_path)


def _zipped(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def zip_named_xlsx(tmp_path):
    _names_its_kind(_zipped("报表.txt", "内容"), "压缩", tmp_path)


def word_named_xlsx(tmp_path):
    _names_its_kind(_zipped("word/document.xml", "<w:document/>"), "文档", tmp_path)


def one_text_used_thousands_of_times(tmp_path):
    from time import process_time

    from tests.fixtures.workbooks import part_by_part

    rows = "<sheetData>" + "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>"
                                   for r in range(1, 201)) + "</sheetData>"
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"重" * 350_000}</t></si></sst>'
    data = part_by_part(tmp_path / "made.xlsx", rows, strings=strings).read_bytes()
    begun = process_time()
    with suppress(Unreadable):
        _understood(data, NAMES[FORM], tmp_path)
    assert process_time() - begun < 5            # it was 22 s when every cell was looked through anew


FILES = {f.__name__: f for f in (format_of_thousands, format_of_ten_thousands, format_of_hundred_millions, html_named_xls, xml_2003_named_xls,
                                 tab_text_named_xls, delimited_text, ods, pdf_named_xlsx, zip_named_xlsx, word_named_xlsx,
                                 one_text_used_thousands_of_times)}


# --- the tests -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", CASES)
def test_sheet(name):
    CASES[name]()


@pytest.mark.parametrize("name", FILES)
def test_file(name, tmp_path):
    FILES[name](tmp_path)

