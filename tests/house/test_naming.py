"""The words of docs/naming.md are those of the project: every model that a page names exists, and every word is told once."""

import re

import pytest

from tests.fixtures.places import ROOT

MODELS = {path.stem for folder in ("models", "seeds") for path in (ROOT / "dbt_project" / folder).rglob("*") if path.suffix in (".sql", ".csv")}
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "expectations").glob("*.md"))
               if path.name != "CHANGELOG.md")
EXAMPLE = "land_supply_monthly"            # the form that CONTRIBUTING adds


@pytest.mark.parametrize("page", PAGES)
def test_every_model_that_a_page_names_exists(page):
    named = re.findall(r"`((?:fct|dim|bridge|rpt|int|stg)_[a-z0-9_]+)(?:\.[a-z_]+)?`", (ROOT / page).read_text(encoding="utf-8"))
    assert [name for name in named if name not in MODELS and EXAMPLE not in name] == []


def test_a_word_is_told_once_in_both_languages():
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in (ROOT / "docs/naming.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| ") and not line.startswith("| word")]
    words = [word for row in rows for word in row[0].split(", ")]
    assert sorted(words) == sorted(set(words))
    assert all(len(row) == 3 and row[1] and row[2] for row in rows)


def test_what_is_said_to_be_a_class_is_one():
    text = (ROOT / "docs/naming.md").read_text(encoding="utf-8").partition("## Texts")[2]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/etl").rglob("*.py"))
    assert [name for name in re.findall(r"`([A-Z][A-Za-z]+)`", text) if f"class {name}" not in code] == []
