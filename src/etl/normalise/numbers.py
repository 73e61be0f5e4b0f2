"""Read a number and the interval it stands for; what cannot be read without guessing is null with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.model import CellValue
from etl.normalise.numerals import CHARACTERS, chinese_number
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary

# A number with k decimals stands for x plus or minus half a unit of its last digit (judging.md, section 1).
MIN_HALF_WIDTH = Decimal("0.005")

_PLAIN = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%?)")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
_RANGE = re.compile(r"^(\d[\d,]*(?:\.\d+)?)([^\d.–—~至到-]{0,4})[-–—~至到]+(\d[\d,]*(?:\.\d+)?)(.*)$")
_FRACTION = re.compile(r"^([零一二三四五六七八九十百]+)分之([零一二三四五六七八九十百]+)$")
_COMPOUND = re.compile(r"(\d+(?:\.\d+)?)亿(\d+(?:\.\d+)?)(万元?)")  # 1亿2000万
_LARGE_WORD = re.compile(r"[万亿]元?$")
_LOOSE = re.compile(r"\d\s+(?!\d{3}(?:\D|$))\d")  # 1 234 is a number, 1 2 is two
_DASHES = str.maketrans({"−": "-", "﹣": "-", "‐": "-", "‑": "-"})
_COUNT_WORDS = re.compile(r"^(?:个|家|项|人|次|场|件|亩|分|天|日|个工作日|工作日|自然日|日历日|公里|平方米|吨|户|月|年)$")
EXACT = 14  # digits before the point: from so many on a figure is no figure of a county
LARGEST = Decimal(10) ** (EXACT - 1)  # a figure beyond a table's DECIMAL(20,6) is a slip, not a number


@dataclass(frozen=True, slots=True)
class Number:
    """A number as understood; `rule` and `expected` are set where a finding belongs to the cell."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    rule: str | None = None
    reason: str | None = None  # why the value is null: no_value, masked, not_a_number
    own_unit: str | None = None  # the unit word written in the cell
    percent_sign: bool = False


def without_exponent(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: 2700, 0.45."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def decimals(value: Decimal) -> int:
    """How many digits stand after the point once trailing zeros are gone."""
    return 0 if value == value.to_integral_value() else max(0, -int(value.normalize().as_tuple().exponent))


def printed_interval(value: Decimal, scale: Decimal = Decimal(1), digits: int | None = None) -> tuple[Decimal, Decimal]:
    """Ends of what a printed number stands for, in the unit of storage (`scale` units a printed one)."""
    half = _half(decimals(value) if digits is None else digits, scale)
    return value * scale - half, value * scale + half


@lru_cache(maxsize=1024)
def _half(digits: int, scale: Decimal) -> Decimal:
    return max(Decimal(5).scaleb(-digits - 1) * scale, MIN_HALF_WIDTH)


def masked(text: str, vocabulary: Vocabulary) -> bool:
    """True for a sample sign left where a figure should stand (P54); one trailing * is a footnote mark."""
    body = text[:-1] if text[-1:] in "*＊" and any(c.isdigit() for c in text[:-1]) else text
    return any(c in vocabulary.masked_signs for c in body)


def read_number(raw: CellValue, vocabulary: Vocabulary, units: dict[str, Decimal] | None = None) -> Number:
    """Understand one cell of a number column.

    `raw` is the cell's value (int, Decimal or str); `units` are the unit words that may stand in the cell,
    with their factors. The value is as written; the caller converts it. Rules: F03, F04, F05, P54.
    """
    if raw.__class__ is int:
        return _bounded(Number(Decimal(raw)))
    if isinstance(raw, bool):
        return Number(None, rule="F03", reason="not_a_number")
    if isinstance(raw, (int, Decimal)):
        value = Decimal(raw)
        return _bounded(Number(value)) if value.is_finite() else Number(None, rule="F03", reason="not_a_number")
    if not isinstance(raw, str):
        return Number(None, rule="F03", reason="not_a_number")
    if plain := _PLAIN.fullmatch(raw):  # nearly all are, and no word stands in them
        return _bounded(Number(Decimal(plain.group(1)), percent_sign=bool(plain.group(2))))
    if raw.strip() in vocabulary.no_value_marks:
        return Number(None, rule="F05", reason="no_value")
    if _LOOSE.search(raw):
        return Number(None, rule="F03", reason="not_a_number")
    text = fold(raw).translate(_DASHES).strip("'\"")
    if text in vocabulary.no_value_marks or not text:
        return Number(None, rule="F05", reason="no_value")
    if masked(text, vocabulary):
        return Number(None, rule="P54", reason="masked")
    if text[-1] == "*":
        text = text[:-1]
    return _bounded(_read_text(text, vocabulary, units or {}))


def _bounded(number: Number) -> Number:
    if number.value is not None and number.value.copy_abs() > LARGEST:
        return Number(None, rule="F03", reason="too_large")
    return number


def _read_text(text: str, vocabulary: Vocabulary, units: dict[str, Decimal]) -> Number:
    vague, text = _take_vague(text, vocabulary)
    text = text.removesuffix("整").strip("¥")
    negative = False
    if bracketed := re.fullmatch(r"\((\d.*)\)", text):
        text, negative = bracketed.group(1), True
    elif text[:1] in ("△", "▲"):
        text, negative = text[1:], True
    percent = text.endswith("%") or text.startswith("百分之")
    own_unit = None
    if percent:
        text = text.removesuffix("%").removeprefix("百分之")
    else:
        text, own_unit = _take_unit(text, units)
    if not vague:  # 100多万元: the word stands between number and unit
        vague, text = _take_vague(text, vocabulary)
    if found := _RANGE.match(text):
        first, between, last, rest = found.groups()
        first, last = Decimal(first.replace(",", "")), Decimal(last.replace(",", ""))
        if first < last and between in ("", own_unit, "%" if percent else "") and (not rest or _COUNT_WORDS.match(rest)):
            return Number((first + last) / 2, first, last, "F04", own_unit=own_unit, percent_sign=percent)
        return Number(None, rule="F03", reason="not_a_number")
    value = _value(text)
    if value is None and (found := _FRACTION.match(text)):
        under, over = chinese_number(found.group(1)), chinese_number(found.group(2))
        value, percent = (100 * over / under).quantize(MIN_HALF_WIDTH) if under and over is not None else None, True
    if value is None:
        return Number(None, rule="F03", reason="not_a_number")
    if negative:
        value = -value
    if not vague:
        return Number(value, own_unit=own_unit, percent_sign=percent)
    low, high = vocabulary.vague_words[vague]
    ends = sorted((value * low, value * (low if high is None else high)))
    return Number(value, ends[0], None if high is None else ends[1], "F04", own_unit=own_unit, percent_sign=percent)


def _take_vague(text: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """Split a vague word (约, 左右, 多) off the beginning or the end of a number."""
    for word in vocabulary.vague_longest_first:
        if text.startswith(word) and len(text) > len(word):
            return word, text[len(word) :].removeprefix("为")
        if text.endswith(word) and len(text) > len(word):
            return word, text[: -len(word)]
    return None, text


def _take_unit(text: str, units: dict[str, Decimal]) -> tuple[str, str | None]:
    """Split a unit off the end: 3千万 is 3 of 千万, but 一亿二千万 is a number of its own, counted in 万."""
    if not units:
        return text, None
    if (found := _COMPOUND.fullmatch(text)) and found.group(3) in units:
        hundred_millions, ten_thousands, word = found.groups()
        return format(10_000 * Decimal(hundred_millions) + Decimal(ten_thousands), "f"), word
    if text[:1] in CHARACTERS and (found := _LARGE_WORD.search(text)) and found.group() in units:
        word, yuan = found.group(), chinese_number(text.removesuffix("元"))
        if yuan is not None:
            return format(yuan / (10_000 if word[0] == "万" else 100_000_000), "f"), word
    for word in sorted(units, key=len, reverse=True):
        for written in (word, f"({word})"):
            if text.endswith(written):
                return text[: -len(written)], word
    return text, None


def _value(text: str) -> Decimal | None:
    whole = _NUMBER.match(text)
    if whole:
        rest = text[whole.end() :]
        if not rest or _COUNT_WORDS.match(rest):
            return Decimal(whole.group().replace(",", ""))
        if rest[0] in CHARACTERS and (scale := chinese_number("一" + rest)):  # 3千万 in a column of 元
            return Decimal(whole.group().replace(",", "")) * scale
        return None
    return chinese_number(text.removesuffix("个"))
