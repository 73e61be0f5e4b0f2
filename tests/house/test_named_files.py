"""Every file, folder and `make` target that a page for newcomers names is there."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.places import ROOT

PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/overview.md", "tests/README.md", "data/sample/README.md", "benchmarks/README.md",
         *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "runbooks").glob("*.md")),
         *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "decisions").glob("*.md")))
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
# `src/etl/night`, tests/rules/ or expectations/parameters.yaml; not what holds a blank for a name (<form>, FILE, *).
PATH = re.compile(r"(?<![\w/.<>{}$-])((?:src|flows|tests|docs|expectations|dbt_project|benchmarks|etl)/[\w./-]*\w)(?![\w/<*{-])")
MAKE = re.compile(r"`make ([a-z-]+)")
LATER = {"expectations/land_supply_monthly/form.yaml", "expectations/land_supply_monthly/rules"}     # made by who follows CONTRIBUTING


def missing(page: str) -> list[str]:
    """What a page names and the project does not have."""
    text = (ROOT / page).read_text(encoding="utf-8")
    linked = [name for name in LINK.findall(text) if not ((ROOT / page).parent / name).exists()]
    named = [name for name in PATH.findall(text) if name not in LATER and not any((ROOT / place / name).exists() for place in ("", "src"))]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    return linked + named + [f"make {target}" for target in MAKE.findall(text) if target not in targets]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page):
    assert missing(page) == []


def test_a_name_that_nothing_bears_is_found(tmp_path):
    page = tmp_path / "page"
    page.write_text("[a](nowhere), `tests/nothing.py`, `make wonders`, `src/etl/night` and `expectations/<form>/form.yaml`")
    assert missing(str(page)) == ["nowhere", "tests/nothing.py", "make wonders"]
