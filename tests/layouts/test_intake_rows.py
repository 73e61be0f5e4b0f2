"""Messy workbooks that clerks have sent, one small case each, with what should come out: heads, and rows that are no lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fixtures.sheets import LINES, SIGNED, TITLES, body_of, columns_of, grid, plain, read, reference, rules, values
from tests.layouts.intake import FORM, HEADS, TOP, WANT, at, cell_of, changed, is_the_table, one_cell, summed, table, value_of

pytestmark = pytest.mark.slow


def test_five_levels():
    width, at_ = len(HEADS), HEADS.index("本月完成投资")
    over = [None] * at_
    rows = [["2024年项目情况", *[None] * (width - 1)],
            HEADS[:at_] + ["投资及进度", None, None] + HEADS[at_ + 3:],
            over + ["投资完成情况", None, None] + [None] * (width - at_ - 3),
            over + ["各期完成数", None, None] + [None] * (width - at_ - 3),
            over + HEADS[at_:at_ + 3] + [None] * (width - at_ - 3)]
    merges = [(2, 0, 2, width - 1)] + [(r, at_, r, at_ + 2) for r in (3, 4, 5)] + [(3, c, 6, c) for c in range(width) if not at_ <= c < at_ + 3]
    is_the_table(read(grid([TITLES[FORM]], TOP, *rows, *body_of(FORM), [SIGNED], merges=merges)))


def test_many_columns_of_its_own():
    heads = [*HEADS, *(f"附加列{n}" for n in range(1, 15))]
    found = table([TITLES[FORM]], TOP, heads=heads, body=[[*row, *range(14)] for row in body_of(FORM)])
    assert values(found[0]) == WANT
    assert rules(found) == ["F14"]
    (said,) = found[0].findings
    assert "附加列14" in f"{said.value} {said.expected}"
    assert "建设性质" not in (said.expected or "")


def test_header_with_a_slip():
    heads = [h.replace("本月完成投资", "当月以完成投资") for h in HEADS]
    found = table([TITLES[FORM]], TOP, heads=heads)
    assert set(rules(found)) == {"F14", "F15"}
    assert any(f.rule == "F14" and "本月完成投资" in f.expected for f in found[0].findings)


def test_english_headers():
    found = table([TITLES[FORM]], TOP, heads=["No", "Project name", "Builder", "Total investment", "Stage"], body=[[1, "a", "b", 1, "c"]])
    assert rules(found) == ["F33"]
    assert "重点项目月报表" in (found[0].findings[0].expected or "")


def test_turned_table():
    found = read(grid([TITLES[FORM]], TOP, *[[h, *column] for h, column in zip(HEADS, zip(*body_of(FORM)))]))
    assert rules(found) == ["F33"]
    assert "重点项目月报表" in (found[0].findings[0].expected or "")


def test_picture_instead_of_a_table():
    found = read(grid([TITLES[FORM]], TOP, pictures=1))
    assert rules(found) == ["F33"]
    assert "图片" in (found[0].findings[0].expected or "")


def test_stamp_over_a_good_table():
    is_the_table(read(plain(FORM, pictures=1)))


def test_same_column_twice_with_equal_values():
    heads, body = [*HEADS, "总投资"], [[*row, line["total_investment"]] for row, line in zip(body_of(FORM), LINES[FORM])]
    is_the_table(table([TITLES[FORM]], TOP, heads=heads, body=body))


# --- rows -------------------------------------------------------------------------------------------------------------

SERIAL = ["序号", *HEADS]


def numbered():
    return [[n, *row] for n, row in enumerate(body_of(FORM), 1)]


def test_total_that_counts():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), [None, *summed("3个")]], below=[[SIGNED]]))


def test_total_that_counts_in_the_first_column():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), ["共3个项目", *summed(None)]], below=[[SIGNED]]))


def test_total_without_a_label():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[*numbered(), [None, *summed(None)]], below=[[SIGNED]]))


def test_total_without_a_label_in_the_first_row():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[[None, *summed(None)], *numbered()], below=[[SIGNED]]))


def test_total_in_the_first_row():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[["合计", *summed(None)], *numbered()], below=[[SIGNED]]))


def test_rounded_total():
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


def test_blocks_headed_by_a_bare_name_with_sums():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=_blocks(False)))


def test_blocks_headed_by_a_bare_name_among_the_names():
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=_blocks(True)))


def test_page_sums():
    first, *rest = numbered()
    page = ["本页小计", *[v if reference().forms[FORM].by_name[c].type == "amount" else None for c, v in zip(columns_of(FORM), first[1:])]]
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, page, SERIAL, *rest]))


def test_note_between_rows():
    first, *rest = numbered()
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, ["以上为结转项目，以下为本月新增项目"], *rest]))


def test_note_between_rows_in_the_column_of_names():
    first, *rest = numbered()
    is_the_table(table([TITLES[FORM]], TOP, heads=SERIAL, body=[first, [None, None, "注：以下项目数据未经统计部门核定"], *rest]))


def test_merged_figures():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", 4500, None), merges=[(3, col, 4, col)])
    assert at(found, "F34") == [cell_of("total_investment", 0)]
    assert value_of(found, "total_investment", 1)[0] is None


def test_name_merged_over_two_projects_with_codes_of_their_own():
    col = columns_of(FORM).index("project_name")
    rows = changed("project_name", "石桥乡卫生院业务用房建设项目", None)
    rows[1][columns_of(FORM).index("project_code")] = "2311-530330-04-02-103552"
    found = table([TITLES[FORM]], TOP, body=rows, merges=[(3, col, 4, col)])
    assert {f.cell for f in found[0].findings} & {cell_of("project_name", 0), cell_of("project_name", 1)}


def test_value_hidden_under_a_merge():
    col = columns_of(FORM).index("total_investment")
    found = table([TITLES[FORM]], TOP, body=changed("total_investment", 4500, None), merges=[(3, col, 4, col)], covered={(4, col): Decimal(33400)})
    assert value_of(found, "total_investment", 1)[0] is None
    assert at(found, "F47") == [cell_of("total_investment", 1)]


def test_struck_through_row():
    assert at(table([TITLES[FORM]], TOP, struck=frozenset((4, c) for c in range(len(HEADS)))), "F42")


def test_correction_in_a_comment():
    col = columns_of(FORM).index("total_investment")
    assert at(table([TITLES[FORM]], TOP, comments={(3, col): "应为1041"}), "F43") == [cell_of("total_investment", 0)]


def test_remark_that_voids_the_line():
    assert at(one_cell("note", "此项目作废"), "F44") == [cell_of("note", 0)]


def test_ditto_marks():
    found = table([TITLES[FORM]], TOP, body=changed("township", "石桥乡", "同上", "〃"))
    assert at(found, "F45") == [cell_of("township", 1), cell_of("township", 2)]


def test_hidden_column_filtered_row_and_hidden_sheet_are_told_once_each():
    main = plain(FORM, hidden_cols=frozenset({9}), hidden_rows=frozenset({4}))
    old = grid(["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM), sheet="2月", visible=False)
    found = read(main, old)
    assert values(found[0]) == WANT
    assert set(rules(found)) == {"F30"}
    assert len(rules(found)) <= 3
