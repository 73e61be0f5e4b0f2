"""Figures as papers print them, and how many columns stand side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.papers.bulletin import NAMES, WIDTH, _abreast, _width, figure_printed, ordinal
from etl.papers.source import rounded
from etl.texts.catalogue import chinese


@pytest.mark.parametrize("value, digits, said", [
    ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("1234567.5", 0, "1,234,568"), ("-0.001", 2, "0.00"), ("44.1", 2, "44.10"),
    (Decimal("99999999999999.994999"), 2, "99,999,999,999,999.99"), (None, 2, "—"),
])
def test_a_number_is_rounded_half_up_and_grouped(value, digits, said):
    assert rounded(value, digits) == said


@pytest.mark.parametrize("figure, said", [
    (["12.345"], "12.35"), (["1", None, None, None, None, "t01", "3"], "1.00*"), (["1", None, None, None, None, None, "3"], "1.00≈"),
    ([None, None, None, None, "no_denominator"], "—"), (None, "—"),
])
def test_a_figure_bears_the_mark_of_what_it_lacks_or_guesses(figure, said):
    assert figure_printed(figure, 2) == said


def test_columns_that_a_page_is_too_narrow_for_stand_below():
    wide = ("头", "1,234,567,890.12", "2")
    tables = list(_abreast([wide] * 7))
    assert [len(table) for table in tables] == [4, 3]
    assert all(sum(map(_width, table)) <= WIDTH - NAMES for table in tables)


def test_sections_are_numbered_as_people_write_them():
    assert [ordinal(n, chinese) for n in (1, 10, 21)] == ["一", "十", "21"]
