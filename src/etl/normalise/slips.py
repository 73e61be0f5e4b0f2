"""What kind of slip a cell holds that could not be read, so that the sentence names the remedy that fits it."""

from __future__ import annotations

import re

from etl.normalise.dates import read_date
from etl.normalise.numbers import EXACT
from etl.normalise.numerals import CHARACTERS
from etl.normalise.text import fold

_FIGURE = r"[+-]?[¥$]?\d[\d,]*(?:\.\d+)?"
_UNIT = r"[^\d()+*/=,.]{0,6}"
_SCALES = "十百千万亿"
_FIRST_WINS = (
    ("figure", re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")),
    ("boolean", re.compile("true|false|是|否", re.IGNORECASE)),
    ("percent", re.compile(rf"{_FIGURE}%|百分之.+")),
    ("note", re.compile(rf"{_FIGURE}{_UNIT}\(.+\)?")),
    ("note", re.compile(rf"\(.*\D.*\){_FIGURE}{_UNIT}")),
    ("range", re.compile(rf"\d[\d,.]*{_UNIT}[-–—~至到]+\d[\d,.]*{_UNIT}")),
    ("sum", re.compile(rf"=?\(*{_FIGURE}(?:\)*[-+×xX*÷/=]\(*{_FIGURE})+\)*=?")),
    ("comma", re.compile(r"[+-]?\d[\d,]*,\d*(?:\.\d+)?\D{0,3}")),
    ("points", re.compile(r"[+-]?\d+(?:\.\d*){2,}|\d+\.")),
    ("letters", re.compile(r"[+-]?[\d,.]*[lIiOoDQZSsB|]+[\d,.lIiOoDQZSsB|]*")),
    ("numerals", re.compile(rf"\d[\d,.]*[{_SCALES}](?=.*\d)[\d.,{_SCALES}]*元?")),
    ("numerals", re.compile(rf"[{CHARACTERS}点几]+元?")),
    ("several", re.compile(rf"{_FIGURE}{_UNIT}(?:[、;,/]{_FIGURE}{_UNIT})+")),
    ("words", re.compile(rf"[^\d]*{_FIGURE}[^\d]*")),
)
_BLANKS_INSIDE = re.compile(r"[+-]?\d[\d,.]*(?:\s+\d[\d,.]*)+")
_FORMULA_ERROR = re.compile(r"#[A-Z0-9/?!]+|Err:\d+")


def slip(rule: str, value: str | None) -> str:
    """The kind of slip behind an F03, F06 or F20, as the rule's `remedies` name it; '' for all other rules."""
    text = value or ""
    if rule == "F03":
        return number_slip(text)
    if rule == "F06":
        return read_date(text).reason or "not_a_date"
    if rule == "F20":
        return "no_result" if not text else "formula" if _FORMULA_ERROR.fullmatch(text.strip()) else "damaged"
    return ""


def number_slip(text: str) -> str:
    """Why a text is no number, from its looks alone."""
    if _BLANKS_INSIDE.fullmatch(text.strip()):
        return "several"
    folded = fold(text)
    if not any(c.isdigit() for c in folded) and not any(c in CHARACTERS for c in folded):
        return "boolean" if folded.lower() in ("true", "false") else "no_figure"
    if re.fullmatch(r"[+-]?[\d,]+(?:\.\d+)?(?:e\+?\d+)?", folded, re.IGNORECASE) and _long(folded):
        return "digits"
    return next((kind for kind, pattern in _FIRST_WINS if pattern.fullmatch(folded)), "words")


def _long(folded: str) -> bool:
    """True for more digits than a spreadsheet keeps, or than any figure of a county has."""
    whole, _, exponent = folded.lower().replace(",", "").lstrip("+-").partition("e")
    return len(whole.partition(".")[0].lstrip("0")) + int(exponent or 0) >= EXACT
