"""What a template says at each column: the header with its unit, how it is written, what may be entered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.forms.contract import load_forms
from etl.reply.hints import header, number_format, offered
from tests.fixtures.places import EXPECTATIONS

FORMS = load_forms(EXPECTATIONS)
COLUMN = FORMS["key_project_monthly"].by_name["note"]
UNITS = {"县发改局": "bureau", "白石镇": "town", "经开区": "park"}


def column(**more):
    return replace(COLUMN, **{"header": "情况", "type": "text", "required": False, "unit": None, "stored_in": None, "register": None, "values": (), "meaning": None, **more})


@pytest.mark.parametrize("more, said", [
    ({}, "情况"), ({"required": True}, "情况*"), ({"type": "percent"}, "情况（%）"), ({"unit": "家"}, "情况（家）"), ({"unit": "家", "required": True}, "情况（家）*"),
    ({"unit": "家", "stored_in": "万元"}, "情况"), ({"header": "户数（家）", "unit": "家"}, "户数（家）"), ({"header": "占%", "type": "percent"}, "占%"),
])
def test_a_header_bears_its_unit_once_and_a_star_where_it_must_be_filled(more, said):
    assert header(column(**more)) == said


def test_figures_and_days_have_their_format_and_all_else_is_text():
    kinds = ("amount", "percent", "year", "date", "number", "text", "code", "enum")
    assert [number_format(column(type=kind)) for kind in kinds] == ["#,##0.00", "0.00", "0", "yyyy-mm-dd", "General", "@", "@", "@"]


@pytest.mark.parametrize("more, words", [
    ({}, []), ({"values": ("是", "否")}, ["是", "否"]), ({"meaning": "新建|续建"}, ["新建", "续建"]), ({"meaning": "新建"}, []),
    ({"meaning": "八个字的词也可以|否"}, ["八个字的词也可以", "否"]), ({"meaning": "九个字的词就太长了|否"}, []), ({"meaning": "有 空格|否"}, []), ({"meaning": "|否"}, []),
    ({"register": "unit", "kinds": ("town",)}, ["白石镇"]), ({"register": "unit", "kinds": ("village",)}, ["县发改局", "白石镇", "经开区"]),
    ({"register": "unit", "kinds": ("town", "park"), "values": ("是",)}, ["白石镇", "经开区"]),
])
def test_a_few_short_words_or_the_units_of_a_kind_are_offered(more, words):
    assert offered(column(**more), UNITS) == words
