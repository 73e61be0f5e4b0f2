"""What a scheme does where a figure is missing or doubted, read word by word, so that a gate never shuts by a slip of the pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.assess.scheme_values import SchemeError, exact_number, one_of

REASONS = ("missing", "not_due", "not_owed", "no_target", "no_denominator", "not_verified", "not_fit")
WORDS = ("wait", "leave_out", "zero", "flag", "deduct", "last_believed", "wait_until")
# There is nothing to flag or to deduct from where there is no figure, and nobody owes zero for what is not asked of him.
CHOICES = {
    "missing": ("wait", "leave_out", "zero", "last_believed", "wait_until"),
    "not_due": ("wait", "leave_out", "zero", "last_believed"),
    "not_owed": ("wait", "leave_out"),
    "no_target": ("wait", "leave_out", "zero"),
    "no_denominator": ("wait", "leave_out", "zero", "last_believed", "wait_until"),
    "not_verified": ("wait", "leave_out", "zero"),
    "not_fit": WORDS,
}
MOST_PERIODS = 12
BELIEVED_WITHIN = 3  # periods, where `last_believed` stands alone


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of a leaf without a figure to be trusted."""

    policy: str  # a word of WORDS but wait_until
    waits: bool = False  # first waits while the unit can still mend what is wrong
    percent: Decimal | None = None  # deduct: % of the points found
    within: int | None = None  # last_believed: how many periods old the figure may be
    otherwise: str | None = None  # last_believed: what happens where nothing was believed


WAIT = Policy("wait")
Policies = tuple[tuple[str, Policy], ...]  # reason -> policy, all REASONS in their order


def read_policies(path: Path, node: str, data: object, instead: Mapping[str, Policy] | None = None) -> Policies:
    """`without` of a scheme or of a leaf; a reason that it leaves out keeps the policy of `instead`, else waits. Raises SchemeError."""
    if not isinstance(data, dict):
        raise SchemeError(path, node, "scheme.no_without", reasons=REASONS)
    if stray := [w for w in data if w not in REASONS]:
        raise SchemeError(path, node, "scheme.without", reasons=REASONS, stray=stray)
    kept = instead or {}
    return tuple((r, read_policy(path, node, r, data[r]) if r in data else kept.get(r, WAIT)) for r in REASONS)


def read_policy(path: Path, node: str, reason: str, value: object) -> Policy:
    """One policy: a word, or a word with its argument such as `{deduct: 20}`. Raises SchemeError."""
    word, choices = f"without.{reason}", CHOICES[reason]
    if not isinstance(value, dict):
        name = one_of(path, node, word, value, choices)
        if name in ("deduct", "wait_until"):
            raise SchemeError(path, node, "scheme.policy_bare", word=word, value=value)
        return Policy(name, within=BELIEVED_WITHIN, otherwise="zero") if name == "last_believed" else Policy(name)
    named = [w for w in value if w != "then"]
    if len(named) != 1 or named[0] not in choices or named[0] not in ("deduct", "last_believed", "wait_until"):
        raise SchemeError(path, node, "scheme.policy", word=word, value=value, choices=choices)
    return {"deduct": _deduct, "last_believed": _last_believed, "wait_until": _wait_until}[named[0]](path, node, reason, value)


def _deduct(path: Path, node: str, reason: str, value: Mapping) -> Policy:
    word = f"without.{reason}"
    percent = exact_number(path, node, f"{word}.deduct", value["deduct"])
    if not 0 < percent <= 100 or "then" in value:
        raise SchemeError(path, node, "scheme.deduct", word=word, value=value)
    return Policy("deduct", percent=percent)


def _last_believed(path: Path, node: str, reason: str, value: Mapping) -> Policy:
    word, within = f"without.{reason}", value["last_believed"]
    if isinstance(within, bool) or not isinstance(within, int) or not 1 <= within < MOST_PERIODS:
        raise SchemeError(path, node, "scheme.last_believed", word=word, value=within)
    otherwise = one_of(path, node, f"{word}.then", value.get("then", "zero"), ("wait", "leave_out", "zero"))
    return Policy("last_believed", within=within, otherwise=otherwise)


def _wait_until(path: Path, node: str, reason: str, value: Mapping) -> Policy:
    word = f"without.{reason}"
    one_of(path, node, f"{word}.wait_until", value["wait_until"], ("mended",))
    then = value.get("then")
    if then is None or then == "wait" or (isinstance(then, dict) and "wait_until" in then):
        raise SchemeError(path, node, "scheme.wait_until", word=word, value=value)
    end = read_policy(path, node, reason, then)
    return Policy(end.policy, True, end.percent, end.within, end.otherwise)
