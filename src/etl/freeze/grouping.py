"""Changes by cause: what each ruling, resubmission, rule or setting moved, and what several moved together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from etl.freeze.causes import ChangeCause
from etl.freeze.correction import Change, ChangedRow, Comparison, Name
from etl.freeze.provenance import Provenance
from etl.freeze.tables import Keys

PLACE, LINE, OTHER = "place", "line", "other"


@dataclass(frozen=True, slots=True)
class Effect:
    """One row that a cause moved: what it shows, then and now."""

    kind: str  # score, rank, grade, list, colour, figure, detail, place, line, other
    mart: str
    key: Mapping[str, str]
    column: str
    old: str | None
    new: str | None
    causes: tuple[str, ...]  # ids; of several, they moved it together
    row: Mapping[str, str]  # as it is, or as it was

    @property
    def size(self) -> Decimal:
        """How far it moved, for the order; what came or went, or is no number, moved as far as it is large."""
        old, new = (_number(value) for value in (self.old, self.new))
        return abs((new or Decimal(0)) - (old or Decimal(0)))


@dataclass(frozen=True, slots=True)
class CausedChanges:
    """One cause with all that it moved."""

    cause: ChangeCause
    alone: tuple[Change, ...]
    together: tuple[tuple[Change, tuple[str, ...]], ...]  # with the ids of all causes that moved it
    effects: tuple[Effect, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Kinds of effects that it has by itself, the most frequent first."""
        return Counter(e.kind for e in self.effects if len(e.causes) == 1).most_common()

    @property
    def shared(self) -> int:
        return sum(len(e.causes) > 1 for e in self.effects)


def group_changes(compared: Comparison, provenance: Provenance, keys: Keys) -> list[CausedChanges]:
    """Every change under the causes that moved it, the cause that moved most first; none is left out."""
    by_row: dict[tuple[str, Name], list[Change]] = defaultdict(list)
    for change in compared.changes:
        by_row[change.mart, (tuple(change.key.values()), change.nth)].append(change)
    causes: dict[str, ChangeCause] = {}
    alone: dict[str, list[Change]] = defaultdict(list)
    together: dict[str, list[tuple[Change, tuple[str, ...]]]] = defaultdict(list)
    effects: dict[str, list[Effect]] = defaultdict(list)
    for row in compared.rows:
        changes = by_row.get((row.mart, row.name), [])
        if not changes:
            continue
        found = provenance.of(row)
        ids = tuple(c.id for c in found)
        causes |= {c.id: c for c in found}
        shown = _effects(row, changes, ids, keys)
        for cause in ids:
            effects[cause] += shown
            if len(ids) > 1:
                together[cause] += [(change, ids) for change in changes]
            else:
                alone[cause] += changes
    for effect, movers in _places(compared, provenance, keys):
        causes |= {c.id: c for c in movers}
        for mover in movers:
            effects[mover.id].append(effect)
    kinds = [*keys.effects, PLACE, LINE, OTHER]
    groups = [
        CausedChanges(cause, tuple(alone[i]), tuple(together[i]), tuple(sorted(effects[i], key=lambda e: _order(e, kinds))))
        for i, cause in causes.items()
    ]
    return sorted(groups, key=lambda g: (-len(g.alone) - len(g.together), g.cause.name, g.cause.id))


def _order(effect: Effect, kinds: Sequence[str]) -> tuple:
    return kinds.index(effect.kind), -effect.size, effect.mart, tuple(effect.key.values())


def _effects(row: ChangedRow, changes: Sequence[Change], ids: tuple[str, ...], keys: Keys) -> list[Effect]:
    """What a changed row shows; what prints as before is no effect by itself, and is counted with the rest."""
    key = changes[0].key
    if any(row.row.get(column) in values for column, values in keys.copies.get(row.mart, {}).items()):
        return []
    shown = []
    for kind, marts in keys.effects.items():
        if column := marts.get(row.mart):
            old, new = ((side or {}).get(column) for side in (row.was, row.now))
            if not same_print(old, new, keys.printed.get(kind)):
                shown.append(Effect(kind, row.mart, key, column, old, new, ids, row.row))
    if shown:
        return shown
    first = changes[0]
    kind = LINE if keys.form.get(row.mart) else OTHER
    return [Effect(kind, row.mart, key, first.column, first.old, first.new, ids, row.row)]


def _places(compared: Comparison, provenance: Provenance, keys: Keys) -> Iterable[tuple[Effect, tuple[ChangeCause, ...]]]:
    """Ranks that moved because the figures of others did."""
    for moved in compared.moved:
        if moved.old_rank == moved.new_rank or moved.mart not in keys.places:
            continue
        group = {c: moved.key[c] for c in keys.places[moved.mart]["within"] if c in moved.key}
        found = provenance.of_place(moved.mart, group)
        yield Effect(PLACE, moved.mart, moved.key, "", moved.old_rank, moved.new_rank, tuple(c.id for c in found), moved.key), found


def same_print(old: str | None, new: str | None, decimals: int | None) -> bool:
    """True where people see the same: as numbers with so many decimals, exactly where none are said."""
    if (old or "") == (new or ""):
        return True
    one, other = _number(old), _number(new)
    if one is None or other is None:
        return False
    if decimals is None:
        return one == other
    cut = Decimal(1).scaleb(-decimals)
    return one.quantize(cut, rounding="ROUND_HALF_UP") == other.quantize(cut, rounding="ROUND_HALF_UP")


def _number(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
