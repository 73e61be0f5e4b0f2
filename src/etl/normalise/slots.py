"""Printed words that stand for values: `{month}月/{ten}` names a column of every month and ten days, `{unit}重点项目台账` a title.

A pattern is a text with slots in braces. It matches a whole text, folded as all texts are, so that width, script and
white space never matter. What a slot may stand for is built in (`year`, `last_year`, `month`, `quarter`, `half`, `n`), or one of
the layout's own lists of words; any other slot stands for whatever is written there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.normalise.dates import arabic
from etl.normalise.text import fold

Words = Mapping[str, Mapping[str, str]]  # slot -> printed word -> value
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4", "1": "1", "2": "2", "3": "3", "4": "4"}
_HALVES = {"上": "1", "下": "2"}
_BUILT_IN = {
    "year": r"(?:20)?\d\d",
    "last_year": r"(?:20)?\d\d",
    "month": r"1[0-2]|0?[1-9]",
    "quarter": "[一二三四1-4]",
    "half": "[上下]",
    "n": r"\d+",
}
BUILT_IN = frozenset(_BUILT_IN)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with slots, as compiled."""

    text: str
    slots: tuple[str, ...]
    expression: re.Pattern[str]
    words: Words

    def match(self, text: str) -> dict[str, str] | None:
        """The value of each slot where the whole text matches, else None: `{month}月` matches 8月 and 八月 as {month: 8}."""
        found = self.expression.fullmatch(arabic(fold(text)))
        if found is None:
            return None
        return {slot: self._value(slot, found[slot]) for slot in self.slots}

    def _value(self, slot: str, printed: str) -> str:
        if slot in self.words:
            return self.words[slot][printed]
        if slot in ("year", "last_year"):
            return str(int(printed[-2:]) + 2000 + (slot == "last_year"))
        if slot == "month":
            return str(int(printed))
        return {"quarter": _QUARTERS, "half": _HALVES}.get(slot, {}).get(printed, printed)


def compile_pattern(text: str, words: Words) -> Pattern:
    """A pattern with the words of a layout. Raises ValueError where one slot stands twice in it."""
    return _compiled(text, tuple((slot, tuple(of.items())) for slot, of in words.items()))


@lru_cache(maxsize=1024)
def _compiled(text: str, words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Pattern:
    known = {slot: {arabic(fold(word)): value for word, value in of} for slot, of in words}
    slots = tuple(_SLOT.findall(text))
    if len(set(slots)) < len(slots):
        raise ValueError(text)
    pieces = _SLOT.split(text)
    expression = "".join(_group(piece, known) if i % 2 else re.escape(arabic(fold(piece))) for i, piece in enumerate(pieces))
    return Pattern(text, slots, re.compile(expression), known)


def _group(slot: str, words: Words) -> str:
    """The part of the expression that a slot is; of its words the longest is tried first."""
    if slot in words:
        return f"(?P<{slot}>{'|'.join(re.escape(word) for word in sorted(words[slot], key=lambda w: (-len(w), w)))})"
    return f"(?P<{slot}>{_BUILT_IN.get(slot, '.+?')})"
