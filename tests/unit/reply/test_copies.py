"""An original that must not be opened comes back as a copy: each cell where it was, with its kind, its look and its width."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from etl.model import Grid
from etl.reply.copies import NARROW, WIDE, _fill, display_width

ROWS = [
    ["重点项目月报表"],
    ["项目", "投资", "占比", "日期"],
    ["桥", "12.50", Decimal("0.5"), date(2024, 3, 1)],
    [None, 2800, True, datetime(2024, 3, 1, 8, 30)],
    ["路", 10**15, -(10**15), None],
]
GRID = Grid("Sheet1", ROWS, percents=frozenset({(2, 2)}), units={(3, 1): "万元"}, errors={(4, 3): "#REF!"}, merges=((0, 0, 0, 3),),
            hidden_rows=frozenset({3}), hidden_cols=frozenset({2}))


def filled(grid=GRID, delimited=False):
    sheet = Workbook().active
    _fill(sheet, grid, delimited)
    return sheet


def test_every_cell_stands_where_it_was_and_only_figures_are_numbers():
    assert [[cell.value for cell in row] for row in filled().iter_rows()] == [
        ["重点项目月报表", None, None, None], ["项目", "投资", "占比", "日期"],
        ["桥", "12.50", Decimal("0.5"), date(2024, 3, 1)], [None, 2800, "True", datetime(2024, 3, 1, 8, 30)],
        ["路", "1000000000000000", "-1000000000000000", "#REF!"]]


def test_of_delimited_text_what_is_a_plain_number_becomes_one():
    written = ["12.5", "-3", "0", "0.25", "1234567890", "12.50", "007", "1.", "12345678901", "1,200", "桥"]
    sheet = filled(Grid("", [["项目", "投资"], *([text, "甲"] for text in written)]), delimited=True)
    assert [cell.value for cell in sheet["A"][1:]] == [Decimal("12.5"), -3, 0, Decimal("0.25"), 1234567890, *written[5:]]


def test_shares_days_and_written_units_keep_their_format():
    sheet = filled()
    assert [sheet[at].number_format for at in ("C3", "D3", "D4", "B4", "A3")] == [
        "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", 'General"万元"', "General"]


def test_the_header_is_bold_the_table_has_borders_and_wraps_and_a_lone_title_does_not():
    sheet = filled()
    assert [bool(cell.font.b) for cell in sheet["A"]] == [False, True, False, False, False]
    assert [cell.border.left.style for cell in sheet["A"]] == [None, "thin", "thin", "thin", "thin"]
    assert [bool(cell.alignment.wrap_text) for cell in sheet["B"]] == [False, True, True, True, True]
    assert sheet["A2"].fill.fgColor.rgb == "FFF2F2F2" and sheet["A3"].fill.fill_type is None


def test_what_was_merged_or_hidden_is_so_again_and_the_page_fits_its_width():
    sheet = filled()
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["A1:D1"]
    assert ([r for r in range(1, 6) if sheet.row_dimensions[r].hidden], [c for c in "ABCD" if sheet.column_dimensions[c].hidden]) == ([4], ["C"])
    assert (sheet.sheet_state, sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "visible", "landscape", 0, True)


def test_a_long_text_makes_its_row_higher_and_none_higher_than_a_screen():
    texts = [["项目", "说明", "备注"], ["桥", "很长的说明" * 20, "无"], ["路", "很长的说明" * 1000, "无"], ["塔", "短", "无"]]
    heights = [filled(Grid("Sheet1", texts)).row_dimensions[r].height for r in range(1, 5)]
    assert heights[0] == heights[3] == 18 < heights[1] < heights[2] == 400 and (heights[1] - 3) % 15 == 0


@pytest.mark.parametrize("text, width", [("", 0), ("abc", 3), ("桥", 2), ("桥a", 3), ("a\n大桥\nb", 4), ("⺀", 2), ("\u2e7f", 1)])
def test_a_chinese_character_takes_two_columns_and_the_longest_line_counts(text, width):
    assert display_width(text) == width


def test_a_column_is_as_wide_as_its_longest_text_within_bounds_and_a_note_below_widens_none():
    rows = [["项目", "投资"], ["长度一共十二个汉字的名称", 1], ["很长" * 40, "甲"], ["注：" + "说明" * 40]]
    sheet = filled(Grid("Sheet1", rows[:2]))
    assert [sheet.column_dimensions[c].width for c in "AB"] == [26, NARROW]
    assert [filled(Grid("Sheet1", some)).column_dimensions["A"].width for some in (rows[:3], [rows[0], rows[3]])] == [WIDE, NARROW]
