"""Judge reported claims by exact interval arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from etl.claims.claim import Claim, read_claim
from etl.claims.durations import is_duration, judge_duration
from etl.claims.interval import End, Interval, decimal_text
from etl.claims.lexicon import Lexicon, load_lexicon
from etl.claims.relations import judge_relation
from etl.claims.results import Result, compute, lost_digit, rivals, said_against, stated
from etl.claims.texts import JUDGES
from etl.claims.units import UnitClash
from etl.claims.verdict import Verdict, decimal, joined, verdict_of
from etl.claims.words import damage_said, years_of_average
from etl.texts.catalogue import Text


def check_claims(
    rows: Iterable[Mapping[str, object]],
    expectations: Path | None = None,
    calendar: Mapping[date, str] | None = None,
) -> list[Verdict]:
    """Judge claims, one outcome a row, in their order; see claim.read_claim for the keys of a row.

    `calendar` says which days are `holiday` or `working` against the week; never raises for what a row holds.
    """
    if expectations is None:
        from etl.settings import home

        expectations = home() / "expectations"
    lexicon = load_lexicon(expectations)
    return [check_claim(read_claim(row, lexicon), lexicon, calendar or {}) for row in rows]


def check_claim(claim: Claim, lexicon: Lexicon, calendar: Mapping[date, str]) -> Verdict:
    """Judge one claim; where its kind alone was given, in each way in which the kind may be meant."""
    verdict = _judged(claim, lexicon, calendar)
    for formula in claim.operation.others:
        if verdict.verdict not in ("disagree", "conflict"):
            break
        other = replace(claim, operation=replace(claim.operation, formula=formula, text=formula.text))
        meant = _judged(other, lexicon, calendar)
        verdict = meant if meant.verdict == "agree" else verdict
    return verdict


def _judged(claim: Claim, lexicon: Lexicon, calendar: Mapping[date, str]) -> Verdict:
    """First whether the claim can be read, then by what its operation is."""
    kind, formula = claim.operation.kind, claim.operation.formula
    if claim.mistakes:
        return _said(claim, "", Text("claims.not_understood", mistakes=joined(claim.mistakes)))
    if claim.damage:
        return _said(claim, "", Text("claims.damaged", damage=joined(claim.damage)))
    if claim.doubts:
        return _said(claim, "", Text("claims.open_figures", doubts=joined(claim.doubts)))
    if claim.is_rule and kind not in JUDGES and (formula or claim.operation.text or kind not in lexicon.kinds.formulas):
        return _said(claim, "rule only", Text("claims.rule_only"))
    if formula is None:
        return _said(claim, *JUDGES.get(kind, _without_formula)(claim, lexicon))
    try:
        if is_duration(claim):
            shown, sentence, interval = judge_duration(claim, calendar, lexicon)
            return _said(claim, shown, _unread(claim, shown) if claim.is_unread else sentence, interval=interval)
        if formula.chains:
            return _relation(claim, lexicon)
        return _result(claim, lexicon)
    except UnitClash as clash:
        return _said(claim, "", Text("claims.clash", clash=clash.text))
    except ZeroDivisionError:
        return _without_value(claim, Text("claims.no_denominator"))
    except (ValueError, OverflowError):
        return _without_value(claim, Text("claims.no_root"))


def _without_formula(claim: Claim, lexicon: Lexicon) -> tuple[str, Text]:
    """A known kind lacks figures, which the text should have given; anything else is no operation."""
    kind, text = claim.operation.kind, claim.operation.text
    templates = lexicon.kinds.formulas.get(kind, ())
    if text or not templates:
        return "", Text("claims.unknown_operation", text=text or kind)
    if all("{total}" in template for template in templates):
        return "", Text("claims.needs_total", kind=kind)
    return "", Text("claims.damaged", damage=Text("claims.too_few", kind=kind, count=len(claim.figures)))


def _without_value(claim: Claim, reason: Text) -> Verdict:
    if not claim.reported:
        return _said(claim, "no_denominator", Text("claims.no_value", reason=reason))
    return _said(claim, "no_denominator", Text("claims.no_value_reported", reason=reason, reported=claim.reported))


def _relation(claim: Claim, lexicon: Lexicon) -> Verdict:
    shown, sentence = judge_relation(claim, lexicon)
    if verdict_of(sentence) == "disagree":
        for other in claim.alternatives:
            held = other.formula and other.formula.chains and judge_relation(replace(claim, operation=other), lexicon)[1]
            if held and verdict_of(held) == "agree":
                sentence = Text("claims.holds_otherwise", sentence=sentence, kind=other.kind, text=other.text)
                break
    base, report = (next((f for n, f in claim.figures.items() if n.startswith(word)), None) for word in ("base", "report"))
    years = years_of_average(claim.statement)
    if years and base and report and base.value != report.value - years:  # indicators.md, 21
        due = decimal_text(report.value - years)
        key = "claims.base_altered" if verdict_of(sentence) == "corrupt" else "claims.base_year"
        shown, sentence = (
            f"base year must be {due}",
            Text(key, sentence=sentence, report=report.text, years=years, due=due, base=base.text),
        )
    return _marked(claim, _said(claim, shown, sentence), lexicon)


def _result(claim: Claim, lexicon: Lexicon) -> Verdict:
    result = compute(claim, claim.operation, lexicon)
    verdict = _said(claim, result.text, _reason(claim, result, lexicon), result=result)
    return _marked(claim, verdict, lexicon) if claim.result else verdict


def _reason(claim: Claim, result: Result, lexicon: Lexicon) -> Text:
    """What is to be said of a computed result beside the reported one, the total that is given and the words of the statement."""
    kinds, kind = lexicon.kinds, claim.operation.kind
    spoken = Text("claims.computed", result=result.spoken)
    if claim.is_unread:
        return _unread(claim, result.spoken)
    if kind in kinds.part and not result.unit.dims and result.interval.low * result.unit.scale > 1:
        return Text("claims.part_over_whole", spoken=spoken)
    figures = [f for f in (claim.result, claim.total if kind in ("sum", *kinds.partition) else None) if f]
    apart = [f for f in figures if not stated(claim, f, result).touches(result.interval)]
    if not apart:
        if doubt := said_against(claim, result, lexicon):
            return doubt if doubt.key == "claims.said_same" else Text("claims.doubt", spoken=spoken, doubt=doubt)
        if not figures:
            return Text("claims.nothing_reported", spoken=spoken)
        within = "" if figures[0].value == result.point else Text("claims.within")
        mixed = Text("claims.mixed") if any("/" in symbol for symbol, _ in result.unit.counts) else ""
        return Text("claims.agrees", spoken=spoken, reported=figures[0].text, within=within, mixed=mixed)
    figure, span = apart[0], stated(claim, apart[0], result)
    for label, rival in rivals(claim, lexicon):
        if all(stated(claim, f, rival).touches(rival.interval) for f in apart):
            return Text("claims.other_definition", spoken=spoken, reported=figure.text, label=label, rival=rival.spoken)
    low, high = decimal_text(span.low), decimal_text(span.high)
    if all(stated(claim, f, result, outermost=True).touches(result.limits) for f in apart):
        return Text("claims.guessed", spoken=spoken, reported=figure.text, low=low, high=high)
    unit = result.unit.named() or ""
    name = Text("claims.points") if unit in ("%", "pp") else unit
    gap = decimal_text(max(span.low - result.interval.high, result.interval.low - span.high))
    if kind in kinds.partition and span.low > result.interval.high:
        return Text("claims.shortfall", spoken=spoken, total=figure.text, gap=gap, name=name)
    lost = lost_digit(figure, lambda other: stated(claim, other, result).touches(result.interval))
    values = {"spoken": spoken, "reported": figure.text, "low": low, "high": high, "lost": lost}
    return Text("claims.at_the_end", **values) if gap == "0" else Text("claims.apart", gap=gap, name=name, **values)


def _unread(claim: Claim, computed: Text | str) -> Text:
    return Text("claims.unread", reported=claim.reported, computed=computed)


def _marked(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> Verdict:
    """Figures that do not fit in a text that bears marks of damage: the text is to blame, not the unit."""
    mark = damage_said(claim.statement, lexicon) if verdict.verdict in ("disagree", "conflict") else None
    if mark is None:
        return verdict
    said = Text("claims.text_damaged", sentence=verdict.said, mark=mark)
    return replace(verdict, verdict=verdict_of(said), said=said)


def _said(claim: Claim, recomputed: str, sentence: Text, *, result: Result | None = None, interval: Interval | None = None) -> Verdict:
    point: End | None = None
    low: End | None = None
    high: End | None = None
    difference: End | None = None
    unit = ""
    if result is not None:
        point, low, high, unit = result.point, result.interval.low, result.interval.high, result.unit.named() or ""
        if claim.result is not None:
            span = stated(claim, claim.result, result)
            factor = claim.result.unit.scale / result.unit.scale if claim.result.unit.text else 1
            difference = claim.result.value * factor - point if span else None
    elif interval is not None:
        low, high = interval.low, interval.high
        point = low if interval.exact else None
    return Verdict(
        claim.id,
        verdict_of(sentence),
        recomputed,
        sentence,
        claim.reported,
        unit,
        decimal(point),
        decimal(low),
        decimal(high),
        decimal(difference),
        claim.statement,
    )
