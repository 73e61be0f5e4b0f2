"""The overview names every module at its place, and no file that is not there."""

from __future__ import annotations

import re

from tests.house.rooms import OVERVIEW, ROOT, with_listing
from tests.house.test_doors import ANY, MAY_USE


def test_every_module_stands_in_the_overview():
    text = OVERVIEW.read_text(encoding="utf-8")
    assert with_listing(text, [*MAY_USE, *sorted(ANY)]) == text, "run: python -m tests.house.rooms"


def test_the_path_of_a_line_names_files_that_there_are():
    text = OVERVIEW.read_text(encoding="utf-8")
    told = re.findall(r"\b((?:etl|flows|dbt_project)/[\w/]+\.\w+)", text.partition("## The rooms")[0])
    missing = [name for name in told if not (ROOT / name).exists() and not (ROOT / "src" / name).exists()]
    assert told and not missing
