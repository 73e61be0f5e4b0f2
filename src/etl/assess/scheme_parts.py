"""Parts of a scheme beside its tree, read word by word: the ladder of places that a leaf gives points by."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from etl.assess.policies import Policies
from etl.assess.scheme_values import SchemeError, exact_number

COMPARING = ("rank", "distance")  # formulas that look at the other units of the group
REST = Decimal(1_000_000)  # the place up to which `rest` of a ladder reaches
Bands = tuple[tuple[Decimal, Decimal], ...]


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
