"""Claims of a time between two dates, each as precise as it was written."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from etl.claims.claim import Claim
from etl.claims.figure import Figure
from etl.claims.figures import months_between
from etl.claims.interval import Interval, decimal_text
from etl.claims.lexicon import Lexicon
from etl.claims.results import lost_digit
from etl.texts.catalogue import Text


def is_duration(claim: Claim) -> bool:
    """Whether the formula is one date less another."""
    formula = claim.operation.formula
    node = formula.expression if formula else None
    return (
        formula is not None
        and isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and len(formula.names) == 2
        and all(name in claim.figures and claim.figures[name].is_date for name in formula.names)
    )


def judge_duration(claim: Claim, calendar: Mapping[date, str], lexicon: Lexicon) -> tuple[str, Text, Interval]:
    """Recomputed text, sentence and interval: months, calendar days, or working days by the holiday calendar.

    The day of the start does not count, that of the end does (indicators.md, 28).
    """
    last, first = (claim.figures[name] for name in claim.operation.parsed.names)
    kind = claim.operation.kind

    def between(start: date, end: date) -> Fraction:
        if "month" in kind:
            return months_between(start, end) if start <= end else -months_between(end, start)
        if "work" in kind:
            return Fraction(working_days(start, end, calendar))
        return Fraction((end - start).days)

    unit = Text("claims.months" if "month" in kind else "claims.working_days" if "work" in kind else "claims.days")
    low, high = between(_day(first, True), _day(last, False)), between(_day(first, False), _day(last, True))
    interval = Interval(min(low, high), max(low, high))
    one = decimal_text(interval.low, 1)
    both = Text("claims.range", low=one, high=decimal_text(interval.high, 1))
    shown = one if interval.exact else both.said("en")
    spoken = Text("claims.span", first=first.text, last=last.text, shown=one if interval.exact else both, unit=unit)
    if claim.result is None:
        return shown, Text("claims.span_alone", spoken=spoken), interval
    told = claim.result
    if _in_months(told, lexicon).touches(interval):
        return shown, Text("claims.span_agrees", spoken=spoken, reported=claim.reported), interval
    if told.limits and _in_months(replace(told, interval=told.limits), lexicon).touches(interval):
        return shown, Text("claims.span_guessed", spoken=spoken, reported=claim.reported), interval
    lost = lost_digit(told, lambda other: _in_months(other, lexicon).touches(interval))
    return shown, Text("claims.span_differs", spoken=spoken, reported=claim.reported, lost=lost), interval


def _in_months(figure: Figure, lexicon: Lexicon) -> Interval:
    """将近一年 is up to twelve months; months and days are taken as they are."""
    factor = next(
        (size for (unit, _), size in ((c, lexicon.conversions[c[0]][1]) for c in figure.unit.counts if c[0] in lexicon.conversions)),
        Fraction(1),
    )
    span = figure.rounded
    return replace(span, low=span.low * factor, high=span.high * factor)


def _day(figure: Figure, last: bool) -> date:
    return date.fromordinal(int(figure.interval.high if last else figure.interval.low))


def working_days(start: date, end: date, calendar: Mapping[date, str]) -> int:
    """Working days after the start up to and including the end; weekends are off unless the calendar says `working`."""
    if end < start:
        return -working_days(end, start, calendar)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(calendar.get(day, "holiday" if day.weekday() > 4 else "working") == "working" for day in days)
