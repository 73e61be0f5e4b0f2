"""Texts that no spreadsheet runs as a formula, in every table that leaves luodi."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")         # a spreadsheet takes a text that starts so for one (OWASP, CSV injection)


def harmless(text: str) -> str:
    """A text as it may stand in a CSV: what looks like a formula has a quote before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
