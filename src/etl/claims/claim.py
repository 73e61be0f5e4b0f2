"""One reported claim: a statement, the figures it rests on, the operation and the result that was reported."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from etl.claims.figure import Damaged, Figure, Misread, Uncounted
from etl.claims.figures import is_blank, is_hole, read_figure, read_operand, says_multiple
from etl.claims.formula import Formula, parse_formula
from etl.claims.lexicon import Lexicon
from etl.claims.terms import in_terms
from etl.claims.words import hole_said
from etl.mistakes import Said
from etl.normalise.text import fold, has_mojibake
from etl.texts.catalogue import Text, recognised

_NAME = re.compile(r"\s*(?=[^=＝:：]*[^\W\d])(\w[^=＝:：()（）\[【]*?)\s*([(（\[【][^=＝]*[)）\]】])?\s*[=＝:：]\s*(.*)", re.DOTALL)
_PARTS = re.compile(r"[;；\n]|[,，、]\s*(?=[^\W\d]\w*\s*[=＝])")
_KIND = re.compile(r"\s*([^:：()*/+<>=\d]+?)\s*[:：]\s*(.*)", re.DOTALL)
_ALTERNATIVES = re.compile(r"\s*(?:\||;;|｜|；；)\s*")
_SEVERAL = re.compile(r"\s*(?:[/;；、，|()（）或与和及]|以及|vs\.?|,(?!\d{3}))\s*")
TOTALS = ("total", "t", "whole", "all", "合计", "总数", "总计", "总额", "总量", "总和", "整体", "全部", "全县", "全市", "全年")


@dataclass(frozen=True, slots=True)
class Operation:
    """A kind and its formula; `formula` is None where the text is prose.

    `others`: formulas that the kind, given alone, may mean as well.
    """

    kind: str
    text: str
    formula: Formula | None
    others: tuple[Formula, ...] = ()

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
    """A claim as read; what in it cannot be judged as it stands is named in one of three ways.

    `mistakes`: not understood, whoever filled in the row has to write it otherwise; `damage`: missing or torn in the text;
    `doubts`: intact, but open (two values of one figure, an amount without a number).
    """

    id: str
    statement: str
    figures: dict[str, Figure]
    operation: Operation
    alternatives: tuple[Operation, ...]  # other definitions that the claim declares
    reported: str
    result: Figure | None
    mistakes: tuple[Text | str, ...] = ()
    damage: tuple[Text | str, ...] = ()
    doubts: tuple[Text | str, ...] = ()

    @property
    def is_rule(self) -> bool:
        """Whether the claim is a condition without figures, to be judged when its day comes."""
        formula = self.operation.formula
        if self.figures or self.damage or self.mistakes or formula and not formula.names:
            return False
        return self.result.vague if self.result else formula is None or bool(formula.chains)

    @property
    def is_unread(self) -> bool:
        """Whether a result was reported in words that nobody here understands."""
        return bool(self.reported) and self.result is None

    @property
    def total(self) -> Figure | None:
        """The whole that the figures themselves give, where the formula leaves it out."""
        used = self.operation.formula.names if self.operation.formula else ()
        return next((self.figures[n] for n in TOTALS if n in self.figures and n not in used), None)


@dataclass
class _Reading:
    """What was found while a row was read; see Claim."""

    lexicon: Lexicon
    mistakes: list[Text | str] = field(default_factory=list)
    damage: list[Text | str] = field(default_factory=list)
    doubts: list[Text | str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # figures that were named already as unreadable

    def note(self, name: str, problem: Said) -> None:
        """Keep what is wrong with a figure where it belongs."""
        self.named.add(name)
        found = self.damage if isinstance(problem, Damaged) else self.doubts if isinstance(problem, Uncounted) else self.mistakes
        found.append(Text("claims.named_so", name=name, problem=problem.text))


def read_claim(row: Mapping[str, object], lexicon: Lexicon) -> Claim:
    """Understand one row; keys are id, statement (or statement_zh), inputs, operation, reported, reported_unit, alternatives,
    and `unreadable` for what the file says of cells that hold no value.

    Never raises for what a row holds: what cannot be read is named in the claim.
    """

    def text(*keys: str) -> str:
        return next((str(row[k]).strip() for k in keys if row.get(k) is not None), "")

    reading = _Reading(lexicon)
    first, *others = _ALTERNATIVES.split(text("operation"))
    others += [part for part in _ALTERNATIVES.split(text("alternatives")) if part]
    figures = _figures(text("inputs", "operands"), reading)
    operation = _operation(first, "", figures, lexicon)
    if operation.formula is None and operation.kind in lexicon.kinds.aliases and operation.kind not in lexicon.kinds.formulas:
        reading.mistakes.clear()  # an operation in words may rest on words: two names of one firm
        reading.doubts.clear()
    if row.get("unreadable"):
        reading.mistakes.append(recognised("claims", text("unreadable")))
    reported, unit = text("reported"), text("reported_unit", "unit")
    if is_blank(reported, lexicon):
        reported = ""
        if hole := hole_said(text("statement_zh", "statement"), lexicon):
            reading.damage.append(Text("claims.hole", text=hole))
    if unit and reported and fold(reported)[-1:].isdigit():
        reported = f"{reported} {unit}"
    if operation.formula and (relative := operation.formula.relative) and says_multiple(reported, lexicon):
        operation = Operation("growth_pct", relative.text, relative)  # a difference that is 变化不大: beside its base
    claim = Claim(
        text("id"),
        text("statement_zh", "statement"),
        figures,
        operation,
        tuple(_operation(o, operation.kind, figures, lexicon) for o in others),
        reported,
        _result(reported, unit, operation, figures, reading),
    )
    _impossible(claim, reading)
    return replace(claim, mistakes=tuple(reading.mistakes), damage=tuple(reading.damage), doubts=tuple(reading.doubts))


def _result(reported: str, unit: str, operation: Operation, figures: dict[str, Figure], reading: _Reading) -> Figure | None:
    """The reported result in the terms of the operation; None where none was reported or nobody understands it."""
    lexicon, formula = reading.lexicon, operation.formula
    computed = formula is not None and formula.expression is not None
    result = None
    try:
        result = read_figure(reported, lexicon, unit, divided=formula is not None and formula.divides) if reported else None
        if computed and result is None and is_hole(reported, lexicon):
            raise Damaged("claims.no_number", text=reported)
    except (Damaged, Misread) as problem:
        values = _several(reported, unit, lexicon)
        if values and computed:
            result = values[0]
            if not all(result.outermost.touches(value.outermost) for value in values[1:]):
                reading.doubts.append(Text("claims.two_reported", values=[value.text for value in values]))
        elif computed and isinstance(problem, Damaged) or has_mojibake(reported):  # elsewhere words and lists may be reported: 6; 3+1
            reading.damage.append(Text("claims.reported_so", problem=problem.text))
    if result and computed and formula:
        pure = all(not f.unit.dims and not f.unit.counts for f in figures.values())
        result = in_terms(result, operation.kind, formula, lexicon, pure)
    return result


def _several(reported: str, unit: str, lexicon: Lexicon) -> list[Figure]:
    """The figures of one kind that a cell lists: 32.1 % / 31.9 %, 前文88.6亿元，后文86.8亿元; none where it is no such list."""
    values = []
    for part in filter(None, _SEVERAL.split(reported)):
        try:
            value = read_figure(re.sub(r"^[^\W\d]+(?=\d)", "", part), lexicon, unit)
        except (Damaged, Misread):
            return []
        if value is None:
            return []
        values.append(value)
    return values if len(values) > 1 and len({value.unit.dims for value in values}) == 1 else []


def _figures(text: str, reading: _Reading) -> dict[str, Figure]:
    if text.startswith(("(", "（")) and text.endswith((")", "）")):
        return {}  # (no figures): a rule, or a question about names
    figures: dict[str, Figure] = {}
    for number, part in enumerate(p for p in _PARTS.split(text) if p.strip()):
        name, bracket, printed = (
            found.groups() if (found := _NAME.fullmatch(part)) else ("abcdefghijklmnopqrstuvwxyz"[number % 26], None, part)
        )
        name = _identifier(name)
        try:
            figure = read_operand(printed + (bracket or ""), reading.lexicon)  # 投资（亿元）=1.2
        except (Damaged, Misread, Uncounted) as problem:
            reading.note(name, problem)
            continue
        given = figures.setdefault(name, figure)
        if not given.meets(figure):
            reading.doubts.append(Text("claims.given_twice", name=name, values=[given.text, figure.text]))
    return figures


def _identifier(name: str) -> str:
    name = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name))
    return name if name[:1].isidentifier() else f"_{name}"


def _operation(text: str, kind: str, figures: dict[str, Figure], lexicon: Lexicon) -> Operation:
    known = lexicon.kinds.aliases
    if (found := _KIND.fullmatch(text)) and found[1] not in figures:
        kind, body = found.groups()
    elif (whole := parse_formula(text, figures)) and whole.names != (text,):
        body = text
    elif (found := re.fullmatch(r"(\w+)\s+(.+)", text)) and found[1] in known and parse_formula(found[2], figures):
        kind, body = found.groups()
    else:
        kind, body = text or kind, ""
    kind = known.get(fold(kind), kind)
    formula = parse_formula(body, figures) if body else None
    missing = [name for name in formula.names if name not in figures] if formula else []
    if formula and len(missing) == 1 and kind != "equal" and (rest := formula.without(missing[0])):
        formula, kind = rest, kind or known.get(missing[0], missing[0])  # 完成率 = a/b says what is computed
    elif kind in lexicon.kinds.formulas and figures and (not body or [body] == missing):
        ways = meanings(lexicon.kinds.formulas[kind], figures, lexicon)
        return Operation(kind, ways[0].text, ways[0], tuple(ways[1:])) if ways else Operation(kind, "", None)
    return Operation(kind, body, formula)


def meanings(templates: Collection[str], figures: dict[str, Figure], lexicon: Lexicon) -> list[Formula]:
    """The formulas of a kind over the figures, those left out that need more figures, or a total where none is named.

    Of two, the base or the target stands behind what is compared with it, and an earlier year behind a later one.
    """
    pair = sum(not _in_time(figure) for figure in figures.values()) == 2
    seconds = lexicon.kinds.seconds if pair else ()
    names = sorted(figures, key=lambda name: (_in_time(figures[name]), name.lower().startswith(seconds), -_year(name) if pair else 0))
    total = next((name for name in TOTALS if name in figures), "")
    parts = [name for name in names if name != total]
    signs = {"all": "+", "product": "*", "list": ", "}
    places: dict[str, object] = {place: sign.join(parts) for place, sign in signs.items()} | {"n": len(parts)}
    in_order = sorted((name for name in figures if name != total), key=_year)
    places |= {"rising": " < ".join(in_order), "falling": " > ".join(in_order)}
    if total:
        places |= {"total": total, "part": next(iter(parts), total)}
        templates = [t for t in templates if "{total}" in t] or templates
    elif len(names) == 2:
        places["second"] = names[1]
    found = []
    for template in templates:
        try:
            formula = parse_formula(template.format(*names, **places), figures)
        except (IndexError, KeyError):
            continue
        found += [formula] if formula else []
    return found


def _in_time(figure: Figure) -> bool:
    return any(symbol in ("年", "月") for symbol, _ in figure.unit.counts)


def _year(name: str) -> int:
    found = re.search(r"(?:19|20)\d\d", name)
    return int(found[0]) if found else 0


def _impossible(claim: Claim, reading: _Reading) -> None:
    """Figures that no calendar or formula allows."""
    formula = claim.operation.formula
    if formula and not claim.is_rule and not reading.mistakes:
        missing = [name for name in formula.names if name not in claim.figures and name not in reading.named]
        spare = any(name not in formula.names for name in claim.figures)  # there are figures, under other names
        (reading.mistakes if spare else reading.damage).extend(Text("claims.not_given", name=name) for name in missing)
    timed = claim.operation.kind.startswith("time_")
    for name, figure in claim.figures.items():
        counts = [symbol for symbol, _ in figure.unit.counts]
        if counts == ["月"] and timed and not 0 <= figure.value <= 12:
            reading.damage.append(Text("claims.no_month", name=name, text=figure.text))
        if counts == ["年"] and "year" in name and not 1900 <= figure.value <= 2100:
            reading.damage.append(Text("claims.no_year", name=name, text=figure.text))
