"""A document that is cited is there, and so is the item, section or rule that is cited of it."""

from __future__ import annotations

import csv
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT

TEXTS = (".py", ".sql", ".yml", ".yaml", ".md", ".csv")
ITEMS = "indicators.md"                        # a bare number behind it is an item, behind any other document a section
NUMBERED = {"item": r"^### (\d+) ", "section": r"^## Section (\d+) ", "rule": r"^### Rule (\d+) "}

NUMBER = r"\d+(?!\d|\.\d)"
LIST = rf"{NUMBER}(?:(?:, | and | to |, and ){NUMBER})*"
CITATION = re.compile(
    r"(?<![\w./{}*<>-])(?P<path>(?:[\w.-]+/)*[\w-]+(?:\.zh-CN)?\.md)\b`?"
    rf"(?:,? sections? (?P<sections>{LIST})(?:,? rules? (?P<rules>{LIST})| \((?P<point>{NUMBER})\))?|,? (?P<bare>{LIST}))?")


def listed():
    """Tracked texts; in an unpacked archive of the project, which has no git, those of its folders."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = told.stdout.split("\0") if not told.returncode else [
        p.relative_to(ROOT).as_posix() for folder in ("src", "flows", "expectations", "dbt_project", "docs") for p in (ROOT / folder).rglob("*")]
    return [n for n in names if n.endswith(TEXTS) and (ROOT / n).is_file()]


@cache
def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def document(cited, citing):
    """The file that is cited: named from the root, from docs/, or from the folder of the file that cites it."""
    places = (ROOT / cited, ROOT / "docs" / cited, ROOT / Path(citing).parent / cited)
    return next((place for place in places if place.is_file()), None)


@cache
def anchors(path, kind):
    return tuple(int(n) for n in re.findall(NUMBERED[kind], text_of(path), re.MULTILINE))


def numbers(told):
    """The numbers of a list: "1, 4 to 6 and 9" is 1 4 5 6 9."""
    found = []
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", told or ""):
        found += range(int(first), int(last or first) + 1)
    return found


def points(path, section):
    """The numbered points of the lists in a section."""
    body = re.search(rf"^## Section {section} .*?(?=^## |\Z)", text_of(path), re.MULTILINE | re.DOTALL)
    return [int(n) for n in re.findall(r"^(\d+)\. ", body.group(), re.MULTILINE)] if body else []


def wrong(found, citing):
    """What does not resolve of one citation, as texts."""
    path = document(found["path"], citing)
    if path is None:
        return ["no such document"]
    kind = "item" if path.name == ITEMS else "section"
    asked = [("section", numbers(found["sections"])), ("rule", numbers(found["rules"])), (kind, numbers(found["bare"]))]
    missing = [f"no {what} {n}" for what, some in asked for n in some if n not in anchors(path, what)]
    if found["point"] and int(found["point"]) not in points(path, found["sections"]):
        missing.append(f"no point {found['point']}")
    return missing


def test_what_is_cited_is_there():
    broken = []
    for name in listed():
        text = text_of(ROOT / name)
        for found in CITATION.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            broken += [f"{name}:{line}: {found.group()!r}: {reason}" for reason in wrong(found, name)]
    assert not broken, "\n".join(broken)


def test_every_indicator_has_a_number_of_its_own_and_they_run_through():
    path = ROOT / "docs" / ITEMS
    assert anchors(path, "item") == tuple(range(1, max(anchors(path, "item")) + 1))


def test_every_indicator_of_the_seed_is_named_under_its_number():
    with (ROOT / "dbt_project" / "seeds" / "indicator.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["number"]]
    told = re.split(NUMBERED["item"], text_of(ROOT / "docs" / ITEMS), flags=re.MULTILINE)
    text = dict(zip(map(int, told[1::2]), told[2::2]))
    assert {int(row["number"]) for row in rows} <= set(text)
    unnamed = [row["indicator"] for row in rows if not _names(text[int(row["number"])], row["indicator"])]
    assert not unnamed


def _names(text, indicator):
    """Whether a text names an indicator, as target_rate_<indicator> or `..._first_…` after its stem too."""
    return re.search(rf"`{re.escape(indicator)}(?:`|_[<…\w])", text) is not None


@pytest.mark.parametrize("name", ["indicators", "cadence", "standards", "judging"])
def test_sections_run_through(name):
    sections = anchors(ROOT / "docs" / f"{name}.md", "section")
    assert sections and sections == tuple(range(sections[0], sections[0] + len(sections)))


@pytest.mark.parametrize("text, path, asked", [
    ("see indicators.md 1, 2, 4 to 8, 12. -#}", "indicators.md", [1, 2, 4, 5, 6, 7, 8, 12]),
    ("indicators.md 41, 112.50 98.20 give 1 2", "indicators.md", [41]),
    ("indicators.md 4 (of the budget), 12", "indicators.md", [4]),
    ("(standards.md, 7).", "standards.md", [7]),
    ("`cadence.md`) |", "cadence.md", []),
    ("docs/naming.md: a *file*", "docs/naming.md", []),
])
def test_citations_are_read_as_people_write_them(text, path, asked):
    found = CITATION.search(text)
    assert found["path"] == path and numbers(found["bare"]) == asked


def test_sections_rules_and_points_are_read():
    one = CITATION.search("indicators.md section 0, rules 1 to 4). PostgreSQL")
    two = CITATION.search("cadence.md section 5 (9): every project")
    assert (numbers(one["sections"]), numbers(one["rules"])) == ([0], [1, 2, 3, 4])
    assert (two["sections"], two["point"]) == ("5", "9")
