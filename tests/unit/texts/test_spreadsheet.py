"""No text that leaves luodi is run by a spreadsheet."""

from __future__ import annotations

import pytest

from etl.texts.spreadsheet import harmless


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\tx", "\rx", "\nx"])
def test_dangerous_beginnings_are_neutralised(text):
    assert harmless(text) == "'" + text


def test_a_harmless_text_stays():
    assert harmless("县招商局=1") == "县招商局=1"
