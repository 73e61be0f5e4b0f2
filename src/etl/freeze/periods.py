"""Which periods lie inside another, so that a seal knows what is about its time and what came later."""

from __future__ import annotations

import re
from functools import lru_cache

PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


@lru_cache(maxsize=1000)
def months(period: str) -> tuple[str, str] | None:
    """First and last month of a period: 2024-Q1 -> 2024-01, 2024-03; None for what is no period."""
    found = PERIOD.fullmatch(period or "")
    if not found:
        return None
    year, month, quarter, half = found.groups()
    last = int(month or 0) or 3 * int(quarter or 0) or 6 * int(half or 0) or 12
    length = 1 if month else 3 if quarter else 6 if half else 12
    return f"{year}-{last - length + 1:02d}", f"{year}-{last:02d}"


def inside(period: str, of: str) -> bool:
    """True where a period lies wholly inside another."""
    inner, outer = months(period), months(of)
    return bool(inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1])


def known_by(period: str, of: str) -> bool:
    """True where a period had ended when the other ended; what is no period always had."""
    inner, outer = months(period), months(of)
    return inner is None or outer is None or inner[1] <= outer[1]
