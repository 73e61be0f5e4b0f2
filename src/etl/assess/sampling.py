"""Draw the projects that an assessor visits: all that a grave finding speaks of, and a part of the rest by lot.

cadence.md section 5 (9): every project with an error, every hit of P15, P21 and P36, and a random 5 %. The lot is the
SHA-256 of seed and project, so that anybody who knows the seed draws the same. Of a unit whose last visits contradicted
what it had reported more are drawn: the share grows from what is asked for to all, in step with what was wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

ALWAYS = ("P15", "P21", "P36")
WEIGHT = {"error": 3, "warning": 1, "info": 0}
GRAVE = 5  # of a rule in ALWAYS
SHARE = Decimal(5)  # in % of what no rule speaks of


@dataclass(frozen=True, slots=True)
class Project:
    """A line that names a project, with the findings on it as (rule, severity)."""

    form: str
    unit: str
    line_id: str
    project: str
    amount: Decimal | None  # 万元
    findings: tuple[tuple[str, str], ...]
    effect: Decimal = Decimal(0)  # expected, of its findings on the published totals, 万元
    points: Decimal = Decimal(0)  # by which the score of its unit would move

    @property
    def risk(self) -> int:
        return sum(GRAVE if rule in ALWAYS else WEIGHT[severity] for rule, severity in self.findings)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A project of the sample and why it is in it."""

    project: Project
    reason: str  # error, rule, lot or visited


@dataclass(frozen=True, slots=True)
class Lot:
    """By which seed and how much is drawn; without a seed the period is it."""

    seed: str | None = None
    share: Decimal = SHARE  # in %


def draw(projects: Iterable[Project], seed: str, share: Decimal = SHARE, wrong: Mapping[str, Decimal] | None = None) -> Sequence[Drawn]:
    """The sample, by the effect of its findings on totals, then on the score, then riskiest first, then by amount.

    `share` in % is drawn from the projects without a grave finding; `wrong` is in % how much of what was looked at last
    differed from what a unit had reported.
    """
    sure, rest = [], []
    for project in projects:
        rules = {rule for rule, _ in project.findings}
        if rules & set(ALWAYS):
            sure.append(Drawn(project, "rule"))
        elif any(severity == "error" for _, severity in project.findings):
            sure.append(Drawn(project, "error"))
        else:
            rest.append(project)
    rest.sort(key=lambda p: (lot(seed, p), p.line_id))
    lots = rest[: _number(rest, share)]
    drawn = sure + [Drawn(project, "lot") for project in lots]
    for unit, rate in sorted((wrong or {}).items()):
        theirs = [p for p in rest if p.unit == unit]
        more = theirs[: _number(theirs, share + (100 - share) * rate / 100)] if rate else []
        drawn += [Drawn(project, "visited") for project in more if project not in lots]
    return sorted(drawn, key=lambda d: _first(d.project))


def _first(project: Project) -> tuple:
    return -project.effect, -project.points, -project.risk, -(project.amount or 0), project.form, project.line_id


def _number(projects: Sequence[Project], share: Decimal) -> int:
    return int((len(projects) * share / 100).to_integral_value(ROUND_CEILING))


def lot(seed: str, project: Project) -> str:
    """What decides the draw of a project: the same for the same seed, form, unit and name of the project."""
    return hashlib.sha256(f"{seed}\0{project.form}\0{project.unit}\0{project.project}".encode()).hexdigest()
