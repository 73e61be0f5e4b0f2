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


class Clock(datetime):
    """A clock that stands at `at`."""

    at = datetime(2024, 4, 1)

    @classmethod
    def now(cls, tz=None):
        return cls.at.replace(tzinfo=tz)


@pytest.mark.parametrize("jumped_to, then", [(datetime(1970, 1, 1, 8), "refused"), (datetime(2024, 4, 15, 3), "runs"), (datetime(2038, 1, 19), "runs")])
def test_a_clock_that_jumps_back_stops_the_night_before_it_takes_anything_from_readers(settings, monkeypatch, jumped_to, then):
    monkeypatch.setattr("etl.settings.datetime", Clock)
    monkeypatch.setattr(Clock, "at", jumped_to)
    tonight = given(data=settings.data)
    assert tonight.as_of == jumped_to
    if then == "refused":
        with pytest.raises(Mistake, match=r"1970-01-01 早于.*--back-to"):
            refuse_earlier_day(tonight)
    else:
        refuse_earlier_day(tonight)


def test_before_the_first_night_every_day_runs(tmp_path):
    refuse_earlier_day(given(data=tmp_path, as_of="2001-01-01"))
