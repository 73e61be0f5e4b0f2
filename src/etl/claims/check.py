"""Judge reported claims by exact interval arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from etl.claims.claim import Claim, read_claim
from etl.claims.durations import is_duration, judge_duration
from etl.claims.interval import End, Interval, decimal_text
from etl.claims.lexicon import Lexicon, load_lexicon
from etl.claims.relations import judge_relation
from etl.claims.results import Result, compute, rivals, stated
from etl.claims.texts import JUDGES, unknown
from etl.claims.units import UnitClash
from etl.claims.verdict import Verdict, decimal, joined
from etl.claims.words import damage_said, fraction_said, years_of_average
from etl.texts.catalogue import Text


def check_claims(
    rows: Iterable[Mapping[str, object]],
    expectations: Path | None = None,
    calendar: Mapping[date, str] | None = None,
) -> list[Verdict]:
    """Judge claims, one verdict a row, in their order; see claim.read_claim for the keys of a row.

    `calendar` says which days are `holiday` or `working` against the week; never raises for what a row holds.
    """
    if expectations is None:
        from etl.settings import home

        expectations = home() / "expectations"
    lexicon = load_lexicon(expectations)
    return [check_claim(read_claim(row, lexicon), lexicon, calendar or {}) for row in rows]


def check_claim(claim: Claim, lexicon: Lexicon, calendar: Mapping[date, str]) -> Verdict:
    """Judge one claim: first whether it can be read, then by what its operation is."""
    formula = claim.operation.formula
    if claim.damage:
        return _said(claim, "corrupt", "", Text("claims.damaged", damage=joined(claim.damage)))
    if claim.is_rule and claim.operation.kind not in JUDGES:
        return _said(claim, "derived", "rule only", Text("claims.rule_only"))
    if formula is None:
        return _said(claim, *JUDGES.get(claim.operation.kind, unknown)(claim, lexicon))
    try:
        if is_duration(claim):
            verdict, shown, sentence, interval = judge_duration(claim, calendar, lexicon)
            if claim.is_unread:
                return _said(claim, "conflict", shown, _unread(claim, shown), interval=interval)
            return _said(claim, verdict, shown, sentence, interval=interval)
        if formula.chains:
            return _relation(claim, lexicon)
        return _result(claim, lexicon)
    except UnitClash as clash:
        return _said(claim, "conflict", "", Text("claims.clash", clash=clash.text))
    except ZeroDivisionError:
        return _without_value(claim, Text("claims.no_denominator"))
    except (ValueError, OverflowError):
        return _without_value(claim, Text("claims.no_root"))


def _without_value(claim: Claim, reason: Text) -> Verdict:
    if not claim.reported:
        return _said(claim, "derived", "no_denominator", Text("claims.no_value", reason=reason))
    return _said(claim, "disagree", "no_denominator", Text("claims.no_value_reported", reason=reason, reported=claim.reported))


def _relation(claim: Claim, lexicon: Lexicon) -> Verdict:
    verdict, shown, sentence = judge_relation(claim, lexicon)
    if verdict == "disagree":
        for other in claim.alternatives:
            if other.formula and other.formula.chains and judge_relation(replace(claim, operation=other), lexicon)[0] == "agree":
                verdict, sentence = "conflict", Text("claims.holds_otherwise", sentence=sentence, kind=other.kind, text=other.text)
                break
    base, report = (next((f for n, f in claim.figures.items() if n.startswith(word)), None) for word in ("base", "report"))
    years = years_of_average(claim.statement)
    if years and base and report and base.value != report.value - years:  # indicators.md, 21
        due = decimal_text(report.value - years)
        verdict = "conflict" if verdict == "agree" else verdict
        shown, sentence = (
            f"base year must be {due}",
            Text("claims.base_year", sentence=sentence, report=report.text, years=years, due=due, base=base.text),
        )
    return _marked(claim, _said(claim, verdict, shown, sentence), lexicon)


def _result(claim: Claim, lexicon: Lexicon) -> Verdict:
    result = compute(claim, claim.operation, lexicon)
    spoken = Text("claims.computed", result=result.spoken)
    if claim.is_unread:
        return _said(claim, "conflict", result.text, _unread(claim, result.spoken), result=result)
    figures = [f for f in (claim.result, claim.total if claim.operation.kind in ("sum", "partition") else None) if f]
    if not figures:
        if doubt := _doubt(claim, result, lexicon):
            return _said(claim, "conflict", result.text, Text("claims.doubt", spoken=spoken, doubt=doubt), result=result)
        return _said(claim, "derived", result.text, Text("claims.nothing_reported", spoken=spoken), result=result)
    apart = [f for f in figures if not stated(claim, f, result).touches(result.interval)]
    if not apart:
        if doubt := _doubt(claim, result, lexicon):
            return _said(claim, "conflict", result.text, Text("claims.doubt", spoken=spoken, doubt=doubt), result=result)
        within = "" if figures[0].value == result.point else Text("claims.within")
        mixed = Text("claims.mixed") if any("/" in symbol for symbol, _ in result.unit.counts) else ""
        return _said(
            claim,
            "agree",
            result.text,
            Text("claims.agrees", spoken=spoken, reported=figures[0].text, within=within, mixed=mixed),
            result=result,
        )
    figure = apart[0]
    span = stated(claim, figure, result)
    for label, rival in rivals(claim, lexicon):
        if all(stated(claim, f, rival).touches(rival.interval) for f in apart):
            return _said(
                claim,
                "conflict",
                result.text,
                Text("claims.other_definition", spoken=spoken, reported=figure.text, label=label, rival=rival.spoken),
                result=result,
            )
    unit = result.unit.named() or ""
    name = Text("claims.points") if unit in ("%", "pp") else unit
    gap = decimal_text(_gap(span, result.interval))
    if claim.operation.kind in lexicon.kinds.shortfall and span.low > result.interval.high:
        return _marked(
            claim,
            _said(
                claim,
                "conflict",
                result.text,
                Text("claims.shortfall", spoken=spoken, total=figure.text, gap=gap, name=name),
                result=result,
            ),
            lexicon,
        )
    values = {
        "spoken": spoken,
        "reported": figure.text,
        "low": decimal_text(span.low),
        "high": decimal_text(span.high),
        "lost": _lost_digit(figure.text, result),
    }
    sentence = Text("claims.at_the_end", **values) if gap == "0" else Text("claims.apart", gap=gap, name=name, **values)
    return _marked(claim, _said(claim, "disagree", result.text, sentence, result=result), lexicon)


def _unread(claim: Claim, computed: Text | str) -> Text:
    return Text("claims.unread", reported=claim.reported, computed=computed)


def _gap(first: Interval, second: Interval) -> End:
    return max(first.low - second.high, second.low - first.high)


def _lost_digit(text: str, result: Result) -> Text | str:
    """A remark where one leading digit more would make the figure fit: 2.26 beside 62.26."""
    number = text.split(maxsplit=1)[0] if text else ""
    digits = len(number.partition(".")[2])
    full = decimal_text(result.point, digits)
    return Text("claims.lost_digit", full=full) if len(full) == len(number) + 1 and full.endswith(number) else ""


def _doubt(claim: Claim, result: Result, lexicon: Lexicon) -> Text | None:
    """What speaks against figures that fit: words of the statement, or a growth that the stated ones do not carry."""
    kind, percent = claim.operation.kind, result.unit.scale == Fraction(1, 100)
    months = next((f for f in claim.figures.values() if f.unit.text == "月"), None)
    if kind.startswith("time_"):
        said = fraction_said(claim.statement, "time", lexicon) if months else None
        if months and said and not said[1].touches(Interval.of(months.value / 12)):
            return Text(
                "claims.time_passed", months=decimal_text(months.value), share=decimal_text(months.value * 100 / 12, 2), said=said[0]
            )
    elif percent:
        said = fraction_said(claim.statement, "task", lexicon)
        if said and not said[1].touches(result.interval * Interval.of(result.unit.scale)):
            return Text("claims.task_done", said=said[0])
    if kind.startswith("implied_growth"):
        rates = [f for f in claim.figures.values() if f.unit.scale == Fraction(1, 100)]
        limit = max((lexicon.surge * abs(f.value) for f in rates), default=None)
        if limit is not None and (result.interval.low > limit or result.interval.high < -limit):
            return Text("claims.surge", rates=[f.text for f in rates], times=decimal_text(lexicon.surge))
    return None


def _marked(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> Verdict:
    """Figures that do not fit in a text that bears marks of damage: the text is to blame, not the unit."""
    mark = damage_said(claim.statement, lexicon) if verdict.verdict in ("disagree", "conflict") else None
    if mark is None:
        return verdict
    return replace(verdict, verdict="corrupt", said=Text("claims.text_damaged", sentence=verdict.said, mark=mark))


def _said(
    claim: Claim, verdict: str, recomputed: str, sentence: Text, *, result: Result | None = None, interval: Interval | None = None
) -> Verdict:
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
        verdict,
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
