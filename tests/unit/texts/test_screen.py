"""Nothing that stood in a cell acts on the terminal of whoever looks at it."""

from __future__ import annotations

import pytest

from etl.texts.screen import cell, visible


@pytest.mark.parametrize("text, shown", [
    ("\x1b[31m红\x1b[0m", r"\x1b[31m红\x1b[0m"), ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"), ("\x9b2J", r"\x9b2J"), ("报表\u202efdp.xlsx", r"报表\u202efdp.xlsx"),
    ("甲\u200b乙", r"甲\u200b乙"), ("一\n二\t三", "一 二 三"), ("［元］24,700", "［元］24,700"), (None, ""),
])
def test_what_would_act_on_a_screen_is_shown_by_its_code(text, shown):
    assert visible(text) == shown and cell(text).plain == shown
