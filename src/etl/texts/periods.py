"""Periods as people write them: 2024年3月, 2024年一季度, 2024年上半年, 2024年."""

from __future__ import annotations

from etl.texts.catalogue import speaker

KINDS = {"": "year", "Q": "quarter", "H": "half"}


def period_name(period: str | None, lang: str = "zh") -> str:
    """2024-03 as people write it; English keeps the code."""
    say = speaker(lang)
    if not period:
        return say("reply.unknown")
    year, _, part = period.partition("-")
    kind = KINDS.get(part[:1])
    if kind is None:
        return say("period.month", year=year, month=int(part))
    return say(f"period.{kind}{part[1:]}", year=year)
