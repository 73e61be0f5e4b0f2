"""The words of `expectations/vocabulary.yaml`, loaded once and frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from etl.forms.currencies import load_currencies
from etl.forms.yamlfile import load_yaml
from etl.normalise.text import fold, norm


@dataclass(frozen=True)
class Vocabulary:
    """What the reader makes of words; see the comments in the file itself."""

    no_value_marks: frozenset[str]
    vague_words: dict[str, tuple[Decimal, Decimal | None]]
    vague_text: tuple[str, ...]
    enum_synonyms: dict[str, dict[str, str]]
    money_units: dict[str, dict[str, Decimal]]  # currency -> word -> units of storage
    home: str  # the currency of which a sheet must say the unit
    masked_signs: frozenset[str]
    total_words: tuple[str, ...]
    total_scopes: tuple[str, ...]
    serial_headers: frozenset[str]
    nil_words: tuple[str, ...]
    empty_words: tuple[str, ...]
    sign_off: dict[str, tuple[str, ...]]
    department_labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    period_labels: tuple[str, ...]
    label_patterns: dict[str, str]
    summary_sheets: tuple[str, ...]
    day_words: dict[str, str]
    ditto_marks: frozenset[str]
    correction_words: tuple[str, ...]
    void_alone: frozenset[str]
    void_words: tuple[str, ...]
    void_not_after: tuple[str, ...]

    @cached_property
    def vague_longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.vague_words, key=len, reverse=True))

    @cached_property
    def any_void_word(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.void_words)))

    @cached_property
    def all_money_units(self) -> dict[str, Decimal]:
        return {w: f for words in self.money_units.values() for w, f in words.items()}


def load_vocabulary(path: Path) -> Vocabulary:
    """Read the vocabulary, and the currencies beside it; a missing section raises KeyError with its name."""
    data, currencies = load_yaml(path), load_currencies(path.parent)
    return Vocabulary(
        no_value_marks=frozenset(data["no_value_marks"]) | {fold(m) for m in data["no_value_marks"]},
        vague_words={w: (Decimal(str(a)), None if b is None else Decimal(str(b))) for w, (a, b) in data["vague_words"].items()},
        vague_text=tuple(data["vague_text"]),
        enum_synonyms={c: {fold(k): v for k, v in m.items()} for c, m in data["enum_synonyms"].items()},
        money_units={code: currency.units for code, currency in currencies.items()},
        home=next(code for code, currency in currencies.items() if currency.home),
        masked_signs=frozenset(data["masked_signs"] + fold(data["masked_signs"])),
        total_words=tuple(data["total_words"]),
        total_scopes=tuple(data["total_scopes"]),
        serial_headers=frozenset(norm(w) for w in data["serial_headers"]),
        nil_words=tuple(data["nil_words"]),
        empty_words=tuple(data["empty_words"]),
        sign_off={k: tuple(v) for k, v in data["sign_off"].items()},
        department_labels=tuple(data["department_labels"]),
        other_labels=tuple(data["other_labels"]),
        period_labels=tuple(data["period_labels"]),
        label_patterns=dict(data["label_patterns"]),
        summary_sheets=tuple(data["summary_sheets"]),
        day_words=dict(data["day_words"]),
        ditto_marks=frozenset(data["ditto_marks"]) | {fold(m) for m in data["ditto_marks"]},
        correction_words=tuple(data["correction_words"]),
        void_alone=frozenset(data["void_alone"]),
        void_words=tuple(data["void_words"]),
        void_not_after=tuple(data["void_not_after"]),
    )
