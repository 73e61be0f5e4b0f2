"""Compare what people ruled with what it names: a veto, score, bonus, objection or entered figure of nothing known does the wrong thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from etl.assess.known import Known
from etl.assess.schemes import Node, Scheme
from etl.period import Period
from etl.site.csvfile import SiteError
from etl.site.rulings import Rulings, VerifiedScore, ruling_line
from etl.texts.catalogue import Text


def check_rulings(rulings: Rulings, site: Path, schemes: Iterable[Scheme]) -> None:
    """A veto names a veto of its scheme, a score an indicator scored by hand, an objection any node.

    Raises SiteError naming file, line and value.
    """
    nodes = {(s.scheme, n.node): n for s in schemes for n in s.nodes}
    names = {s.scheme for s in schemes}
    for veto in rulings.vetoes:
        path, line = site / "vetoes.csv", ruling_line(veto)
        _scheme_known(path, line, veto.scheme, names)
        if (node := nodes.get((veto.scheme, veto.node))) is None or node.formula != "veto":
            choices = sorted(n for s, n in nodes if s == veto.scheme and nodes[s, n].formula == "veto")
            raise SiteError(path, line, "site.no_veto", node=veto.node, scheme=veto.scheme, choices=choices or Text("site.none"))
    for score in rulings.verified_scores:
        path, line = site / "verified_scores.csv", ruling_line(score)
        if not score.scheme:
            continue
        _scheme_known(path, line, score.scheme, names)
        if (node := nodes.get((score.scheme, score.indicator))) is None or node.source != "manual":
            choices = sorted(n for s, n in nodes if s == score.scheme and nodes[s, n].source == "manual")
            raise SiteError(
                path, line, "site.no_verified", indicator=score.indicator, scheme=score.scheme, choices=choices or Text("site.none")
            )
        _assessor_known(path, line, score, node)
        if score.score > node.weight:
            raise SiteError(path, line, "site.above_weight", score=score.score, indicator=score.indicator, weight=node.weight)
    for objection in rulings.objections:
        path, line = site / "objections.csv", ruling_line(objection)
        _scheme_known(path, line, objection.scheme, names)
        if objection.node and (objection.scheme, objection.node) not in nodes:
            choices = sorted(n for s, n in nodes if s == objection.scheme)
            raise SiteError(path, line, "site.no_node", node=objection.node, scheme=objection.scheme, choices=choices)


def _assessor_known(path: Path, line: int, score: VerifiedScore, node: Node) -> None:
    """Of an indicator with several assessors each names himself, of another nobody does."""
    choices = tuple(who for who, _ in node.assessors)
    if score.assessor not in (choices or ("",)):
        key = "site.no_assessor" if choices else "site.stray_assessor"
        raise SiteError(path, line, key, indicator=node.node, assessor=score.assessor, choices=choices)


def check_adjustments(rulings: Rulings, site: Path, schemes: Collection[Scheme]) -> None:
    """A bonus or deduction is of a period that its scheme scores, and the version in force has a cap for it. Raises SiteError."""
    for one in rulings.adjustments:
        path, line = site / "adjustments.csv", ruling_line(one)
        _scheme_known(path, line, one.scheme, {s.scheme for s in schemes})
        when = Period.read(one.period)
        assert when is not None  # read before
        version = _in_force(one.scheme, when, schemes)
        if version is None:
            raise SiteError(path, line, "site.no_version", scheme=one.scheme, period=one.period)
        if when.grain not in version.grain:
            raise SiteError(path, line, "site.no_grain", scheme=one.scheme, period=one.period, grains=version.grain)
        if (version.bonus_cap if one.kind == "bonus" else version.deduction_cap) is None:
            raise SiteError(path, line, "site.no_cap", scheme=one.scheme, version=version.version, word=f"{one.kind}_cap")


def _in_force(scheme: str, period: Period, schemes: Iterable[Scheme]) -> Scheme | None:
    """The version that scores a period: the last that had begun by its end, if that has not ended."""
    begun = [s for s in schemes if s.scheme == scheme and s.effective_from <= period.end]
    last = max(begun, key=lambda s: s.effective_from, default=None)
    return None if last is None or (last.effective_to and last.effective_to < period.end) else last


def check_base_figures(rulings: Rulings, site: Path, bases: Mapping[tuple[str, str], str]) -> None:
    """An entered figure is one that growth is measured on, in its own unit. Raises SiteError naming file, line and value."""
    for one in rulings.base_figures:
        path, line = site / "base_figures.csv", ruling_line(one)
        if (wanted := bases.get((one.form, one.measure))) is None:
            raise SiteError(
                path, line, "site.no_base", form=one.form, measure=one.measure, choices=tuple(f"{f}.{m}" for f, m in sorted(bases))
            )
        if one.uom != wanted:
            raise SiteError(path, line, "site.base_unit", measure=one.measure, uom=one.uom, wanted=wanted)


def check_neighbours(rulings: Rulings, site: Path, known: Known) -> None:
    """A figure of another county is one that this county has, in its unit, of a period that was over when it was entered.

    Raises SiteError naming file, line and value.
    """
    for one in rulings.neighbours:
        path, line = site / "neighbours.csv", ruling_line(one)
        if one.form not in known.forms or not known.measure(one.measure):
            raise SiteError(path, line, "site.no_compared", form=one.form, measure=one.measure)
        wanted = known.uoms[known.indicator(one.measure) or one.measure]
        if one.uom != wanted:
            raise SiteError(path, line, "site.base_unit", measure=one.measure, uom=one.uom, wanted=wanted)
        told = Period.read(one.period)
        if told and one.at.date() < told.end:
            raise SiteError(path, line, "site.not_over", at=str(one.at.date()), period=one.period)


def _scheme_known(path: Path, line: int, scheme: str, names: set[str]) -> None:
    if scheme not in names:
        raise SiteError(path, line, "site.no_scheme", scheme=scheme, names=sorted(names))
