"""How people slip when they copy a figure, and how a figure sent could have come from one that fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.normalise.numbers import MIN_HALF_WIDTH, decimals, printed_interval, without_exponent

# What a slip costs: the less, the likelier. The order is that of the issue books; the sizes were set on generated lines
# with planted slips (benchmarks/culprit.py).
COST = {
    "zero_more": 1.0,
    "zero_less": 1.0,
    "ten_thousand_more": 1.2,
    "ten_thousand_less": 1.2,
    "hundred_more": 3.0,
    "hundred_less": 3.0,
    "thousand_more": 3.0,
    "thousand_less": 3.0,
    "sign": 1.0,
    "column": 0.9,
    "earlier": 1.1,
    "exchanged": 0.5,
    "neighbour": 1.2,
    "swapped": 1.4,
    "digit_more": 1.7,
    "digit_less": 1.9,
    "digit_wrong": 2.2,
    "counted": 4.0,
    "other": 5.5,
}
RATE_COST = 0.8  # of a rate, to be a hundred times off is the usual slip (P26)
POWERS = ((1, "zero"), (4, "ten_thousand"), (2, "hundred"), (3, "thousand"))
LARGE = Decimal(10**21)
INFINITE = Decimal("Infinity")
UNPINNED = 1.0  # a slip of tens that stays within limits, and that no sum or rate confirms
ROUND = 6  # places before the last that may become zeros
FEW = 3  # digits below which a figure is short
BESIDE, ASIDE = 1.0, 2.0  # a digit that comes next to, or only near, the value that a sum or a rate demands
ROUGH = Decimal("0.05")  # an interval wider than this share of its middle pins nothing down
NEAR, NEARBY, FAR = 2, 100, 6.0  # so many times a limit is passed at least by a slip, and what fits at most from it; else it costs
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it stands in its cell: the number there, what one of it is worth in storage, and its words around it."""

    number: Decimal
    scale: Decimal
    before: str = ""
    after: str = ""

    def text(self, number: Decimal) -> str:
        """Another number as this cell would show it."""
        body = without_exponent(number)
        return f"-{self.before}{body[1:]}{self.after}" if body[:1] == "-" and self.before else f"{self.before}{body}{self.after}"


@dataclass(frozen=True, slots=True)
class Slip:
    """One way from a value that fits to the one that was sent; `number` is as printed, `value` as stored."""

    kind: str
    cost: float
    number: Decimal
    value: Decimal
    like: str = ""  # of column, earlier and neighbour: whose value was sent
    about: bool = False  # the number is the middle of those that fit, no more is known


def printed(sent: str | None, value: Decimal) -> Printed:
    """How a stored value stands in its cell; where the cell has words that cannot be taken apart, as it is stored."""
    found = _NUMBER.findall(sent or "")
    if len(found) == 1 and value:
        before, _, after = (sent or "").partition(found[0])
        number = Decimal(found[0].replace(",", ""))
        if number and abs(before.count("-")) <= 1:
            scale = abs(value) / number
            if scale.scaleb(-scale.adjusted()) == 1:
                return Printed(number.copy_sign(value), scale.normalize(), before.replace("-", "").strip(), after.strip())
    return Printed(value.normalize(), Decimal(1))


def slips(
    cell: Printed,
    fits: Limits,
    exact: Decimal | None,
    rate: bool = False,
    likes: Iterable[tuple[str, str, Decimal]] = (),
    about: bool = False,
) -> Iterator[Slip]:
    """Every way in which a figure within limits could have become the one in the cell.

    `exact` is the printed number that a sum demands, where one does, or `about` the middle of what would do. `likes` are
    other cells of which this one may be a copy, as (kind, whose, value).
    """
    number, low, high = cell.number, fits.low, fits.high
    for kind, whose, value in likes:
        if value and value == number * cell.scale and exact is not None:
            yield replace(_slip(kind, 0, exact, cell.scale, whose), about=about)
    if fits(-number) and number:
        yield _slip("sign", 0, -number, cell.scale)
    around_nothing = -INFINITE < low < 0 < high < INFINITE  # where any figure fits that is small enough
    for power, word in POWERS if number and not around_nothing else ():
        for sign, direction in ((-1, "more"), (1, "less")):
            if fits(moved := number.scaleb(sign * power)):
                cost = RATE_COST if rate and power == 2 else None
                yield _slip(f"{word}_{direction}", fits.doubt(number, moved), moved, cell.scale, cost=cost)
    if not fits.rough or exact is not None and not about:
        yield from _digits(cell, fits, None if about else exact)


def fitting(cell: Printed, fits: Limits, exact: Decimal, rounded: bool = True, about: bool = False) -> Decimal | None:
    """The printed number that stands for `exact`: as it is, or rounded to as many decimals as the cell has if these will do.

    A number that is only `about` right is as round as may be.
    """
    number = exact / cell.scale
    if not rounded:
        return number if fits(number) else None
    fewest = decimals(cell.number)
    for places in range(fewest - ROUND if about else fewest, fewest + 7):
        near = round(number, places)
        if fits(near):
            return near
    return None


class Limits:
    """The ends between which a figure must be, as stored; `rough` where they are too far apart for their middle to say anything."""

    def __init__(self, scale: Decimal, low: Decimal, high: Decimal) -> None:
        self.scale, self.low, self.high = scale, low, high
        self.rough = low == -INFINITE or high == INFINITE or high - low > ROUGH * abs(high + low) / 2

    def __call__(self, number: Decimal) -> bool:
        """True where a printed number may stand for a figure within them: its interval touches low..high."""
        low, high = printed_interval(number, self.scale)
        return high >= self.low and low <= self.high

    def whole(self, places: int, sign: int) -> tuple[int, int]:
        """The first and the last whole number that may fit, counted in units of so many decimals."""
        unit = self.scale.scaleb(-places)
        half = max(unit / 2, MIN_HALF_WIDTH)
        ends = [max(-LARGE, min(LARGE, end / unit)) for end in (self.low - half, self.high + half)]
        low, high = (-ends[1], -ends[0]) if sign < 0 else (ends[0], ends[1])
        return max(0, math.ceil(low)), math.floor(high)

    def doubt(self, number: Decimal, moved: Decimal) -> float:
        """What it costs that nothing but limits speak: passed by a little it is no slip of tens, and a slip ends near them."""
        if not self.rough:
            return 0.0
        value, then = abs(number * self.scale), abs(moved * self.scale)
        limit = self.high if value > self.high else self.low
        if limit <= 0:
            return FAR
        return FAR if max(value / limit, limit / value) < NEAR or max(then / limit, limit / then) > NEARBY else UNPINNED


def _slip(kind: str, more: float, number: Decimal, scale: Decimal, like: str = "", cost: float | None = None) -> Slip:
    return Slip(kind, (COST[kind] if cost is None else cost) + more, number, number * scale, like)


def _digits(cell: Printed, fits: Limits, exact: Decimal | None) -> Iterator[Slip]:
    """One digit more, less, wrong, or two neighbours the wrong way round. Where many digits would do, none is pinned down."""
    number, places = abs(cell.number), decimals(cell.number)
    sign = -1 if cell.number < 0 else 1
    digits = int(number.scaleb(places))
    short = max(0, FEW - len(str(digits).rstrip("0")))  # short figures look alike without any slip
    middle = sign * ((fits.low + fits.high) / 2 / cell.scale if exact is None else exact)
    found: dict[str, set[Decimal]] = {}
    for shift in (0, 1, -1):  # as many decimals as were sent, one more, one less
        first, last = fits.whole(places + shift, sign)
        for kind, other in _neighbours(digits, places, shift, first, last):
            if other and (changed := Decimal(other).scaleb(-places - shift)) != number:
                found.setdefault(kind, set()).add(changed)
    for kind, others in found.items():
        best = min(others, key=lambda other: (abs(other - middle), other))
        # Each other digit that would do as well halves the trust in this one.
        more = short + (0.0 if best == middle else math.log2(len(others)))
        if exact is not None and best != middle:
            more += ASIDE if abs(best - middle).scaleb(places) > 1 else BESIDE
        if best == middle or not fits.rough:
            yield _slip(kind, more, sign * best, cell.scale)


def _neighbours(n: int, places: int, shift: int, first: int, last: int) -> Iterator[tuple[str, int]]:
    """Whole numbers from `first` to `last` from which n, with `places` decimals, differs by one slip of a digit.

    A digit more or less before the point moves those to its left, behind the point those to its right: there the number
    has one decimal less or more (`shift`).
    """
    size = max(1, len(str(n)))
    for i in range(size + 1):
        unit = 10**i
        above, below = divmod(n, unit)
        if shift == 0 and i < size:
            rest = n - above % 10 * unit
            yield from (("digit_wrong", rest + d * unit) for d in _fitting_digits(rest, unit, first, last))
            if i + 1 < size:
                digit, left = above % 10, above // 10 % 10
                swapped = n + (digit - left) * 10 * unit + (left - digit) * unit
                if digit != left and first <= swapped <= last:
                    yield "swapped", swapped
        shorter = above // 10 * unit + below
        if i < size and size > 1 and shift == (-1 if i < places else 0) and first <= shorter <= last:
            yield "digit_more", shorter
        if shift == (1 if i < places else 0) or shift == 1 and i == places:
            longer = above * 10 * unit + below
            yield from (("digit_less", longer + d * unit) for d in _fitting_digits(longer, unit, first, last))


def _fitting_digits(rest: int, unit: int, first: int, last: int) -> range:
    return range(max(0, -((rest - first) // unit)), min(9, (last - rest) // unit) + 1)
