"""Claims with a result: a formula gives a number, and the reported one must be able to be it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from etl.claims.claim import TOTALS, Claim, Operation
from etl.claims.dimensions import quantities
from etl.claims.figure import DASHES, NUMBER, Figure
from etl.claims.formula import Quantity, evaluate
from etl.claims.interval import LINE, Interval, decimal_text
from etl.claims.lexicon import Lexicon
from etl.claims.terms import DIFFERENCE, DROP, GROWTH, LEVEL, direction
from etl.claims.units import Measure, UnitClash, base, read_unit
from etl.claims.words import fraction_said, same_said
from etl.texts.catalogue import Text

_PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gives, in one unit."""

    point: Fraction
    interval: Interval
    unit: Measure
    limits: Interval  # beyond which no reading of vague words among the figures leads

    @property
    def text(self) -> str:
        """Point and ends as they are listed: 100.578 % [100.2886, 100.8683]."""
        name = self.unit.named() or ""
        value = f"{decimal_text(self.point)} {name}".strip()
        ends = f"[{decimal_text(self.interval.low)}, {decimal_text(self.interval.high)}]"
        return value if self.interval.exact else f"{value} {ends}"

    @property
    def spoken(self) -> Text | str:
        name = self.unit.named() or ""
        if self.interval.exact:
            return f"{decimal_text(self.point)} {name}".strip()
        return Text(
            "claims.between",
            value=f"{decimal_text(self.point)} {name}".strip(),
            low=decimal_text(self.interval.low),
            high=decimal_text(self.interval.high),
        )


def compute(claim: Claim, operation: Operation, lexicon: Lexicon, figures: dict[str, Figure] | None = None) -> Result:
    """The value of an operation, in the unit of the reported result, or else in the unit the formula leads to.

    Raises ZeroDivisionError, ValueError, UnitClash.
    """
    figures = figures or claim.figures
    spans, printed = quantities(figures, operation.parsed, lexicon)
    outermost = None
    if any(figure.limits for figure in figures.values()):
        widened = {name: replace(figure, interval=figure.outermost) for name, figure in figures.items()}
        outermost, _ = quantities(widened, operation.parsed, lexicon)
    clash: UnitClash | None = None
    readings = []
    for converting in (True, False):
        try:
            point = evaluate(operation.expression, printed, converting)
            whole = evaluate(operation.expression, spans, converting)
            widest = _widest(operation, outermost, converting) if outermost else whole.interval
        except UnitClash as problem:
            clash = problem
            continue
        value = Fraction(point.interval.low)
        readings.append(Result(value, _with(whole.interval, value), point.unit, _with(widest, value)))
    if clash is not None and not readings:
        raise clash
    wanted = claim.result.unit if claim.result and claim.result.unit.text else _unit_of(operation, lexicon)
    if wanted is None:
        return _natural(readings, operation, figures)
    bare = any(not figures[name].unit.text for name in operation.parsed.names)
    physical = _in_unit(readings[:1], wanted, operation, lexicon, bare)
    if operation.kind in lexicon.kinds.units or claim.result and stated(claim, claim.result, physical).touches(physical.interval):
        return physical  # a*10000/b of 万元 is in 元, whatever unit was reported
    return _in_unit(readings, wanted, operation, lexicon, bare)


def _widest(operation: Operation, outermost: dict[str, Quantity], converting: bool) -> Interval:
    try:
        return evaluate(operation.expression, outermost, converting).interval
    except (ValueError, ArithmeticError):  # a root of what might be negative
        return LINE


def _with(interval: Interval, point: Fraction) -> Interval:
    """Vague words may leave the printed number outside what it stands for; the point is always shown inside."""
    return interval if point in interval else Interval(min(interval.low, point), max(interval.high, point))


def _unit_of(operation: Operation, lexicon: Lexicon) -> Measure | None:
    if operation.kind.endswith("_pp"):
        return read_unit("pp", lexicon)
    if own := lexicon.kinds.units.get(operation.kind):
        return read_unit(own, lexicon)
    if operation.kind.endswith("_pct") or operation.kind in lexicon.kinds.percent:
        return read_unit("%", lexicon)
    return None


def _in_unit(readings: list[Result], wanted: Measure, operation: Operation, lexicon: Lexicon, bare: bool) -> Result:
    """The reading whose unit is the wanted one; otherwise the quantity, converted.

    `bare`: a figure came without a unit, such as an exchange rate; then the formula is taken as written.
    """
    for result in readings if wanted.dims or wanted.counts else readings[:1]:
        if sorted(result.unit.dims) == sorted(wanted.dims) and result.unit.scale == wanted.scale:
            return replace(result, unit=wanted)
    first = readings[0]
    if sorted(first.unit.dims) == sorted(wanted.dims):
        return _times(first, first.unit.scale / wanted.scale, wanted)
    own, target = base(first.unit, lexicon), base(wanted, lexicon)
    if sorted(own.dims) == sorted(target.dims) and not operation.parsed.own_factor:
        return _times(first, own.scale / target.scale, wanted)
    if sorted(own.dims) == sorted(target.dims) or operation.kind == "convert" or bare:
        return replace(readings[-1], unit=wanted)  # the formula brought its own factor: 380 亩 * 666.67
    each = tuple(power for power in first.unit.dims if power[1] < 0)
    below = tuple(power for power in own.dims if power[1] < 0)
    if target.dims and below and sorted(own.dims) == sorted((*target.dims, *below)):  # 亩均 20 万元 is 20 万元/亩
        return _in_unit(readings, replace(wanted, dims=(*wanted.dims, *each)), operation, lexicon, bare)
    raise UnitClash("claims.computed_and_reported", computed=first.unit.named() or Text("claims.pure"), reported=wanted.named())


def _times(result: Result, factor: Fraction, unit: Measure) -> Result:
    by = Interval.of(factor)
    return Result(result.point * factor, result.interval * by, unit, result.limits * by)


def _natural(readings: list[Result], operation: Operation, figures: dict[str, Figure]) -> Result:
    """Without a reported unit: the one that the formula leads to, such as 万元/亩 or 元/人."""
    result = next((r for r in readings if r.unit.named() is not None), readings[-1])
    unit = result.unit
    if not unit.text:
        counts = [(symbol, power) for symbol, power in unit.counts if power < 0 or not unit.dims]
        if operation.kind == "average":  # of scores of three people: still a score
            counts = [c for c in counts if c[1] > 0]
        if operation.kind == "per_head":
            counts = [("人", power) if power < 0 else (symbol, power) for symbol, power in counts]
        unit = Measure(unit.scale, unit.dims, tuple(counts))
    if operation.kind == "diff" and unit.named() == "%":  # between rates lie percentage points
        unit = replace(unit, text="pp")
    return replace(result, unit=unit)


def stated(claim: Claim, figure: Figure, result: Result, outermost: bool = False) -> Interval:
    """What a stated result stands for, or with all that its words may mean, in the unit of the recomputed one.

    A result of a division, or of figures that were rounded, was rounded itself: 85.33 分 is no exact count then.
    """
    formula = claim.operation.parsed
    exact = not formula.divides and all(claim.figures[name].interval.exact for name in formula.names)
    interval = figure.outermost if outermost else figure.interval if exact else figure.rounded
    unit = figure.unit
    if unit.dims and sorted(unit.dims) == sorted(result.unit.dims) or unit.text and not unit.dims and not result.unit.dims:
        return interval * Interval.of(unit.scale / result.unit.scale) if unit.scale != result.unit.scale else interval
    return interval


def rivals(claim: Claim, lexicon: Lexicon) -> list[tuple[Text, Result]]:
    """The result under every other definition that the claim declares.

    Declared are its alternative operations, and figures given but not used, each in the place of one of its kind.
    """
    found = []
    for operation in claim.alternatives:
        if operation.formula is not None and operation.formula.expression is not None:
            found.append((Text("claims.by_kind", kind=operation.kind, text=operation.text), operation, claim.figures))
    formula = claim.operation.parsed
    spare = [n for n in claim.figures if n not in formula.names and n not in TOTALS]
    for other in spare if formula.divides else ():
        for name in formula.names:
            if sorted(claim.figures[name].unit.dims) == sorted(claim.figures[other].unit.dims):
                swapped = {**claim.figures, name: claim.figures[other]}
                found.append((Text("claims.instead", name=name, other=other, text=claim.figures[other].text), claim.operation, swapped))
    results = _as_change(claim, lexicon)
    for label, operation, figures in found:
        try:
            results.append((label, compute(claim, operation, lexicon, figures)))
        except (ArithmeticError, ValueError, UnitClash, KeyError):
            continue  # a definition that cannot be computed explains nothing
    return results


def _as_change(claim: Claim, lexicon: Lexicon) -> list[tuple[Text, Result]]:
    """A level reported as a rise or a fall (112 % as 增长12%) fits once the base is taken off, a growth given as 2倍 once it is added."""
    formula, kind, reported = claim.operation.parsed, claim.operation.kind, claim.result
    told = direction(kind, formula, lexicon)
    if reported and reported.said in ("rise", "fall") and told == LEVEL:
        label, by = Text("claims.less_base"), -1
    elif reported and not reported.said and reported.unit.text == "倍" and told == GROWTH:
        label, by = Text("claims.with_base"), 1
    else:
        return []
    result = compute(claim, claim.operation, lexicon)
    one = by / result.unit.scale
    return [(label, replace(result, point=result.point + one, interval=result.interval + Interval.of(one)))]


def lost_digit(figure: Figure, fits: Callable[[Figure], bool]) -> Text | str:
    """A remark where one leading digit more would make the figure fit: 2.26 beside 62.26."""
    found = NUMBER.search(figure.text.translate(DASHES))
    if not found or figure.vague or not found.group()[0].isdigit() or "e" in found.group().lower():
        return ""
    fuller = []
    for digit in "123456789":
        number = Decimal(digit + found.group().replace(",", ""))
        value = Fraction(number) * (-1 if figure.value < 0 else 1)
        printed = Interval.of(value) if figure.interval.exact else Interval.printed(Decimal(number))
        if fits(replace(figure, text=str(number), value=value, interval=-printed if value < 0 and not figure.interval.exact else printed)):
            fuller.append(str(number))
    return Text("claims.lost_digit", full=fuller[0]) if len(fuller) == 1 else ""


def said_against(claim: Claim, result: Result, lexicon: Lexicon) -> Text | None:
    """What speaks against figures that fit: words of the statement, a unit of another meaning, a growth that is too large."""
    kind, percent = claim.operation.kind, result.unit.scale == _PERCENT
    if kind.startswith("time_"):
        months = next((f for f in claim.figures.values() if f.unit.text == "月"), None)
        said = fraction_said(claim.statement, "time", lexicon) if months else None
        if months and said and not said[1].touches(Interval.of(months.value / 12)):
            share = decimal_text(months.value * 100 / 12, 2)
            return Text("claims.time_passed", months=decimal_text(months.value), share=share, said=said[0])
    said = fraction_said(claim.statement, "task", lexicon) if percent and not kind.startswith("time_") else None
    if said and not said[1].touches(result.interval * Interval.of(result.unit.scale)):
        return Text("claims.task_done", said=said[0])
    told = direction(kind, claim.operation.parsed, lexicon)
    if told in (GROWTH, DROP) and percent and (same := same_said(claim.statement, lexicon)):
        word, (_, span, limits) = same
        change = result.interval * Interval.of(result.unit.scale) + Interval.of(1)
        if not change.touches(limits or span):
            return Text("claims.said_same", computed=result.spoken, said=word)
    if kind.startswith("implied_growth"):
        rates = [f for f in claim.figures.values() if f.unit.scale == _PERCENT]
        limit = max((lexicon.surge * abs(f.value) for f in rates), default=None)
        if limit is not None and (result.interval.low > limit or result.interval.high < -limit):
            return Text("claims.surge", rates=[f.text for f in rates], times=decimal_text(lexicon.surge))
    return _points_meant(claim, told)


def _points_meant(claim: Claim, told: str) -> Text | None:
    """Between two rates lie percentage points, of an amount goes a percentage: the other word says something else."""
    reported = claim.result
    if not reported or reported.said in ("multiple", "share"):
        return None
    figures = [claim.figures[name] for name in claim.operation.parsed.names]
    rates = all(f.unit.scale == _PERCENT and not f.unit.dims and abs(f.value) != 100 for f in figures)
    if told == DIFFERENCE and rates and reported.unit.text == "%":
        return Text("claims.points_meant", reported=reported.text)
    if told in (LEVEL, GROWTH, DROP) and reported.unit.text == "pp":
        return Text("claims.percent_meant", reported=reported.text)
    return None
