"""The overview names every module at its place, and no file that is not there."""

from __future__ import annotations

import re

from etl.forms.checks import ROLES
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


def test_every_role_is_explained_to_who_writes_a_contract():
    page = (ROOT / "expectations/README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+)`", page.partition("**Roles.**")[2].partition("What a date")[0])) - {"needs"} == set(ROLES)


def test_no_query_names_a_form():
    forms = [path.parent.name for path in (ROOT / "expectations").glob("*/form.yaml")]
    named = [(path.name, form) for path in (ROOT / "expectations/rules").glob("*.sql") for form in forms
             if form in path.read_text(encoding="utf-8")]
    assert forms and not named, "ask for a role (expectations/README.md)"
