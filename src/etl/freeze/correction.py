"""Later corrections: what a later version says otherwise than a frozen set, figure by figure, with both cells."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TypeVar

from etl.freeze.files import canonical, digest
from etl.freeze.periods import known_by
from etl.freeze.ranks import places
from etl.freeze.tables import Keys, MartTable

Row = dict[str, str]
Named = TypeVar("Named", bound=Mapping[str, str])
Name = tuple[tuple[str, ...], int]  # values of the key, and which of the rows that share them


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure was sent: file, sheet, row, and the cell where it has one of its own; printed as Excel writes it."""

    file: str = ""
    sheet: str = ""
    row: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = self.cell or (f"{self.row}:{self.row}" if self.row else "")
        return " ".join(part for part in (self.file, f"{self.sheet}!{place}".lstrip("!") if place else "") if part)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure, or with `column` '' one row, that a later version says otherwise."""

    id: str  # of mart, key, column and both values: another value is another change
    kind: str  # changed, added, removed
    mart: str
    key: Mapping[str, str]
    nth: int  # from 0, of the rows that share the key
    column: str
    old: str | None
    new: str | None
    old_origin: Origin
    new_origin: Origin
    period: str = ""
    old_score: str | None = None
    new_score: str | None = None
    old_rank: str | None = None
    new_rank: str | None = None
    row: Mapping[str, str] = field(default_factory=dict)  # of an added or removed row

    def record(self) -> dict:
        """As JSON."""
        return asdict(self) | {"key": dict(self.key), "row": dict(self.row)}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that differs, as it was and as it is; None where it was not there, or is no longer."""

    mart: str
    name: Name
    was: Row | None
    now: Row | None

    @property
    def row(self) -> Row:
        return self.now or self.was or {}


@dataclass(frozen=True, slots=True)
class Moved:
    """A row whose rank is another because the figures of other rows are."""

    mart: str
    key: Mapping[str, str]
    old_rank: str | None
    new_rank: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen set beside a later version."""

    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    evidence: Mapping[str, int]  # mart without figures -> rows that differ
    apart: tuple[str, ...]  # marts and columns that only one of the two has
    rows: tuple[ChangedRow, ...] = ()  # every row that differs, of marts without figures too


def compare_versions(frozen: Mapping[str, MartTable], later: Mapping[str, MartTable], keys: Keys, period: str) -> Comparison:
    """Every difference in what both versions hold, of periods that had ended when the sealed `period` did."""
    changes: list[Change] = []
    moved: list[Moved] = []
    evidence: dict[str, int] = {}
    rows: list[ChangedRow] = []
    apart = [mart for mart in sorted({*frozen, *later}) if mart not in frozen or mart not in later]
    for mart in sorted(frozen.keys() & later.keys()):
        old, new = (_rows(t, mart, keys, period) for t in (frozen[mart], later[mart]))
        both = [c for c in frozen[mart].columns if c in later[mart].columns]
        apart += [f"{mart}.{c}" for c in sorted({*frozen[mart].columns} ^ {*later[mart].columns})]
        columns = [c for c in both if c not in keys.origin and c not in keys.named]
        found = _changes(mart, old, new, columns, keys)
        rows += [ChangedRow(mart, name, old.get(name), new.get(name)) for name in dict.fromkeys(_name(c) for c in found)]
        if mart in keys.evidence:
            evidence |= {mart: len({(tuple(c.key.values()), c.nth) for c in found})} if found else {}
            continue
        before, after = places(mart, old, keys), places(mart, new, keys)
        changes += [replace(c, old_rank=before.get(n), new_rank=after.get(n)) for c in found for n in [_name(c)]]
        told = {_name(c) for c in found}
        moved += [
            Moved(mart, _key(name, mart, both, keys), before.get(name), after.get(name))
            for name in old
            if name in new and name not in told and before.get(name) != after.get(name)
        ]
    return Comparison(tuple(changes), tuple(moved), evidence, tuple(apart), tuple(rows))


def _rows(table: MartTable, mart: str, keys: Keys, period: str) -> dict[Name, Row]:
    rows = table.records()
    if mart not in keys.standing:
        rows = [row for row in rows if known_by(row.get("period", ""), period)]
    return by_key(rows, keys.key(mart, table.columns))


def by_key(rows: Iterable[Named], key: Sequence[str]) -> dict[Name, Named]:
    """Rows by the values of their key; of several that share them the first, the second ..."""
    count: dict[tuple[str, ...], int] = defaultdict(int)
    found: dict[Name, Named] = {}
    for row in rows:
        values = tuple(row.get(c, "") for c in key)
        found[values, count[values]] = row
        count[values] += 1
    return found


def _name(change: Change) -> Name:
    return tuple(change.key.values()), change.nth


def _key(name: Name, mart: str, columns: Sequence[str], keys: Keys) -> dict[str, str]:
    return dict(zip(keys.key(mart, columns), name[0]))


def _changes(mart: str, old: dict[Name, Row], new: dict[Name, Row], columns: Sequence[str], keys: Keys) -> list[Change]:
    found = []
    for name in [*old, *(n for n in new if n not in old)]:
        was, now = old.get(name), new.get(name)
        row = ChangedRow(mart, name, was, now)
        if was and now:
            found += [_change("changed", row, c, keys) for c in columns if was[c] != now[c]]
        else:
            found.append(_change("added" if now else "removed", row, "", keys))
    return found


def _change(kind: str, changed: ChangedRow, column: str, keys: Keys) -> Change:
    mart, name, was, now, row = changed.mart, changed.name, changed.was, changed.now, changed.row
    key = _key(name, mart, tuple(row), keys)
    old, new = ((r or {}).get(column) if column else None for r in (was, now))
    figures = {} if column else {c: v for c, v in row.items() if c not in keys.origin}
    mark = digest(canonical([kind, mart, key, name[1], column, old, new, figures]))[:10]
    score, rank = (next((c for c in names if c in row), "") for names in (keys.score, keys.rank))
    return Change(
        mark,
        kind,
        mart,
        key,
        name[1],
        column,
        old,
        new,
        _origin(was, column),
        _origin(now, column),
        row.get("period", ""),
        (was or {}).get(score),
        (now or {}).get(score),
        (was or {}).get(rank),
        (now or {}).get(rank),
        row={} if column else row,
    )


def _origin(row: Row | None, column: str) -> Origin:
    if not row or not row.get("file"):
        return Origin()
    try:
        cells = json.loads(row.get("cells") or "{}")
    except ValueError:
        cells = {}
    return Origin(row["file"], row.get("sheet", ""), row.get("row_no", ""), str(cells.get(column, "")) if column else "")
