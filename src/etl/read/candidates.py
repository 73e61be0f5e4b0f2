"""The columns that an unknown header most likely names: by its words, by what stands under it, and by its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from etl.forms.contract import Column, Form
from etl.model import Grid
from etl.normalise.headers import read_header
from etl.normalise.kinds import sent_text
from etl.normalise.names import UnitRegister
from etl.normalise.numbers import read_number
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.fit import fits
from etl.read.locate import Head

# What each piece of evidence weighs; a piece that is silent is left out, and the others weigh the more. The words of a
# list tell a column far better than a mere type.
NAME, LISTED, TYPED, BEFORE, NEIGHBOURS = 4, 8, 4, 4, 1
CLEAR, LEAD = 0.6, 0.1  # a candidate is clear that reaches the first and is ahead of the next by the second
LEAST = 0.3  # below this nothing speaks for a column
MISFIT = 0.5  # of the cells that tell, so many of another type exclude a column
LINES = 200  # looked at below a header
NEAR = Decimal(3)  # typical figures no further apart than so many times are of one magnitude


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column that a header may name, with what speaks for it: 1 is everything, 0 nothing."""

    column: str
    header: str
    score: float


@dataclass(frozen=True, slots=True)
class Header:
    """An unknown header: its text, the filled cells under it, and the known columns left and right of it."""

    text: str
    values: tuple
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True)
class UnknownColumns:
    """The columns of a table whose headers name no column of its form."""

    form: Form
    grid: Grid
    head: Head
    texts: Mapping[int, str]  # their headers, by grid column
    lines: Sequence[int]  # the rows under them


@dataclass(frozen=True, slots=True)
class Choice:
    """What an unknown header may name, the likeliest first."""

    values: tuple  # the filled cells under it
    candidates: tuple[ColumnGuess, ...]
    sure: bool = True  # no other header is as likely to name the first candidate

    @property
    def best(self) -> ColumnGuess | None:
        """The candidate that is clearly the likeliest."""
        return clear(self.candidates) if self.sure else None


def guesses(
    unknown: UnknownColumns,
    vocabulary: Vocabulary,
    register: UnitRegister,
    before: Mapping[str, Sequence[str]] | None = None,
) -> dict[int, Choice]:
    """What each unknown header of a table may name, by grid column; `before` is what the unit sent last time.

    A column goes to the header that is likeliest of all to name it, the likeliest pair first, and is no choice for less
    likely ones. Where two headers are equally likely to name one, it is nobody's clear choice.
    """
    form, head = unknown.form, unknown.head
    known, taken = sorted(head.columns), set(head.columns.values())
    under, ranked = {}, {}
    for col in sorted(unknown.texts):
        under[col] = tuple(v for r in unknown.lines[:LINES] if (v := unknown.grid.cell(r, col)) not in (None, ""))
        left, right = max((c for c in known if c < col), default=-1), min((c for c in known if c > col), default=-1)
        header = Header(unknown.texts[col], under[col], head.columns.get(left), head.columns.get(right))
        ranked[col] = ranked_columns(header, form, taken, vocabulary, register, before)
    owner: dict[str, tuple[int, float]] = {}
    for score, col, column in sorted(
        ((c.score, col, c.column) for col, found in ranked.items() for c in found), key=lambda p: (-p[0], p[1])
    ):
        if column not in owner and col not in {one for one, _ in owner.values()}:
            owner[column] = col, score
    free = {
        col: tuple(c for c in found if c.column not in owner or owner[c.column][0] == col or owner[c.column][1] <= c.score)
        for col, found in ranked.items()
    }
    firsts = Counter(found[0].column for found in free.values() if found)
    return {col: Choice(under[col], found, not found or firsts[found[0].column] == 1) for col, found in free.items()}


def ranked_columns(
    header: Header,
    form: Form,
    taken: Iterable[str],
    vocabulary: Vocabulary,
    register: UnitRegister,
    before: Mapping[str, Sequence[str]] | None = None,
) -> list[ColumnGuess]:
    """The free columns that may be meant, the likeliest first; one whose type the values have not is none of them.

    `before` is what the unit sent in each column last time.
    """
    taken, before = set(taken), before or {}
    order = {c.name: i for i, c in enumerate(form.columns)}
    found = []
    for column in form.columns:
        if column.name in taken or column.block != "table" or column.support:
            continue
        fit = _fit(column, header.values, vocabulary, register)
        if fit is not None and fit < MISFIT:
            continue
        listed = column.values and not column.open or column.register
        evidence = (
            (NAME, _likeness(header.text, column)),
            (LISTED if listed else TYPED, fit),
            (BEFORE, _as_before(column, header.values, before.get(column.name), vocabulary)),
            (NEIGHBOURS, _beside(header, column, order)),
        )
        said = [(weight, share) for weight, share in evidence if share is not None]
        score = sum(weight * share for weight, share in said) / sum(weight for weight, _ in said)
        if score >= LEAST:
            found.append(ColumnGuess(column.name, column.header, round(score, 3)))
    return sorted(found, key=lambda c: (-c.score, order[c.column]))


def clear(candidates: Sequence[ColumnGuess]) -> ColumnGuess | None:
    """The first candidate where it is likely and well ahead of the next."""
    if not candidates or candidates[0].score < CLEAR:
        return None
    return candidates[0] if len(candidates) == 1 or candidates[0].score - candidates[1].score >= LEAD else None


def _likeness(text: str, column: Column) -> float:
    """How like the words are to one of the column's names: their beginnings, all their signs in order, or one within the other."""
    from rapidfuzz.distance import Indel, JaroWinkler

    own = read_header(text).key
    names = [read_header(name).key for name in (column.header, *column.aliases)]
    within = [(1 + min(len(own), len(name)) / max(len(own), len(name))) / 2 for name in names if own and (own in name or name in own)]
    alike = [(JaroWinkler.similarity(own, name) + Indel.normalized_similarity(own, name)) / 2 for name in names]
    return max(*alike, *within, 0.0)  # 乡镇 is part of 所属乡镇


def _fit(column: Column, values: Sequence, vocabulary: Vocabulary, register: UnitRegister) -> float | None:
    """The share of values that are of the column's list or type; None where texts could stand under any header."""
    texts = [fold(sent_text(v) or "") for v in values]
    if not texts:
        return None
    if column.values:
        listed = {fold(v) for v in column.values} | set(vocabulary.enum_synonyms.get(column.name, ()))
        share = sum(t in listed for t in texts) / len(texts)
        return max(share, MISFIT) if column.open else share
    if column.register == "unit":
        return sum(register.knows(t) for t in texts) / len(texts)
    told = [fits(column, v, vocabulary) for v, text in zip(values, texts) if text not in vocabulary.no_value_marks]
    if not column.numeric and column.type != "date":  # else a text that could be anything is neither figure nor day
        told = [fit for fit in told if fit is not None]
    return sum(map(bool, told)) / len(told) if told else None


def _as_before(column: Column, values: Sequence, before: Sequence[str] | None, vocabulary: Vocabulary) -> float | None:
    """Whether values are those of last time: the same texts, or figures of the same magnitude; None where nothing was sent then."""
    if not before or not values:
        return None
    old = {fold(v) for v in before}
    same = sum(fold(sent_text(v) or "") in old for v in values) / len(values)
    if not column.numeric:
        return same
    sizes = [abs(median(numbers)) for given in (values, before) if (numbers := _numbers(given, vocabulary))]
    alike = len(sizes) == 2 and min(sizes) * NEAR >= max(sizes)
    return max(same, 0.5 if alike else 0.0)


def _numbers(values: Iterable, vocabulary: Vocabulary) -> list[Decimal]:
    read = (read_number(v, vocabulary, {}) for v in values)
    return [r.value for r in read if r is not None and r.value is not None]


def _beside(header: Header, column: Column, order: Mapping[str, int]) -> float | None:
    """1 where the column follows its left neighbour or precedes its right one in the form, half where it lies between them."""
    here, left, right = order[column.name], order.get(header.left or ""), order.get(header.right or "")
    if left is None and right is None:
        return None
    if left is not None and here == left + 1 or right is not None and here == right - 1:
        return 1.0
    return 0.5 if (left is None or left < here) and (right is None or here < right) else 0.0
