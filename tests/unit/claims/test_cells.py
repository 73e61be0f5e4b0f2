"""Cells of a workbook: percent formats, formulas without a stored result, errors, dates."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from etl.claims import check_claims, read_claims
from etl.claims.cells import cell_problem, cell_text
from etl.model import Grid


@pytest.fixture
def book(tmp_path):
    def write(reported, number_format="General", unit=None):
        made = openpyxl.Workbook()
        sheet = made.active
        sheet.title = "核对"
        sheet.append(["所列数字", "算法", "上报结果", "结果单位"])
        sheet.append(["a=739 个; b=1000 个", "ratio_pct", reported, unit])
        sheet["C2"].number_format = number_format
        made.save(tmp_path / "claims.xlsx")
        return tmp_path / "claims.xlsx"
    return write


@pytest.mark.parametrize("reported, number_format, unit, verdict", [
    (0.739, "0.0%", None, "agree"), (0.739, "0.0%", "%", "agree"), (0.74, "0%", None, "agree"), (0.793, "0.0%", None, "disagree"),
    (0.739, "General", "%", "disagree"), (73.9, "General", "%", "agree"), (739 / 1000 + 1e-16, "0.0%", None, "agree"),
])
def test_a_percent_cell_is_read_as_it_is_shown(book, reported, number_format, unit, verdict):
    [judged] = check_claims(read_claims(book(reported, number_format, unit)))
    assert judged.verdict == verdict, judged.sentence


def test_a_formula_without_result_is_named_and_not_taken_for_silence(book):
    [judged] = check_claims(read_claims(book("=739/1000")))
    assert judged.verdict == ""                                    # the table lacks it, the text is not damaged
    assert all(part in judged.sentence for part in ("claims.xlsx", "核对", "C2", "没有存下结果"))


def test_an_error_is_named_with_its_cell():
    grid = Grid("核对", [["编号"], [None]], errors={(1, 0): "#DIV/0!"})
    assert str(cell_problem("a.xlsx", grid, 1, 0)) == "a.xlsx 的工作表“核对” A2 是错误值 #DIV/0!，请改正公式或直接填数"
    assert cell_problem("a.xlsx", grid, 0, 0) == ""


@pytest.mark.parametrize("value, text", [
    (Decimal("0.739"), "73.9 %"), (Decimal("0.7"), "70 %"), (Decimal(1), "100 %"), (Decimal("0.701581027667984"), "70.1581027668 %"), ("约七成", "约七成"),
])
def test_a_percent_has_the_digits_of_the_number(value, text):
    assert cell_text(Grid("", [[value]], percents=frozenset({(0, 0)})), 0, 0) == text


@pytest.mark.parametrize("value, text", [(Decimal("0.1"), "0.1"), (100, "100"), (datetime(2024, 5, 1), "2024-05-01"), (None, "")])
def test_other_cells_are_plain_text(value, text):
    assert cell_text(Grid("", [[value]]), 0, 0) == text
