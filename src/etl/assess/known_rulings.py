"""Compare what people ruled with what it names: a veto, score, objection or entered figure of nothing known does the wrong thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.assess.known import Known
from etl.assess.schemes import Scheme
from etl.period import Period
from etl.site.csvfile import SiteError
from etl.site.rulings import Rulings, ruling_line
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
        if score.score > node.weight:
            raise SiteError(path, line, "site.above_weight", score=score.score, indicator=score.indicator, weight=node.weight)
    for objection in rulings.objections:
        path, line = site / "objections.csv", ruling_line(objection)
        _scheme_known(path, line, objection.scheme, names)
        if objection.node and (objection.scheme, objection.node) not in nodes:
            choices = sorted(n for s, n in nodes if s == objection.scheme)
            raise SiteError(path, line, "site.no_node", node=objection.node, scheme=objection.scheme, choices=choices)


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
