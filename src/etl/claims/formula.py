"""Formulas over named figures: a small whitelisted grammar, evaluated in intervals with units.

Figures may be added, subtracted, multiplied, divided and raised to a power, compared (<, <=, =, >=, >, !=, also in
chains and joined by `and`), and put into min, max, abs, sqrt, sum, avg, round2 and rank (the place of the first among all).
Anything else is prose.
"""

from __future__ import annotations

import ast
import itertools
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from etl.claims.interval import Interval, each_end, half_up, hull, size
from etl.claims.units import PURE, Measure, UnitClash, sum_unit

MAX_CORNERS = 12  # figures that occur twice; 2^12 corners
MAX_LENGTH, MAX_TERMS = 2000, 300
CONVERTING = (Fraction(100), Fraction(10**4), Fraction(10**8))  # to %, 万 and 亿
_SYMBOLS = str.maketrans(
    {"×": "*", "·": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∶": "/", "−": "-", "–": "-", "—": "-", "½": "(1/2)", "²": "^2", "³": "^3"}
    | {"＝": "=", "≈": "=", "≡": "="}
    | {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=", "≯": "<=", "≮": ">=", "√": "sqrt", "，": ",", "、": ","}
    | dict.fromkeys("[{【〔", "(")
    | dict.fromkeys("]}】〕", ")")
)
# As people write it; tried only where the text is no formula as it stands, because a name may hold such a word (增加值).
_WORDS = (
    (r"^(.+?)(?:与|和|同|跟)(.+?)(?:相等|一致|相同|相符)$", r"(\1) == (\2)"),
    (r"\s[xX]\s|(?<=[\d)])[xX](?=[\d(])|乘以|乘上|乘|times", "*"),
    (r"除以|:", "/"),
    (r"加上|加|plus", "+"),
    (r"减去|减|minus", "-"),
    (r"大于或?等于|不小于|不少于|不低于|=>|at least|is not less than", ">="),
    (r"小于或?等于|不大于|不超过|不高于|不多于|=<|at most|is not more than", "<="),
    (r"不等于|<>|is not", "!="),
    (r"大于|高于|多于|超过|is more than", ">"),
    (r"小于|低于|少于|is less than", "<"),
    (r"约?等于|相当于|就是|即|is equal to|equals?(?: to)?|\bis\b|\bvs\b\.?|={3,}", "=="),
    (r"并且|而且|同时|且|以及|&+|[;；,]", " and "),
    (r"(?<![\w.])(\d+(?:\.\d+)?)\s*(?=(?!and\b)[^\W\d]|\()|(?<=\))(?=\()", r"\1*"),
)
_EQUALS = re.compile(r"(?<![<>=!])=(?![=<>])")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_CALL_OF_TWO = re.compile(r"\s*(?:equal|equals|相等)\s*\((.+),(.+)\)\s*")
_QUALIFIER = re.compile(r"\s+(?:at|as of|by|on|in)\s+\d.*$")  # >= 30 at 31 December
_EACH = re.compile(r"each of (.+?)\s*(>=|<=|==|>|<)\s*(.+)")
_OPERATORS = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "=", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">"}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
FUNCTIONS = ("min", "max", "abs", "sqrt", "sum", "avg", "round2", "rank")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval in a unit."""

    interval: Interval
    unit: Measure = PURE


@dataclass(frozen=True, slots=True)
class Inequality:
    """`left operator right`; of a chain a <= b <= c there are two."""

    left: ast.expr
    operator: str
    right: ast.expr


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as parsed: an expression, or chains of comparisons that must all hold."""

    text: str
    expression: ast.expr | None = None
    chains: tuple[tuple[Inequality, ...], ...] = ()
    each: bool = False  # one comparison for each of several figures

    @property
    def nodes(self) -> list[ast.expr]:
        if self.expression is not None:
            return [self.expression]
        return [side for chain in self.chains for c in chain for side in (c.left, c.right)]

    def without(self, name: str) -> Formula | None:
        """The other side of `name = …`, where the formula is but that; else None."""
        if len(self.chains) != 1 or len(self.chains[0]) != 1 or self.chains[0][0].operator != "=":
            return None
        sides = (self.chains[0][0].left, self.chains[0][0].right)
        other = next((b for a, b in (sides, sides[::-1]) if isinstance(a, ast.Name) and a.id == name), None)
        return Formula(self.text, other) if other else None

    @property
    def relative(self) -> Formula | None:
        """The growth in percent, where the formula is the difference of two figures; else None."""
        node = self.expression
        match node:
            case ast.BinOp(left=ast.Name(), op=ast.Sub(), right=ast.Name(id=base)):
                return parse_formula(f"100*({self.text})/{base}", self.names)
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that the formula uses, in the order of first use."""
        return tuple(dict.fromkeys(name for node in self.nodes for name in names_in(node)))

    @property
    def divides(self) -> bool:
        return any(
            isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div | ast.Pow) or isinstance(n, ast.Call)
            for node in self.nodes
            for n in ast.walk(node)
        )

    @property
    def own_factor(self) -> bool:
        """Whether the formula brings a factor beyond the scales of units, such as 666.67."""
        literals = (_literal(n) for node in self.nodes for n in ast.walk(node) if isinstance(n, ast.Constant))
        return any(value not in (1, 1000, *CONVERTING) for value in literals)


def parse_formula(text: str, known: Collection[str] = ()) -> Formula | None:
    """Parse a formula over the figures `known`; None where it is prose."""
    known = set(known)
    if len(text) > MAX_LENGTH:
        return None
    code = unicodedata.normalize("NFKC", text.translate(_SYMBOLS)).translate(_SYMBOLS)
    code = re.sub(r"[=?。.;；]+\s*$", "", _QUALIFIER.sub("", code.strip()))  # a+b=?
    code = _EQUALS.sub("==", _PERCENT.sub(lambda found: f"{Decimal(found[1]) / 100:f}", code).replace("^", "**"))
    if found := _CALL_OF_TWO.fullmatch(code):
        code = "{} == {}".format(*found.groups())
    if found := _EACH.fullmatch(code):
        names, operator, right = found.groups()
        code = " and ".join(f"({name}) {operator} ({right})" for name in names.split(","))
    formula = _parsed(text, code, found is not None)
    if formula is not None and set(formula.names) <= known:
        return formula
    for word, sign in _WORDS:
        code = re.sub(word, sign, code)
    spelled = _parsed(text, code, False)
    return spelled if spelled is not None and (formula is None or set(spelled.names) <= known) else formula


def _parsed(text: str, code: str, each: bool) -> Formula | None:
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    if sum(isinstance(n, ast.expr) for n in ast.walk(node)) > MAX_TERMS:
        return None
    compared = node.values if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) else [node]
    comparing = [n for n in compared if isinstance(n, ast.Compare)]
    if len(comparing) == len(compared):
        chains = [chain for n in comparing if (chain := _chain(n)) is not None]
        if len(chains) < len(comparing) or not all(_allowed(s) for chain in chains for c in chain for s in (c.left, c.right)):
            return None
        return Formula(text, chains=tuple(chains), each=each)
    return Formula(text, node) if len(compared) == 1 and _allowed(node) else None


def _chain(node: ast.Compare) -> tuple[Inequality, ...] | None:
    sides = [node.left, *node.comparators]
    if any(type(op) not in _OPERATORS for op in node.ops):
        return None
    return tuple(Inequality(sides[i], _OPERATORS[type(op)], sides[i + 1]) for i, op in enumerate(node.ops))


def _allowed(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
        case ast.Name():
            return True
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _allowed(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return isinstance(op, _ARITHMETIC) and _allowed(left) and _allowed(right)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return name in FUNCTIONS and bool(args) and all(map(_allowed, args))
    return False


def names_in(node: ast.expr) -> list[str]:
    """Names of figures in the order of the text, as often as they occur."""
    functions = {id(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
    found = [n for n in ast.walk(node) if isinstance(n, ast.Name) and id(n) not in functions]
    return [n.id for n in sorted(found, key=lambda n: (n.lineno, n.col_offset))]


def points(figures: Mapping[str, Quantity], values: Mapping[str, Fraction]) -> dict[str, Quantity]:
    """The same figures, each as the one value that was printed."""
    return {name: Quantity(Interval.of(values[name]), q.unit) for name, q in figures.items()}


def evaluate(node: ast.expr, figures: Mapping[str, Quantity], converting: bool = True) -> Quantity:
    """The value of an expression: a figure that occurs more than once is put in at its ends, all corners taken.

    `converting`: a factor 100, 10000 or 10^8 changes the unit (percent, 万, 亿), not the quantity.
    Raises ZeroDivisionError, UnitClash, KeyError (a figure not given) and ValueError (a root of a negative).
    """
    used = names_in(node)
    twice = sorted({n for n in used if used.count(n) > 1 and not figures[n].interval.exact})
    if len(twice) > MAX_CORNERS:
        twice = []  # term by term is wider: it may miss, it never alarms falsely
    results = []
    for corner in itertools.product(*((figures[n].interval.low, figures[n].interval.high) for n in twice)):
        ends = [end for end in corner if not isinstance(end, float)]
        if len(ends) < len(corner):  # an infinite end is no corner
            return _value(node, figures, converting)
        fixed = {n: Quantity(Interval.of(end), figures[n].unit) for n, end in zip(twice, ends, strict=True)}
        results.append(_value(node, {**figures, **fixed}, converting))
    return Quantity(hull(r.interval for r in results), results[0].unit)


def _literal(node: ast.Constant) -> Fraction:
    return Fraction(str(node.value))


def _value(node: ast.expr, figures: Mapping[str, Quantity], converting: bool) -> Quantity:
    match node:
        case ast.Constant():
            return Quantity(Interval.of(_literal(node)))
        case ast.Name(id=name):
            return figures[name]
        case ast.UnaryOp(op=op, operand=operand):
            inner = _value(operand, figures, converting)
            return Quantity(-inner.interval, inner.unit) if isinstance(op, ast.USub) else inner
        case ast.Call():
            return _call(node, figures, converting)
    assert isinstance(node, ast.BinOp)  # `parse` lets nothing else through
    left, right = (_value(side, figures, converting) for side in (node.left, node.right))
    match node.op:
        case ast.Add() | ast.Sub():
            left, right = _bare(node.left, left, right), _bare(node.right, right, left)
            return _sum(left, right if isinstance(node.op, ast.Add) else Quantity(-right.interval, right.unit))
        case ast.Pow():
            if right.unit.dims or left.unit.dims:
                raise UnitClash("claims.power")
            plain = Interval.of(left.unit.scale) * left.interval
            return Quantity(plain ** (Interval.of(right.unit.scale) * right.interval))
        case ast.Mult():
            unit = left.unit * right.unit
            for side in (node.left, node.right):
                unit = unit.scaled(1 / _converting(side)) if converting else unit
            return Quantity(left.interval * right.interval, unit)
    unit = left.unit / right.unit
    return Quantity(left.interval / right.interval, unit.scaled(_converting(node.right)) if converting else unit)


def _bare(node: ast.expr, value: Quantity, other: Quantity) -> Quantity:
    """A number without a figure in a sum is meant in the unit beside it (100 - r, a - 500); but 1 + g is one whole."""
    if names_in(node) or not other.unit.dims and value.interval == Interval.of(1):
        return value
    return Quantity(value.interval, other.unit) if not value.unit.dims and value.unit.scale == 1 else value


def _converting(node: ast.expr) -> Fraction:
    return value if isinstance(node, ast.Constant) and (value := _literal(node)) in CONVERTING else Fraction(1)


def _sum(left: Quantity, right: Quantity) -> Quantity:
    unit, factor = sum_unit(left.unit, right.unit)
    return Quantity(left.interval + right.interval * Interval.of(factor), unit)


def _call(node: ast.Call, figures: Mapping[str, Quantity], converting: bool) -> Quantity:
    assert isinstance(node.func, ast.Name)  # `parse` lets no other call through
    name = node.func.id
    values = [_value(argument, figures, converting) for argument in node.args]
    first = values[0]
    match name:
        case "sum" | "avg":
            total = values[0]
            for value in values[1:]:
                total = _sum(total, value)
            return total if name == "sum" else Quantity(total.interval / Interval.of(len(values)), total.unit)
        case "abs":
            i = first.interval
            low = Fraction(0) if 0 in i else min(size(i.low), size(i.high))
            return Quantity(Interval(low, max(size(i.low), size(i.high))), first.unit)
        case "sqrt":
            return Quantity((Interval.of(first.unit.scale) * first.interval) ** Interval.of(Fraction(1, 2)))
        case "round2":
            return Quantity(each_end(lambda end: end if isinstance(end, float) else half_up(end, 2), first.interval), first.unit)
    if name == "rank":
        others = [v.interval * Interval.of(sum_unit(first.unit, v.unit)[1]) for v in values[1:]]
        above = sum(other.low > first.interval.high for other in others)
        return Quantity(Interval(Fraction(1 + above), Fraction(1 + sum(other.high > first.interval.low for other in others))))
    same = [v.interval * Interval.of(sum_unit(first.unit, v.unit)[1]) for v in values]
    lows, highs = [i.low for i in same], [i.high for i in same]
    return Quantity(Interval(min(lows), min(highs)) if name == "min" else Interval(max(lows), max(highs)), first.unit)
