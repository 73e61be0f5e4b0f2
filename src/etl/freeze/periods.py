"""Which periods lie inside another, so that a seal knows what is about its time and what came later."""

from __future__ import annotations

from etl.period import Period


def inside(period: str, of: str) -> bool:
    """True where a period is another or a part of it."""
    inner, outer = Period.read(period), Period.read(of)
    return inner is not None and outer is not None and inner in outer


def known_by(period: str, of: str) -> bool:
    """True where a period had ended when the other ended; what is no period always had."""
    inner, outer = Period.read(period), Period.read(of)
    return inner is None or outer is None or inner.end <= outer.end
