"""A night killed at any step and started again ends in the same published bytes, and readers never notice."""

import time

import pytest

from tests.flows.county import FIRST_NIGHT, KILLED, NOTHING_NEW, PUBLISHED, SECOND_NIGHT

WRITING = ("receive", "land", "transform")


@pytest.fixture(scope="module")
def unkilled(house, tmp_path_factory):
    """Two nights without any accident: what each published, and how long each step of the second took."""
    house.receive(*FIRST_NIGHT)
    assert house.night() == PUBLISHED
    first = house.content()
    house.receive(*SECOND_NIGHT)
    clock = tmp_path_factory.mktemp("clock") / "times"
    assert house.night(clock=clock) == PUBLISHED
    begun = [line.split() for line in clock.read_text().splitlines()] + [["end", str(time.monotonic())]]
    took = {step: float(later[1]) - float(at) for (step, at), later in zip(begun, begun[1:], strict=False)}
    assert {"receive", *WRITING, "publish"} <= set(took)
    return first, house.content(), took


def test_killed_before_and_within_every_step(unkilled, county):
    """One night, killed again and again at the next place: each start finds what the one before left behind."""
    first, second, took = unkilled
    county.receive(*FIRST_NIGHT)
    assert county.night() == PUBLISHED
    assert county.content() == first
    county.receive(*SECOND_NIGHT)
    steps = list(took)
    before_readers_see = steps[:steps.index("publish") + 1]
    for step in before_readers_see:
        for part in (0, 0.5) if step in WRITING else (0,):
            assert county.night(kill_at=step, after=part * took[step]) == KILLED
            assert county.content() == first, f"readers saw something else after a kill at {step} {part}"
    for step in steps[len(before_readers_see):]:
        assert county.night(kill_at=step) in (KILLED, NOTHING_NEW)
        assert county.content() == second
    assert county.night() in (PUBLISHED, NOTHING_NEW)
    assert county.content() == second


@pytest.mark.parametrize("part", [0.4, 0.8])
def test_killed_while_publishing_readers_see_one_night_or_the_other(unkilled, county, part):
    """All files came in one night here, and the tables are those of two."""
    _, second, took = unkilled
    county.receive(*FIRST_NIGHT, *SECOND_NIGHT)
    county.night(kill_at="publish", after=part * took["publish"])
    assert county.content() in ({}, second)
    assert county.night() in (PUBLISHED, NOTHING_NEW)
    assert county.content() == second
