"""Tell whoever watches a build how many of its models are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

_watching: list[Callable[[int], None]] = []


@contextmanager
def watching(heard: Callable[[int, int], None]) -> Iterator[None]:
    """Call `heard(done, total)` after each model while the block runs."""
    done = count(1)

    def listener(total: int) -> None:
        heard(next(done), total)

    _watching.append(listener)
    try:
        yield
    finally:
        _watching.remove(listener)


def model_done(total: int) -> None:
    """One more of all models is done."""
    for listener in _watching:
        listener(total)
