"""Put a result that was reported in words into the terms of its operation: 翻番 is 2 倍, a growth of 100 %."""

from __future__ import annotations

import ast
from dataclasses import replace
from fractions import Fraction

from etl.claims.figure import Figure
from etl.claims.formula import Formula, names_in
from etl.claims.interval import Interval
from etl.claims.lexicon import Lexicon
from etl.claims.units import PURE

LEVEL, GROWTH, DROP, DIFFERENCE, AMOUNT = "level", "growth", "drop", "difference", "amount"
_WHOLE = (1, 100)


def direction(kind: str, formula: Formula, lexicon: Lexicon) -> str:
    """What the operation tells: a level of the base (a/b), its growth (a/b-1), its drop (1-a/b), a difference or an amount."""
    if kind.endswith("_pp"):
        return DIFFERENCE
    if found := next((to for side in formula.nodes for node in ast.walk(side) if (to := _change(node))), None):
        return found
    for word in (GROWTH, DROP):
        if any(name in kind for name in lexicon.kinds.directions[word]):
            return word
    if formula.divides or kind.endswith("_pct") or kind in lexicon.kinds.percent:
        return LEVEL
    return DIFFERENCE if isinstance(formula.expression, ast.BinOp) and isinstance(formula.expression.op, ast.Sub) else AMOUNT


def _change(node: ast.AST) -> str | None:
    """Growth for (a-b)/b and a/b-1, drop for (b-a)/b and 1-a/b."""
    match node:
        case ast.BinOp(left=above, op=ast.Div(), right=below):
            while isinstance(above, ast.BinOp) and isinstance(above.op, ast.Mult) and not names_in(above.left):
                above = above.right
            if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Sub):
                same = ast.dump(below)
                return GROWTH if ast.dump(above.right) == same else DROP if ast.dump(above.left) == same else None
        case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=value)) if value in _WHOLE and _divides(left):
            return GROWTH
        case ast.BinOp(left=ast.Constant(value=value), op=ast.Sub(), right=right) if value in _WHOLE and _divides(right):
            return DROP
    return None


def _divides(node: ast.expr) -> bool:
    return any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div) for n in ast.walk(node)) and bool(names_in(node))


def in_terms(figure: Figure, kind: str, formula: Formula, lexicon: Lexicon, pure: bool) -> Figure | None:
    """The figure as the operation would give it; None where its words say nothing of what the operation computes.

    `pure`: the operands are rates themselves, so that a sum or a difference of them is one too.
    """
    if figure.unit.dims or figure.unit.counts or not figure.unit.text:
        return figure  # an amount, or a bare number
    told = direction(kind, formula, lexicon)
    if told == DROP and figure.said == "fall":
        return _negated(figure)  # a drop that fell by so much
    one = 1 / figure.unit.scale
    match figure.said, told:
        case "multiple", "growth":
            return _shifted(figure, -one)
        case "multiple", "drop":
            return _negated(_shifted(figure, -one))
        case "multiple", "difference" if figure.value == one and not figure.limits:
            return replace(figure, value=Fraction(0), interval=Interval.of(0), unit=PURE)  # 持平 is a difference of 0
        case "rise", "level" if figure.unit.text == "倍" and kind == "quotient":
            return _shifted(figure, one)  # 增长1倍 is twice the base
        case "excess", "level":
            return _shifted(figure, one)
        case "multiple" | "share", "difference" | "amount" if not (pure and figure.said == "share"):
            return None
    return figure


def _shifted(figure: Figure, by: Fraction) -> Figure:
    return replace(
        figure, value=figure.value + by, interval=_moved(figure.interval, by), limits=figure.limits and _moved(figure.limits, by)
    )


def _moved(i: Interval, by: Fraction) -> Interval:
    return Interval(i.low + by, i.high + by, i.open_low, i.open_high)


def _negated(figure: Figure) -> Figure:
    return replace(figure, value=-figure.value, interval=-figure.interval, limits=figure.limits and -figure.limits)
