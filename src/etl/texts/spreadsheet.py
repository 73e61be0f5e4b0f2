"""Texts that no spreadsheet runs as a formula, in every table that leaves luodi."""

from __future__ import annotations

import re

# A spreadsheet takes a text that starts so for one (OWASP, CSV injection); where it is set for Chinese, wide signs too.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


TYPEFACE = "微软雅黑"  # where it is missing, any office falls back to its own


# What starts so but cannot act: a number, with its unit and the range it lies in where it brings them (-8.2633 pp [-8.27, -8.26]);
# and a wide dash alone, that people write for nothing.
_NUMBER = re.compile(r"[＝＋－＠]+|[+＋－-]\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?: ?[%‰]| [^\W\d_]+(?:[/·][^\W\d_]+)*)?(?: \[[-\d., ∞]+\])?")


# C0, DEL and C1 act on terminals that show a table; a tab and a line break are text.
CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # as Python and DuckDB both read it
_CONTROL = re.compile(CONTROL)


def inert(text: str) -> str:
    """A text whose control characters are shown by their code, as in \\x1b: they act on whoever shows it."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", text) if _CONTROL.search(text) else text


def harmless(text: str) -> str:
    """A text as it may stand in a CSV: what looks like a formula has a quote before it; a plain number stays one."""
    text = inert(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text) else text
