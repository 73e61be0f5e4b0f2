"""What one printed figure stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from etl.claims.interval import Interval
from etl.claims.units import Measure
from etl.mistakes import Said

DAY = Measure(counts=(("日期", 1),))
DASHES = str.maketrans("−﹣‐‑–", "-----")
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,2})?")


class Damaged(Said):
    """A figure that nobody can have written so; the text says what is wrong with it."""


class Uncounted(Said):
    """An amount that the report puts in words without a number (若干): intact, but nothing to compute with."""


class Misread(Said):
    """What stands where a figure should is none that anybody here can read: whoever filled in the table has to write it otherwise."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the number printed and the interval it stands for, both in `unit`.

    `said` tells how it was put: as a `multiple` of the base (翻番), as a `rise` or `fall` (增长, 下降), as an `excess`
    over the target (超额), plainly as a `share` (三分之二), or not in words at all ('').
    """

    text: str
    value: Fraction
    interval: Interval
    unit: Measure
    vague: bool = False
    said: str = ""
    limits: Interval | None = None  # beyond which no reading of its words goes; None: the interval itself

    @property
    def outermost(self) -> Interval:
        """All that its words may stand for, where the width of `interval` is but our own guess (约, 左右)."""
        return self.limits or self.interval

    @property
    def is_date(self) -> bool:
        return self.unit == DAY

    def meets(self, other: Figure) -> bool:
        """Whether both may be one amount, in whatever units they were written."""
        mine, theirs = (f.interval * Interval.of(f.unit.scale) for f in (self, other))
        return sorted(self.unit.dims) == sorted(other.unit.dims) and mine.touches(theirs)

    @property
    def rounded(self) -> Interval:
        """The interval where even a count may have been rounded, as the result of a division is."""
        if self.vague or not self.interval.exact:
            return self.interval
        found = NUMBER.search(self.text.translate(DASHES))
        return Interval.printed(Decimal(found.group().replace(",", ""))) if found else self.interval
