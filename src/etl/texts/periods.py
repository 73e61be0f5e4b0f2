"""Periods as people write them: 2024年一季度, 2024年3月, 2024年3月上旬, 2024年第9周, 2024年."""

from __future__ import annotations

from etl.period import MONTHS, Period
from etl.texts.catalogue import speaker

NUMBERED = ("half", "quarter", "ten_days")  # grains of which each has a name of its own


def period_name(period: str | None, lang: str = "zh") -> str:
    """2024-03 as people write it; English keeps the code, and so does what is no period."""
    say = speaker(lang)
    if not period:
        return say("reply.unknown")
    found = Period.read(period)
    if found is None:
        return period
    start = found.start
    place = (start.month - 1) // MONTHS[found.grain] + 1 if found.grain in MONTHS else start.day // 10 + 1
    return say(
        f"period.{found.grain}{place if found.grain in NUMBERED else ''}",
        year=found.year,
        month=start.month,
        day=start.day,
        number=start.isocalendar().week,
    )
