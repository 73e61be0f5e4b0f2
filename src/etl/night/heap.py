"""How often a night looks through its values for circles that nobody needs any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 50)


@contextmanager
def seldom_searched() -> Iterator[None]:
    """Let the block be searched seldom: contracts, models and lines live to the end of a night, and Python looks through them all."""
    before, frozen = gc.get_threshold(), gc.get_freeze_count() > 0  # frozen by whoever runs many nights
    if not frozen:
        gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()
