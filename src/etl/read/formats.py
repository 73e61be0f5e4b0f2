"""What a number format says of a number: a percent, a day, a stretch of time, another size, a unit, or nothing."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.model import CellValue

# ECMA-376 part 1, 18.8.30: formats that a file need not spell out (27-36 and 50-58 as in China).
BUILTIN = {9: "percent", 10: "percent", 46: "duration"} | dict.fromkeys([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], "date")

_literal = re.compile(r'"[^"]*"|[\\!].|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_elapsed = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_token = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?|(?P<general>General)|(?P<sign>.)', re.IGNORECASE | re.DOTALL
)
_condition = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
_money = re.compile(r"(?:人民币)?((?:[亿万千]|[十百千]万)元?|元|[亿万]?美元)整?")
_TESTS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_BY_SIGN = {2: ((">=", 0), None), 3: ((">", 0), ("<", 0), None)}  # which section takes what where none says so


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


Test = tuple[str, Decimal]  # of the numbers that a section is for: < 0


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: whom it takes, by how many powers of ten it shows less than is stored, and its unit."""

    power: int
    unit: str
    test: Test | None = None

    def takes(self, number: int | Decimal) -> bool:
        return self.test is None or _TESTS[self.test[0]](number, self.test[1])


Scaling = tuple[Section, ...]  # of a format that shows another number than is stored, or a unit beside it


@lru_cache(maxsize=4096)
def scaling_of(code: str) -> Scaling | None:
    """How a format code scales and which unit of money it shows; None for the many that do neither.

    `0!.0,"万元"` shows 28,000,000 as 2800.0万元: the last comma takes three powers, the escaped point a fourth.
    """
    sections = [_section(part) for part in _split(code)[:3]]
    if not any(section.power or section.unit for section in sections):
        return None
    if len(sections) > 1 and not any(section.test for section in sections):
        tests = _BY_SIGN[len(sections)]
        sections = [Section(s.power, s.unit, test and (test[0], Decimal(test[1]))) for s, test in zip(sections, tests)]
    return tuple(sections)


def as_displayed(number: int | Decimal, scaling: Scaling) -> tuple[int | Decimal, str]:
    """A number as its format shows it, scaled exactly but not rounded, and the unit beside it ('' for none)."""
    section = next((s for s in scaling if s.takes(number)), scaling[0])
    if not section.power:
        return number, section.unit
    shown = Decimal(number).scaleb(-section.power)
    return (int(shown) if shown == shown.to_integral_value() else shown), section.unit


def show_as_formatted(rows: list[list[CellValue]], places: Mapping[tuple[int, int], Scaling]) -> dict[tuple[int, int], str]:
    """Put the numbers at these places as their formats show them; the units that stand beside them."""
    units = {}
    for (r, c), scaling in places.items():
        number = rows[r][c] if r < len(rows) and c < len(rows[r]) else None
        if isinstance(number, (int, Decimal)) and not isinstance(number, bool):
            rows[r][c], unit = as_displayed(number, scaling)
            if unit:
                units[r, c] = unit
    return units


def unit_in(text: str) -> str:
    """The unit of money that a text beside a number is, '' where it is none: （万元）is 万元."""
    found = _money.fullmatch("".join(text.split()).strip("()（）"))
    return found[1] if found else ""


def _split(code: str) -> list[str]:
    """The sections of a code; a semicolon in quotes, brackets or behind an escape divides nothing."""
    parts, start = [], 0
    for token in _token.finditer(code):
        if token["sign"] == ";":
            parts.append(code[start : token.start()])
            start = token.end()
    return [*parts, code[start:]]


def _section(code: str) -> Section:
    """Judge one section sign by sign; a percent, an exponent and a fraction show the number at its own size."""
    digits, decimals, commas = "", 0, 0  # placeholders so far; those behind a literal point; commas behind the last of them
    point = literal_point = False
    behind, test = "", None
    for token in _token.finditer(code.replace("G/通用格式", "General")):
        sign = token["sign"]
        if token["bracket"] is not None:
            if found := _condition.fullmatch(token["bracket"].strip()):
                test = found[1], Decimal(found[2])
        elif sign and sign in "%/" or sign in ("E", "e"):
            return Section(0, "", test)
        elif sign and sign in "0#?" or token["general"]:
            digits += sign or "0"
            decimals += literal_point
            behind = ""
            if not point:
                commas = 0  # those before were between digits: groups of thousands
        elif sign == ".":
            point = True
        elif sign == ",":
            commas += digits != ""
        elif text := token["quoted"] or token["escaped"] or sign:
            if text in (".", "．") and digits and not point and not digits.startswith("0000"):  # 0000!.00: 2024.03
                literal_point, decimals = True, 0
            behind += text
    if not digits:
        return Section(0, "", test)
    return Section(3 * commas + (0 if point else decimals), unit_in(behind), test)
