"""What names a night, and what it reports."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from etl.model import Issue
from etl.night.name import night_id, same_inputs
from etl.night.receive import Receipt
from etl.night.report import already_published, refusals
from etl.publish.manifest import Publication, sha256, write_manifest
from etl.settings import given
from etl.site.load import Site, Slot
from tests.fixtures.places import lay

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


def test_a_version_that_is_not_as_it_was_published_is_not_left_in_place(tmp_path):
    settings, made = given(tmp_path, tmp_path, tmp_path / "data", EVENING), tmp_path / "data" / "published" / "made"
    table = lay(made, "csv/fct.csv", "24700").relative_to(made)
    manifest = write_manifest(made, Publication("20240414-ab", date(2024, 4, 14)), {})
    version = made.rename(made.with_name(f"20240414-ab-{sha256(manifest)[:8]}"))
    (settings.published / "current").symlink_to(version.name)
    tonight = SimpleNamespace(settings=settings, receipt=Receipt(), id="20240415-ab")
    assert already_published(tonight).state == "nothing_new"
    (version / table).write_text("94700", encoding="utf-8")
    assert already_published(tonight) is None


def test_a_refusal_is_told_by_the_error_that_decided_it():
    def issue(rule, severity, level, sentence):
        return Issue("s1", None, rule, severity, level, "a.xlsx", "", None, None, None, None, None, None, sentence)

    issues = [issue("F36", "warning", "submission", "late"), issue("F01", "error", "cell", "blank"),
              issue("F21", "error", "submission", "total"), issue("F17", "error", "submission", "unit")]
    assert refusals({"s1": "rejected", "s2": "accepted"}, issues) == [("a.xlsx", "rejected", "total")]
