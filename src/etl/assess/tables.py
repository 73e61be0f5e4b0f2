"""Everything that judging goes by as tables of schema `landed`, so that the dbt project needs no second source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.assess.fitness import Thresholds
from etl.assess.labels import Label
from etl.assess.lights import Lights
from etl.assess.periods import TABLE as PERIOD
from etl.assess.scheme_parts import REST
from etl.assess.schemes import ROOT, Node, Scheme
from etl.forms.contract import Form
from etl.period import GRAIN_OF, Period
from etl.site.rulings import Rulings, ruling_line
from etl.texts.catalogue import Text
from etl.validate.rulebook import Rule

N, V, B, D, W, T = "DECIMAL(20,6)", "VARCHAR", "BOOLEAN", "DATE", "INTEGER", "TIMESTAMP"
VERSION = {"scheme": V, "version": V}
SIGNED = {"decided_by": V, "why": V, "decided_at": T}
TABLES: dict[str, dict[str, str]] = {
    "scheme": VERSION | {"name": V, "document": V, "effective_from": D, "effective_to": D, "grain": V, "points": N, "least_counted_pct": N,
               "too_few": V, "quorum_units": W, "quorum_pct": N, "tie_form": V, "tie_measure": V, "file": V,
               "bonus_cap": N, "deduction_cap": N},
    "scheme_group": VERSION | {"unit_group": V, "group_name": V, "kind": V},
    "scheme_grade": VERSION | {"grade": V, "cut": N},
    "scheme_policy": VERSION | {"node": V, "reason": V, "waits": B, "policy": V, "percent": N, "within": W, "otherwise": V},
    "scheme_node": VERSION | {
        "node": V, "parent": V, "level_no": W, "place": W, "name": V, "weight": N, "is_leaf": B, "source": V, "form": V,
        "measure": V, "needs": V, "target": V, "formula": V, "polarity": V, "against": V, "period_of": V, "cap": N,
        "zero_at": N, "full_at": N, "per": N, "free": N, "at_least": N, "bands": V, "assessors": V},
    "scheme_node_group": VERSION | {"node": V, "unit_group": V},
    "scheme_ancestor": VERSION | {"leaf": V, "node": V},
    "scheme_assessor": VERSION | {"node": V, "assessor": V, "share_pct": N, "place": W},
    "scheme_band": VERSION | {"node": V, "edge": N, "points": N},
    "light_scheme": {"light_scheme": V, "name": V, "basis": V, "best_from": N, "middle_from": N, "best": V, "middle": V, "worst": V,
                     "due_start_red": W, "is_chosen": B},
    "light_indicator": {"form": V, "measure": V, "name": V, "polarity": V},
    "list_condition": {"key": V, "value": N},
    "fitness_dimension": {"dimension": V, "name": V, "uom": V, "better": V, "fit": N, "reserved": N, "place": W},
    "fitness_scope": {"dimension": V, "form": V},
    "fitness_rule": {"rule": V, "dimension": V},
    "rule": {"rule": V, "name": V, "name_en": V, "severity": V, "level": V, "sentence": V, "version": V, "effective_from": D, "effective_to": D},
    "form": {"form": V, "name": V, "name_en": V, "cadence": V, "business_key": V, "part_grain": V},
    "period": PERIOD,
    "required_column": {"form": V, "column_name": V, "block": V},
    "claim_ruling": {"ruling": V, "project_key": V, "form": V, "first_period": V, "last_period": V, "unit": V, "decision": V,
                     "share_pct": N} | SIGNED,
    "project_identity": {"ruling": V, "project_key": V, "same_as": V, "kind": V, "first_period": V} | SIGNED,
    "verified_score": {"ruling": V, "scheme": V, "unit": V, "period": V, "programme": V, "indicator": V, "assessor": V, "score": N} | SIGNED,
    "veto": {"ruling": V, "scheme": V, "unit": V, "period": V, "node": V} | SIGNED,
    "adjustment": {"ruling": V, "line_no": W, "scheme": V, "unit": V, "period": V, "item": V, "kind": V, "points": N, "document": V} | SIGNED,
    "answer": {"ruling": V, "number": V, "action": V, "due": D, "evidence": V} | SIGNED,
    "objection": {"ruling": V, "scheme": V, "unit": V, "period": V, "node": V, "shown": N, "objection": V, "evidence": V, "raised_by": V,
                  "raised_at": T, "decision": V} | SIGNED,
    "base_figure": {"ruling": V, "unit": V, "form": V, "measure": V, "period": V, "stated_period": V, "value": N, "uom": V, "document": V,
                    "decided_by": V, "decided_at": T},
    "neighbour": {"ruling": V, "county": V, "form": V, "measure": V, "period": V, "value": N, "uom": V, "upper_rank": W, "document": V,
                  "decided_by": V, "decided_at": T},
    "promotion_share": {"ruling": V, "spender": V, "unit": V, "share_pct": N, "first_period": V, "last_period": V} | SIGNED,
    "label": {"mart": V, "column_name": V, "code": V, "label": V, "label_en": V, "place": W},
    "alike": {"kind": V, "one": V, "other": V, "similarity_pct": N},
}


@dataclass(frozen=True)
class Standards:
    """What judging goes by: the schemes, lights, thresholds and rules in force, what people have ruled, and codes in words."""

    schemes: tuple[Scheme, ...]
    lights: Lights
    thresholds: Thresholds
    rulings: Rulings
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...] = ()


def standards_rows(standards: Standards, forms: Mapping[str, Form], lang: str = "zh") -> dict[str, list[tuple]]:
    """The rows of every table of TABLES, in a fixed order; a version of a scheme ends where the next begins."""
    made: dict[str, list[tuple]] = {name: [] for name in TABLES}
    for scheme in standards.schemes:
        _scheme(made, scheme, _end(scheme, standards.schemes))
    made["light_scheme"] = [(s.scheme, s.name, s.basis, s.best_from, s.middle_from, *s.colours, s.due_start_red, s.chosen)
                            for s in standards.lights.schemes]
    made["light_indicator"] = list(standards.lights.indicators)
    made["list_condition"] = list(standards.lights.lists)
    dimensions = standards.thresholds.dimensions
    made["fitness_dimension"] = [(d.dimension, d.name, d.uom, d.better, d.fit, d.reserved, d.place) for d in dimensions]
    made["fitness_scope"] = [(d.dimension, form) for d in dimensions for form in d.forms or sorted(forms)]
    made["fitness_rule"] = list(standards.thresholds.rules)
    made["rule"] = [(r.code, r.name_zh, r.name_en, r.severity, r.level, r.sentence_en if lang == "en" else r.sentence_zh, r.version,
                     r.effective_from, r.effective_to) for r in standards.rules]
    # Figures of a longer period are made from those of the form's own periods; a yearly form has figures of months (targets).
    made["form"] = [(f.form, f.name, f.name_en, f.cadence, "；".join("+".join(key) for key in f.business_key),
                     "month" if f.cadence == "yearly" else GRAIN_OF[f.cadence])
                    for _, f in sorted(forms.items())]
    made["label"] = list(standards.labels)
    made["required_column"] = [(name, c.name, c.block) for name, form in sorted(forms.items()) for c in form.columns
                               if c.required and not c.support]
    told = standards.rulings
    made["claim_ruling"] = [(c.ruling, c.project, c.form, c.first, c.last, c.unit, c.decision, c.share, *c.signed) for c in told.claims]
    made["project_identity"] = [(p.ruling, p.project, p.same_as, p.kind, p.first, *p.signed) for p in told.projects]
    made["verified_score"] = [(s.ruling, s.scheme, s.unit, s.period, s.programme, s.indicator, s.assessor, s.score, *s.signed)
                              for s in told.verified_scores]
    made["veto"] = [(v.ruling, v.scheme, v.unit, v.period, v.node, *v.signed) for v in told.vetoes]
    made["adjustment"] = [(a.ruling, ruling_line(a), a.scheme, a.unit, a.period, a.item, a.kind, a.points, a.document, *a.signed)
                          for a in told.adjustments]
    made["objection"] = [(o.ruling, o.scheme, o.unit, o.period, o.node or ROOT, o.shown, o.objection, o.evidence or None, o.by, o.at,
                          o.decision, *o.decided) for o in told.objections]
    made["answer"] = [(a.ruling, a.number, a.action, a.due, a.evidence or None, *a.signed) for a in told.answers]
    made["base_figure"] = [(b.ruling, b.unit, b.form, b.measure, _last_part(b.period, forms[b.form]), b.period, b.value, b.uom, b.document,
                            b.by, b.at) for b in told.base_figures]
    made["neighbour"] = [(n.ruling, n.county, n.form, n.measure, n.period, n.value, n.uom, n.rank, n.document, n.by, n.at)
                         for n in told.neighbours]
    made["promotion_share"] = [(p.ruling, p.spender, p.unit, p.share, p.first, p.last, *p.signed) for p in told.promotion_shares]
    return made


def _last_part(code: str, form: Form) -> str:
    """The period of the form with which a longer one ends: sums since January of a half year are those of June."""
    period = Period.read(code)
    parts = list(period.parts(GRAIN_OF[form.cadence])) if period else []
    return parts[-1].code if parts else code


def _scheme(made: dict[str, list[tuple]], scheme: Scheme, end: date | None) -> None:
    key = scheme.scheme, scheme.version
    tie_form, _, tie_measure = (scheme.tie_break or "").partition(".")
    made["scheme"].append((*key, scheme.name, scheme.document, scheme.effective_from, end, " ".join(scheme.grain), scheme.points,
                           scheme.least_counted, scheme.too_few, scheme.quorum.units, scheme.quorum.share,
                           tie_form or None, tie_measure or None, scheme.file, scheme.bonus_cap, scheme.deduction_cap))
    made["scheme_group"] += [(*key, group, name, kind) for group, name, kinds in scheme.groups for kind in kinds]
    made["scheme_grade"] += [(*key, grade, cut) for grade, cut in scheme.grades]
    parent = {n.node: n.parent for n in scheme.nodes}
    for n in scheme.nodes:
        made["scheme_node"].append((
            *key, n.node, n.parent, n.level, n.place, n.name, n.weight, n.leaf, n.source, n.form, n.measure, n.needs, n.target,
            n.formula, n.polarity, n.against, n.of, n.cap, n.zero_at, n.full_at, n.per, n.free, n.at_least, _bands(n), _assessors(n)))
        made["scheme_node_group"] += [(*key, n.node, group) for group in n.groups]
        made["scheme_policy"] += [(*key, n.node, reason, p.waits, p.policy, p.percent, p.within, p.otherwise) for reason, p in n.without]
        made["scheme_assessor"] += [(*key, n.node, who, share, n.place + no) for no, (who, share) in enumerate(n.assessors, start=1)]
        made["scheme_band"] += [(*key, n.node, edge, points) for edge, points in n.bands]
        if n.leaf:
            made["scheme_ancestor"] += [(*key, n.node, node) for node in _line(n, parent)]


def _bands(node: Node) -> str | None:
    """The steps of a leaf as a clerk reads them, the best first: 满100得8分，满90得6分，不满90得0分; of a ladder its places."""
    if node.formula == "rank":
        return "，".join(str(rung) for rung in _ladder(node))
    edges = list(reversed(node.bands)) if node.polarity == "+" else list(node.bands)
    ways = ("reaches", "misses") if node.polarity == "+" else ("within", "beyond")
    said = [Text(f"scheme_word.{ways[0]}", edge=_plain(edge), points=_plain(points)) for edge, points in edges]
    if len(edges) > 1 and not edges[-1][1]:  # nothing below the last step but one
        said[-1] = Text(f"scheme_word.{ways[1]}", edge=_plain(edges[-2][0]))
    return "，".join(map(str, said)) or None


def _assessors(node: Node) -> str | None:
    """上级50%，平级30%，群众20%."""
    return "，".join(str(Text("scheme_word.assessor", who=who, share=_plain(share))) for who, share in node.assessors) or None


def _ladder(node: Node) -> Iterable[Text]:
    """第1名10分，第2至3名6分，其余4分."""
    first = Decimal(1)
    for edge, points in node.bands:
        word = "rest" if edge == REST else "place" if edge == first else "places"
        yield Text(f"scheme_word.{word}", first=_plain(first), edge=_plain(edge), points=_plain(points))
        first = edge + 1


def _line(leaf: Node, parent: Mapping[str, str | None]) -> Iterable[str]:
    node: str | None = leaf.node
    while node is not None:
        yield node
        node = parent[node]


def _end(scheme: Scheme, schemes: Iterable[Scheme]) -> date | None:
    later = [s.effective_from - timedelta(days=1) for s in schemes
             if s.scheme == scheme.scheme and s.effective_from > scheme.effective_from]
    ends = [end for end in (*later, scheme.effective_to) if end is not None]
    return min(ends, default=None)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
