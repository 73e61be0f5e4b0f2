"""Judge reported claims by exact interval arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from etl.claims.claim import Claim, read_claim
from etl.claims.durations import is_duration, judge_duration
from etl.claims.interval import End, Interval, show
from etl.claims.lexicon import Lexicon, load_lexicon
from etl.claims.relations import judge_relation
from etl.claims.results import Result, compute, rivals, stated
from etl.claims.texts import JUDGES, unknown
from etl.claims.units import UnitClash
from etl.claims.verdict import Verdict, decimal
from etl.claims.words import damage_said, fraction_said, years_of_average


def check_claims(
    rows: Iterable[Mapping[str, object]], expectations: Path | None = None, calendar: Mapping[date, str] | None = None,
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
        return _said(claim, "corrupt", "", f"原文残缺：{'；'.join(claim.damage)}。请查原件，不猜测。")
    if claim.is_rule and claim.operation.kind not in JUDGES:
        return _said(claim, "derived", "rule only", "这是一条没有数字的规定，作为到期核对的条件。")
    if formula is None:
        return _said(claim, *JUDGES.get(claim.operation.kind, unknown)(claim, lexicon))
    try:
        if is_duration(claim):
            *said, interval = judge_duration(claim, calendar, lexicon)
            if claim.is_unread:
                return _said(claim, "conflict", said[1], _unread(claim, said[1]), interval=interval)
            return _said(claim, *said, interval=interval)
        if formula.chains:
            return _relation(claim, lexicon)
        return _result(claim, lexicon)
    except UnitClash as clash:
        return _said(claim, "conflict", "", f"{clash}单位不同，不能相加或比较，请单位说明口径。")
    except ZeroDivisionError:
        return _without_value(claim, "分母为 0")
    except (ValueError, OverflowError):
        return _without_value(claim, "负数不能开方，或数字过大")


def _without_value(claim: Claim, reason: str) -> Verdict:
    if not claim.reported:
        return _said(claim, "derived", "no_denominator", f"{reason}，没有值（既不是 0，也不是 100 %）。")
    return _said(claim, "disagree", "no_denominator", f"{reason}，算不出结果，却上报了 {claim.reported}，请核对。")


def _relation(claim: Claim, lexicon: Lexicon) -> Verdict:
    verdict, shown, sentence = judge_relation(claim, lexicon)
    if verdict == "disagree":
        for other in claim.alternatives:
            if other.formula and other.formula.chains and judge_relation(replace(claim, operation=other), lexicon)[0] == "agree":
                verdict, sentence = "conflict", f"{sentence}按 {other.kind}（{other.text}）则成立：请单位说明用的是哪个口径。"
                break
    base, report = (next((f for n, f in claim.figures.items() if n.startswith(word)), None) for word in ("base", "report"))
    years = years_of_average(claim.statement)
    if years and base and report and base.value != report.value - years:      # indicators.md, 21
        due = show(report.value - years)
        verdict = "conflict" if verdict == "agree" else verdict
        shown, sentence = f"base year must be {due}", f"{sentence}{report.text} 的 {years} 年平均增长，基期应为 {due} 年，不是 {base.text}。"
    return _marked(claim, _said(claim, verdict, shown, sentence), lexicon)


def _result(claim: Claim, lexicon: Lexicon) -> Verdict:
    result = compute(claim, claim.operation, lexicon)
    spoken = f"按所列数字算得 {result.spoken}"
    if claim.is_unread:
        return _said(claim, "conflict", result.text, _unread(claim, result.spoken), result=result)
    figures = [f for f in (claim.result, claim.total if claim.operation.kind in ("sum", "partition") else None) if f]
    if not figures:
        if doubt := _doubt(claim, result, lexicon):
            return _said(claim, "conflict", result.text, f"{spoken}；{doubt}", result=result)
        return _said(claim, "derived", result.text, f"{spoken}；没有上报数，以此为准。", result=result)
    apart = [f for f in figures if not stated(claim, f, result).touches(result.interval)]
    if not apart:
        if doubt := _doubt(claim, result, lexicon):
            return _said(claim, "conflict", result.text, f"{spoken}；{doubt}", result=result)
        within = "" if figures[0].value == result.point else "（在舍入范围内）"
        mixed = "（计数单位不同，合计仅供参考）" if any("/" in symbol for symbol, _ in result.unit.counts) else ""
        return _said(claim, "agree", result.text, f"{spoken}，与上报 {figures[0].text} 相符{within}{mixed}。", result=result)
    figure = apart[0]
    span = stated(claim, figure, result)
    for label, rival in rivals(claim, lexicon):
        if all(stated(claim, f, rival).touches(rival.interval) for f in apart):
            return _said(claim, "conflict", result.text,
                         f"{spoken}，与上报 {figure.text} 不符；{label} 则为 {rival.spoken}，相符：请单位说明用的是哪个口径。", result=result)
    name = result.unit.named() or ""
    name = "个百分点" if name in ("%", "pp") else name
    gap = show(_gap(span, result.interval))
    if claim.operation.kind in lexicon.kinds.shortfall and span.low > result.interval.high:
        return _marked(claim, _said(
            claim, "conflict", result.text, f"{spoken}，总数为 {figure.text}，还有 {gap} {name}没有说明，请向单位核实，不作猜测。", result=result), lexicon)
    sentence = (f"{spoken}，上报 {figure.text}（{show(span.low)}～{show(span.high)}），"
                + ("不含端点本身，正好落在端点上，请核对。" if gap == "0" else f"两个区间不相交，至少差 {gap} {name}，任何舍入都对不上，请核对。")
                + f"{_lost_digit(figure.text, result)}")
    return _marked(claim, _said(claim, "disagree", result.text, sentence, result=result), lexicon)


def _unread(claim: Claim, computed: str) -> str:
    return (f"上报结果“{claim.reported}”看不出是多少，无法与算得的 {computed} 核对；请写成数字和单位（如 12.5 %、3.48 亿元），"
            "或能核对的说法（如 三分之二、八成五、过半、翻一番、持平、全部完成）。")


def _gap(first: Interval, second: Interval) -> End:
    return max(first.low - second.high, second.low - first.high)


def _lost_digit(text: str, result: Result) -> str:
    """A remark where one leading digit more would make the figure fit: 2.26 beside 62.26."""
    number = text.split(maxsplit=1)[0] if text else ""
    digits = len(number.partition(".")[2])
    full = show(result.point, digits)
    return f"若原文丢了首位数字（{full}），则相符。" if len(full) == len(number) + 1 and full.endswith(number) else ""


def _doubt(claim: Claim, result: Result, lexicon: Lexicon) -> str | None:
    """What speaks against figures that fit: words of the statement, or a growth that the stated ones do not carry."""
    kind, percent = claim.operation.kind, result.unit.scale == Fraction(1, 100)
    months = next((f for f in claim.figures.values() if f.unit.text == "月"), None)
    if kind.startswith("time_"):
        said = fraction_said(claim.statement, "time", lexicon) if months else None
        if months and said and not said[1].touches(Interval.of(months.value / 12)):
            return f"{show(months.value)} 个月的时序进度是 {show(months.value * 100 / 12, 2)} %，与“{said[0]}”不合，请写明截止日期。"
    elif percent:
        said = fraction_said(claim.statement, "task", lexicon)
        if said and not said[1].touches(result.interval * Interval.of(result.unit.scale)):
            return f"与“{said[0]}”不合，请核对所用的口径。"
    if kind.startswith("implied_growth"):
        rates = [f for f in claim.figures.values() if f.unit.scale == Fraction(1, 100)]
        limit = max((lexicon.surge * abs(f.value) for f in rates), default=None)
        if limit is not None and (result.interval.low > limit or result.interval.high < -limit):
            return f"远超所报增幅（{'、'.join(f.text for f in rates)}）的 {show(lexicon.surge)} 倍，疑为年底突击，请说明。"
    return None


def _marked(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> Verdict:
    """Figures that do not fit in a text that bears marks of damage: the text is to blame, not the unit."""
    mark = damage_said(claim.statement, lexicon) if verdict.verdict in ("disagree", "conflict") else None
    if mark is None:
        return verdict
    return replace(verdict, verdict="corrupt", sentence=f"{verdict.sentence}原文有残缺（{mark}），请先查原件。")


def _said(claim: Claim, verdict: str, recomputed: str, sentence: str, *, result: Result | None = None,
          interval: Interval | None = None) -> Verdict:
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
    return Verdict(claim.id, verdict, recomputed, sentence, claim.reported, unit, decimal(point), decimal(low),
                   decimal(high), decimal(difference), claim.statement)
