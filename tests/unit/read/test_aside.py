"""What rows hold that were not read as lines: kept, so that next month's comparison can ask (F53)."""

from __future__ import annotations

from tests.fixtures.sheets import BUDGET_HEAD, BUDGET_LINES, BUDGET_NAME, BUDGET_TITLE, SIGNED, grid, read


def aside(*rows):
    (found,) = read(grid(BUDGET_TITLE, ["填报单位：县发改局", "单位：万元"], BUDGET_HEAD, *BUDGET_LINES, *rows, [SIGNED]), name=BUDGET_NAME)
    assert len(found.lines.rows) == len(BUDGET_LINES)
    return [(one.cell, one.text, one.key) for one in found.submission.aside if one.text != SIGNED]


def test_the_names_of_totals_and_of_rows_that_are_no_lines_are_kept_with_their_cells():
    assert aside(["合计", None, None, None, 2000, 0, 2000, 117, 351]) == [("A7", "合计", "合计")]
    assert ("D7", "信息化（续建）", "信息化续建") in aside([None, None, None, "信息化（续建）"])


def test_lines_figures_and_sentences_are_not_kept():
    assert aside() == []
    assert aside(["说明：" + "本表由财政局核对，" * 10]) == []
