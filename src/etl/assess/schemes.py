"""Load and check schemes (考核办法), so that a score is data from its weights to its grades and a slip in them is named.

A scheme is one YAML file; `expectations/schemes/default.yaml` shows every word. Schemes of the site folder come beside
those of the project; one with the same name and version takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from etl.assess.fitness import DIMENSIONS
from etl.assess.known import Known
from etl.assess.policies import Policies, read_policies
from etl.assess.scheme_parts import COMPARING, Assessors, check_compared, read_assessors, read_caps, read_ladder
from etl.assess.scheme_values import SchemeError, exact_number, first_line, one_of, only, scheme_day, words
from etl.forms.yamlfile import load_yaml

FORMULAS = ("ratio", "interval", "step", "deduction", "per_item", *COMPARING, "veto", "direct")
SOURCES = ("measure", "fitness", "issues", "manual")
GRAINS = ("month", "quarter", "half", "year")
TOO_FEW = ("none", "flag")
OF = ("same", "year", "previous_year")
COMMON = {"node", "name", "weight", "groups"}
LEAF = COMMON | {
    *SOURCES,
    "needs",
    "target",
    "formula",
    "polarity",
    "against",
    "of",
    "cap",
    "zero_at",
    "full_at",
    "bands",
    "ladder",
    "per",
    "free",
    "at_least",
    "assessors",
    "without",
}
SCHEME = {
    "scheme",
    "name",
    "version",
    "document",
    "effective_from",
    "effective_to",
    "grain",
    "points",
    "least_counted",
    "too_few",
    "quorum",
    "groups",
    "grades",
    "adjustments",
    "tie_break",
    "without",
    "indicators",
}
NEEDED = {
    "ratio": (),
    "direct": (),
    "interval": ("zero_at", "full_at"),
    "step": ("bands",),
    "deduction": ("per",),
    "per_item": ("per",),
    "rank": ("ladder",),
    "distance": ("zero_at", "full_at"),
    "veto": ("at_least",),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One indicator of the tree; a leaf has a source and a formula, weights and points are 分."""

    node: str
    name: str
    weight: Decimal
    parent: str | None
    level: int
    place: int  # in the order of the file
    groups: tuple[str, ...]  # of comparable units that it is for
    leaf: bool
    source: str | None = None  # measure, fitness, issues, manual
    form: str | None = None  # * for all forms of the unit
    measure: str | None = None  # measure, dimension or rule
    needs: str | None = None  # form without whose submission there is no figure
    target: str | None = None  # indicator of fct_target whose version the score names
    formula: str | None = None
    polarity: str = "+"
    against: str = "points"  # time: the figure counts as a share of the time progress
    of: str = "same"  # period of the figure: same, its year, the year before
    cap: Decimal = Decimal(100)
    zero_at: Decimal | None = None
    full_at: Decimal | None = None
    per: Decimal | None = None
    free: Decimal = Decimal(0)
    at_least: Decimal | None = None
    bands: tuple[tuple[Decimal, Decimal], ...] = ()  # edge, points; of a ladder the last place of each rung
    assessors: Assessors = ()  # of a leaf scored by hand; none where one score stands alone
    without: Policies = ()  # of a leaf: the scheme's, and its own before them


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many units must have a figure before anybody gets a place: a first of one is no first."""

    units: int = 2
    share: Decimal = Decimal(0)  # % of the units that are expected


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme."""

    scheme: str
    name: str
    version: str
    document: str | None
    effective_from: date
    effective_to: date | None
    grain: tuple[str, ...]
    points: Decimal
    least_counted: Decimal  # % of the points that must count for a total that compares
    too_few: str  # what becomes of a total of fewer: none, or a score with a mark (flag)
    quorum: Quorum
    groups: tuple[tuple[str, str, tuple[str, ...]], ...]  # group, name, kinds of units
    grades: tuple[tuple[str, Decimal], ...]  # grade, from; best first
    bonus_cap: Decimal | None  # 分 that entered bonuses may add to a total, None where none count
    deduction_cap: Decimal | None
    tie_break: str | None  # form.measure
    without: Policies
    nodes: tuple[Node, ...]  # the scheme itself first, as node 总分
    file: str


ROOT = "总分"
REGISTERS = ("加分", "扣分")  # what people entered hangs below the total: 加分/1, 扣分/1


def entered_node(above: str, name: object = "") -> str:
    """The node of what a person entered below another: 上级's score of D1 is D1/上级."""
    return f"{above}/{name}"


def load_schemes(folders: Iterable[Path], known: Known) -> tuple[Scheme, ...]:
    """Every version of every scheme in the folders, a later folder's before an earlier one's. Raises SchemeError."""
    found: dict[tuple[str, str], Scheme] = {}
    for folder in folders:
        here: dict[tuple[str, str], Scheme] = {}
        for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
            one = load_scheme(path, known)
            if (one.scheme, one.version) in here:
                raise SchemeError(path, "", "scheme.twice", scheme=one.scheme, version=one.version)
            here[one.scheme, one.version] = one
        found |= here
    return tuple(found[key] for key in sorted(found))


def load_scheme(path: Path, known: Known) -> Scheme:
    """Read one scheme. Raises SchemeError naming the node whose weights, formula or source cannot be used."""
    try:
        data = load_yaml(path)
    except FileNotFoundError:
        raise SchemeError(path, "", "scheme.no_file") from None
    except UnicodeDecodeError:
        raise SchemeError(path, "", "scheme.not_utf8") from None
    except OSError as error:
        raise SchemeError(path, "", "scheme.shut", strerror=error.strerror) from None
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2023-13-45 is a ValueError
        raise SchemeError(path, "", "scheme.no_yaml", first_line=first_line(error)) from None
    if not isinstance(data, dict):
        raise SchemeError(path, "", "scheme.no_scheme")
    only(path, "", data, SCHEME)
    for word in ("scheme", "name", "version", "effective_from", "groups", "grades", "indicators"):
        if not data.get(word):
            raise SchemeError(path, "", "scheme.lacks", word=word)
    groups = _groups(path, data["groups"])
    points = exact_number(path, "", "points", data.get("points", 100))
    without = read_policies(path, "", data.get("without", {}))
    caps = read_caps(path, data.get("adjustments"), points)
    nodes = _tree(path, data, tuple(group for group, _, _ in groups), points, known, without)
    start = scheme_day(path, data, "effective_from")
    assert start is not None  # asked for above
    return Scheme(
        scheme=str(data["scheme"]),
        name=str(data["name"]),
        version=str(data["version"]),
        document=data.get("document"),
        effective_from=start,
        effective_to=scheme_day(path, data, "effective_to"),
        grain=tuple(one_of(path, "", "grain", grain, GRAINS) for grain in words(path, "", "grain", data.get("grain", ["month"]))),
        points=points,
        least_counted=_share(path, data.get("least_counted", 50)),
        too_few=one_of(path, "", "too_few", data.get("too_few", "none"), TOO_FEW),
        quorum=_quorum(path, data.get("quorum", {})),
        groups=groups,
        grades=_grades(path, data["grades"], points),
        bonus_cap=caps.bonus,
        deduction_cap=caps.deduction,
        tie_break=_tie_break(path, data.get("tie_break"), known),
        without=without,
        nodes=nodes,
        file=path.name,
    )


def _share(path: Path, value: object) -> Decimal:
    share = exact_number(path, "", "least_counted", value)
    if not 0 <= share <= 100:
        raise SchemeError(path, "", "scheme.least_counted", value=value)
    return share


def _quorum(path: Path, data: object) -> Quorum:
    """A quorum of one would be none."""
    if not isinstance(data, dict):
        raise SchemeError(path, "", "scheme.quorum", value=data)
    only(path, "", data, {"units", "share"})
    units, share = (exact_number(path, "", f"quorum.{word}", data.get(word, least)) for word, least in (("units", 2), ("share", 0)))
    if units < 2 or units % 1 or not 0 <= share <= 100:
        raise SchemeError(path, "", "scheme.quorum", value=data)
    return Quorum(int(units), share)


def _tie_break(path: Path, value: object, known: Known) -> str | None:
    if value is None:
        return None
    form, _, measure = str(value).partition(".")
    if form not in known.forms or not known.measure(measure):
        raise SchemeError(path, "", "scheme.tie_break", value=value)
    return str(value)


def _tree(path: Path, data: Mapping, groups: tuple[str, ...], points: Decimal, known: Known, without: Policies) -> tuple[Node, ...]:
    nodes = [Node(ROOT, str(data["name"]), points, None, 0, 0, groups, leaf=False)]
    _grow(path, data["indicators"], nodes[0], nodes, known, without)
    names = [n.node for n in nodes] + [entered_node(n.node, who) for n in nodes for who, _ in n.assessors]
    for name in names:
        if names.count(name) > 1 or name.startswith(tuple(entered_node(kind) for kind in REGISTERS)):
            raise SchemeError(path, name, "scheme.node_twice")
    for parent in nodes:
        children = [n for n in nodes if n.parent == parent.node and n.formula != "veto"]
        for group in parent.groups if not parent.leaf else ():
            total = sum((n.weight for n in children if group in n.groups), Decimal(0))
            if total != parent.weight:
                raise SchemeError(path, parent.node, "scheme.sum", total=total, weight=parent.weight, group=group)
    return tuple(nodes)


def _grow(path: Path, entries: object, parent: Node, nodes: list[Node], known: Known, without: Policies) -> None:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SchemeError(path, parent.node, "scheme.no_list")
    for entry in entries:
        node = str(entry.get("node") or "")
        if not node or not entry.get("name"):
            raise SchemeError(path, node or parent.node, "scheme.nameless")
        groups = tuple(words(path, node, "groups", entry["groups"])) if "groups" in entry else parent.groups
        if stray := [g for g in groups if g not in parent.groups]:
            raise SchemeError(path, node, "scheme.no_group", stray=tuple(stray))
        place, is_leaf = _next_place(nodes[-1]), "indicators" not in entry
        here = Node(node, str(entry["name"]), Decimal(0), parent.node, parent.level + 1, place, groups, leaf=is_leaf)
        if "indicators" in entry:
            only(path, node, entry, COMMON | {"indicators"})
            nodes.append(replace(here, weight=_weight(path, node, entry)))
            _grow(path, entry["indicators"], nodes[-1], nodes, known, without)
        else:
            own = read_policies(path, node, entry.get("without", {}), dict(without))
            if entry.get("formula") in COMPARING:
                check_compared(path, node, own)
            nodes.append(replace(_leaf(path, entry, here, known), without=own))


def _next_place(last: Node) -> int:
    """Scores of several assessors stand below their leaf."""
    return last.place + 1 + len(last.assessors)


def _leaf(path: Path, entry: Mapping, here: Node, known: Known) -> Node:
    """A leaf without weight, source and formula as its entry completes it."""
    node = here.node
    only(path, node, entry, LEAF)
    formula = one_of(path, node, "formula", entry.get("formula"), FORMULAS)
    sources = [s for s in SOURCES if s in entry]
    if len(sources) != 1:
        raise SchemeError(path, node, "scheme.one_source", sources=tuple(SOURCES))
    form: str | None
    form, _, measure = str(entry[sources[0]]).partition(".")
    if sources[0] == "manual":
        form, measure = None, str(entry["manual"])
    elif not measure or form not in {*known.forms, "*"}:
        raise SchemeError(path, node, "scheme.source", entry=entry[sources[0]])
    if sources[0] == "fitness" and measure not in DIMENSIONS:
        raise SchemeError(path, node, "scheme.no_dimension", measure=measure, dimensions=tuple(DIMENSIONS))
    if sources[0] == "measure" and not known.measure(measure):
        raise SchemeError(path, node, "scheme.no_measure", measure=measure)
    if sources[0] == "issues" and measure not in known.rules:
        raise SchemeError(path, node, "scheme.no_rule", measure=measure)
    needs = entry.get("needs", form)
    if needs is not None and str(needs) not in {*known.forms, "*"}:
        raise SchemeError(path, node, "scheme.no_form", needs=needs, forms=sorted(known.forms))
    if entry.get("target") is not None and str(entry["target"]) not in known.targets:
        raise SchemeError(path, node, "scheme.no_target", target=entry["target"], targets=sorted(known.targets))
    if absent := [word for word in NEEDED[formula] if entry.get(word) is None]:
        raise SchemeError(path, node, "scheme.absent", formula=formula, absent=tuple(absent))
    numbers: dict[str, Any] = {
        word: exact_number(path, node, word, entry[word])
        for word in ("cap", "zero_at", "full_at", "per", "free", "at_least")
        if entry.get(word) is not None
    }
    if numbers.get("zero_at") is not None and numbers.get("zero_at") == numbers.get("full_at"):
        raise SchemeError(path, node, "scheme.same_ends")
    if numbers.get("cap", 1) <= 0 or numbers.get("per", 1) <= 0:
        raise SchemeError(path, node, "scheme.not_positive")
    polarity = one_of(path, node, "polarity", entry.get("polarity", "+"), ("+", "-"))
    against = one_of(path, node, "against", entry.get("against", "points"), ("points", "time"))
    _fits_formula(path, node, formula, polarity, against, numbers)
    bands = _bands(path, node, entry.get("bands", {}))
    if formula == "step" and max((points for _, points in bands), default=None) != _weight(path, node, entry):
        raise SchemeError(path, node, "scheme.bands_best")
    if formula == "rank":
        bands = read_ladder(path, node, entry["ladder"], _weight(path, node, entry))
    return replace(
        here,
        weight=Decimal(0) if formula == "veto" else _weight(path, node, entry),
        source=sources[0],
        form=form,
        measure=measure,
        needs=needs,
        target=entry.get("target"),
        formula=formula,
        bands=bands,
        assessors=read_assessors(path, node, entry),
        **numbers,
        polarity=polarity,
        against=against,
        of=one_of(path, node, "of", entry.get("of", "same"), OF),
    )


def _fits_formula(path: Path, node: str, formula: str, polarity: str, against: str, numbers: Mapping[str, Decimal]) -> None:
    """What would turn a formula round, or say nothing in it. Raises SchemeError."""
    if formula in COMPARING and against == "time":  # all are as far in the year
        raise SchemeError(path, node, "scheme.compared_time", formula=formula)
    if formula == "per_item" and polarity == "-":
        raise SchemeError(path, node, "scheme.per_item_less")
    if formula == "distance" and (numbers["zero_at"] < numbers["full_at"]) != (polarity == "+"):
        raise SchemeError(path, node, "scheme.distance_ends")


def _weight(path: Path, node: str, entry: Mapping) -> Decimal:
    weight = exact_number(path, node, "weight", entry.get("weight"))
    if weight <= 0:
        raise SchemeError(path, node, "scheme.weight", weight=weight)
    return weight


def _groups(path: Path, data: object) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    if not isinstance(data, dict) or not all(isinstance(g, dict) and g.get("kinds") for g in data.values()):
        raise SchemeError(path, "", "scheme.groups")
    for name, group in data.items():
        words(path, str(name), "kinds", group["kinds"])
    kinds = [kind for group in data.values() for kind in group["kinds"]]
    if len(kinds) != len(set(kinds)):
        raise SchemeError(path, "", "scheme.kind_twice")
    return tuple((str(g), str(group.get("name", g)), tuple(str(k) for k in group["kinds"])) for g, group in data.items())


def _grades(path: Path, data: object, points: Decimal) -> tuple[tuple[str, Decimal], ...]:
    if not isinstance(data, dict) or not data:
        raise SchemeError(path, "", "scheme.grades")
    cuts = [(str(g), exact_number(path, "", "grades", cut)) for g, cut in data.items()]
    if any(one <= other for (_, one), (_, other) in pairwise(cuts)) or cuts[-1][1] != 0 or cuts[0][1] > points:
        raise SchemeError(path, "", "scheme.grade_lines")
    return tuple(cuts)


def _bands(path: Path, node: str, data: object) -> tuple[tuple[Decimal, Decimal], ...]:
    if not isinstance(data, dict):
        raise SchemeError(path, node, "scheme.bands")
    return tuple(sorted((exact_number(path, node, "bands", a), exact_number(path, node, "bands", b)) for a, b in data.items()))
