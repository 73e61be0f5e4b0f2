"""Tell whoever watches which step the night has come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, int, int], None]

_listeners: list[Listener] = []


def tell(step: str, done: int = 0, total: int = 0) -> None:
    """Say that a step has begun, or that `done` of its `total` files are through."""
    for listener in _listeners:
        listener(step, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener(step, done, total)` while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
