"""Bring findings and decisions together: which issues are open, and which somebody has answered for."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from etl.model import CORRECTED, EXPLAINED, LAPSED, OPEN, SUSPENDED, WAIVED, Issue
from etl.normalise.periods import period_end
from etl.normalise.text import gives_no_reason, norm
from etl.period import Period
from etl.site.decision import ANY, Correction, Decisions, Explanation, FindingPlace, Review, Suspension, Waiver, Withdrawal
from etl.site.reviews import REFUSED
from etl.site.slots import bound


def apply(issues: Iterable[Issue], decisions: Decisions, place_of: Callable[[Issue], FindingPlace], as_of: date) -> list[Issue]:
    """The same issues in their order, each with its state and, where somebody answered, who, why and when.

    A suspension of the rule goes before all else, an approved correction before a waiver, a waiver before an explanation. An
    explanation answers a warning while the value sent is as it was, else it has lapsed; on an error it is shown, and the
    error stays open, as does a warning beside which only a mark stands (无, -), or whose explanation was refused. A review
    holds for the same words given again. Decisions of days after `as_of` are not known yet.
    """
    desk = _KnownDecisions(decisions, as_of)
    placed = [(issue, place_of(issue)) for issue in issues]
    # What stands beside an issue at its place: two unknown columns of one sheet are two values, none has changed.
    beside: dict[tuple, list[str | None]] = defaultdict(list)
    for issue, place in placed:
        beside[_spot(issue, place)].append(issue.value)
    return [desk.judge(issue, place, beside[_spot(issue, place)]) for issue, place in placed]


def in_force(waiver: Waiver | Suspension, period: str | None, as_of: date) -> bool:
    """A bound that is a period holds the finding's period, one that is a day holds the night's."""
    for text, upper in ((waiver.first, False), (waiver.until, True)):
        if not text:
            continue
        named = Period.read(text)
        at = as_of if named and named.grain == "day" else period_end(period) if period else None
        limit = bound(text, upper=upper)
        if at is None or limit is None or (at > limit if upper else at < limit):
            return False
    return True


def inactive(decisions: Decisions, as_of: date) -> list[str]:
    """The decisions without effect on a day that have it on another: not made yet, not begun, or run out."""
    signed: tuple[Explanation | Withdrawal | Correction | Review | Suspension, ...] = (
        *decisions.explanations,
        *decisions.withdrawals,
        *decisions.corrections,
        *decisions.reviews,
        *decisions.suspensions,
    )
    bounded: tuple[Waiver | Suspension, ...] = (*decisions.waivers, *decisions.suspensions)
    idle = [one.decision for one in signed if one.at.date() > as_of]
    idle += [
        one.decision
        for one in bounded
        if len(one.first) == 10 and one.first > as_of.isoformat() or len(one.until) == 10 and one.until < as_of.isoformat()
    ]
    return sorted(set(idle))


def suspended(
    suspensions: Iterable[Suspension], submissions: Iterable[tuple[str, str | None, str | None, str | None]], as_of: date
) -> frozenset[tuple[str, str]]:
    """The rules that are suspended for submissions (id, unit, form, period), as (rule, submission): what they find silences nothing."""
    known = [s for s in suspensions if s.at.date() <= as_of]
    if not known:
        return frozenset()
    places = [(sid, FindingPlace(unit, form, period)) for sid, unit, form, period in submissions]
    return frozenset((s.rule, sid) for s in known for sid, place in places if suspends(s, place, as_of))


def suspends(suspension: Suspension, place: FindingPlace, as_of: date) -> bool:
    """Whether a suspension that is known by a day is about a place."""
    return suspension.form in (ANY, place.form) and suspension.unit in (ANY, place.unit) and in_force(suspension, place.period, as_of)


def same_value(one: str, other: str | None) -> bool:
    """Two texts that a clerk would call the same value: 1,200 and 1200.00, full and half width."""
    one, other = _text(one), _text(other or "")
    return one in (ANY, other) or _figure(one) is not None and _figure(one) == _figure(other)


@lru_cache(maxsize=65_536)
def folded(key: str) -> str:
    """A business key as people write it, as it is stored: each part folded."""
    return "|".join(norm(part) for part in key.split("|"))


class _KnownDecisions:
    """Decisions known by a day, indexed by the place they speak of."""

    def __init__(self, decisions: Decisions, as_of: date) -> None:
        self.as_of = as_of
        self.correctable = decisions.correctable
        self.suspensions = [s for s in decisions.suspensions if s.at.date() <= as_of]
        self.waivers: dict[tuple, list[Waiver]] = defaultdict(list)
        self.corrections: dict[tuple, Correction] = {}
        self.explanations: dict[tuple, list[Explanation]] = defaultdict(list)
        for w in decisions.waivers:
            self.waivers[w.rule, w.unit].append(w)
        for c in decisions.corrections:
            if c.at.date() <= as_of:
                self.corrections.setdefault((c.unit, c.form, c.period, folded(c.business_key), c.column), c)
        # The latest word first; of two of one time the site's.
        for e in sorted(decisions.explanations, key=lambda e: (e.at, e.source, e.decision), reverse=True):
            if e.at.date() <= as_of:
                self.explanations[*e.address[:4], folded(e.business_key), e.column].append(e)
        of = {(e.decision, e.rule, e.unit): e for e in decisions.explanations}
        self.reviews: dict[tuple, Review] = {}  # by what was said, the latest one
        for r in sorted(decisions.reviews, key=lambda r: (r.at, r.decision)):
            if r.at.date() <= as_of and (said := of.get((r.explanation, r.rule, r.unit))):
                self.reviews[_words(said)] = r

    def judge(self, issue: Issue, place: FindingPlace, beside: list[str | None]) -> Issue:
        column = issue.column or ""
        where = place.unit, place.form, place.period, folded(place.business_key), column
        for suspension in self.suspensions:
            if suspension.rule == issue.rule and suspends(suspension, place, self.as_of):
                return _answered(issue, SUSPENDED, suspension)
        if issue.rule in self.correctable and (correction := self.corrections.get(where)):
            return _answered(issue, CORRECTED, correction)
        if issue.severity == "error":
            for waiver in self.waivers.get((issue.rule, place.unit), ()):
                if self._waives(waiver, place, column):
                    return _answered(issue, WAIVED, waiver)
        if found := self.explanations.get((issue.rule, *where)):
            holding = [e for e in found if same_value(e.value, issue.value)]
            if holding:
                said = next((e for e in holding if not gives_no_reason(e.reason)), holding[0])
                review = self.reviews.get(_words(said))
                fails = issue.severity == "error" or gives_no_reason(said.reason) or review and review.verdict == REFUSED
                return _answered(issue, OPEN if fails else EXPLAINED, said, review)
            if gone := next((e for e in found if not any(same_value(e.value, value) for value in beside)), None):
                return _answered(issue, LAPSED, gone)
        bare = replace(issue, state=OPEN, decision=None, explanation=None, explained_by=None, explained_at=None)
        return _reviewed(bare, None)

    def _waives(self, waiver: Waiver, place: FindingPlace, column: str) -> bool:
        return (
            waiver.form in ("", ANY, place.form)
            and waiver.period in ("", place.period)
            and (waiver.business_key in ("", ANY) or folded(waiver.business_key) == folded(place.business_key))
            and waiver.column in ("", ANY, column)
            and in_force(waiver, place.period, self.as_of)
        )


def _spot(issue: Issue, place: FindingPlace) -> tuple:
    return issue.submission_id, issue.rule, place.business_key, issue.column


def _words(said: Explanation) -> tuple:
    return *said.address[:4], folded(said.business_key), said.column, said.value, said.reason


def _answered(issue: Issue, state: str, by: Correction | Waiver | Explanation | Suspension, review: Review | None = None) -> Issue:
    answered = replace(
        issue, state=state, decision=by.decision, explanation=by.reason, explained_by=by.by, explained_at=getattr(by, "at", None)
    )
    return _reviewed(answered, review)


def _reviewed(issue: Issue, review: Review | None) -> Issue:
    if review is None:
        return replace(issue, review=None, reviewed_by=None, review_why=None)
    return replace(issue, review=review.verdict, reviewed_by=review.by, review_why=review.why)


def _text(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip()


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
