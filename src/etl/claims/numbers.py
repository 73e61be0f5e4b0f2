"""Read the number at the beginning of a figure: 1,234.5, 1e3, 两千五百, 1亿2000万."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.claims.figure import NUMBER, Damaged
from etl.claims.lexicon import Lexicon
from etl.claims.units import read_unit
from etl.normalise.numerals import CHARACTERS, chinese_number

_CHINESE = re.compile(rf"[{CHARACTERS}点]+")
_SMALL = CHARACTERS.replace("万", "").replace("亿", "")
_STEP = re.compile(rf"(\d+|[{_SMALL}]+)(万亿|亿|万)零?(?=[\d{_SMALL}])(?![百千])")  # 900万千瓦时 is one step of 千瓦时
_PREFIX = re.compile("[万亿]$|[百千万亿][百千]$")
_LONGEST = 40  # digits; nothing that an office prints is longer


def number_and_rest(body: str, lexicon: Lexicon) -> tuple[Decimal | None, str]:
    """The number and what follows it, None where there is none. Raises Damaged."""
    if compound := _compound(body, lexicon):
        return compound
    if found := NUMBER.match(body):
        if len(found.group()) > _LONGEST:
            raise Damaged("claims.too_long")
        return Decimal(found.group().replace(",", "")), body[found.end() :]
    if found := _CHINESE.match(body):
        word = found.group()
        while body[len(word) :] and _PREFIX.search(word):  # 三万元 is 3 of 万元, 三百千瓦 is 300 of 千瓦
            word = word[:-1]
        return chinese_number(word), body[len(word) :]
    return None, body


def _compound(body: str, lexicon: Lexicon) -> tuple[Decimal, str] | None:
    """1亿2000万元 as 12000 of 万元: as precise as its last part."""
    found = _STEP.match(body)
    if not found or len(body) > _LONGEST:
        return None
    digits, word = found.groups()
    head = Decimal(digits) if digits.isdecimal() else chinese_number(digits)
    tail, rest = number_and_rest(body[found.end() :], lexicon)
    unit = read_unit(rest, lexicon)
    if head is None or tail is None or not rest or unit is None:
        return None
    if not digits.isdecimal() and rest[0] not in "万亿":  # 一万二千元 is one numeral
        return None
    steps = lexicon.prefixes[word] / unit.scale
    return (head * int(steps) + tail, rest) if tail < steps else None
