"""Vague words and bounds: which values a number stands for that has such a word beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from etl.claims.interval import Interval
from etl.claims.lexicon import Factors, Lexicon


@dataclass(frozen=True, slots=True)
class Vague:
    """Factors of the number, null for unbounded; `is_open` where the number itself is outside (超过, 不到).

    `limits`: factors that the word itself sets, where those of `factors` are our own guess.
    """

    factors: Factors
    is_open: bool
    limits: Factors | None = None
    is_step: bool = False

    def widen(self, value: Fraction, printed: Interval) -> Interval:
        """What a number stands for beside such a word; below a bound (不到两成) never less than the number alone."""
        if self.is_step:
            end = value + (-1 if value < 0 else 1) * _step(value)
            return Interval(min(value, end), max(value, end))
        span = self._times(self.factors, value)
        bounded = self.limits and self.limits[1] == 1
        return replace(span, low=min(span.low, printed.low)) if bounded and value > 0 else span

    def limit(self, value: Fraction) -> Interval | None:
        """Beyond which no reading of the word goes; None where the report itself set the bound."""
        return self._times(self.limits, value) if self.limits else None

    def _times(self, factors: Factors, value: Fraction) -> Interval:
        low, high = factors
        ends = [-inf if low is None else low * value, inf if high is None else high * value]
        if None not in factors:
            ends.sort()  # about -8 lies between -8.8 and -7.2
        return Interval(ends[0], ends[1], self.is_open and ends[0] == value, self.is_open and ends[1] == value)


def _step(value: Fraction) -> Fraction:
    """One of the last digit that is not 0: 100 for 300, 0.1 for 3.5."""
    sizes = (Fraction(10) ** power for power in range(12, -7, -1))
    return next((size for size in sizes if value and (value / size).denominator == 1), abs(value) / 10)


def vague_word(word: str, lexicon: Lexicon) -> Vague:
    """What a vague word of the lexicon (约, 以上) makes of the number beside it."""
    return Vague(lexicon.vague[word], word in lexicon.open_words, lexicon.limits.get(word), word in lexicon.steps)


def take_vague(text: str, lexicon: Lexicon) -> tuple[str, Vague | None]:
    """Split a vague word or a bound off the beginning or the end; inside a unit it stands behind 个 or the scale."""
    for word in lexicon.vague:
        if len(text) > len(word):
            if text.startswith(word):
                return text[len(word) :], vague_word(word, lexicon)
            if text.endswith(word):
                return text[: -len(word)], vague_word(word, lexicon)
            if word in ("多", "余") and re.match(rf"[个万亿]+{word}", text):
                return text.replace(word, "", 1), vague_word(word, lexicon)
    return text, None
