"""Which cell is probably wrong: the fewest cells whose change makes every broken identity hold and breaks none (Fellegi and
Holt), ranked by how people slip. A suggestion is told, never applied.

A system is the figures of one line, those of the month before, and the identities among them (`etl.validate.systems`
lays it out). Broken identities that share a figure are one problem; each problem has its own culprit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from etl.normalise.numbers import MIN_HALF_WIDTH, decimals, printed_interval
from etl.validate.slips import COST, INFINITE, Limits, Printed, Slip, fitting, printed, slips

Key = tuple[str, str]  # line, or what stands for it, and column
ENTERED, EARLIER = 0.5, 2.5  # who adds up slips more often than who enters; last month's figures were believed once
FOLLOWED = 1.0  # a rate that fits the figure sent was worked out from it
BROKEN, REPAIRED = 2.0, 1.5  # what usually holds: broken by a change, and repaired by it
ODD = 0.6  # more decimals than any figure beside it has, and fewer in the one that fits
TWO_CELLS = 3.0
MOST = 12  # slips of a first cell that are tried before a second one is looked for
AS_GOOD = 0.6  # explanations nearer than this are told side by side
TELLING, TELLING_USUALLY = 6.5, 3.0  # what costs more is no explanation
VAGUE = 1.0  # a value that is not known exactly explains less
LONELY = 2.4  # how much nearer than any other a value without a slip must be


@dataclass(frozen=True)
class Suspect:
    """A figure with all that tells how it may have come about."""

    value: Decimal
    low: Decimal
    high: Decimal
    sent: str | None = None
    column: str = ""
    place: str = ""  # its address, for people
    rate: bool = False
    counted: bool = False  # made from others, not entered
    earlier: bool = False  # of the month before
    minimum: Decimal | None = None
    likes: tuple[tuple[str, str, Decimal], ...] = ()  # cells it may be a copy of: (kind, whose, value)

    @cached_property
    def printed(self) -> Printed:
        return printed(self.sent, self.value)

    def with_number(self, number: Decimal) -> Suspect:
        """The same cell with another printed number in it."""
        shown = self.printed
        low, high = printed_interval(number, shown.scale)
        return Suspect(
            number * shown.scale,
            low,
            high,
            shown.text(number),
            self.column,
            self.place,
            self.rate,
            self.counted,
            self.earlier,
            self.minimum,
            self.likes,
        )


Cells = Mapping[Key, Suspect]


@dataclass(frozen=True)
class Sum:
    """factor · figure + … + constant is 0, or at most 0; a factor and a figure for each key."""

    factors: Mapping[Key, Decimal]
    equal: bool
    constant: Decimal = Decimal(0)
    rules: tuple[str, ...] = ()
    usually: bool = False
    exact: bool = False  # figures that are set, not measured: to half a hundredth whatever was printed

    @property
    def keys(self) -> Collection[Key]:
        return self.factors.keys()

    def reach(self, cells: Cells, without: Key | None = None) -> tuple[Decimal, Decimal]:
        """The ends of the sum, or of all but one figure in it."""
        low = high = self.constant
        for key, factor in self.factors.items():
            if key != without:
                one, other = (factor * end for end in self._ends(cells[key]))
                low, high = (low + one, high + other) if factor > 0 else (low + other, high + one)
        return low, high

    def _ends(self, cell: Suspect) -> tuple[Decimal, Decimal]:
        half = MIN_HALF_WIDTH / len(self.factors)
        return (cell.value - half, cell.value + half) if self.exact else (cell.low, cell.high)

    def broken(self, cells: Cells) -> bool:
        low, high = self.reach(cells)
        return low > 0 or self.equal and high < 0

    def allowed(self, key: Key, cells: Cells) -> tuple[Decimal, Decimal]:
        """Between which ends a figure must be, the others as they are."""
        low, high = self.reach(cells, key)
        factor = self.factors[key]
        ends = (-high / factor if self.equal else -INFINITE * factor, -low / factor)
        return ends if factor > 0 else ends[::-1]

    def demands(self, key: Key, cells: Cells) -> Decimal | None:
        """The one value that makes the sum come out, None where it has no such value."""
        if not self.equal:
            return None
        rest = self.constant + sum(f * cells[k].value for k, f in self.factors.items() if k != key)
        return -rest / self.factors[key]


@dataclass(frozen=True)
class Quotient:
    """rate · whole is factor · the product of the parts, without a division, so that rounding cannot decide."""

    rate: Key
    factor: Decimal
    parts: tuple[Key, ...]
    whole: Key
    rules: tuple[str, ...] = ()
    usually: bool = False

    @property
    def keys(self) -> Collection[Key]:
        return (self.rate, *self.parts, self.whole)

    def broken(self, cells: Cells) -> bool:
        if cells[self.whole].low <= 0:
            return False
        one, other = _product(cells, (self.rate, self.whole)), _product(cells, self.parts, self.factor)
        return one[1] < other[0] or one[0] > other[1]

    def allowed(self, key: Key, cells: Cells) -> tuple[Decimal, Decimal]:
        if key == self.whole:
            top, under = _product(cells, self.parts, self.factor), _product(cells, (self.rate,))
        elif key == self.rate:
            top, under = _product(cells, self.parts, self.factor), _product(cells, (self.whole,))
        else:
            rest = tuple(k for k in self.parts if k != key)
            top, under = _product(cells, (self.rate, self.whole)), _product(cells, rest, self.factor)
        if under[1] <= 0 or top[0] < 0:
            return -INFINITE, INFINITE  # with nothing below the line any value would do
        return top[0] / under[1], top[1] / under[0] if under[0] > 0 else INFINITE

    def demands(self, key: Key, cells: Cells) -> Decimal | None:
        if key != self.rate or cells[self.whole].value <= 0:
            return None
        over = self.factor
        for part in self.parts:
            over *= cells[part].value
        return over / cells[self.whole].value


Bound = Sum | Quotient


@dataclass(frozen=True)
class Repair:
    """One cell, the value that would fit in it, and the slip that explains what was sent."""

    key: Key
    cell: Suspect
    slip: Slip

    @property
    def sent(self) -> str:
        shown = self.cell.printed
        return shown.text(shown.number)

    @property
    def fitting(self) -> str:
        return self.cell.printed.text(self.slip.number)


@dataclass(frozen=True)
class Suggestion:
    """The changes that would make one problem go away, with what they cost: the less, the likelier."""

    changes: tuple[Repair, ...]
    cost: float
    alone: bool = True  # no other cell of the problem could be changed instead


@dataclass(frozen=True)
class Problem:
    """Broken identities that share figures, and what explains them, likeliest first."""

    broken: tuple[Bound, ...]
    suggestions: tuple[Suggestion, ...]
    below: frozenset[Key] = frozenset()  # figures below their minimum

    def concerns(self, rule: str, key: Key) -> bool:
        """True where a rule was found at a figure of what is broken."""
        return rule == "F35" and key in self.below or any(rule in i.rules and key in i.keys for i in self.broken)

    def told(self) -> tuple[Suggestion, ...]:
        """What is likely enough to be said: one explanation, or two that are equally good; none where more are."""
        # Of what holds only usually a change may be meant: it takes a plain slip to doubt it.
        limit = TELLING if self.below or not all(i.usually for i in self.broken) else TELLING_USUALLY
        likely = [s for s in self.suggestions if s.cost <= limit]
        best = [s for s in likely if s.cost <= likely[0].cost + AS_GOOD]
        if len(best) == 1 and not _explained(best[0]) and not self._stands_out(best[0]):
            return ()
        return tuple(best) if len(best) <= 2 and all(map(_explained, best)) or len(best) == 1 else ()

    def _stands_out(self, one: Suggestion) -> bool:
        return one.alone or all(s.cost > one.cost + LONELY for s in self.suggestions if s is not one)


def _explained(suggestion: Suggestion) -> bool:
    return all(c.slip.kind not in ("counted", "other") for c in suggestion.changes)


@dataclass
class System:
    """Figures and what must hold among them."""

    cells: dict[Key, Suspect]
    identities: Sequence[Bound]
    _at: dict[Key, list[Bound]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.identities:
            for key in one.keys:
                self._at.setdefault(key, []).append(one)

    def problems(self, fired: Collection[str] = ()) -> list[Problem]:
        """Each group of broken identities with its explanations; of what holds usually only that of which a rule in `fired` was found."""
        broken = [i for i in self.identities if (not i.usually or fired and set(i.rules) & set(fired)) and i.broken(self.cells)]
        floors = [key for key, cell in self.cells.items() if not cell.earlier and cell.minimum is not None and cell.value < cell.minimum]
        groups = _together(broken, floors)
        return [Problem(g, tuple(self._explain(g, below)), below) for g, below in groups]

    def upset_by(self, change: Repair) -> tuple[int, int]:
        """How many identities a change breaks that held, and how many it makes hold."""
        now = {**self.cells, change.key: change.cell.with_number(change.slip.number)}
        around = [(i.broken(self.cells), i.broken(now)) for i in self._at.get(change.key, ()) if not i.usually]
        return sum(after and not before for before, after in around), sum(before and not after for before, after in around)

    def _explain(self, broken: tuple[Bound, ...], below: frozenset[Key]) -> list[Suggestion]:
        keys = list(dict.fromkeys([*below, *(k for i in broken for k in i.keys)]))
        found, possible = [], 0
        for key in keys:
            if below <= {key} and all(key in i.keys for i in broken):
                changes = list(self._changes(key, self.cells, broken))
                possible += bool(changes) and not self.cells[key].earlier
                found += [Suggestion((change,), cost) for change, cost in _best(changes)]
        if not found:
            found = self._pairs(keys, broken, below)
        found.sort(key=lambda s: (s.cost, [str(c.key) for c in s.changes]))
        return [Suggestion(s.changes, s.cost, possible <= 1) for s in found]

    def _changes(self, key: Key, cells: Cells, broken: Collection[Bound]) -> Iterator[tuple[Repair, float]]:
        """Every value of one cell with which all that is broken holds and all that held still does."""
        cell = cells[key]
        mine = self._at.get(key, ())
        loose = [i for i in mine if i not in broken and (i.usually or _follows(i, key, cells))]
        around = [i for i in mine if i not in loose]
        low, high = -INFINITE if cell.minimum is None else cell.minimum, INFINITE
        for one in around:
            ends = one.allowed(key, cells)
            low, high = max(low, ends[0]), min(high, ends[1])
        slack = 2 * (cell.high - cell.low)
        shown, about = cell.printed, False
        limits = Limits(shown.scale, low, high)
        if low > high + slack or cell.earlier and limits.rough:
            return
        number = _demanded(shown, key, around, loose, cells, limits)
        if number is None and not limits.rough:
            number, about = fitting(shown, limits, (low + high) / 2, about=True), True
        ways = list(slips(shown, limits, number, cell.rate, cell.likes, about))
        if number is not None:
            kind = "counted" if cell.counted else "other"
            ways.append(Slip(kind, COST[kind] + (VAGUE if about else 0), number, number * shown.scale, about=about))
        odd = bool(cell.likes) and decimals(shown.number) > max(decimals(v / shown.scale) for _, _, v in cell.likes)
        for way in ways:
            if way.number == shown.number or cell.minimum is not None and way.value < cell.minimum:
                continue
            cost = way.cost + (0 if cell.counted else ENTERED) + (EARLIER if cell.earlier else 0)
            cost -= ODD if odd and decimals(way.number) < decimals(shown.number) else 0
            if loose:
                now = {**cells, key: cell.with_number(way.number)}
                for one in loose:
                    before, after = one.broken(cells), one.broken(now)
                    cost += (BROKEN if one.usually else FOLLOWED) if after and not before else -REPAIRED if before and not after else 0
            yield Repair(key, cell, way), cost

    def _pairs(self, keys: Sequence[Key], broken: tuple[Bound, ...], below: frozenset[Key]) -> list[Suggestion]:
        """Two cells that together explain all: exchanged, or each with a slip of its own."""
        found: dict[frozenset[Key], Suggestion] = {}
        for one in keys:
            if self.cells[one].earlier:
                continue
            mine = [i for i in broken if one in i.keys]
            for other in keys:
                if other == one or self.cells[other].earlier or not below <= {one, other}:
                    continue
                if not all(one in i.keys or other in i.keys for i in broken):
                    continue
                if exchange := self._exchanged(one, other, broken):
                    found[frozenset((one, other))] = exchange
                    continue
                alone = [i for i in self._at[one] if not i.usually and other not in i.keys]
                if not [i for i in alone if i in mine]:
                    continue
                for first, cost in self._first(one, alone):
                    cells = {**self.cells, one: self.cells[one].with_number(first.slip.number)}
                    still = [i for i in broken if i.broken(cells)] or [i for i in broken if other in i.keys]
                    for second, more in _best(list(self._changes(other, cells, still))):
                        pair = Suggestion((first, second), cost + more + TWO_CELLS)
                        at = frozenset((one, other))
                        if at not in found or pair.cost < found[at].cost:
                            found[at] = pair
        return list(found.values())

    def _exchanged(self, one: Key, other: Key, broken: Collection[Bound]) -> Suggestion | None:
        """Two figures each in the other's cell, where that makes all hold."""
        first, second = self.cells[one], self.cells[other]
        if first.rate != second.rate or first.printed.scale != second.printed.scale:
            return None
        changed = (first.with_number(second.printed.number), second.with_number(first.printed.number))
        now = {**self.cells, one: changed[0], other: changed[1]}
        around = {id(i): i for key in (one, other) for i in self._at[key] if not i.usually or i in broken}.values()
        if any(i.broken(now) for i in around) or any(c.minimum is not None and c.value < c.minimum for c in changed):
            return None
        changes = (
            Repair(k, c, Slip("exchanged", COST["exchanged"], n.printed.number, n.value))
            for k, c, n in zip((one, other), (first, second), changed)
        )
        return Suggestion(tuple(changes), 2 * COST["exchanged"] + TWO_CELLS)

    def _first(self, key: Key, around: Sequence[Bound]) -> list[tuple[Repair, float]]:
        """Values of a first cell that make hold what the second has no part in."""
        part = System(self.cells, around)
        return sorted(part._changes(key, self.cells, around), key=lambda c: c[1])[:MOST]


def _follows(one: Bound, key: Key, cells: Cells) -> bool:
    """True for a rate that holds: where a part of it is wrong the rate was worked out from the wrong figure."""
    return isinstance(one, Quotient) and key != one.rate and not one.broken(cells)


def _demanded(shown: Printed, key: Key, around: Sequence[Bound], loose: Sequence[Bound], cells: Cells, limits: Limits) -> Decimal | None:
    """The number that the identities ask for: a sum knows it better than a rate, a rate better than what usually holds."""
    ordered = sorted(around, key=lambda i: isinstance(i, Quotient))
    for one in (*ordered, *(i for i in loose if i.broken(cells))):
        value = one.demands(key, cells)
        if value is not None and (number := fitting(shown, limits, value, isinstance(one, Quotient))) is not None:
            return number
    return None


def _best(changes: Sequence[tuple[Repair, float]]) -> list[tuple[Repair, float]]:
    """Of the changes of one cell the likeliest."""
    return [min(changes, key=lambda c: (c[1], c[0].slip.kind))] if changes else []


def _product(cells: Cells, keys: Sequence[Key], factor: Decimal = Decimal(1)) -> tuple[Decimal, Decimal]:
    low = high = factor
    for key in keys:
        corners = [end * other for end in (low, high) for other in (cells[key].low, cells[key].high)]
        low, high = min(corners), max(corners)
    return low, high


def _together(broken: Iterable[Bound], floors: Iterable[Key]) -> list[tuple[tuple[Bound, ...], frozenset[Key]]]:
    """Broken identities, and figures below their minimum, in groups that share figures."""
    groups: list[tuple[list[Bound], set[Key], set[Key]]] = []
    for bound, keys, low in [*((i, set(i.keys), set()) for i in broken), *((None, {k}, {k}) for k in floors)]:
        near = [g for g in groups if g[1] & keys]
        joined = ([i for g in near for i in g[0]], set().union(keys, *(g[1] for g in near)), set().union(low, *(g[2] for g in near)))
        if bound is not None:
            joined[0].append(bound)
        groups = [g for g in groups if not any(g is n for n in near)] + [joined]
    return [(tuple(i), frozenset(low)) for i, _, low in groups]
