"""Claims that compare: a part within its whole, a chain in order, parts that make up a whole."""

from __future__ import annotations

import ast
from datetime import date

from etl.claims.claim import Claim
from etl.claims.dimensions import quantities
from etl.claims.figure import DAY
from etl.claims.formula import Inequality, Quantity, evaluate
from etl.claims.interval import decimal_text, size
from etl.claims.lexicon import Lexicon
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


def judge_relation(claim: Claim, lexicon: Lexicon) -> tuple[str, str, Text]:
    """Verdict, recomputed text and sentence of a claim whose formula compares. Raises as evaluate does."""
    formula, kind = claim.operation.parsed, claim.operation.kind
    figures, values = quantities(claim.figures, formula, lexicon)
    comparisons = [c for chain in formula.chains for c in chain]
    good = [holds(c, figures) for c in comparisons]
    shown = _shown(claim, values, good)
    failed = [c for c, ok in zip(comparisons, good, strict=True) if not ok]
    spoken = joined([f"{_side(c.left, values, True)} {SIGNS[c.operator]} {_side(c.right, values, True)}" for c in failed or comparisons])
    if kind in lexicon.kinds.suspicion:
        return (
            ("agree", shown, Text("claims.no_contradiction", spoken=spoken))
            if failed
            else ("conflict", shown, Text("claims.contradicts", spoken=spoken))
        )
    if not failed:
        return "agree", shown, Text("claims.holds", spoken=spoken)
    if kind in lexicon.kinds.damage:
        return "corrupt", shown, Text("claims.cannot_be", spoken=spoken)
    if kind in lexicon.kinds.necessary:
        return "disagree", shown, Text("claims.never_holds", spoken=spoken)
    if kind in lexicon.kinds.shortfall:
        gaps = joined([_gap(c, values) for c in failed])
        return "conflict", shown, Text("claims.unlisted", spoken=spoken, gaps=gaps)
    if claim.reported:
        return "disagree", shown, Text("claims.against_report", spoken=spoken, reported=claim.reported)
    return "conflict", shown, Text("claims.other_basis", spoken=spoken, gaps=joined([_gap(c, values) for c in failed]))


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
