"""Parts of a scheme beside its tree, read word by word: ladders of places, assessors with their weights, caps of registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from etl.assess.policies import Policies
from etl.assess.scheme_values import SchemeError, exact_number, only

COMPARING = ("rank", "distance")  # formulas that look at the other units of the group
REST = Decimal(1_000_000)  # the place up to which `rest` of a ladder reaches
Bands = tuple[tuple[Decimal, Decimal], ...]
Assessors = tuple[tuple[str, Decimal], ...]  # who, % of the mean; in the order of the file
CAPS = ("bonus_cap", "deduction_cap")


def read_ladder(path: Path, node: str, data: object, weight: Decimal) -> Bands:
    """Points by place, `{1: 10, 2: 8, rest: 4}`: the last place of each rung with its points. Raises SchemeError.

    The first place earns the whole weight, and no place earns more than a better one.
    """
    if not isinstance(data, dict) or not data:
        raise SchemeError(path, node, "scheme.ladder", value=data)
    rungs = sorted((_place(path, node, place), exact_number(path, node, "ladder", points)) for place, points in data.items())
    earned = [points for _, points in rungs]
    if earned[0] != weight or earned[-1] < 0 or any(better < worse for better, worse in pairwise(earned)):
        raise SchemeError(path, node, "scheme.ladder_order", weight=weight)
    return tuple(rungs)


def _place(path: Path, node: str, place: object) -> Decimal:
    if place == "rest":
        return REST
    if isinstance(place, bool) or not isinstance(place, int) or not 1 <= place < REST:
        raise SchemeError(path, node, "scheme.ladder", value=place)
    return Decimal(place)


def check_compared(path: Path, node: str, without: Policies) -> None:
    """Units are compared by figures of one period: one of an earlier has no place among them. Raises SchemeError."""
    believed: Iterable[str] = (reason for reason, policy in without if policy.policy == "last_believed")
    if reason := next(iter(believed), None):
        raise SchemeError(path, node, "scheme.compared_believed", word=f"without.{reason}")


def read_assessors(path: Path, node: str, entry: Mapping) -> Assessors:
    """Who gives scores to a leaf, with weights in %: `{上级: 50, 平级: 30, 群众: 20}`; none where one score stands alone.

    Raises SchemeError.
    """
    data = entry.get("assessors")
    if data is None:
        return ()
    if "manual" not in entry or entry.get("formula") != "direct":
        raise SchemeError(path, node, "scheme.assessors_direct")
    if not isinstance(data, dict) or len(data) < 2 or not all(isinstance(who, str) and who.strip() for who in data):
        raise SchemeError(path, node, "scheme.assessors", value=data)
    shares = tuple((who.strip(), exact_number(path, node, "assessors", share)) for who, share in data.items())
    total = sum((share for _, share in shares), Decimal(0))
    if total != 100 or any(share <= 0 for _, share in shares):
        raise SchemeError(path, node, "scheme.assessors_sum", total=total)
    return shares


@dataclass(frozen=True, slots=True)
class Caps:
    """How far what people enter may move a total, in points; None where nothing may be entered."""

    bonus: Decimal | None = None
    deduction: Decimal | None = None


def read_caps(path: Path, data: object, points: Decimal) -> Caps:
    """The caps of the registers as a scheme writes them, `{bonus_cap: 5, deduction_cap: 10}`. Raises SchemeError."""
    if data is None:
        return Caps()
    if not isinstance(data, dict) or not data:
        raise SchemeError(path, "", "scheme.adjustments", value=data)
    only(path, "", data, set(CAPS))
    caps = {word: exact_number(path, "", f"adjustments.{word}", data[word]) for word in CAPS if word in data}
    if not all(0 < cap <= points for cap in caps.values()):
        raise SchemeError(path, "", "scheme.caps", points=points)
    return Caps(caps.get("bonus_cap"), caps.get("deduction_cap"))
