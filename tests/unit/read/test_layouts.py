"""One small table in many layouts: whatever the sheet looks like, the same lines come out and nothing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

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

FORMS = sorted(LINES)
MONEY = ["budget_execution_monthly", "investment_monthly", "key_project_monthly"]
TOP = "填报单位：县发改局"


def amounts(form: str) -> list[str]:
    by_name = reference().forms[form].by_name
    return [c for c in columns_of(form) if by_name[c].type == "amount" and by_name[c].unit == "CNY"]


def sums(form: str, rows: list[list] | None = None) -> list:
    """The figures of a total row: amounts are summed, all else is blank."""
    columns = columns_of(form)
    rows = body_of(form) if rows is None else rows
    summed = set(amounts(form))
    return [sum(Decimal(str(r[i])) for r in rows if r[i] is not None) if c in summed else None
            for i, c in enumerate(columns)]


def total(form: str, word: str, rows: list[list] | None = None) -> list:
    """A total row whose word stands in the first cell of its own (a column of serial numbers is added by the caller)."""
    return [word, *sums(form, rows)]


def numbered(rows: list[list]) -> list[list]:
    return [[i, *row] for i, row in enumerate(rows, 1)]


def as_text(rows: list[list]) -> list[list]:
    return [[None if v is None else str(v) for v in row] for row in rows]


def scaled(form: str, factor: str) -> list[list]:
    columns, money = columns_of(form), set(amounts(form))
    return [[Decimal(str(v)) * Decimal(factor) if c in money and v is not None else v for c, v in zip(columns, row)]
            for row in body_of(form)]


LAYOUTS: dict[str, tuple] = {}


def layout(*forms: str, only: dict | None = None):
    """Register a layout for some forms; it returns one grid, a list of grids, or (grids, file name)."""
    def keep(function):
        LAYOUTS[function.__name__] = (function, forms or tuple(FORMS))
        return function
    return keep


# --- where the table stands ------------------------------------------------------------------------------------------

@layout()
def offset_by_rows_and_columns(form):
    rows = [[None, None, *row] for row in [[TITLES[form]], [TOP, None, None, "单位：万元"], headers_of(form), *body_of(form), [SIGNED]]]
    return grid([], [], *rows)


@layout()
def blank_columns_between(form):
    def spread(row):
        return [v for cell in row for v in (cell, None)]
    return grid([TITLES[form]], [TOP, None, "单位：万元"], spread(headers_of(form)), *map(spread, body_of(form)), [SIGNED])


@layout()
def blank_rows_between(form):
    rows = [row for line in body_of(form) for row in ([], line)]
    return grid([TITLES[form]], [], [TOP, None, "单位：万元"], [], headers_of(form), *rows, [], [], [SIGNED])


@layout()
def columns_in_another_order(form):
    columns = columns_of(form)[::-1]
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form, columns), *body_of(form, columns), [SIGNED])


@layout()
def no_title_of_its_own_row(form):
    return grid([TITLES[form], None, None, TOP, None, "（单位：万元）"], headers_of(form), *body_of(form), [SIGNED])


@layout()
def everything_as_text(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *as_text(body_of(form)), [SIGNED])


@layout()
def serial_numbers_and_total_below(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *numbered(body_of(form)),
                total(form, "合  计"), [SIGNED])


@layout()
def total_on_top(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], total(form, "总计"),
                *numbered(body_of(form)), [SIGNED])


@layout()
def prefixed_total(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *numbered(body_of(form)),
                total(form, "全县合计"), [SIGNED])


@layout()
def total_in_the_second_column(form):
    row = [None, *sums(form)]
    row[1] = "合计"
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *numbered(body_of(form)), row, [SIGNED])


@layout()
def total_merged_over_columns(form):
    rows = numbered(body_of(form))
    r = 3 + len(rows)
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *rows, total(form, "合计"), [SIGNED],
                merges=[(r, 0, r, 2), (0, 0, 0, len(rows[0]) - 1)])


# --- rows that are no lines ------------------------------------------------------------------------------------------

@layout()
def formula_numbers_under_the_header(form):
    width = len(columns_of(form))
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form),
                [f"（{i}）" if i != 3 else "(3)=(1)+(2)" for i in range(1, width + 1)], *body_of(form), [SIGNED])


@layout()
def letters_and_numbers_under_the_header(form):
    width = len(columns_of(form))
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)],
                ["甲", "乙", "丙", *range(1, width - 1)], *numbered(body_of(form)), [SIGNED])


@layout()
def labelled_numbers_under_the_header(form):
    width = len(columns_of(form))
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)],
                ["栏次", *range(1, width + 1)], *numbered(body_of(form)), [SIGNED])


@layout(*MONEY)
def units_under_the_header(form):
    by_name = reference().forms[form].by_name
    kinds = {"percent": "%"}
    units = [("万美元" if by_name[c].unit == "USD" else "万元") if by_name[c].type == "amount"
             else kinds.get(by_name[c].type) for c in columns_of(form)]
    return grid([TITLES[form]], [TOP], headers_of(form), units, *body_of(form), [SIGNED])


@layout(*MONEY)
def bracketed_units_under_the_header(form):
    by_name = reference().forms[form].by_name
    units = [None if by_name[c].type != "amount" else "（万美元）" if by_name[c].unit == "USD" else "（万元）"
             for c in columns_of(form)]
    return grid([TITLES[form]], [TOP], headers_of(form), units, *body_of(form), [SIGNED])


@layout()
def header_repeated_on_every_page(form):
    first, *rest = body_of(form)
    page = ["序号", *headers_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元"], page, [1, *first], page, *[[i, *row] for i, row in enumerate(rest, 2)],
                [SIGNED])


@layout()
def continued_table(form):
    first, *rest = body_of(form)
    page = ["序号", *headers_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元"], page, [1, *first], [], ["续表"], page,
                *[[i, *row] for i, row in enumerate(rest, 2)], [SIGNED])


@layout()
def continued_table_with_its_title(form):
    first, *rest = body_of(form)
    page = headers_of(form)
    again = 4
    return grid([TITLES[form]], [TOP, "单位：万元"], page, first, [TITLES[form] + "（续表）"], page, *rest, [SIGNED],
                merges=[(again, 0, again, len(page) - 1)])


@layout()
def notes_between_and_below(form):
    first, *rest = body_of(form)
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), first, ["注：以上项目已调度。"], *rest,
                ["说明：1.本表按月报送；2.金额保留两位小数。"], ["备注：无数据的请注明零报告"], ["*带星号的为重点调度事项"], [SIGNED])


@layout()
def signatures_in_several_cells(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *body_of(form),
                ["单位负责人（签字）：", "张某", None, "审核人：", "李某", "填报人：张某", None, "填报日期：", "2024年4月1日"])


@layout()
def signatures_without_colons(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *body_of(form),
                ["负责人", "张某", "审核人", "李某", "填报人", "张某", "填报日期", date(2024, 4, 1)])


@layout()
def signatures_one_below_the_other(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *body_of(form),
                ["填报人：张某"], ["审核人：李某"], ["负责人：张某"], ["联系电话：0874-0000001"], ["填报日期：2024-04-01"])


@layout()
def department_in_the_next_cell(form):
    return grid([TITLES[form]], ["填报单位", "县发改局", None, "金额单位：", "万元"], headers_of(form), *body_of(form), [SIGNED])


@layout()
def template_rows_numbered_but_empty(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], ["序号", *headers_of(form)], *numbered(body_of(form)),
                *[[n] for n in range(len(LINES[form]) + 1, 20)], total(form, "合计"), [SIGNED])


# --- groups ----------------------------------------------------------------------------------------------------------

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


# --- headers ---------------------------------------------------------------------------------------------------------

@layout()
def line_breaks_and_spaces_in_headers(form):
    broken = [h[:2] + "\n" + " ".join(h[2:]) for h in headers_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元"], broken, *body_of(form), [SIGNED])


@layout()
def required_marks(form):
    marked = [f"*{h}" if i % 3 == 0 else f"{h}＊" if i % 3 == 1 else f"★{h}（必填）" for i, h in enumerate(headers_of(form))]
    return grid([TITLES[form]], [TOP, "单位：万元"], marked, *body_of(form), [SIGNED])


@layout()
def numbered_headers(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], [f"{i}.{h}" for i, h in enumerate(headers_of(form), 1)], *body_of(form), [SIGNED])


@layout()
def traditional_characters(form):
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return grid([convert(TITLES[form])], [convert(TOP), "單位：萬元"], [convert(h) for h in headers_of(form)], *body_of(form), [convert(SIGNED)])


@layout()
def first_aliases(form):
    by_name = reference().forms[form].by_name
    heads = [(by_name[c].aliases or (by_name[c].header,))[-1] for c in columns_of(form)]
    heads = [h.replace("1-N月", "1-3月") + ("（工作日）" if c == "promised_days" else "") for h, c in zip(heads, columns_of(form))]
    return grid([TITLES[form]], [TOP, "单位：万元"], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_every_header(form):
    money = set(amounts(form))
    heads = [h + "（万元）" if c in money else h for h, c in zip(headers_of(form), columns_of(form))]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_headers_without_brackets(form):
    money = set(amounts(form))
    heads = [h + "\n万元" if c in money else h for h, c in zip(headers_of(form), columns_of(form))]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_with_an_explanation(form):
    money = set(amounts(form))
    heads = [h + "（单位：万元，保留两位小数）" if c in money else h + "（照批复填写）" for h, c in zip(headers_of(form), columns_of(form))]
    if "promised_days" in columns_of(form):
        heads = [h.replace("（照批复填写）", "") for h in heads]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def yuan(form):
    return grid([TITLES[form]], [TOP, "金额单位：元"], headers_of(form), *scaled(form, "10000"), [SIGNED])


@layout(*MONEY, "rectification")
def thousands_of_yuan(form):
    return grid([TITLES[form]], [TOP, "计量单位：千元、%"], headers_of(form), *scaled(form, "10"), [SIGNED])


@layout(*MONEY, "rectification")
def hundred_millions(form):
    return grid([TITLES[form]], [TOP, "单位：人民币亿元"], headers_of(form), *scaled(form, "0.0001"), [SIGNED])


@layout(*MONEY)
def header_overrides_the_note(form):
    money = amounts(form)[0]
    heads = [h + "（亿元）" if c == money else h for h, c in zip(headers_of(form), columns_of(form))]
    rows = [[Decimal(str(v)) / 10000 if c == money else v for c, v in zip(columns_of(form), row)] for row in body_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元、个、%"], heads, *rows, [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_the_title(form):
    return grid([TITLES[form] + "（万元）"], [TOP], headers_of(form), *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_note_of_many_words(form):
    return grid([TITLES[form]], [TOP + "        计量单位：万元 个 %        报表期：月报"], headers_of(form), *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_note_below(form):
    return grid([TITLES[form]], [TOP], headers_of(form), *body_of(form), ["注：本表金额单位为万元。"], [SIGNED])


@layout("key_project_monthly")
def stacked_headers_merged(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    upper = heads[:at] + ["投资完成情况（万元）", None, None] + heads[at + 3:]
    lower = [None] * at + heads[at:at + 3] + [None] * (len(heads) - at - 3)
    merges = [(2, c, 3, c) for c in range(len(heads)) if not at <= c < at + 3] + [(2, at, 2, at + 2)]
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED], merges=merges)


@layout("key_project_monthly")
def stacked_headers_unmerged(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    upper = heads[:at] + ["投资完成情况", None, None] + heads[at + 3:]
    lower = [None] * at + heads[at:at + 3] + [None] * (len(heads) - at - 3)
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED])


@layout("key_project_monthly")
def three_levels_that_must_be_joined(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    width = len(heads)
    top = heads[:at] + ["投资情况", None, None] + heads[at + 3:]
    middle = [None] * at + ["完成投资", None, None] + [None] * (width - at - 3)
    lower = [None] * at + ["本月", "本年累计", "自开工累计"] + [None] * (width - at - 3)
    merges = [(2, c, 4, c) for c in range(width) if not at <= c < at + 3] + [(2, at, 2, at + 2), (3, at, 3, at + 2)]
    return grid([TITLES[form]], [TOP, "单位：万元"], top, middle, lower, *body_of(form), [SIGNED], merges=merges)


@layout("investment_monthly")
def groups_with_a_whole_and_its_parts(form):
    heads = headers_of(form)
    at = heads.index("协议总投资")
    upper = heads[:at] + ["协议总投资", None] + heads[at + 2:]
    lower = [None] * at + ["合计", "其中：固定资产投资"] + [None] * (len(heads) - at - 2)
    merges = [(2, c, 3, c) for c in range(len(heads)) if not at <= c < at + 2] + [(2, at, 2, at + 1)]
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED], merges=merges)


@layout("key_project_monthly")
def title_merged_over_a_two_row_header_in_the_first_rows(form):
    return grid(headers_of(form), *body_of(form), [TOP], [SIGNED], ["单位：万元"], sheet="2024年3月")


@pytest.mark.parametrize("span", ["1-3月", "1—3月", "1～3月", "１－３月", "1至3月", "截至3月"])
def test_header_of_the_year_to_date(span):
    heads = [span + "完成投资" if h == "本年累计完成投资" else h for h in headers_of("key_project_monthly")]
    found = read(grid([TITLES["key_project_monthly"]], [TOP, "单位：万元"], heads, *body_of("key_project_monthly"), [SIGNED]))
    assert rules(found) == []
    assert values(found[0])[0]["completed_ytd"] == 333


@pytest.mark.parametrize("span", ["1-2月", "1—2月", "截至2月"])
def test_header_of_last_month_is_left_over(span):
    heads = [span + "完成投资" if h == "本年累计完成投资" else h for h in headers_of("key_project_monthly")]
    found = read(grid([TITLES["key_project_monthly"]], [TOP, "单位：万元"], heads, *body_of("key_project_monthly"), [SIGNED]))
    assert rules(found) == ["F23"]


# --- titles, periods, names ------------------------------------------------------------------------------------------

MONTHLY = [f for f in FORMS if reference().forms[f].cadence == "monthly"]


def titled(form: str, title: str, sheet: str = "Sheet1", top: list | None = None):
    return grid([title], *([top] if top else []), [TOP, "单位：万元"], headers_of(form), *body_of(form), [SIGNED], sheet=sheet)


PERIODS = [
    "云岭县2024年1-3月{}", "云岭县2024年1—3月{}", "云岭县2024年1月至3月{}", "云岭县2024年1月-3月{}", "云岭县二〇二四年三月{}",
    "云岭县２０２４年３月份{}", "云岭县2024年 3 月{}", "{}（2024.03）", "{}（2024-03）", "{}202403", "{}（截至2024年3月31日）",
    "{}（截止2024年3月底）", "{}（2024年3月1日至3月31日）", "雲嶺縣2024年三月{}", "2024年一季度{}", "2024年一至三月{}",
]


@pytest.mark.parametrize("title", PERIODS)
def test_period_in_the_title(title):
    form = "key_project_monthly"
    found = read(titled(form, title.format("重点项目月报表")))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("top", [["报告期：2024年3月"], ["报告期", "2024年3月"], ["所属月份：", datetime(2024, 3, 1)], ["统计时间", 202403]])
def test_period_in_a_row_of_its_own(top):
    found = read(titled("key_project_monthly", "云岭县重点项目月报表", top=top))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("sheet", ["2024年3月", "3月", "3月份重点项目", "202403", "三月"])
def test_period_only_in_the_name_of_the_sheet(sheet):
    found = read(titled("key_project_monthly", "云岭县2024年重点项目月报表", sheet=sheet))
    assert (rules(found), found[0].submission.cover.period) == ([], "2024-03")


@pytest.mark.parametrize("form", [f for f in FORMS if f != "performance_self_evaluation"])
def test_a_list_with_columns_of_its_own_below_is_said_and_makes_no_line(form):
    months = [["历月情况"], ["月份", "完成投资", "累计完成"], *([f"{m}月", 300 + m, 300 * m] for m in range(1, 9))]
    table = [[None, *row] for row in (["序号", *headers_of(form)], *numbered(body_of(form)))]
    (reading,) = read(grid([TITLES[form]], [TOP, "单位：万元"], *table, [SIGNED], [], *months), name=NAMES[form])
    assert rules([reading]) == ["F50"] and len(reading.lines.rows) == len(body_of(form))


@pytest.mark.parametrize("cells", [["单位：县发改局"], ["单位：", "县发改局"]])
def test_a_bare_label_asks_for_the_unit_where_its_answer_names_one(cells):
    form = "key_project_monthly"
    (reading,) = read(grid([TITLES[form]], [*cells, None, "单位：万元"], headers_of(form), *body_of(form), [SIGNED]), name="2024年3月报表.xlsx")
    assert reading.submission.unit == "fgj" and reading.submission.cover.money_unit == "万元"


def test_sheets_named_by_month_under_titles_of_the_half_year():
    form = "key_project_monthly"
    months = [replace(grid(["2024年上半年重点项目月报表"], [TOP, "单位：万元"], headers_of(form), *body_of(form), [SIGNED]), sheet=sheet)
              for sheet in ("5月", "6月")]
    (reading,) = read(*months, name="县发改局/重点项目月报2024年6月.xlsx")
    assert reading.submission.sheet == "6月" and "F50" in rules([reading])


def test_other_records_on_a_sheet_that_kept_an_old_name_are_read_too():
    form = "key_project_monthly"
    sheets = [replace(grid([TITLES[form]], [TOP, "单位：万元"], headers_of(form), *rows, [SIGNED]), sheet=sheet)
              for sheet, rows in (("2月", body_of(form)[:1]), ("3月", body_of(form)[1:]))]
    (reading,) = read(*sheets, name="县发改局/重点项目月报2024年3月.xlsx")
    assert len(reading.lines.rows) == len(body_of(form)) and "F50" not in rules([reading])


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


def test_the_day_of_receipt_gives_no_year():
    form = "key_project_monthly"
    (reading,) = read(grid(["云岭县", None, "2024年", None, "12月", None, "重点项目月报表"], [TOP], ["收文日期：2025-01-08"],
                           headers_of(form), *body_of(form), [SIGNED]), name="县发改局/县发改局2024年12月重点项目月报表.xlsx")
    assert reading.submission.period == "2024-12" and not {"F23", "F23W"} & set(rules([reading]))


def test_month_without_a_year_takes_the_year_of_the_file():
    found = read(titled("key_project_monthly", "云岭县3月份重点项目月报表"))
    assert (rules(found), found[0].submission.period) == ([], "2024-03")


def test_month_of_the_file_takes_the_year_of_the_title():
    found = read(titled("key_project_monthly", "云岭县2024年3月重点项目月报表"), name="县发改局/3月份重点项目.xlsx")
    assert (rules(found), found[0].submission.period) == ([], "2024-03")


def test_a_sheet_that_is_silent_on_the_period_takes_that_of_the_name_of_the_file():
    found = read(titled("key_project_monthly", "云岭县重点项目月报表"))
    assert (rules(found), found[0].submission.period, found[0].submission.cover.period) == ([], "2024-03", None)


@pytest.mark.parametrize("name", ["县发改局/重点项目2024年3月.xlsx", "县发改局重点项目2024年3月.xlsx", "2024年3月/县发改局/重点项目.xlsx",
                                  "2024/03/县发改局/重点项目2024-03.xlsx", "重点项目2024年3月.xlsx", "云岭县发展和改革局/3月.xlsx"])
def test_unit_and_period_by_folder_or_name(name):
    found = read(plain("key_project_monthly"), name=name)
    assert rules(found) == []
    assert (found[0].submission.unit, found[0].submission.period) == ("fgj", "2024-03")


@pytest.mark.parametrize("form", FORMS)
def test_plain_layout_reads_as_written(form):
    found = read(plain(form), name=NAMES[form])
    assert rules(found) == []
    (reading,) = found
    assert reading.submission.form == form
    assert len(reading.lines.rows) == len(LINES[form])
    for line, got in zip(LINES[form], values(reading)):
        assert set(line) == set(got)
        for name, sent in line.items():
            if isinstance(sent, int):
                assert got[name] == sent


@pytest.mark.parametrize("name, form", [(n, f) for n, (_, forms) in sorted(LAYOUTS.items()) for f in forms])
def test_layout_reads_as_the_plain_one(name, form):
    want = values(read(plain(form), name=NAMES[form])[0])
    made = LAYOUTS[name][0](form)
    found = read(*(made if isinstance(made, list) else [made]), name=NAMES[form])
    assert rules(found) == []
    assert len(found) == 1
    assert values(found[0]) == want
    cover = found[0].submission.cover
    assert (cover.preparer, cover.reviewer, cover.head) == ("张某", "李某", "张某")
    assert cover.filled_date
