"""Units of measure with their scale, so that 万元 over 亿元 comes out right whoever wrote the formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import truediv

from etl.claims.lexicon import Lexicon
from etl.mistakes import Said
from etl.texts.catalogue import Text

_NAMES = {Fraction(1): "", Fraction(10**4): "万", Fraction(10**8): "亿", Fraction(10**12): "万亿"}
# An unknown unit is one word of one script; 3.4O亿元 is no unit but a letter in the place of a digit.
_SYMBOL = re.compile(r"[\u4e00-\u9fff㎡]{1,6}|[A-Za-zµ]{2,6}|[tmgkhLWVA]")
Powers = tuple[tuple[str, int], ...]


class UnitClash(Said):
    """Two figures that cannot be added or compared; the text names both units."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How big one of the unit is, what it measures (`dims`) and what it counts (`counts`).

    What is counted is shown but does not forbid a sum: 个 and 项 may be added, 万元 and ㎡ may not.
    """

    scale: Fraction = Fraction(1)
    dims: Powers = ()
    counts: Powers = ()
    text: str = ""  # as written; empty for a unit that was computed

    def __mul__(self, other: Measure) -> Measure:
        return Measure(self.scale * other.scale, _joined(self.dims, other.dims, 1), _joined(self.counts, other.counts, 1))

    def __truediv__(self, other: Measure) -> Measure:
        return Measure(self.scale / other.scale, _joined(self.dims, other.dims, -1), _joined(self.counts, other.counts, -1))

    def scaled(self, factor: Fraction) -> Measure:
        return Measure(self.scale * factor, self.dims, self.counts)

    def named(self) -> str | None:
        """The unit's name, '' for a pure number, None for a scale that nobody writes (百万分之一元)."""
        if self.text:
            return self.text
        if self.scale == Fraction(1, 100) and not self.dims and not any(power > 0 for _, power in self.counts):
            return "%"
        prefix = _NAMES.get(self.scale)
        if prefix is None:
            return None
        above = _powers(self.dims, 1) or _powers(self.counts, 1)
        below = _powers(self.dims, -1) + _powers(self.counts, -1)
        if not above:
            return None if prefix else ("/".join(["", *below]) if below else "")
        return "/".join([prefix + "·".join(above), *below])


PURE = Measure()


def _powers(powers: Powers, sign: int) -> list[str]:
    return [f"{symbol}{abs(p) if abs(p) > 1 else ''}" for symbol, p in powers if p * sign > 0]


def _joined(left: Powers, right: Powers, sign: int) -> Powers:
    powers = dict(left)
    for symbol, power in right:
        powers[symbol] = powers.get(symbol, 0) + sign * power
    return tuple((symbol, power) for symbol, power in powers.items() if power)


def sum_unit(left: Measure, right: Measure) -> tuple[Measure, Fraction]:
    """The unit of a sum, and by what the second addend must be multiplied. Raises UnitClash."""
    if sorted(left.dims) != sorted(right.dims):
        raise UnitClash("claims.pair", one=left.named() or Text("claims.pure"), other=right.named() or Text("claims.pure"))
    counts = left.counts or right.counts
    if left.counts and right.counts and left.counts != right.counts and len(left.counts) == len(right.counts) == 1:
        (first, power), (second, other) = left.counts[0], right.counts[0]
        if power == other == 1:  # 个, 小项 and 项 are added, and the sum says so
            counts = ((first if second in first.split("/") else f"{first}/{second}", 1),)
    text = left.text if counts == left.counts and left.text == right.text else ""
    return Measure(left.scale, left.dims, counts, text), right.scale / left.scale


def in_lexicon(text: str, lexicon: Lexicon) -> bool:
    """Whether the lexicon itself knows the unit; read_unit also takes any other word for one."""
    return all(_simple(part, lexicon, known=True) for part in text.split("/"))


def read_unit(text: str, lexicon: Lexicon) -> Measure | None:
    """Understand a unit as written (亿元, 万㎡, 元/人, %); None where it is none."""
    if not text:
        return Measure()
    parts = [_simple(part, lexicon) for part in text.split("/")]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts):
        return None
    unit = reduce(truediv, known)
    return Measure(unit.scale, unit.dims, unit.counts, "/".join(lexicon.aliases.get(p, p) for p in text.split("/")))


def _simple(word: str, lexicon: Lexicon, known: bool = False) -> Measure | None:
    word = lexicon.aliases.get(word, word)
    if word in lexicon.dimensionless:
        return Measure(lexicon.dimensionless[word])
    if word in lexicon.counts:
        return Measure(counts=((word, 1),))
    if word in lexicon.measures:  # 千瓦时 is what it is, not a thousand of 瓦时
        return Measure(dims=((word, 1),))
    for prefix, size in lexicon.prefixes.items():
        if word.startswith(prefix) and len(word) > len(prefix) and word not in lexicon.conversions:
            rest = _simple(word[len(prefix) :], lexicon, known)
            return rest and rest.scaled(size)
    return Measure(dims=((word, 1),)) if not known and _SYMBOL.fullmatch(word) else None


def base(unit: Measure, lexicon: Lexicon) -> Measure:
    """The same unit in terms of the units that others are converted to: 亩 as 666.67 ㎡."""
    scale = unit.scale
    powers: Powers = ()
    for symbol, power in unit.dims:
        symbol, size = lexicon.conversions.get(symbol, (symbol, Fraction(1)))
        scale *= size**power
        powers = _joined(powers, ((symbol, power),), 1)
    return Measure(scale, powers, unit.counts)
