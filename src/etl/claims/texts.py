"""Claims whose operation is words: enumerations, contradictions, the same figure twice, two names of one firm.

Each judge returns the recomputed text and the sentence, from which the verdict follows (verdict.REASONS).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from etl.claims.claim import Claim
from etl.claims.interval import decimal_text
from etl.claims.lexicon import Lexicon
from etl.claims.words import damage_said, exception_said, figures_said
from etl.texts.catalogue import Text

Judged = tuple[str, Text]


def count(claim: Claim, lexicon: Lexicon) -> Judged:
    """An enumeration: how many are named against how many are listed.

    What is listed stands in the operation (listed 6 and 3+1) or is the last figure. A title that announces more
    than its text holds means that text was lost; elsewhere the writer miscounted.
    """
    values = [figure.value for figure in claim.figures.values()]
    if numbers := re.findall(r"\d+", re.split(r"against|\bof\b|\bvs\b", claim.operation.text)[0]):
        named, listed = values, [Fraction(n) for n in numbers]
        shown = re.sub(r"\s+and\s+", "; ", re.sub(r"^\D*(?=\d)", "", claim.operation.text)).strip()
    elif len(values) > 1:
        named, listed = values[:1], [sum(values[1:], Fraction(0))]
        unit = next(iter(claim.figures.values())).unit.named() or ""
        shown = f"{decimal_text(listed[0])} {unit}".strip()
    else:
        return unknown(claim, lexicon)
    spoken = Text("claims.named", named=list(map(decimal_text, named)), listed=list(map(decimal_text, listed)))
    if len(named) != len(listed):
        named, listed = [sum(named, Fraction(0))], [sum(listed, Fraction(0))]
    if named == listed:
        return shown, Text("claims.all_listed", spoken=spoken)
    mark = damage_said(claim.statement, lexicon)
    short = sum(listed) < sum(named)
    if short and (mark or "title" in claim.operation.text or "标题" in claim.statement):
        missing = decimal_text(sum(named) - sum(listed))
        return (
            shown,
            (
                Text("claims.short_marked", spoken=spoken, missing=missing, mark=mark)
                if mark
                else Text("claims.short", spoken=spoken, missing=missing)
            ),
        )
    return shown, Text("claims.miscounted", spoken=spoken)


def number_reuse(claim: Claim, lexicon: Lexicon) -> Judged:
    """One value given for two measures: copied, or a coincidence."""
    figures = list(claim.figures.values())
    if len(figures) > 1 and all(f.value * f.unit.scale == figures[0].value * figures[0].unit.scale for f in figures):
        return ("equal values, different measures", Text("claims.reused", value=figures[0].text))
    return "different values", Text("claims.not_reused", values=[f.text for f in figures])


def contradiction(claim: Claim, lexicon: Lexicon) -> Judged:
    """A number and its part, given twice: the whole cannot fall while its part rises, unless they are defined otherwise."""
    figures = list(claim.figures.values())
    if len(figures) != 4:
        return text_check(claim, lexicon) if len(figures) == 2 else ("undecided", Text("claims.undecided", text=claim.operation.text))
    first, part, second, other = (f.value for f in figures)
    changes = (second - first, other - part)
    whole, inside = (f"{'+' if c > 0 else ''}{decimal_text(c)}" for c in changes)
    shown = f"{whole} / {inside}"
    spoken = Text(
        "claims.change",
        first=figures[0].text,
        second=figures[2].text,
        whole=whole,
        part=figures[1].text,
        other=figures[3].text,
        inside=inside,
    )
    if changes[0] * changes[1] < 0:
        return shown, Text("claims.opposite", spoken=spoken)
    return shown, Text("claims.no_opposite", spoken=spoken)


def entity(claim: Claim, lexicon: Lexicon) -> Judged:
    """Whether two names are one firm: never decided by similarity alone."""
    return "undecided", Text("claims.same_firm")


def text_check(claim: Claim, lexicon: Lexicon) -> Judged:
    """A figure against the other figures of the same text: if they cannot all be true, the text lost or changed digits."""
    stated = next(iter(claim.figures.values()), claim.result)
    if stated is None:
        return unknown(claim, lexicon)
    given = list(claim.figures.values())[1:] + figures_said(claim.statement, lexicon)
    others = [f for f in given if f.unit.counts == stated.unit.counts and f.unit.dims == stated.unit.dims]
    against = [f for f in others if not f.meets(stated)]
    mark = damage_said(claim.statement, lexicon)
    if others and not against and not mark:
        return stated.text, Text("claims.fits_text", figure=stated.text)
    original = _with_a_leading_digit(stated.value, max((f.value for f in against), default=Fraction(0)))
    if (len(claim.figures) > 1 or stated.value > 9) and original not in [f.value for f in against]:
        original = None  # two sound figures that differ; only a single digit, or the same figure with one more, looks torn
    also = [f.text for f in against]
    if not original and not mark:
        if against:
            return "two values", Text("claims.two_values", spoken=stated.text, gaps=Text("claims.others", figures=also))
        return "undecided", Text("claims.undecided", text=claim.operation.text)
    likely = f"; {decimal_text(original)} is the likely original" if original else ""
    guess = Text("claims.lost_first", original=decimal_text(original)) if original else Text("claims.maybe_damaged")
    beside = Text("claims.beside", figures=also) if also else ""
    marked = Text("claims.in_brackets", mark=mark) if mark else ""
    return f"not repairable from the text{likely}", Text("claims.out_of_text", figure=stated.text, beside=beside, guess=guess, mark=marked)


def _with_a_leading_digit(value: Fraction, least: Fraction) -> Fraction | None:
    """The smallest number that ends in a whole number's digits, has one more, and is not below `least`: 2 and 7 give 12."""
    if value.denominator > 1 or value < 0 or value >= least:
        return None
    power = 10 ** len(str(value.numerator))
    return next((value + lead * power for lead in range(1, 10) if value + lead * power >= least), None)


def status_check(claim: Claim, lexicon: Lexicon) -> Judged:
    """A rate of 100 % against the exceptions that the same text admits."""
    rate = next((f for f in claim.figures.values() if f.unit.scale == Fraction(1, 100)), claim.result)
    if rate is None:
        return unknown(claim, lexicon)
    exceptions = [f for f in claim.figures.values() if f.unit.counts and f.value > 0]
    said = exceptions[0].text if exceptions else exception_said(claim.statement, lexicon)
    if said and rate.interval.low * rate.unit.scale < 1 and rate.value * rate.unit.scale >= 1:
        return "< 100 %", Text("claims.exception", rate=rate.text, said=said)
    if said:
        return "< 100 %", Text("claims.exception_fits", rate=rate.text, said=said)
    return rate.text, Text("claims.no_exception", rate=rate.text)


def unknown(claim: Claim, lexicon: Lexicon) -> Judged:
    """An operation in words whose figures are not those that it needs."""
    return "", Text("claims.unknown_operation", text=f"{claim.operation.kind}: {claim.operation.text}")


JUDGES: dict[str, Callable[[Claim, Lexicon], Judged]] = {
    "count": count,
    "number_reuse": number_reuse,
    "contradiction": contradiction,
    "entity": entity,
    "text_check": text_check,
    "status_check": status_check,
}
