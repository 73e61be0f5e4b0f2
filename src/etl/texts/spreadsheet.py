"""Texts that no spreadsheet runs as a formula, in every table that leaves luodi."""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes a text that starts so for one (OWASP, CSV injection)


TYPEFACE = "微软雅黑"  # where it is missing, any office falls back to its own


# What starts so but cannot act: a number, with its unit and the range it lies in where it brings them (-8.2633 pp [-8.27, -8.26]).
_NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?: ?[%‰]| [^\W\d_]+(?:[/·][^\W\d_]+)*)?(?: \[[-\d., ∞]+\])?")


def harmless(text: str) -> str:
    """A text as it may stand in a CSV: what looks like a formula has a quote before it; a plain number stays one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text) else text
