"""A night killed at any step and started again ends in the same published bytes, and readers never notice."""

import shutil
import time

import pytest

from tests.flows.county import FIRST_NIGHT, KILLED, NOTHING_NEW, PUBLISHED, SECOND_NIGHT

WRITING = {"receive": (0.5,), "land": (0.5,), "transform": (0.5,), "publish": (0.2, 0.4, 0.7)}     # how far into the step


@pytest.fixture(scope="module")
def unkilled(house, tmp_path_factory):
    """Two nights without any accident: the data folder between them, what each published, how long the second's steps took."""
    between, clock = tmp_path_factory.mktemp("between") / "data", tmp_path_factory.mktemp("clock") / "times"
    house.receive(*FIRST_NIGHT)
    assert house.night() == PUBLISHED
    first = house.content()
    shutil.copytree(house.data, between, symlinks=True)
    house.receive(*SECOND_NIGHT)
    assert house.night(clock=clock) == PUBLISHED
    begun = [line.split() for line in clock.read_text().splitlines()] + [["end", str(time.monotonic())]]
    took = {step: float(later[1]) - float(at) for (step, at), later in zip(begun, begun[1:], strict=False)}
    assert {*WRITING} <= set(took)
    return between, first, house.content(), took


def test_killed_before_and_within_its_steps_a_night_ends_as_if_nothing_had_been(unkilled, county):
    """One night, killed again and again at the next place: each start finds what the one before left behind."""
    between, first, second, took = unkilled
    shutil.rmtree(county.data)
    shutil.copytree(between, county.data, symlinks=True)
    county.receive(*FIRST_NIGHT, *SECOND_NIGHT)
    seen, steps = [first], list(took)
    for step in steps:
        for part in (0, *WRITING.get(step, ())):
            done = county.night(kill_at=step, after=part * took[step])
            assert done in (KILLED, PUBLISHED, NOTHING_NEW)
            seen.append(county.content())
            assert seen[-1] in (first, second), f"readers saw a mixture after a kill at {step} {part}"
            if (steps.index(step), part) <= (steps.index("publish"), 0):
                assert done == KILLED and seen[-1] == first, f"published too early, at {step} {part}"
    assert seen == sorted(seen, key=lambda content: content == second), "readers were taken back"
    assert county.night() in (PUBLISHED, NOTHING_NEW)
    assert county.content() == second
