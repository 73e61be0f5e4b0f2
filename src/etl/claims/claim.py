"""One reported claim: a statement, the figures it rests on, the operation and the result that was reported."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from etl.claims.figure import Damaged, Figure
from etl.claims.figures import is_blank, read_figure
from etl.claims.formula import Formula, parse_formula
from etl.claims.lexicon import Lexicon
from etl.claims.terms import in_terms
from etl.normalise.text import fold, has_mojibake
from etl.texts.catalogue import Text, recognised

_NAME = re.compile(r"\s*([^\W\d]\w*)\s*([(（\[【][^=＝]*[)）\]】])?\s*[=＝]\s*(.*)", re.DOTALL)
_KIND = re.compile(r"\s*([^:：()*/+<>=\d]+?)\s*[:：]\s*(.*)", re.DOTALL)
_ALTERNATIVES = re.compile(r"\s*(?:\||;;|｜|；；)\s*")
TOTALS = ("total", "t", "whole", "合计", "总数")


@dataclass(frozen=True, slots=True)
class Operation:
    """A kind and its formula; `formula` is None where the text is prose."""

    kind: str
    text: str
    formula: Formula | None

    @property
    def parsed(self) -> Formula:
        """The formula, for who asks only of an operation that has one."""
        assert self.formula is not None
        return self.formula

    @property
    def expression(self) -> ast.expr:
        """The expression, for who asks only of an operation that computes."""
        assert self.formula is not None and self.formula.expression is not None
        return self.formula.expression


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as read; `damage` names what in it cannot be read as it stands."""

    id: str
    statement: str
    figures: dict[str, Figure]
    operation: Operation
    alternatives: tuple[Operation, ...]  # other definitions that the claim declares
    reported: str
    result: Figure | None
    damage: tuple[Text | str, ...] = ()

    @property
    def is_rule(self) -> bool:
        """Whether the claim is a condition without figures, to be judged when its day comes."""
        names = self.operation.formula.names if self.operation.formula else ("",)
        return not self.figures and not self.damage and bool(names) and (self.result is None or self.result.vague)

    @property
    def is_unread(self) -> bool:
        """Whether a result was reported in words that nobody here understands."""
        return bool(self.reported) and self.result is None

    @property
    def total(self) -> Figure | None:
        """The whole that the figures themselves give, where the formula leaves it out."""
        used = self.operation.formula.names if self.operation.formula else ()
        return next((self.figures[n] for n in TOTALS if n in self.figures and n not in used), None)


def read_claim(row: Mapping[str, object], lexicon: Lexicon) -> Claim:
    """Understand one row; keys are id, statement (or statement_zh), inputs, operation, reported, reported_unit, alternatives,
    and `unreadable` for what the file says of cells that hold no value.

    Never raises for what a row holds: what cannot be read is named in `damage`.
    """

    def text(*keys: str) -> str:
        return next((str(row[k]).strip() for k in keys if row.get(k) is not None), "")

    damage: list[Text | str] = [recognised("claims", text("unreadable"))] if row.get("unreadable") else []
    figures = _figures(text("inputs", "operands"), lexicon, damage)
    first, *others = _ALTERNATIVES.split(text("operation"))
    others += [part for part in _ALTERNATIVES.split(text("alternatives")) if part]
    operation = _operation(first, "", figures, lexicon)
    reported = text("reported")
    if is_blank(reported, lexicon):
        reported = ""
    unit = text("reported_unit", "unit")
    if unit and reported and fold(reported)[-1:].isdigit():
        reported = f"{reported} {unit}"
    result = None
    try:
        result = read_figure(reported, lexicon, unit) if reported else None
    except Damaged as problem:
        computed = operation.formula is not None and operation.formula.expression is not None
        if computed or has_mojibake(reported):  # elsewhere words and lists may be reported: 6; 3+1
            damage.append(Text("claims.reported_so", problem=problem.text))
    if result and operation.formula and operation.formula.expression is not None:
        pure = all(not f.unit.dims and not f.unit.counts for f in figures.values())
        result = in_terms(result, operation.kind, operation.formula, lexicon, pure)
    claim = Claim(
        text("id"),
        text("statement_zh", "statement"),
        figures,
        operation,
        tuple(_operation(o, operation.kind, figures, lexicon) for o in others),
        reported,
        result,
    )
    return replace(claim, damage=(*damage, *_impossible(claim)))


def _figures(text: str, lexicon: Lexicon, damage: list[Text | str]) -> dict[str, Figure]:
    if text.startswith(("(", "（")) and text.endswith((")", "）")):
        return {}  # (no figures): a rule, or a question about names
    figures: dict[str, Figure] = {}
    for number, part in enumerate(p for p in re.split(r"[;；\n]", text) if p.strip()):
        name, bracket, printed = (
            found.groups() if (found := _NAME.fullmatch(part)) else ("abcdefghijklmnopqrstuvwxyz"[number % 26], None, part)
        )
        printed += bracket or ""  # 投资（亿元）=1.2
        try:
            figure = read_figure(printed, lexicon)
        except Damaged as problem:
            damage.append(Text("claims.named_so", name=name, problem=problem.text))
            continue
        if figure is None:
            damage.append(Text("claims.no_number", name=name, text=printed.strip()))
        elif name in figures:
            damage.append(Text("claims.given_twice", name=name))
        else:
            figures[name] = figure
    return figures


def _operation(text: str, kind: str, figures: dict[str, Figure], lexicon: Lexicon) -> Operation:
    if found := _KIND.fullmatch(text):
        kind, body = found.groups()
    elif parse_formula(text) is not None and not text.isidentifier():
        body = text
    else:
        kind, body = text or kind, ""
    kind = lexicon.kinds.aliases.get(kind, kind)
    if not body and kind in lexicon.kinds.formulas and figures:
        names = [n for n in figures if n not in TOTALS]
        try:
            body = lexicon.kinds.formulas[kind].format(
                *names, all="+".join(names), n=len(names), total=next((n for n in TOTALS if n in figures), "total")
            )
        except IndexError:
            body = ""
    formula = parse_formula(body) if body else None
    return Operation(kind, body, formula)


def _impossible(claim: Claim) -> list[Text]:
    """Figures that no calendar or formula allows."""
    found = []
    formula = claim.operation.formula
    if formula and not claim.is_rule:
        found += [Text("claims.not_given", name=name) for name in formula.names if name not in claim.figures]
    timed = claim.operation.kind.startswith("time_")
    for name, figure in claim.figures.items():
        counts = [symbol for symbol, _ in figure.unit.counts]
        if counts == ["月"] and timed and not 0 <= figure.value <= 12:
            found.append(Text("claims.no_month", name=name, text=figure.text))
        if counts == ["年"] and "year" in name and not 1900 <= figure.value <= 2100:
            found.append(Text("claims.no_year", name=name, text=figure.text))
    return found
