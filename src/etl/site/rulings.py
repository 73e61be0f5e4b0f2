"""Read what people have ruled about projects, scores and orders: small optional CSV files of the site folder.

claims.csv settles who is credited with a project that several units report; projects.csv says which names are one
project; verified_scores.csv holds scores as checked; vetoes.csv applies a veto whose condition the system only shows;
answers.csv releases, answers and closes what the system proposes; objections.csv holds what units object to in a score
before it is published, and what became of that; base_figures.csv enters last year's figures where no workbook tells them,
neighbours.csv those of other counties and the places that the upper level gave; promotion_for.csv says for whom a unit
spends on promotion.
Every line names who ruled, why (or by which document) and when.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from etl.normalise.text import norm
from etl.site.csvfile import Row, SiteError, csv_rows, day, filled, known_unit, moment, period, whole_number

ACTIONS = ("released", "refused", "replied", "accepted", "closed", "reopened", "confirmed")
COUNTY = "*"
LARGEST = 1_000_000_000  # in 万元, ten times the product of the largest county
MOST_COUNTIES = 3000  # in the whole country
OBJECTED = ("upheld", "rejected", "withdrawn")
KINDS = ("alias", "rename", "merge", "distinct")
CODE = re.compile(r"[0-9]{4}-[0-9]{6}-[0-9-]+", re.ASCII)
Signed = tuple[str, str, datetime]  # by, why, at
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ClaimRuling:
    """What one unit is credited of a project that others report too, in %."""

    ruling: str  # claims.csv:3
    project: str  # project_key of dim_project
    form: str  # '' for both
    first: str  # periods, '' for no bound
    last: str
    unit: str
    decision: str  # owner, split, refused
    share: Decimal
    signed: Signed


@dataclass(frozen=True, slots=True)
class ProjectIdentity:
    """Two names of one project (alias, rename, merge) or of two (distinct), from a period on."""

    ruling: str
    project: str
    same_as: str
    kind: str
    first: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class VerifiedScore:
    """A score as checked, of a node of a scheme, or of an indicator of a self-evaluation ('' for its total)."""

    ruling: str
    scheme: str
    unit: str
    period: str
    programme: str
    indicator: str
    score: Decimal
    signed: Signed


@dataclass(frozen=True, slots=True)
class Veto:
    """A veto applied to a unit by a named person."""

    ruling: str
    scheme: str
    unit: str
    period: str
    node: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a numbered order or entry of a list."""

    ruling: str
    number: str
    action: str
    due: date | None
    evidence: str  # on which it was closed, '' where nothing is
    signed: Signed


@dataclass(frozen=True, slots=True)
class BaseFigure:
    """A figure of an earlier year that somebody entered from a document, so that growth has a base."""

    ruling: str
    unit: str  # * for the county
    form: str
    measure: str
    period: str
    value: Decimal
    uom: str
    document: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A figure of another county, or a place that the upper level gave, as somebody entered it from a document."""

    ruling: str
    county: str  # * for this county as the upper level sees it
    form: str
    measure: str
    period: str
    value: Decimal | None  # None where the document tells a place alone
    uom: str
    rank: int | None
    document: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PromotionShare:
    """What part of a unit's spending on promotion is for another unit, in %; the rest is for itself."""

    ruling: str
    spender: str
    unit: str
    share: Decimal
    first: str  # periods, '' for no bound
    last: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Objection:
    """What a unit objects to in its score as it was shown to it, and what was decided; blank decisions are None."""

    ruling: str
    scheme: str
    unit: str
    period: str
    node: str  # '' for the total
    shown: Decimal
    objection: str
    evidence: str
    by: str
    at: datetime
    decision: str | None  # upheld, rejected, withdrawn
    decided: Signed | tuple[None, None, None]


@dataclass(frozen=True)
class Rulings:
    """All of them."""

    claims: tuple[ClaimRuling, ...] = ()
    projects: tuple[ProjectIdentity, ...] = ()
    verified_scores: tuple[VerifiedScore, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    answers: tuple[Outcome, ...] = ()
    base_figures: tuple[BaseFigure, ...] = ()
    objections: tuple[Objection, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    promotion_shares: tuple[PromotionShare, ...] = ()


SIGNED = ("by", "why", "at")
COLUMNS = {
    "claims.csv": ("project", "form", "from", "until", "unit", "decision", "share", *SIGNED),
    "projects.csv": ("project", "same_as", "kind", "from", *SIGNED),
    "verified_scores.csv": ("scheme", "unit", "period", "programme", "indicator", "score", *SIGNED),
    "vetoes.csv": ("scheme", "unit", "period", "node", *SIGNED),
    "answers.csv": ("number", "action", "due", *SIGNED),
    "base_figures.csv": ("unit", "form", "measure", "period", "value", "uom", "document", "by", "at"),
    "neighbours.csv": ("county", "form", "measure", "period", "value", "uom", "rank", "document", "by", "at"),
    "promotion_for.csv": ("spender", "unit", "share", "from", "until", *SIGNED),
    "objections.csv": (
        *("scheme", "unit", "period", "node", "shown", "objection", "evidence", "by", "at"),
        *("decision", "decided_by", "why", "decided_at"),
    ),
}
FILES = tuple(COLUMNS)


def load_rulings(folder: Path, units: Collection[str], forms: Collection[str]) -> Rulings:
    """Read what is there; `units` are the codes of the register, `forms` those whose projects may be claimed twice.

    Raises SiteError naming file, line and value.
    """
    codes = set(units)
    claims = _all(folder / "claims.csv", partial(_claim, forms=forms), codes)
    _settled(folder / "claims.csv", claims)
    return Rulings(
        claims=claims,
        projects=_resolved(folder / "projects.csv", _all(folder / "projects.csv", _identity, codes)),
        verified_scores=_all(folder / "verified_scores.csv", _verified, codes),
        vetoes=_all(folder / "vetoes.csv", _veto, codes),
        answers=_by_two(folder / "answers.csv", _all(folder / "answers.csv", _answer, codes)),
        base_figures=_all(folder / "base_figures.csv", _base_figure, codes),
        objections=_all(folder / "objections.csv", _objection, codes),
        neighbours=_all(folder / "neighbours.csv", _neighbour, codes),
        promotion_shares=_spent_once(folder / "promotion_for.csv", _all(folder / "promotion_for.csv", _promotion_share, codes)),
    )


def project_key(text: str) -> str | None:
    """A project as dim_project knows it: its code, or its name and owner folded, written name@owner."""
    if CODE.fullmatch(text):
        return text
    name, at, owner = text.partition("@")
    return f"{norm(name)}@{norm(owner)}" if at and norm(name) else None


def _all(path: Path, parse: Callable, units: set[str]) -> tuple:
    if not path.is_file():
        return ()
    found: dict[tuple, object] = {}
    lines: dict[tuple, int] = {}
    for line, row in csv_rows(path, *COLUMNS[path.name]):
        key, one = parse(path, line, row, units)
        if key in found:
            raise SiteError(path, line, "site.line_twice", first=lines[key])
        found[key], lines[key] = one, line
    return tuple(found.values())


def _signed(path: Path, line: int, row: Row) -> Signed:
    return filled(path, line, row, "by"), filled(path, line, row, "why"), moment(path, line, row, "at")


def _ruling(path: Path, line: int) -> str:
    return f"{path.name}:{line}"


def _project(path: Path, line: int, row: Row, column: str) -> str:
    key = project_key(filled(path, line, row, column))
    if key is None:
        raise SiteError(path, line, "site.no_project", column=column, value=row[column])
    return key


def _choice(path: Path, line: int, row: Row, column: str, choices: tuple[str, ...]) -> str:
    if row[column] not in choices:
        raise SiteError(path, line, "site.no_choice", column=column, value=row[column], choices=tuple(choices))
    return row[column]


def _amount(path: Path, line: int, row: Row, column: str, low: int, high: int) -> Decimal:
    try:
        value = Decimal(row[column])
        if not value.is_finite() or not low <= value <= high or int(value.as_tuple().exponent) < -6:
            raise InvalidOperation
    except InvalidOperation:
        raise SiteError(path, line, "site.no_number", column=column, value=row[column], low=low, high=high) from None
    return value


def _maybe(path: Path, line: int, row: Row, column: str, check: Callable[[Path, int, Row, str], _Read]) -> _Read | None:
    return check(path, line, row, column) if row[column] else None


def _claim(path: Path, line: int, row: Row, units: set[str], forms: Collection[str]) -> tuple[tuple, ClaimRuling]:
    project, unit = _project(path, line, row, "project"), known_unit(path, line, row, units)
    form = _choice(path, line, row, "form", ("", *forms))
    decision = _choice(path, line, row, "decision", ("owner", "split", "refused"))
    share = {"owner": Decimal(100), "refused": Decimal(0)}.get(decision)
    if share is None:
        share = _amount(path, line, row, "share", 0, 100)
    elif row["share"] and _amount(path, line, row, "share", 0, 100) != share:
        raise SiteError(path, line, "site.share", decision=decision, share=row["share"], wanted=share)
    first, last = _maybe(path, line, row, "from", period) or "", _maybe(path, line, row, "until", period) or ""
    one = ClaimRuling(_ruling(path, line), project, form, first, last, unit, decision, share, _signed(path, line, row))
    return (project, form, first, unit), one


def _settled(path: Path, claims: tuple[ClaimRuling, ...]) -> None:
    """What is credited of one project adds up to the whole, also where a later or narrower ruling takes over."""
    of: dict[tuple, list[ClaimRuling]] = defaultdict(list)
    for claim in claims:
        if claim.last and claim.last < claim.first:
            raise SiteError(path, ruling_line(claim), "site.until_before_from", last=claim.last, first=claim.first)
        of[claim.project, claim.first, claim.form].append(claim)
    for group in of.values():
        total = sum(c.share for c in group)
        if total != 100:
            raise SiteError(path, ruling_line(group[0]), "site.shares", project=group[0].project, total=total)
    # Of two sets that meet, the one that begins later, or is of one form, holds for the units that it names.
    for weaker, stronger in combinations([of[key] for key in sorted(of)], 2):
        if weaker[0].project == stronger[0].project and _meet(weaker[0], stronger[0]):
            left = [c for c in weaker if c.share and c.unit not in {s.unit for s in stronger}]
            if left:
                raise SiteError(
                    path,
                    ruling_line(stronger[0]),
                    "site.share_left",
                    project=left[0].project,
                    line=ruling_line(left[0]),
                    unit=left[0].unit,
                    share=left[0].share,
                )


def _meet(one: ClaimRuling, other: ClaimRuling) -> bool:
    """True where two rulings hold for a form and a period both."""
    forms = not one.form or not other.form or one.form == other.form
    return forms and (not one.last or one.last >= other.first) and (not other.last or other.last >= one.first)


Ruled = ClaimRuling | ProjectIdentity | VerifiedScore | Veto | Outcome | BaseFigure | Objection | Neighbour | PromotionShare


def ruling_line(ruling: Ruled) -> int:
    """The line of its file on which a ruling stands."""
    return int(ruling.ruling.rpartition(":")[2])


def _identity(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, ProjectIdentity]:
    one, other = _project(path, line, row, "project"), _project(path, line, row, "same_as")
    if one == other:
        raise SiteError(path, line, "site.same_project")
    kind = _choice(path, line, row, "kind", KINDS)
    first = _maybe(path, line, row, "from", period) or ""
    return (one, other if kind == "distinct" else ""), ProjectIdentity(
        _ruling(path, line), one, other, kind, first, _signed(path, line, row)
    )


def _resolved(path: Path, given: tuple[ProjectIdentity, ...]) -> tuple[ProjectIdentity, ...]:
    """Every name leads straight to the last one of its chain."""
    next_of = {one.project: one for one in given if one.kind != "distinct"}
    resolved = []
    for one in given:
        if one.kind == "distinct":
            resolved.append(one)
            continue
        end, first, seen = one.same_as, one.first, {one.project}
        while end in next_of:
            if end in seen:
                raise SiteError(path, int(one.ruling.rpartition(":")[2]), "site.circle", project=one.project)
            seen.add(end)
            end, first = next_of[end].same_as, max(first, next_of[end].first)
        resolved.append(ProjectIdentity(one.ruling, one.project, end, one.kind, first, one.signed))
    return tuple(resolved)


def _verified(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, VerifiedScore]:
    if bool(row["scheme"]) == bool(row["programme"]):
        raise SiteError(path, line, "site.scheme_or_programme")
    unit, when = known_unit(path, line, row, units), period(path, line, row)
    one = VerifiedScore(
        _ruling(path, line),
        row["scheme"],
        unit,
        when,
        norm(row["programme"]),
        row["indicator"] if row["scheme"] else norm(row["indicator"]),
        _amount(path, line, row, "score", 0, 1000),
        _signed(path, line, row),
    )
    return (one.scheme, unit, when, one.programme, one.indicator), one


def _veto(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, Veto]:
    one = Veto(
        _ruling(path, line),
        filled(path, line, row, "scheme"),
        known_unit(path, line, row, units),
        period(path, line, row),
        filled(path, line, row, "node"),
        _signed(path, line, row),
    )
    return (one.scheme, one.unit, one.period, one.node), one


def _answer(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, Outcome]:
    one = Outcome(
        _ruling(path, line),
        filled(path, line, row, "number"),
        _choice(path, line, row, "action", ACTIONS),
        _maybe(path, line, row, "due", day),
        row.get("evidence", ""),  # a column that older files lack
        _signed(path, line, row),
    )
    if one.action == "closed" and "evidence" in row and not one.evidence:
        raise SiteError(path, line, "site.no_evidence", number=one.number)
    return (one.number, one.action, one.signed[2]), one


def _by_two(path: Path, answers: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Whoever answered for a matter is not the one who accepts or closes it (cadence.md, section 3)."""
    replied: dict[str, str] = {}
    for one in sorted(answers, key=lambda a: (a.signed[2], ruling_line(a))):
        who = one.signed[0]
        if one.action == "replied":
            replied[one.number] = who
        elif one.action in ("accepted", "closed") and replied.get(one.number) == who:
            raise SiteError(path, ruling_line(one), "site.same_person", number=one.number, who=who)
    return answers


def _base_figure(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, BaseFigure]:
    one = BaseFigure(
        _ruling(path, line),
        known_unit(path, line, row, units | {COUNTY}),
        filled(path, line, row, "form"),
        filled(path, line, row, "measure"),
        period(path, line, row),
        _amount(path, line, row, "value", -LARGEST, LARGEST),
        filled(path, line, row, "uom"),
        filled(path, line, row, "document"),
        filled(path, line, row, "by"),
        moment(path, line, row, "at"),
    )
    return (one.unit, one.form, one.measure, one.period), one


def _neighbour(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, Neighbour]:
    if not row["value"] and not row["rank"]:
        raise SiteError(path, line, "site.value_or_rank")
    one = Neighbour(
        _ruling(path, line),
        filled(path, line, row, "county"),
        filled(path, line, row, "form"),
        filled(path, line, row, "measure"),
        period(path, line, row),
        _amount(path, line, row, "value", -LARGEST, LARGEST) if row["value"] else None,
        filled(path, line, row, "uom"),
        whole_number(path, line, row, "rank", 1, MOST_COUNTIES) if row["rank"] else None,
        filled(path, line, row, "document"),
        filled(path, line, row, "by"),
        moment(path, line, row, "at"),
    )
    return (one.county, one.form, one.measure, one.period), one


def _promotion_share(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, PromotionShare]:
    spender, unit = known_unit(path, line, row, units, "spender"), known_unit(path, line, row, units)
    if spender == unit:
        raise SiteError(path, line, "site.for_itself", unit=unit)
    first, last = _maybe(path, line, row, "from", period) or "", _maybe(path, line, row, "until", period) or ""
    if last and last < first:
        raise SiteError(path, line, "site.until_before_from", last=last, first=first)
    one = PromotionShare(
        _ruling(path, line), spender, unit, _amount(path, line, row, "share", 0, 100), first, last, _signed(path, line, row)
    )
    return (spender, first, unit), one


def _spent_once(path: Path, shares: tuple[PromotionShare, ...]) -> tuple[PromotionShare, ...]:
    """What begins together is one settlement, and nobody spends more than all of it for others."""
    of: dict[tuple[str, str], list[PromotionShare]] = defaultdict(list)
    for share in shares:
        of[share.spender, share.first].append(share)
    for group in of.values():
        total = sum(s.share for s in group)
        if total > 100:
            raise SiteError(path, ruling_line(group[-1]), "site.spent_twice", spender=group[0].spender, total=total)
        if len({s.last for s in group}) > 1:
            raise SiteError(path, ruling_line(group[-1]), "site.one_end", spender=group[0].spender)
    return shares


def _objection(path: Path, line: int, row: Row, units: set[str]) -> tuple[tuple, Objection]:
    filed = filled(path, line, row, "by"), moment(path, line, row, "at")
    decision = _maybe(path, line, row, "decision", partial(_choice, choices=OBJECTED))
    decided: Signed | tuple[None, None, None] = (None, None, None)
    if decision:
        decided = filled(path, line, row, "decided_by"), filled(path, line, row, "why"), moment(path, line, row, "decided_at")
        if decided[2] < filed[1]:
            raise SiteError(path, line, "site.decided_before", at=row["at"], decided_at=row["decided_at"])
    elif stray := next((c for c in ("decided_by", "why", "decided_at") if row[c]), None):
        raise SiteError(path, line, "site.undecided", column=stray, choices=OBJECTED)
    one = Objection(
        _ruling(path, line),
        filled(path, line, row, "scheme"),
        known_unit(path, line, row, units),
        period(path, line, row),
        row["node"],
        _amount(path, line, row, "shown", 0, 1000),
        filled(path, line, row, "objection"),
        row["evidence"],
        *filed,
        decision,
        decided,
    )
    return (one.scheme, one.unit, one.period, one.node, one.at), one
