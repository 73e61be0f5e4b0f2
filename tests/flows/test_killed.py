"""A night killed at any step and started again ends in the same published bytes, and readers never notice."""

import time

import pytest

from tests.flows.conftest import FIRST_NIGHT, KILLED, NOTHING_NEW, PUBLISHED, SECOND_NIGHT, kill_at

STEPS = ("receive", "read", "stage", "validate", "verdict", "land", "transform", "reconcile", "publish")
WRITING = ("receive", "read", "stage", "land", "transform")


@pytest.fixture(scope="module")
def unkilled(house):
    """Two nights without any accident: what each published, and how long each step of the second took."""
    county = house
    county.receive(*FIRST_NIGHT)
    assert county.night() == PUBLISHED
    first = county.content()
    county.receive(*SECOND_NIGHT)
    clock = county.data / "clock"

    def note(step, done, total):
        if not total:
            with clock.open("a") as file:
                file.write(f"{step} {time.monotonic()}\n")

    assert county.night(note) == PUBLISHED
    begun = [line.split() for line in clock.read_text().splitlines()] + [["end", str(time.monotonic())]]
    took = {step: float(later[1]) - float(at) for (step, at), later in zip(begun, begun[1:], strict=False)}
    assert tuple(took) == STEPS
    return first, county.content(), took


def test_killed_before_and_within_every_step(unkilled, county):
    """One night, killed again and again at the next place: each start finds what the one before left behind."""
    first, second, took = unkilled
    county.receive(*FIRST_NIGHT)
    assert county.night() == PUBLISHED
    assert county.content() == first
    county.receive(*SECOND_NIGHT)
    for step in STEPS:
        for part in (0, 0.5) if step in WRITING else (0,):
            assert county.night(kill_at(step, part * took[step])) == KILLED
            assert county.content() == first, f"readers saw something else after a kill at {step} {part}"
    assert county.night() == PUBLISHED
    assert county.content() == second


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_killed_while_publishing_readers_see_one_night_or_the_other(unkilled, county, part):
    first, second, took = unkilled
    county.receive(*FIRST_NIGHT, *SECOND_NIGHT)
    county.night(kill_at("publish", part * took["publish"]))
    assert county.content() in ({}, second)
    assert county.night() in (PUBLISHED, NOTHING_NEW)
    assert county.content() == second
