"""How a column that no clerk filled was worked out: the formula of its own description, in words and with the numbers in it.

What is shown adds up: numbers are put in with all their digits, and where a row was worked out in another way than the
formula says (foreign money month by month, a contract in place of a fixed part) the description is told instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from etl.explain.node import as_written

COLUMN = re.compile(r"[a-z][a-z0-9_]+")
HALF_A_DIGIT = Fraction(5, 10**7)  # figures are rounded half-up at six decimals
A_LITTLE = Fraction(1, 10**4)  # what rounded operands may be off


def worked(name: str, said: Mapping[str, str], row: Mapping[str, object], lang: str) -> str | None:
    """`投资完成率 = 100·本年累计完成投资/本年计划投资 = 100·20/100 → 20`; None where the description has no formula for it.

    `said` is what the mart says of each of its columns, Chinese before English.
    """
    formula = _formula(said[name])
    operands = [c for c in COLUMN.findall(formula) if c in said and c != name]
    if not operands or not re.search(r"[·/−+]", formula):
        return None
    called = column_in_words(name, said, lang)
    if row[name] is None and any(row[c] is None for c in operands):
        return None
    filled = COLUMN.sub(lambda m: operand(m.group(), row[m.group()]) if m.group() in said else m.group(), formula)
    words = COLUMN.sub(lambda m: column_in_words(m.group(), said, lang) if m.group() in said else m.group(), formula)
    sign = _sign(filled, row[name])
    if sign:
        return f"{called} = {words} = {filled} {sign} {as_written(row[name])}"
    return None if row[name] is None else f"{called} = {as_written(row[name])}：{_sentence(said[name], lang)}"


def _sign(filled: str, value: object) -> str | None:
    """`→` where the numbers come to the value, `≈` where it was worked out from more digits than are kept; None where neither."""
    try:
        found = arithmetic(filled)
    except ZeroDivisionError:
        return "→" if value is None else None
    except NoArithmetic:
        return None
    if value is None:
        return None
    apart = abs(found - Fraction(str(value)))
    return "→" if apart <= HALF_A_DIGIT else "≈" if apart <= A_LITTLE else None


def operand(name: str, value: object) -> str:
    """A number as it stands in a formula: a third of a year as a fraction, since no digits are enough; what is below 0 in brackets."""
    if name == "time_progress" and isinstance(value, Decimal):
        hundredths = round(value * 12)
        return as_written(value) if Decimal(hundredths) == value * 12 else f"({hundredths}/12)"
    text = as_written(value)
    return f"({text})" if text.startswith("-") else text


class NoArithmetic(ValueError):
    """A text that is more than numbers, signs and brackets."""


def arithmetic(text: str) -> Fraction:
    """What numbers with · / − + and brackets come to, exactly. Raises NoArithmetic, and ZeroDivisionError."""
    parts = re.findall(r"\d+(?:\.\d+)?|\S", text)
    value = _sum(parts)
    if parts:
        raise NoArithmetic(text)
    return value


def _sum(parts: list[str]) -> Fraction:
    value = _product(parts)
    while parts and parts[0] in "+−":
        value = value + _product(parts) if parts.pop(0) == "+" else value - _product(parts)
    return value


def _product(parts: list[str]) -> Fraction:
    value = _number(parts)
    while parts and parts[0] in "·/":
        value = value * _number(parts) if parts.pop(0) == "·" else value / _number(parts)
    return value


def _number(parts: list[str]) -> Fraction:
    part = parts.pop(0) if parts else ""
    if part == "-":
        return -_number(parts)
    if part == "(":
        value = _sum(parts)
        if parts and parts.pop(0) == ")":
            return value
    elif part[:1].isdigit():
        return Fraction(part)
    raise NoArithmetic(part)


def _formula(said: str) -> str:
    """The formula at the head of the English of a description."""
    return re.split(r"[,;:(（]| in ", said.rpartition("。")[2].removeprefix("Recomputed "))[0].strip(" .")


def column_in_words(name: str, said: Mapping[str, str], lang: str) -> str:
    """A column in words: the head of its Chinese description; its name where it has none, and in English."""
    return re.split("[（(＝，。；：、]", said.get(name, ""))[0].strip() or name if lang == "zh" else name


def _sentence(said: str, lang: str) -> str:
    """What a description says, in one language."""
    chinese, _, english = said.rpartition("。")
    return (chinese if lang == "zh" else english).strip() or said
