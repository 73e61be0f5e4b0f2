"""Claims that compare: a part within its whole, a chain in order, parts that make up a whole."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date

from etl.claims.claim import TOTALS, Claim
from etl.claims.dimensions import quantities
from etl.claims.figure import DAY, Figure
from etl.claims.formula import Inequality, Quantity, evaluate, names_in
from etl.claims.interval import decimal_text, size
from etl.claims.lexicon import Lexicon
from etl.claims.results import lost_digit
from etl.claims.verdict import joined
from etl.texts.catalogue import Text

SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "<": "<", ">": ">", "=": "="}


def holds(comparison: Inequality, figures: dict[str, Quantity]) -> bool:
    """Whether the comparison can be true for some values that the printed figures stand for. Raises as evaluate does."""
    difference = evaluate(ast.BinOp(comparison.left, ast.Sub(), comparison.right), figures).interval
    match comparison.operator:
        case "<=":
            return difference.low <= 0
        case "<":
            return difference.low < 0
        case ">=":
            return difference.high >= 0
        case ">":
            return difference.high > 0
        case "=":
            return 0 in difference
    return not (difference.exact and difference.low == 0)


def judge_relation(claim: Claim, lexicon: Lexicon) -> tuple[str, Text]:
    """Recomputed text and sentence of a claim whose formula compares. Raises as evaluate does."""
    formula, kind = claim.operation.parsed, claim.operation.kind
    figures, values = quantities(claim.figures, formula, lexicon)
    comparisons = [c for chain in formula.chains for c in chain]
    good = [holds(c, figures) for c in comparisons]
    shown = _shown(claim, values, good)
    failed = [c for c, ok in zip(comparisons, good, strict=True) if not ok]
    spoken = joined([f"{_side(c.left, values, True)} {SIGNS[c.operator]} {_side(c.right, values, True)}" for c in failed or comparisons])
    if kind in lexicon.kinds.suspicion:
        return shown, Text("claims.no_contradiction" if failed else "claims.contradicts", spoken=spoken)
    if not failed:
        return shown, Text("claims.holds", spoken=spoken)
    return shown, _failed(claim, lexicon, failed, values, spoken)


def _failed(claim: Claim, lexicon: Lexicon, failed: list[Inequality], values: dict[str, Quantity], spoken: Text | str) -> Text:
    """Why a relation fails: by what its kind says of it, and only then by what was reported."""
    kind, kinds, figures = claim.operation.kind, lexicon.kinds, claim.figures
    gaps = joined([_gap(c, values) for c in failed])
    if any(figure.limits for figure in figures.values()):
        widest = {name: replace(figure, interval=figure.outermost) for name, figure in figures.items()}
        loose, _ = quantities(widest, claim.operation.parsed, lexicon)
        if all(holds(c, loose) for c in failed):
            return Text("claims.guessed_relation", spoken=spoken)
    if kind in kinds.one_text and all(c.operator != "=" and _in_time(c, claim) for c in failed):
        return Text("claims.altered", spoken=spoken)
    if kind in kinds.necessary or any(_part_over_whole(c, claim) for c in failed):
        return Text("claims.never_holds", spoken=spoken)
    if kind in kinds.partition and not any(_above(c, values) for c in failed):
        return Text("claims.unlisted", spoken=spoken, gaps=gaps)
    if kind in kinds.partition:
        return Text("claims.never_holds", spoken=spoken)
    if kind in kinds.shortfall:
        return Text("claims.unreached", spoken=spoken, gaps=gaps)
    if kind in kinds.one_text or all(c.operator == "=" for c in failed) and lists_figures(claim.reported):
        return Text("claims.two_values", spoken=spoken, gaps=gaps)
    if claim.reported or kind in kinds.said:
        lost = joined([lost for c in failed if (lost := _lost(c, claim, lexicon))] or [""])
        return Text("claims.against_report", spoken=spoken, reported=claim.reported or claim.statement or kind, lost=lost)
    return Text("claims.other_basis", spoken=spoken, gaps=gaps)


def lists_figures(reported: str) -> bool:
    """Whether the report gives one figure more than once: 88.6 / 86.8."""
    return len(re.findall(r"\d+(?:\.\d+)?", reported)) > 1


def _in_time(comparison: Inequality, claim: Claim) -> bool:
    """Whether years or days are compared, whose order no definition changes."""
    figures = [claim.figures[name] for side in (comparison.left, comparison.right) for name in names_in(side)]
    return all(figure.is_date or [symbol for symbol, _ in figure.unit.counts] == ["年"] for figure in figures)


def _part_over_whole(comparison: Inequality, claim: Claim) -> bool:
    """Whether what should lie within its whole (a total so named, or 其中) is larger than it."""
    sides = {"<=": (comparison.right,), "<": (comparison.right,), ">=": (comparison.left,), ">": (comparison.left,)}
    wholes = [name for side in sides.get(comparison.operator, ()) for name in names_in(side)]
    inside = "其中" in f"{claim.statement}{claim.reported}"
    return claim.operation.kind == "subset" and bool(wholes) and (inside or any(name in TOTALS for name in wholes))


def _above(comparison: Inequality, values: dict[str, Quantity]) -> bool:
    """Whether the parts exceed their whole; the whole is the side with the fewer figures."""
    left, right = comparison.left, comparison.right
    parts, whole = (left, right) if len(names_in(left)) >= len(names_in(right)) else (right, left)
    return evaluate(ast.BinOp(parts, ast.Sub(), whole), values).interval.low > 0


def _lost(comparison: Inequality, claim: Claim, lexicon: Lexicon) -> Text | str:
    """The remark on a lost digit, for a figure that stands alone on a side of an equality."""
    for side in (comparison.left, comparison.right):
        if comparison.operator == "=" and isinstance(side, ast.Name):
            name = side.id

            def fits(figure: Figure, name: str = name) -> bool:
                return holds(comparison, quantities({**claim.figures, name: figure}, claim.operation.parsed, lexicon)[0])

            if lost := lost_digit(claim.figures[name], fits):
                return lost
    return ""


def _gap(comparison: Inequality, values: dict[str, Quantity]) -> Text:
    difference = evaluate(ast.BinOp(comparison.left, ast.Sub(), comparison.right), values)
    return Text("claims.gap", size=f"{decimal_text(size(difference.interval.low))} {difference.unit.named() or ''}".strip())


def _side(node: ast.expr, values: dict[str, Quantity], with_unit: bool = False) -> str:
    quantity = evaluate(node, values)
    if quantity.unit == DAY:
        return date.fromordinal(int(quantity.interval.low)).isoformat()
    return decimal_text(quantity.interval.low) + (f" {quantity.unit.named() or ''}".rstrip() if with_unit else "")


def _shown(claim: Claim, values: dict[str, Quantity], good: list[bool]) -> str:
    formula = claim.operation.parsed
    word = {True: "holds", False: "fails"}
    if all(c.operator == "=" for chain in formula.chains for c in chain):
        return "; ".join("equal" if ok else "differs" for ok in good)
    if formula.each:
        left = ", ".join(_side(chain[0].left, values) for chain in formula.chains)
        last = formula.chains[0][0]
        return f"{left} {last.operator} {_side(last.right, values)} {word[all(good)]}"
    parts, start = [], 0
    for chain in formula.chains:
        text = _side(chain[0].left, values) + "".join(f" {c.operator} {_side(c.right, values)}" for c in chain)
        parts.append(f"{text} {word[all(good[start : start + len(chain)])]}")
        start += len(chain)
    return "; ".join(parts)
