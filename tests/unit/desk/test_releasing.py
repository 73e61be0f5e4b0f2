"""`luodi release` writes one signed line into the site's releases.csv; nights from its day on publish by it."""

import shutil
from dataclasses import replace
from datetime import date, datetime

import pytest

from etl.desk.releasing import release_results
from etl.mistakes import Mistake
from etl.night.name import night_id
from etl.settings import given
from etl.site.load import load_site
from etl.site.releases import Release, load_releases
from tests.fixtures.places import ROOT


@pytest.fixture
def settings(tmp_path):
    """The sample's site as if nobody had released anything."""
    site = shutil.copytree(ROOT / "data/sample/site", tmp_path / "site")
    (site / "releases.csv").unlink()
    return given(site=site, data=tmp_path / "data", as_of="2024-04-16 09:00:00")


def asked(what, scheme, period, audience="county"):
    return Release("", what, scheme, period, audience, "王某", "县考核办会议", datetime(2024, 4, 16, 9))


def test_a_release_is_a_signed_line_and_holds_from_its_day_on(settings):
    done = release_results(settings, asked("scores", "county", "2024年3月"))
    release_results(settings, asked("lists", "", "2024-Q1", audience="public"))
    first, second = load_site(settings.site).releases
    assert first == done and (first.release, first.period, first.by, first.at) == ("releases.csv:2", "2024-03", "王某", datetime(2024, 4, 16, 9))
    assert (second.what, second.scheme, second.period, second.audience) == ("lists", "*", "2024-Q1", "public")
    assert (first.in_force(date(2024, 4, 15)), first.in_force(date(2024, 4, 16))) == (False, True)


def test_a_night_before_the_day_of_a_release_has_another_name_than_one_after_it(settings):
    release_results(settings, asked("scores", "*", "2024-03"))
    site = load_site(settings.site)
    before, after, later = (night_id(datetime(2024, 4, day), (), site, "c0de").partition("-")[2] for day in (15, 16, 17))
    assert before != after == later


@pytest.mark.parametrize("other", [
    {"what": "ranks"}, {"scheme": ""}, {"scheme": "nosuch"}, {"by": " "}, {"why": ""}, {"period": "March"}, {"audience": "friends"},
])
def test_nothing_is_released_without_a_name_a_reason_and_known_words(settings, other):
    with pytest.raises(Mistake):
        release_results(settings, replace(asked("scores", "county", "2024-03"), **other))
    assert load_releases(settings.site) == ()


def test_a_wrong_line_is_named(settings):
    (settings.site / "releases.csv").write_text("what,scheme,period,audience,by,why,at\nscore,*,*,county,王某,x,2024-04-16\n", encoding="utf-8")
    with pytest.raises(Mistake, match=r"releases\.csv.*scores"):
        load_site(settings.site)
