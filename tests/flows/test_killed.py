"""A night killed at any step and started again ends in the same published bytes, and readers never notice."""

import shutil
import time
from itertools import pairwise

import pytest

from tests.fixtures.county import FIRST_NIGHT, KILLED, NOTHING_NEW, PUBLISHED, SECOND_NIGHT

pytestmark = pytest.mark.long  # tests/unit/publish/test_swap.py kills the exchange of versions at every move

WRITING = {"receive": (0.5,), "land": (0.5,), "transform": (0.5,), "publish": (0.5,)}     # how far into the step


@pytest.fixture
def unkilled(next_day, tmp_path):
    """A second night without any accident: what stood before it, what it published, how long its steps took."""
    clock = tmp_path / "times"
    first = next_day.content()
    next_day.receive(*SECOND_NIGHT)
    assert next_day.night(clock=clock) == PUBLISHED
    begun = [line.split() for line in clock.read_text().splitlines()] + [["end", str(time.monotonic())]]
    took = {step: float(later[1]) - float(at) for (step, at), later in pairwise(begun)}
    assert {*WRITING} <= set(took)
    return first, next_day.content(), took


def test_killed_before_and_within_its_steps_a_night_ends_as_if_nothing_had_been(unkilled, first_night, county):
    """One night, killed again and again at the next place: each start finds what the one before left behind."""
    first, second, took = unkilled
    shutil.rmtree(county.data)
    shutil.copytree(first_night, county.data, symlinks=True)
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
