"""How people slip when they copy a figure, and how a figure sent could have come from one that fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.normalise.numbers import decimals, plain, printed_interval

# What a slip costs: the less, the likelier. The order is that of the issue books; the sizes were set on generated lines
# with planted slips (benchmarks/culprit.py).
COST = {
    "zero_more": 1.0, "zero_less": 1.0, "ten_thousand_more": 1.2, "ten_thousand_less": 1.2, "hundred_more": 3.0,
    "hundred_less": 3.0, "thousand_more": 3.0, "thousand_less": 3.0, "sign": 1.0, "column": 0.9, "earlier": 1.1,
    "exchanged": 0.5, "neighbour": 1.2, "swapped": 1.4, "digit_more": 1.7, "digit_less": 1.9, "digit_wrong": 2.2, "counted": 4.0, "other": 5.5,
}
RATE_COST = 0.8                      # of a rate, to be a hundred times off is the usual slip (P26)
POWERS = ((1, "zero"), (4, "ten_thousand"), (2, "hundred"), (3, "thousand"))
LARGE = 10**21
INFINITE = Decimal("Infinity")
UNPINNED = 1.0                       # a slip of tens that stays within limits, and that no sum or rate confirms
FEW = 3                              # digits below which a figure is short
ASIDE = 2.0                          # a digit that comes only near the value that a sum or a rate demands
ROUGH = Decimal("0.05")              # an interval wider than this share of its middle pins nothing down
NEAR, NEARBY, FAR = 2, 100, 6.0      # so many times a limit is passed at least by a slip, and what fits at most from it; else it costs
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
        body = plain(number)
        return f"-{self.before}{body[1:]}{self.after}" if body[:1] == "-" and self.before else f"{self.before}{body}{self.after}"


@dataclass(frozen=True, slots=True)
class Slip:
    """One way from a value that fits to the one that was sent; `number` is as printed, `value` as stored."""

    kind: str
    cost: float
    number: Decimal
    value: Decimal
    like: str = ""                   # of column, earlier and neighbour: whose value was sent
    about: bool = False              # the number is the middle of those that fit, no more is known


def printed(sent: str | None, value: Decimal) -> Printed:
    """How a stored value stands in its cell; where the cell has words that cannot be taken apart, as it is stored."""
    found = _NUMBER.findall(sent or "")
    if len(found) == 1 and value:
        before, _, after = sent.partition(found[0])
        number = Decimal(found[0].replace(",", ""))
        if number and abs(before.count("-")) <= 1:
            scale = abs(value) / number
            if scale.scaleb(-scale.adjusted()) == 1:
                return Printed(number.copy_sign(value), scale.normalize(), before.replace("-", "").strip(), after.strip())
    return Printed(value.normalize(), Decimal(1))


def slips(
    cell: Printed, low: Decimal, high: Decimal, exact: Decimal | None, rate: bool = False,
    likes: Iterable[tuple[str, str, Decimal]] = (), about: bool = False,
) -> Iterator[Slip]:
    """Every way in which a figure between `low` and `high` could have become the one in the cell.

    `exact` is the printed number that a sum demands, where one does, or `about` the middle of what would do. `likes` are
    other cells of which this one may be a copy, as (kind, whose, value). A figure fits where its printed interval
    touches low..high.
    """
    fits = _Fits(cell.scale, low, high)
    number = cell.number
    for kind, whose, value in likes:
        if value and value == number * cell.scale and exact is not None:
            yield replace(_slip(kind, 0, exact, cell.scale, whose), about=about)
    if fits(-number) and number:
        yield _slip("sign", 0, -number, cell.scale)
    around_nothing = -INFINITE < low < 0 < high < INFINITE            # where any figure fits that is small enough
    for power, word in POWERS if number and not around_nothing else ():
        for sign, direction in ((-1, "more"), (1, "less")):
            if fits(moved := number.scaleb(sign * power)):
                cost = RATE_COST if rate and power == 2 else None
                yield _slip(f"{word}_{direction}", fits.doubt(number, moved), moved, cell.scale, cost=cost)
    if not fits.rough:
        yield from _digits(cell, fits, None if about else exact)


def fitting(cell: Printed, low: Decimal, high: Decimal, exact: Decimal, rounded: bool = True) -> Decimal | None:
    """The printed number that stands for `exact`: as it is, or rounded to as many decimals as the cell has if these will do."""
    fits, number = _Fits(cell.scale, low, high), exact / cell.scale
    if not rounded:
        return number if fits(number) else None
    for places in range(decimals(cell.number), decimals(cell.number) + 7):
        rounded = round(number, places)
        if fits(rounded):
            return rounded
    return None


def rough(low: Decimal, high: Decimal) -> bool:
    """True where the ends are too far apart for their middle to say anything."""
    return low == -INFINITE or high == INFINITE or high - low > ROUGH * abs(high + low) / 2


class _Fits:
    """Whether a printed number may stand for a value between two ends."""

    def __init__(self, scale: Decimal, low: Decimal, high: Decimal) -> None:
        self.scale, self.low, self.high = scale, low, high
        self.rough = rough(low, high)

    def __call__(self, number: Decimal) -> bool:
        low, high = printed_interval(number, self.scale)
        return high >= self.low and low <= self.high

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


def _digits(cell: Printed, fits: _Fits, exact: Decimal | None) -> Iterator[Slip]:
    """One digit more, less, wrong, or two neighbours the wrong way round. Where many digits would do, none is pinned down."""
    places = decimals(cell.number)
    unit = cell.scale.scaleb(-places)
    n, sign = int(abs(cell.number).scaleb(places)), -1 if cell.number < 0 else 1
    half = max(unit / 2, Decimal("0.005"))
    ends = [(fits.low - half) / unit, (fits.high + half) / unit]
    low, high = (-ends[1], -ends[0]) if sign < 0 else ends
    if high <= 0 or low > LARGE:
        return
    first, last = max(0, math.ceil(low)), min(LARGE, math.floor(high))
    wanted = sign * exact.scaleb(places) if exact is not None else None
    middle = (Decimal(first) + last) / 2 if wanted is None else wanted
    found: dict[str, list[int]] = {}
    for kind, other in _neighbours(n, first, last):
        if other != n and fits(number := Decimal(sign * other).scaleb(-places)) and number:
            found.setdefault(kind, []).append(other)
    for kind, others in found.items():
        best = min(set(others), key=lambda other: (abs(other - middle), other))
        # Each other digit that would do as well halves the trust in this one.
        more = 0.0 if wanted is None or abs(best - wanted) <= 1 else ASIDE
        more += 0.0 if best == wanted else math.log2(len(set(others)))
        more += max(0, FEW - len(str(n).rstrip("0")))            # short figures look alike without any slip
        yield _slip(kind, more, Decimal(sign * best).scaleb(-places), cell.scale)


def _neighbours(n: int, first: int, last: int) -> Iterator[tuple[str, int]]:
    """Whole numbers from `first` to `last` from which n differs by one slip of a digit."""
    size = max(1, len(str(n)))
    for i in range(size + 1):
        unit = 10**i
        above, below = divmod(n, unit)
        if i < size:
            digit = above % 10
            rest = n - digit * unit
            yield from (("digit_wrong", rest + d * unit) for d in _fitting_digits(rest, unit, first, last))
            if size > 1 and first <= (shorter := above // 10 * unit + below) <= last:
                yield "digit_more", shorter
            if i + 1 < size:
                left = above // 10 % 10
                swapped = n + (digit - left) * 10 * unit + (left - digit) * unit
                if digit != left and first <= swapped <= last:
                    yield "swapped", swapped
        longer = above * 10 * unit + below
        yield from (("digit_less", longer + d * unit) for d in _fitting_digits(longer, unit, first, last))


def _fitting_digits(rest: int, unit: int, first: int, last: int) -> range:
    return range(max(0, -((rest - first) // unit)), min(9, (last - rest) // unit) + 1)
