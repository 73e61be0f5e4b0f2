"""The words of `expectations/claims/lexicon.yaml` and the vague words of the vocabulary, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf
from pathlib import Path

from etl.claims.interval import Interval
from etl.forms.yamlfile import load_yaml
from etl.normalise.text import fold
from etl.normalise.vocabulary import load_vocabulary

Factors = tuple[Fraction | None, Fraction | None]
Spread = tuple[Fraction, Interval, Interval | None]
SETS = ("partition", "shortfall", "necessary", "said", "one_text", "suspicion", "part", "percent")
ROLES = {"fillers": "filler", "rises": "rise", "falls": "fall", "minus": "minus", "excess": "excess"}


@dataclass(frozen=True)
class Kinds:
    """What the kinds of operation mean; see the comments in the file itself."""

    partition: frozenset[str]
    shortfall: frozenset[str]
    necessary: frozenset[str]
    said: frozenset[str]
    one_text: frozenset[str]
    suspicion: frozenset[str]
    part: frozenset[str]
    percent: frozenset[str]
    aliases: dict[str, str]
    formulas: dict[str, tuple[str, ...]]
    seconds: tuple[str, ...]
    units: dict[str, str]
    directions: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """What the check makes of words; see the comments in the file itself."""

    counts: frozenset[str]
    whole: frozenset[str]
    aliases: dict[str, str]
    dimensionless: dict[str, Fraction]
    prefixes: dict[str, Fraction]  # longest first
    conversions: dict[str, tuple[str, Fraction]]
    vague: dict[str, Factors]  # longest first
    open_words: frozenset[str]
    limits: dict[str, Factors]  # of words whose own factors are a guess
    steps: frozenset[str]
    uncounted: tuple[str, ...]
    holes: frozenset[str]
    level_words: tuple[str, ...]
    signs: dict[str, str]  # word -> filler, rise, fall, minus, excess or multiple
    arrows: tuple[str, ...]
    particles: tuple[str, ...]
    currencies: dict[str, str]
    measures: frozenset[str]
    unit_labels: tuple[str, ...]
    fractions: dict[str, Fraction]
    fraction_width: Fraction
    shares: dict[str, Spread]  # value, what it stands for, and beyond which no reading goes
    multiples: dict[str, Spread]
    nearly: tuple[str, ...]
    past: tuple[str, ...]
    subjects: dict[str, tuple[str, ...]]
    blank: frozenset[str]
    damage_in_figure: frozenset[str]
    damage_in_text: tuple[str, ...]
    admits: tuple[str, ...]
    surge: Fraction
    kinds: Kinds


def _longest_first(words: dict) -> dict:
    return {word: words[word] for word in sorted(words, key=lambda w: (-len(w), w))}


def _by_length(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _fraction(text: object) -> Fraction | None:
    return None if text is None else Fraction(str(text))


def _factors(pairs: dict) -> dict[str, Factors]:
    return {word: (_fraction(low), _fraction(high)) for word, (low, high) in pairs.items()}


def _spreads(groups: list[dict], open_words: frozenset[str]) -> dict[str, Spread]:
    found = {}
    for group in groups:
        middle, least, most, *limits = group["says"]
        value, span = Fraction(str(middle)), _between(least, most)
        for word in group["words"]:
            is_open = word in open_words
            inside = Interval(span.low, span.high, is_open and span.low == value, is_open and span.high == value)
            found[word] = (value, inside, _between(*limits) if limits else None)
    return found


def _between(least: object, most: object) -> Interval:
    low, high = _fraction(least), _fraction(most)
    return Interval(-inf if low is None else low, inf if high is None else high)


@lru_cache(maxsize=4)
def load_lexicon(expectations: Path) -> Lexicon:
    """Read the lexicon and the vocabulary of an `expectations` folder; a missing section raises KeyError."""
    data = load_yaml(expectations / "claims" / "lexicon.yaml")
    vocabulary = load_vocabulary(expectations / "vocabulary.yaml")
    hedges = {word: data[f"{section}_factors"] for section in ("nearly", "past") for word in data[section]}
    open_words = frozenset(data["open_words"])
    kinds = data["kinds"]
    return Lexicon(
        counts=frozenset(data["counts"]),
        whole=frozenset(data["whole"]),
        aliases=data["aliases"],
        dimensionless={word: Fraction(size) for word, size in data["dimensionless"].items()},
        prefixes=_longest_first({word: Fraction(size) for word, size in data["prefixes"].items()}),
        conversions={word: (base, Fraction(size)) for word, (base, size) in data["conversions"].items()},
        vague=_longest_first(_factors(hedges) | _factors(vocabulary.vague_words) | _factors(data["bounds"])),
        open_words=open_words,
        limits=dict.fromkeys(data["hedges"], (None, None)) | _factors(data["limits"]),
        steps=frozenset(data["steps"]),
        uncounted=_by_length(data["uncounted"]),
        holes=frozenset(fold(word) for word in data["holes"]),
        level_words=_by_length(data["level_words"]),
        signs={word: role for section, role in ROLES.items() for word in data[section]},
        arrows=tuple(data["arrows"]),
        particles=tuple(data["particles"]),
        currencies=_longest_first(data["currencies"]),
        measures=frozenset(data["measures"]),
        unit_labels=tuple(data["unit_labels"]),
        fraction_width=Fraction(str(data["fraction_width"])),
        shares=_spreads(data["shares"], open_words),
        multiples=_spreads(data["multiples"], open_words),
        fractions=_longest_first({word: Fraction(size) for word, size in data["fractions"].items()}),
        nearly=tuple(data["nearly"]),
        past=tuple(data["past"]),
        subjects={subject: tuple(words) for subject, words in data["subjects"].items()},
        blank=frozenset(fold(word) for word in (*data["blank"], *vocabulary.no_value_marks)),
        damage_in_figure=frozenset(data["damage_in_figure"]),
        damage_in_text=tuple(data["damage_in_text"]),
        admits=tuple(data["admits"]),
        surge=Fraction(str(data["surge"])),
        kinds=Kinds(
            **{part: frozenset(kinds[part]) for part in SETS},
            aliases={name: kind for kind, names in kinds["aliases"].items() for name in (kind, *names)},
            formulas={kind: tuple(formulas) for kind, formulas in kinds["formulas"].items()},
            seconds=tuple(kinds["seconds"]),
            units=kinds["units"],
            directions={to: tuple(words) for to, words in kinds["directions"].items()},
        ),
    )
