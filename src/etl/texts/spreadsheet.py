"""Texts that no spreadsheet runs as a formula, in every table that leaves luodi."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes a text that starts so for one (OWASP, CSV injection)


TYPEFACE = "微软雅黑"  # where it is missing, any office falls back to its own


def harmless(text: str) -> str:
    """A text as it may stand in a CSV: what looks like a formula has a quote before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
