"""Tell whoever watches a build how many of its models are done, and of which layer the last one was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

LAYERS = ("staging", "intermediate", "marts")  # folders of models, in the order in which most of them are built

_watching: list[Callable[[int, str], None]] = []


@contextmanager
def watching(heard: Callable[[int, int, str], None]) -> Iterator[None]:
    """Call `heard(done, total, layer)` after each model while the block runs; the layer of a seed is no one of `LAYERS`."""
    done = count(1)

    def listener(total: int, layer: str) -> None:
        heard(next(done), total, layer)

    _watching.append(listener)
    try:
        yield
    finally:
        _watching.remove(listener)


def model_done(total: int, layer: str) -> None:
    """One more of all models is done."""
    for listener in _watching:
        listener(total, layer)
