"""No text that leaves luodi is run by a spreadsheet."""

from __future__ import annotations

import pytest

from etl.texts.spreadsheet import harmless


@pytest.mark.parametrize("text", ["=1", "+A1", "-A1", "-1+1", "-2+3 cmd|' /C calc'!A0", "+1-800", "-8.3 pp|x", "--1", "@A1", "\tx", "\nx"])
def test_dangerous_beginnings_are_neutralised(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["县招商局=1", "-1", "+1", "-8.3333", "-1,005.2", "-3.2%", "-8.2633 pp [-8.2683, -8.2583]", "-12.5 万元/亩"])
def test_a_harmless_text_and_a_plain_number_stay(text):
    assert harmless(text) == text
