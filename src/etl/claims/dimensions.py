"""Bring figures of one dimension (亩, 公顷, ㎡) to one unit before they are added or compared."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations

from etl.claims.figure import Figure
from etl.claims.formula import Formula, Quantity, points
from etl.claims.interval import Interval
from etl.claims.lexicon import Lexicon
from etl.claims.units import Measure, base

_NEAR = Fraction(1, 100)  # 667 or 666.67 for 亩, 15 for 公顷


def quantities(figures: Mapping[str, Figure], formula: Formula, lexicon: Lexicon) -> tuple[dict[str, Quantity], dict[str, Quantity]]:
    """The figures of a claim as what they stand for and as the points that were printed, in units that fit together.

    Where the formula brings the factor between two such units itself (b*15), the figures are taken as they were written.
    """
    spans = {name: Quantity(f.interval, f.unit) for name, f in figures.items()}
    values = {name: f.value for name, f in figures.items()}
    mixed = _mixed([figures[name].unit for name in formula.names if name in figures], lexicon)
    own = any(abs(a / b / number - 1) < _NEAR for a, b in permutations(mixed.values(), 2) for number in _numbers(formula))
    for name, figure in figures.items():
        if figure.unit.dims in mixed:
            unit = base(figure.unit, lexicon)
            scale = figure.unit.scale if own else unit.scale
            spans[name] = Quantity(figure.interval * Interval.of(scale), Measure(dims=unit.dims, counts=unit.counts))
            values[name] = figure.value * scale
    return spans, points(spans, values)


def _mixed(units: list[Measure], lexicon: Lexicon) -> dict[tuple, Fraction]:
    """How much one of each unit is, for those that are written otherwise but measure the same."""
    written = {unit.dims: base(Measure(dims=unit.dims), lexicon) for unit in units if unit.dims}
    alike = [b.dims for b in written.values()]
    return {dims: b.scale for dims, b in written.items() if alike.count(b.dims) > 1}


def _numbers(formula: Formula) -> list[Fraction]:
    constants = (n for node in formula.nodes for n in ast.walk(node) if isinstance(n, ast.Constant))
    return [number for n in constants if (number := Fraction(str(n.value)))]
