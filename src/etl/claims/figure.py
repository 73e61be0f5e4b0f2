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

    @property
    def is_date(self) -> bool:
        return self.unit == DAY

    @property
    def rounded(self) -> Interval:
        """The interval where even a count may have been rounded, as the result of a division is."""
        if self.vague or not self.interval.exact:
            return self.interval
        found = NUMBER.search(self.text.translate(DASHES))
        return Interval.printed(Decimal(found.group().replace(",", ""))) if found else self.interval
