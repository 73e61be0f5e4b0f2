"""Exact intervals: what a printed number stands for, and what a formula makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import inf

End = Fraction | float  # a float only as plus or minus infinity


def _times(a: End, b: End) -> End:
    return Fraction(0) if a == 0 or b == 0 else a * b


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two ends, which may be infinite; an open end is itself outside.

    Arithmetic keeps the ends exact and counts them as inside: it may widen by a point, never narrow.
    """

    low: End
    high: End
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def of(cls, value: Fraction | Decimal | int) -> Interval:
        """The interval of one exact value."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def printed(cls, value: Decimal) -> Interval:
        """What a number stands for: half a unit of its last printed digit either way (judging.md, section 1)."""
        half = Fraction(1, 2) * Fraction(10) ** int(value.as_tuple().exponent)
        return cls(Fraction(value) - half, Fraction(value) + half)

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def touches(self, other: Interval) -> bool:
        """Whether one value may lie in both."""
        if self.low > other.high or other.low > self.high:
            return False
        if self.low == other.high and (self.open_low or other.open_high):
            return False
        return not (self.high == other.low and (self.open_high or other.open_low))

    def __contains__(self, value: End) -> bool:
        return self.low <= value <= self.high

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.open_high, self.open_low)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _hull(_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError by an exact 0; a divisor that may be 0 gives the whole line."""
        if other.low == other.high == 0:
            raise ZeroDivisionError
        if other.low <= 0 <= other.high:
            return LINE
        return self * _hull(0 if abs(end) == inf else 1 / Fraction(end) for end in (other.low, other.high))

    def __pow__(self, exponent: Interval) -> Interval:
        """Raises ValueError for a root of what may be negative, and for powers that no office needs."""
        if size(exponent.low) > 100 or size(exponent.high) > 100 or any(_bits(end) > 2000 for end in (self.low, self.high)):
            raise ValueError("power")
        power = Fraction(exponent.low)
        if exponent.exact and power.denominator == 1:
            ends = [_whole_power(end, int(power)) for end in (self.low, self.high)]
            return _hull([*ends, Fraction(0)] if 0 in self and power > 0 else ends)
        if self.low < 0:
            raise ValueError("root")
        return _hull(_root(a, b) for a in (self.low, self.high) for b in (exponent.low, exponent.high))


LINE = Interval(-inf, inf)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds them all."""
    intervals = list(intervals)
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals))


def each_end(change: Callable[[End], End], interval: Interval) -> Interval:
    """A function that never falls, such as rounding, applied to an interval."""
    return Interval(change(interval.low), change(interval.high))


def _hull(ends: Iterable[End]) -> Interval:
    ends = list(ends)
    return Interval(min(ends), max(ends))


def size(end: End) -> End:
    """How far an end is from 0."""
    return -end if end < 0 else end


def _bits(end: End) -> int:
    return 0 if isinstance(end, float) else end.numerator.bit_length() + end.denominator.bit_length()


def _whole_power(base: End, exponent: int) -> End:
    return base**exponent if exponent >= 0 else 0 if abs(base) == inf else 1 / Fraction(base) ** -exponent


def _root(base: End, exponent: End) -> End:
    if isinstance(base, float):
        return inf if exponent > 0 else Fraction(0)
    if base == 0:
        return Fraction(0)
    with localcontext() as context:  # 60 digits: far beyond any figure that is printed
        context.prec = 60
        power = Fraction(exponent)
        value = Decimal(base.numerator) / Decimal(base.denominator)
        return Fraction(value ** (Decimal(power.numerator) / Decimal(power.denominator)))


def half_up(value: Fraction, digits: int = 4) -> Fraction:
    """Round half away from zero, as offices do."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole, 10**digits) * (-1 if value < 0 else 1)


def decimal_text(value: End, digits: int = 4) -> str:
    """A value with at most so many decimals and no trailing zeros: 100.578, -8.2633, ∞."""
    if abs(value) == inf:
        return "∞" if value > 0 else "-∞"
    rounded = half_up(Fraction(value), digits)
    whole, part = divmod(abs(rounded.numerator) * 10**digits // rounded.denominator, 10**digits)
    text = f"{whole}.{part:0{digits}d}".rstrip("0").rstrip(".") if digits else str(whole)
    return f"-{text}" if rounded < 0 else text
