"""The history is what its generator makes, and leads to the sample."""

from __future__ import annotations

import zipfile

import pytest

from tests.history.__main__ import HISTORY, write_history
from tests.history.books import INVESTMENT, KEY_PROJECTS, pasts
from tests.history.past import LAST
from tests.history.sample import DECEMBER, first_sheets

pytestmark = pytest.mark.slow  # reads the sample


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    write_history(folder)
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path for part in ("inbox", "site") for path in (folder / part).rglob("*") if path.is_file()}


def parts(path):
    """What a workbook holds; how it is packed is up to the machine's zlib."""
    with zipfile.ZipFile(path) as book:
        return {part: book.read(part) for part in book.namelist()}


def test_the_files_are_those_that_the_generator_makes(made):
    kept, new = files(HISTORY), files(made)
    assert set(kept) == set(new)
    assert (HISTORY / "arrivals.csv").read_bytes() == (made / "arrivals.csv").read_bytes()
    of = {name: parts if name.endswith(".xlsx") else type(path).read_bytes for name, path in kept.items()}
    assert [name for name in kept if of[name](kept[name]) != of[name](new[name])] == [], "write them anew: python -m tests.history"


def test_the_history_is_small(made):
    assert sum(path.stat().st_size for path in files(made).values()) < 1_000_000


@pytest.mark.parametrize("form, month, year, since", [(KEY_PROJECTS, "completed_month", "completed_ytd", "completed_since_start"),
                                                      (INVESTMENT, "arrived_month", "arrived_ytd", "arrived_since_signing")])
def test_what_was_brought_before_the_sample_is_what_the_sample_builds_on(form, month, year, since):
    """Of a project that the sample knows: all that came by the end of 2023, or of November where the sample has its December."""
    compared = 0
    for (unit, of_form), listed in pasts().items():
        sheet = first_sheets()[unit, of_form]
        for past in listed if of_form == form else []:
            line = past.line
            if not any(line["project_name"] == own["project_name"] for own in sheet.lines) or not line[since] or line[since] > line.get("total_investment", line[since]):
                continue
            before = line[since] - (line[month] if sheet.period == DECEMBER else line[year])
            signed_later = form == INVESTMENT and past.start > LAST
            assert past.since_start(LAST) == (0 if signed_later else max(before, 0)), line["project_name"]
            compared += 1
    assert compared > 25
