"""Vague words and bounds: which values a number stands for that has such a word beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from etl.claims.interval import Interval
from etl.claims.lexicon import Factors, Lexicon


@dataclass(frozen=True, slots=True)
class Vague:
    """Factors of the number, null for unbounded; `is_open` where the number itself is outside (超过, 不到)."""

    factors: Factors
    is_open: bool

    def widen(self, value: Fraction) -> Interval:
        """What a number stands for beside such a word."""
        low, high = self.factors
        ends = [-inf if low is None else low * value, inf if high is None else high * value]
        if None not in self.factors:
            ends.sort()  # about -8 lies between -8.8 and -7.2
        return Interval(ends[0], ends[1], self.is_open and ends[0] == value, self.is_open and ends[1] == value)


def vague_word(word: str, lexicon: Lexicon) -> Vague:
    """What a vague word of the lexicon (约, 以上) makes of the number beside it."""
    return Vague(lexicon.vague[word], word in lexicon.open_words)


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
