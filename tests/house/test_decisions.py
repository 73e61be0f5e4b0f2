"""Decisions have one form: number, date, status, what was decided, why, and when to reconsider; the list names them all."""

import re

import pytest

from tests.fixtures.places import ROOT

FOLDER = ROOT / "docs" / "decisions"
FORM = re.compile(r"# (\d+)\. .+\n\n(\d{4}-\d\d-\d\d) · (.+)\n\n## Decision\n\n(?s:.+)\n## Why\n\n(?s:.+)\n## Reconsider when\n\n(?s:.+)\n")
PAGES = sorted(FOLDER.glob("0*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_has_the_one_form(page):
    found = FORM.fullmatch(page.read_text(encoding="utf-8"))
    assert found and int(found[1]) == int(page.name[:4])


def test_the_list_gives_every_decision_with_its_date_and_status():
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        found = FORM.fullmatch(page.read_text(encoding="utf-8"))
        assert f"]({page.name}) | {found[2]} | {found[3]} |" in listed, page.name
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))
