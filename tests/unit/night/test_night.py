"""What names a night, and what it reports."""

from datetime import date, datetime

import pytest

from etl.model import Issue
from etl.night.name import night_id, same_inputs
from etl.night.report import refusals
from etl.site.load import Site, Slot

FILES = [("a.xlsx", "11"), ("b.xlsx", "22")]
EVENING = datetime(2024, 4, 15, 20)


@pytest.fixture
def site(tmp_path):
    for name in ("units.csv", "roster.csv", "settings.csv", "holidays.csv"):
        (tmp_path / name).write_text("")
    return Site(tmp_path, (), (Slot("fgj", "annual_target", "2024", date(2024, 4, 16)),), {}, ())


def test_a_night_is_named_by_its_day_and_its_inputs_in_any_order(site):
    name = night_id(EVENING, FILES, site, "code")
    assert name.startswith("20240415-")
    assert night_id(EVENING, reversed(FILES), site, "code") == name
    assert night_id(EVENING, FILES[:1], site, "code") != name
    assert night_id(EVENING, FILES, site, "other code") != name


@pytest.mark.parametrize("day, same", [(16, True), (17, False)])
def test_another_day_matters_only_if_something_has_fallen_due(site, day, same):
    tonight, later = (night_id(datetime(2024, 4, d, 20), FILES, site, "code") for d in (15, day))
    assert tonight != later
    assert same_inputs(tonight, later) is same


def test_a_file_that_was_read_again_with_more_makes_another_night(site):
    once = night_id(EVENING, FILES, site, "code", {})
    twice, thrice = (night_id(EVENING, FILES, site, "code", {"0" * 64: n}) for n in (2, 3))
    assert once == night_id(EVENING, FILES, site, "code") and len({once, twice, thrice}) == 3


def test_nothing_published_yet_is_never_the_same():
    assert not same_inputs("", "")


def test_a_refusal_is_told_by_the_error_that_decided_it():
    def issue(rule, severity, level, sentence):
        return Issue("s1", None, rule, severity, level, "a.xlsx", "", None, None, None, None, None, None, sentence)

    issues = [issue("F36", "warning", "submission", "late"), issue("F01", "error", "cell", "blank"),
              issue("F21", "error", "submission", "total"), issue("F17", "error", "submission", "unit")]
    assert refusals({"s1": "rejected", "s2": "accepted"}, issues) == [("a.xlsx", "rejected", "total")]
