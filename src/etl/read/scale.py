"""The money unit of columns that name none, where arithmetic ties them to columns whose unit is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from etl.forms.identities import ALWAYS, Identity, Ref
from etl.model import ColumnData

FEWEST = 3  # lines that have to hold before a unit is taken from them
MOST = Decimal("0.8")  # of the lines that can tell: a slip in one cell is no other unit
_Interval = tuple[Decimal, Decimal]


def scale_by_sums(
    identities: Iterable[Identity], columns: Mapping[str, ColumnData], unitless: Iterable[str], units: Mapping[str, Decimal]
) -> tuple[Decimal, str] | None:
    """The one scale (and its word) in which sums and rates of the lines hold, of columns that were read at scale 1.

    None where no identity of a line ties them to another column, where too few lines tell, or where two scales hold.
    """
    scaled = frozenset(unitless)
    telling = [i for i in identities if _tells(i, columns, scaled)]
    if not telling:
        return None
    shortest = sorted(units, key=lambda word: (word.endswith("元"), -len(word)))  # 万元 rather than 万, 元 rather than 人民币元
    words = {units[word]: word for word in shortest}
    held = [scale for scale in words if _holds(telling, columns, scaled, scale)]
    return (held[0], words[held[0]]) if len(held) == 1 else None


def _tells(identity: Identity, columns: Mapping[str, ColumnData], scaled: frozenset[str]) -> bool:
    """Whether an equation within one line speaks of columns of both kinds, all of them there; of a rate, part and whole."""
    named = {r.column for r in identity.refs}
    unlike = {r.column for r in identity.ratio[1:]} if identity.ratio else named
    return (
        identity.relation == "="
        and not identity.usually
        and identity.when == ALWAYS
        and not any(r.scope for r in identity.refs)
        and not any(t.factor.startswith("cfg.") for t in identity.terms)
        and named <= set(columns)
        and bool(unlike & scaled)
        and bool(unlike - scaled)
    )


def _holds(identities: list[Identity], columns: Mapping[str, ColumnData], scaled: frozenset[str], scale: Decimal) -> bool:
    """Whether nearly every line that can tell agrees with this scale."""
    told = [
        agrees
        for identity in identities
        for line in range(len(columns[identity.left.column].value))
        if (agrees := _agrees(identity, _at(columns, line, scaled, scale))) is not None
    ]
    return told.count(True) >= FEWEST and told.count(True) >= MOST * len(told)


def _at(columns: Mapping[str, ColumnData], line: int, scaled: frozenset[str], scale: Decimal) -> Callable[[Ref], _Interval | None]:
    """What a printed figure of the line stands for, from its lowest to its highest value; None where there is none."""

    def interval(ref: Ref) -> _Interval | None:
        data = columns[ref.column]
        value = data.figures[line]
        if value is None:
            return (Decimal(0), Decimal(0)) if ref.blank_is_zero and data.raw[line] is None else None
        ends = [end[line] if end is not None else None for end in (data.low, data.high)]
        low, high = (end if isinstance(end, Decimal) else value for end in ends)
        factor = scale if ref.column in scaled else Decimal(1)
        return low * factor, high * factor

    return interval


def _agrees(identity: Identity, at: Callable[[Ref], _Interval | None]) -> bool | None:
    """True where both sides meet; None where a figure is missing, or where zeros would fit every scale."""
    figures = {ref: at(ref) for ref in identity.refs}
    if any(f is None or not any(f) and not ref.blank_is_zero for ref, f in figures.items()):
        return None
    left, right = figures[identity.left], _ratio(identity, figures) if identity.ratio else _sum(identity, figures)
    return None if left is None or right is None else left[0] <= right[1] and right[0] <= left[1]


def _sum(identity: Identity, figures: Mapping[Ref, _Interval | None]) -> _Interval:
    low = high = Decimal(0)
    for term in identity.terms:
        ends = figures[term.ref] if term.ref else (Decimal(1), Decimal(1))
        if ends is not None:
            parts = sorted(term.sign * Decimal(term.factor) * end for end in ends)
            low, high = low + parts[0], high + parts[1]
    return low, high


def _ratio(identity: Identity, figures: Mapping[Ref, _Interval | None]) -> _Interval | None:
    """factor · part / whole, of a whole that cannot be 0."""
    factor, part, whole = identity.ratio or ("", identity.left, identity.left)
    if isinstance(factor, Ref) or not isinstance(part, Ref):
        return None
    over, under = figures[part], figures[whole]
    if over is None or under is None or under[0] <= 0:
        return None
    return Decimal(factor) * over[0] / under[1], Decimal(factor) * over[1] / under[0]
