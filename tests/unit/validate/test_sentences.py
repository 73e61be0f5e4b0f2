"""A sentence says what to do, and guesses only where there is ground to."""

from __future__ import annotations

import pytest

from etl.validate.sentences import sentence
from tests.rules.builder import RULEBOOK


@pytest.mark.parametrize("lang, guessed, silent", [
    ("zh", "如果是“项目级别”，请改用标准表头；是自加列的请删除", "没有读入。是自加列的请删除"),
    ("en", "was not read. If it is “项目级别”, use that header. Delete", "was not read. Delete"),
])
def test_no_guess_without_ground(lang, guessed, silent):
    assert guessed in sentence(RULEBOOK["F14"], lang, cell="Z3", column=None, value="等次", expected="项目级别")
    unknown = sentence(RULEBOOK["F14"], lang, cell="Z3", column=None, value="联系电话", expected=None)
    assert silent in unknown and "[" not in unknown
