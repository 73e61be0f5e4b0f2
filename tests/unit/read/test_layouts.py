"""One small table in many layouts: whatever the sheet looks like, the same lines come out and nothing is said.

Here: where the table stands, and rows that are no lines.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.fixtures.layouts import FORMS, MONEY, TOP, Layouts, as_text, numbered, sums, total
from tests.fixtures.sheets import LINES, NAMES, SIGNED, TITLES, body_of, columns_of, grid, headers_of, plain, read, reference, rules, values

layout = Layouts()


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


@pytest.mark.parametrize("name, form", layout.cases)
def test_layout_reads_as_the_plain_one(name, form):
    layout.reads_as_the_plain_one(name, form)


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
