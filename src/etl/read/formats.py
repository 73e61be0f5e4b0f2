"""What a number format says of a number: a percent, a day, a stretch of time, or nothing."""

from __future__ import annotations

import re

# ECMA-376 part 1, 18.8.30: formats that a file need not spell out (27-36 and 50-58 as in China).
BUILTIN = {9: "percent", 10: "percent", 46: "duration"} | dict.fromkeys(
    [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], "date")

_literal = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_elapsed = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def kind_of(code: str) -> str:
    """Name what a format code shows: 'percent', 'date', 'duration' or ''."""
    code = _literal.sub("", code).partition(";")[0]
    if _elapsed.search(code):
        return "duration"
    if "%" in code:
        return "percent"
    code = code.lower().replace("general", "").replace("e+", "").replace("e-", "")
    if not any(mark in code for mark in "0#?@") and any(letter in code for letter in "ymdhse"):
        return "date"
    return ""
