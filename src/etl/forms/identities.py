"""What must hold among the figures of a line, as a contract says it: the words of `identities` in form.yaml.

    completed_ytd = prev.completed_ytd + completed_month        a sum; - and a factor before a column may stand in it
    completed_since_start <= total_investment                   a part and its whole
    completion_rate_reported = 100 * completed_ytd / annual_plan

A column stands for the figure of this line; `prev.` for that of the same record one month earlier, `sum.` for all lines
of the submission together, `total.` for the printed total. A `?` behind a column: a blank cell counts as 0. A factor is a
number or `cfg.name`, a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

FIRST, LATER, ALWAYS = "first", "later", "always"
_WORD = re.compile(r"\s*(<=|>=|=|\+|-|\*|/|\d+(?:\.\d+)?|(?:[a-z]+\.)?[a-z][a-z0-9_]*\??)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCOPES = ("", "prev", "sum", "total")


@dataclass(frozen=True, slots=True)
class Ref:
    """A figure that an identity speaks of."""

    column: str
    scope: str = ""  # '' this line; prev, sum, total
    blank_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A figure with its sign and factor; without a figure the factor itself."""

    sign: int
    factor: str = "1"  # a number, or cfg.name
    ref: Ref | None = None


@dataclass(frozen=True)
class Identity:
    """One identity: `left` on one side of `relation`, the sum of `terms` on the other, or factor · part / whole."""

    says: str
    left: Ref
    relation: str  # = or <= or >=
    terms: tuple[Term, ...] = ()
    ratio: tuple[str | Ref, Ref, Ref] | None = None  # factor, part, whole
    rules: tuple[str, ...] = ()  # the codes that judge it
    when: str = ALWAYS  # first: in the months in which a year starts anew; later: in all others
    usually: bool = False  # may be broken for a good reason: weighed, never demanded
    nonzero: str | None = None  # says nothing where this column is 0
    exact: bool = False  # of figures that are set, not measured: to half a hundredth
    called: str = ""  # what a sentence calls the right side where it is no single column

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Every figure in it, the left one first."""
        inner = [r for r in self.ratio if isinstance(r, Ref)] if self.ratio else [t.ref for t in self.terms if t.ref]
        return self.left, *inner

    @cached_property
    def reaches_back(self) -> bool:
        """True where it speaks of last month's figures."""
        return any(r.scope == "prev" for r in self.refs)


class Ties:
    """What the identities of a form say of its columns: which are counted, carried over from month to month, parts of another."""

    def __init__(self, identities: Collection[Identity]) -> None:
        sums = [i for i in identities if i.relation == "=" and not i.usually]
        carrying = [{r.column for r in i.refs} for i in sums if i.reaches_back]
        self.figures = frozenset(r.column for i in identities for r in i.refs)
        self.counted = frozenset(i.left.column for i in sums if not i.left.scope)
        self.carried = frozenset().union(*carrying)
        self._limits = {frozenset(r.column for r in i.refs) for i in identities if i.relation != "="}
        self._carrying = carrying

    def may_copy(self, one: str, other: str) -> bool:
        """True where equal figures are odd. A part may be all of its whole; a month of its year is told apart all the same."""
        return frozenset((one, other)) not in self._limits or any({one, other} <= each for each in self._carrying)


def read_identity(entry: Mapping, columns: Collection[str]) -> Identity:
    """One entry of `identities`. Raises ValueError naming the words that are not understood."""
    if not isinstance(entry, Mapping) or not all(isinstance(entry.get(word, ""), str) for word in ("says", "nonzero", "called")):
        raise ValueError(f"{entry!r} is no identity: its words are texts")
    unknown = set(entry) - {"says", "rules", "when", "usually", "nonzero", "exact", "called"}
    when = entry.get("when", ALWAYS)
    if unknown or "says" not in entry or when not in (FIRST, LATER, ALWAYS):
        raise ValueError(f"identity {dict(entry)!r} needs says, and may have rules, when (first, later), usually, nonzero, exact, called")
    left, relation, terms, ratio = _Parser(entry["says"]).identity()
    found = Identity(
        entry["says"],
        left,
        relation,
        terms,
        ratio,
        tuple(str(entry.get("rules", "")).split()),
        when,
        bool(entry.get("usually", False)),
        entry.get("nonzero"),
        bool(entry.get("exact", False)),
        entry.get("called", ""),
    )
    strange = {r.column for r in found.refs} | ({found.nonzero} if found.nonzero else set())
    if strange := strange - set(columns):
        raise ValueError(f"identity {found.says!r} names unknown columns {sorted(strange)}")
    return found


class _Parser:
    """Reads one identity word by word."""

    def __init__(self, says: str) -> None:
        self.says, self.words, at = says, [], 0
        while says[at:].strip():
            if not (found := _WORD.match(says, at)):
                raise ValueError(f"identity {says!r}: {says[at:].strip()!r} is not understood")
            self.words.append(found.group(1))
            at = found.end()

    def identity(self) -> tuple[Ref, str, tuple[Term, ...], tuple[str | Ref, Ref, Ref] | None]:
        left = self._ref(self._take())
        relation = self._take()
        if relation not in ("=", "<=", ">="):
            raise self._wrong(relation)
        if "/" in self.words:
            if relation != "=":
                raise self._wrong(relation)
            return left, relation, (), self._ratio()
        terms = [self._term(1)]
        while self.words:
            sign = self._take()
            if sign not in ("+", "-"):
                raise self._wrong(sign)
            terms.append(self._term(1 if sign == "+" else -1))
        return left, relation, tuple(terms), None

    def _ratio(self) -> tuple[str | Ref, Ref, Ref]:
        word = self._take()
        factor = word if _is_factor(word) else self._ref(word)
        for mark in ("*", "/"):
            if (got := self._take()) != mark:
                raise self._wrong(got)
            if mark == "*":
                part = self._ref(self._take())
        whole = self._ref(self._take())
        if self.words:
            raise self._wrong(self.words[0])
        return factor, part, whole

    def _term(self, sign: int) -> Term:
        word = self._take()
        if not _is_factor(word):
            return Term(sign, ref=self._ref(word))
        if self.words[:1] != ["*"]:
            return Term(sign, word)
        self._take()
        return Term(sign, word, self._ref(self._take()))

    def _ref(self, word: str) -> Ref:
        scope, _, column = word.rpartition(".")
        if not column[:1].isalpha() or scope not in _SCOPES:
            raise self._wrong(word)
        return Ref(column.removesuffix("?"), scope, column.endswith("?"))

    def _take(self) -> str:
        if not self.words:
            raise ValueError(f"identity {self.says!r} ends too early")
        return self.words.pop(0)

    def _wrong(self, word: str) -> ValueError:
        return ValueError(f"identity {self.says!r}: {word!r} cannot stand there")


def _is_factor(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word.startswith("cfg.")
