"""Claims whose operation is words: enumerations, contradictions, the same figure twice, two names of one firm.

Each judge returns verdict, recomputed text and sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from etl.claims.claim import Claim
from etl.claims.interval import show
from etl.claims.lexicon import Lexicon
from etl.claims.words import damage_said, exception_said, figures_said

Judged = tuple[str, str, str]


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
        shown = f"{show(listed[0])} {unit}".strip()
    else:
        return unknown(claim, lexicon)
    spoken = f"文中称 {'、'.join(map(show, named))}，实际列出 {'、'.join(map(show, listed))}"
    if len(named) != len(listed):
        named, listed = [sum(named, Fraction(0))], [sum(listed, Fraction(0))]
    if named == listed:
        return "agree", shown, f"{spoken}，列举齐全。"
    mark = damage_said(claim.statement, lexicon)
    short = sum(listed) < sum(named)
    if short and (mark or "title" in claim.operation.text or "标题" in claim.statement):
        return "corrupt", shown, f"{spoken}，缺 {show(sum(named) - sum(listed))}{f'（原文注明“{mark}”）' if mark else ''}，原文不全，请查原件。"
    return "disagree", shown, f"{spoken}，数目不符，请核对。"


def number_reuse(claim: Claim, lexicon: Lexicon) -> Judged:
    """One value given for two measures: copied, or a coincidence."""
    figures = list(claim.figures.values())
    if len(figures) > 1 and all(f.value * f.unit.scale == figures[0].value * figures[0].unit.scale for f in figures):
        return ("conflict", "equal values, different measures",
                f"两个不同的指标数值相同（{figures[0].text}），可能是抄错，也可能是巧合，请向单位核实。")
    return "agree", "different values", f"各指标数值不同（{'、'.join(f.text for f in figures)}），没有重复使用同一个数。"


def contradiction(claim: Claim, lexicon: Lexicon) -> Judged:
    """A number and its part, given twice: the whole cannot fall while its part rises, unless they are defined otherwise."""
    figures = list(claim.figures.values())
    if len(figures) != 4:
        return unknown(claim, lexicon)
    first, part, second, other = (f.value for f in figures)
    changes = (second - first, other - part)
    total, inner = (f"{'+' if c > 0 else ''}{show(c)}" for c in changes)
    shown = f"{total} / {inner}"
    spoken = f"总数由 {figures[0].text} 到 {figures[2].text}（{total}），其中由 {figures[1].text} 到 {figures[3].text}（{inner}）"
    if changes[0] * changes[1] < 0:
        return "conflict", shown, f"{spoken}，一减一增，只有口径不同才能解释，请向单位核实。"
    return "agree", shown, f"{spoken}，没有矛盾。"


def entity(claim: Claim, lexicon: Lexicon) -> Judged:
    """Whether two names are one firm: never decided by similarity alone."""
    return "conflict", "undecided", "名称不同的企业是否为同一家，不能只凭名称相似认定，请由人核定并记入别名表。"


def text_check(claim: Claim, lexicon: Lexicon) -> Judged:
    """A figure against the other figures of the same text: if they cannot all be true, the text lost or changed digits."""
    stated = next(iter(claim.figures.values()), claim.result)
    if stated is None:
        return unknown(claim, lexicon)
    others = [f for f in figures_said(claim.statement, lexicon) if f.unit.counts == stated.unit.counts and f.unit.scale == stated.unit.scale]
    against = [f for f in others if f.value != stated.value]
    mark = damage_said(claim.statement, lexicon)
    if others and not against and not mark:
        return "agree", stated.text, f"{stated.text} 与文中其他说法一致。"
    original = _with_a_leading_digit(stated.value, max((f.value for f in against), default=Fraction(0)))
    likely = f"; {show(original)} is the likely original" if original else ""
    beside = f"，同一文中又有 {'、'.join(f.text for f in against)}" if against else ""
    guess = f"，原文可能丢失首位数字（如 {show(original)}）" if original else "，原文的数字可能残缺"
    return ("corrupt", f"not repairable from the text{likely}",
            f"文中的 {stated.text} 与上下文不合{beside}{guess}{f'（{mark}）' if mark else ''}，仅凭文字无法恢复，请查原件。")


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
        return "disagree", "< 100 %", f"上报 {rate.text}，同时承认有例外（{said}），有一个例外就不到 100 %，自相矛盾，请核对。"
    if said:
        return "agree", "< 100 %", f"上报 {rate.text}，与承认的例外（{said}）不矛盾。"
    return "agree", rate.text, f"上报 {rate.text}，文中没有与之矛盾的说法。"


def unknown(claim: Claim, lexicon: Lexicon) -> Judged:
    """An operation in words that no rule here decides: a person must."""
    return "conflict", "undecided", f"“{claim.operation.kind}：{claim.operation.text}”不能由数字判定，请由人核实。"


JUDGES: dict[str, Callable[[Claim, Lexicon], Judged]] = {
    "count": count, "number_reuse": number_reuse, "contradiction": contradiction, "entity": entity,
    "text_check": text_check, "status_check": status_check,
}
