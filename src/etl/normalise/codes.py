"""Codes as text: upper case, one width; what a spreadsheet destroyed is said, never padded."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.model import CellValue
from etl.normalise.text import fold

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")


def uscc_check_fails(code: str) -> bool:
    """True where an 18-character unified social credit code does not obey GB 32100-2015."""
    from stdnum.cn import uscc

    return not uscc.is_valid(code)


def read_code(raw: CellValue) -> tuple[str | None, str | None]:
    """The code as text, and F12 where digits were lost.

    A number of more than 15 digits, an exponent, or 18 digits that end in 000 and fail the check of
    GB 32100 went through a spreadsheet's floats (rule F12); its value is null.
    """
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        text = format(Decimal(raw).normalize(), "f")
        return (None, "F12") if len(text.lstrip("-")) > 15 else (text, None)
    text = fold(str(raw)).upper().lstrip("'")
    if _SCIENTIFIC.fullmatch(text):
        return None, "F12"
    if len(text) == 18 and text.isdigit() and text.endswith("000") and uscc_check_fails(text):
        return None, "F12"
    return text, None
