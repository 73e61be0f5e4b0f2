"""A night killed at any step and started again ends in the same published bytes, and readers never notice."""

import shutil

import pytest

from tests.fixtures.county import FIRST_NIGHT, KILLED, NOTHING_NEW, PUBLISHED, SECOND_NIGHT

pytestmark = pytest.mark.long  # tests/unit/publish/test_swap.py kills the exchange of versions at every move

WRITING = {"receive": (0.5,), "land": (0.5,), "transform": (0.5,), "publish": (0.5,)}     # how far into the step


@pytest.fixture
def unkilled(next_day, tmp_path):
    """A second night without any accident: what stood before it, what it published, and how many calls each step came to that
    begins with other files than the one before it began with; a kill before any other leaves the same behind."""
    clock = tmp_path / "calls"
    first = next_day.content()
    next_day.receive(*SECOND_NIGHT)
    assert next_day.night(clock=clock) == PUBLISHED
    begun = [line.split() for line in clock.read_text().splitlines()]
    calls = {step: int(later[1]) for (_, _, before), (step, _, state), later in zip([["", "", ""], *begun], begun, begun[1:], strict=False)
             if state != before or step in WRITING}
    assert all(calls[step] > 10 for step in WRITING), calls
    return first, next_day.content(), calls


def test_killed_before_and_within_its_steps_a_night_ends_as_if_nothing_had_been(unkilled, first_night, county):
    """One night, killed again and again at the next place: each start finds what the one before left behind."""
    first, second, calls = unkilled
    shutil.rmtree(county.data)
    shutil.copytree(first_night, county.data, symlinks=True)
    county.receive(*FIRST_NIGHT, *SECOND_NIGHT)
    seen, steps = [first], list(calls)
    for step in steps:
        for part in (0, *WRITING.get(step, ())):
            done = county.night(kill_at=step, after=int(part * calls[step]))
            assert done in (KILLED, PUBLISHED, NOTHING_NEW)
            seen.append(county.content())
            assert seen[-1] in (first, second), f"readers saw a mixture after a kill at {step} {part}"
            if (steps.index(step), part) <= (steps.index("publish"), 0):
                assert done == KILLED and seen[-1] == first, f"published too early, at {step} {part}"
    assert seen == sorted(seen, key=lambda content: content == second), "readers were taken back"
    assert county.night() in (PUBLISHED, NOTHING_NEW)
    assert county.content() == second
