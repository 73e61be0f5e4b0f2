"""A night of a day before what is published is refused: readers would lose what has come since."""

from dataclasses import replace
from datetime import datetime

import pytest

from etl.mistakes import Mistake
from etl.night.night import refuse_earlier_day
from etl.settings import given


@pytest.fixture
def settings(tmp_path):
    """A data folder that publishes as of 15 April."""
    version = tmp_path / "published" / "20240415-a"
    version.mkdir(parents=True)
    (version / "manifest.json").write_text('{"as_of": "2024-04-15"}')
    (tmp_path / "published" / "current").symlink_to("20240415-a")
    return given(data=tmp_path)


@pytest.mark.parametrize("day", [15, 16])
def test_the_same_day_and_later_ones_run(settings, day):
    refuse_earlier_day(replace(settings, as_of=datetime(2024, 4, day, 1)))


def test_an_earlier_day_is_refused_in_a_sentence_with_its_remedy_unless_asked_for(settings):
    early = replace(settings, as_of=datetime(2024, 4, 14, 23, 59))
    with pytest.raises(Mistake, match=r"2024-04-14 早于.*2024-04-15.*--back-to"):
        refuse_earlier_day(early)
    refuse_earlier_day(replace(early, back_to=True))


def test_before_the_first_night_every_day_runs(tmp_path):
    refuse_earlier_day(given(data=tmp_path, as_of="2001-01-01"))
