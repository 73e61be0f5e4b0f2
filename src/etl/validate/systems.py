"""Lay out the figures of lines, and the identities of their form among them, for `etl.validate.culprit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from etl.forms.contract import Form
from etl.forms.identities import FIRST, LATER, Identity, Ref
from etl.validate.culprit import Bound, Key, Quotient, Sum, Suspect, System
from etl.validate.rulebook import Parameters

SHARED, PREV, TOTAL = "", "prev", "total"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one line: column -> (value, low, high), and what its cells held and where they are."""

    line_id: str
    month: int | None  # of the period, None where it is a year
    numbers: Mapping[str, tuple[Decimal, Decimal, Decimal]]
    sent: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, Decimal] = field(default_factory=dict)  # the figures of the row above, and of the one below
    below: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Finds the figures that an identity speaks of, for one line."""

    form: Form
    line: Figures
    scopes: Mapping[str, str]  # what an identity calls a line -> its mark
    cells: Mapping[Key, Suspect]
    rows: Sequence[str]  # marks of all lines that a sum takes in

    def keys(self, ref: Ref) -> list[Key] | None:
        """Where a figure stands: one key, for a sum that of every line, none for a blank that counts as 0; None where it is not known."""
        if ref.scope == "sum":
            keys = [_key(self.form, ref.column, row) for row in self.rows]
            return keys if keys and all(key in self.cells for key in keys) else None
        key = (TOTAL, ref.column) if ref.scope == "total" else _key(self.form, ref.column, self.scopes[ref.scope])
        if key in self.cells:
            return [key]
        return [] if ref.blank_is_zero and ref.column not in self.line.sent and key[0] != TOTAL else None


def starts_anew(month: int | None, cfg: Parameters) -> bool:
    """True in the months whose year-to-date figure is that of the month (P03)."""
    return month == 1 or month == 2 and cfg.january_exempt == "true"


def line_system(form: Form, cfg: Parameters, line: Figures, before: Figures | None = None) -> System:
    """The figures of a line beside those of the same record a month earlier; these may be wrong as well."""
    cells = _cells(form, line, SHARED, before)
    bound = []
    if before is not None:
        cells |= _cells(form, before, PREV, None)
        bound += [b for b in _bind_all(form, cfg, before, {"": PREV}, cells) if not b.broken(cells)]
    bound += _bind_all(form, cfg, line, {"": SHARED, "prev": PREV}, cells)
    return System(cells, bound)


def sheet_system(form: Form, cfg: Parameters, lines: Sequence[Figures], totals: Mapping[str, Suspect]) -> System:
    """The figures of all lines of a submission, for a form that has sums over them; its head and money block stand once."""
    cells: dict[Key, Suspect] = {(TOTAL, column): cell for column, cell in totals.items()}
    for line in lines:
        for (_, column), cell in _cells(form, line, line.line_id, None).items():
            cells.setdefault(_key(form, column, line.line_id), cell)
    bound: dict[tuple, Bound] = {}
    for identity in form.identities:
        for line in lines:
            where = _shared(form, identity, line.line_id)
            one = _bind(identity, cfg, _Resolver(form, line, {"": line.line_id}, cells, [each.line_id for each in lines]))
            if one is not None:
                bound.setdefault((identity.says, where), one)
    return System(cells, list(bound.values()))


def column_system(total: Suspect, parts: Mapping[Key, Suspect]) -> System:
    """A printed total and the cells of the lines that it sums (F21)."""
    factors = {(TOTAL, total.column): Decimal(1)} | dict.fromkeys(parts, Decimal(-1))
    return System({(TOTAL, total.column): total, **parts}, [Sum(factors, True, rules=("F21",))])


def cell_of(
    form: Form,
    line: Figures,
    column: str,
    *,
    counted: bool = False,
    earlier: bool = False,
    likes: tuple[tuple[str, str, Decimal], ...] = (),
) -> Suspect:
    """One figure of a line as a cell."""
    contract = form.by_name[column]
    value, low, high = line.numbers[column]
    return Suspect(
        value,
        low,
        high,
        line.sent.get(column),
        column,
        line.places.get(column, ""),
        contract.type == "percent",
        counted,
        earlier,
        Decimal(contract.minimum) if contract.minimum is not None else None,
        likes,
    )


def _cells(form: Form, line: Figures, scope: str, before: Figures | None) -> dict[Key, Suspect]:
    ties = form.ties
    return {
        (scope, column): cell_of(
            form,
            line,
            column,
            counted=column in ties.counted,
            earlier=scope == PREV,
            likes=_likes(form, line, column, before if column in ties.carried else None),
        )
        for column in line.numbers
        if column in ties.figures or _below(form, line, column)
    }


def _below(form: Form, line: Figures, column: str) -> bool:
    least = form.by_name[column].minimum
    return least is not None and line.numbers[column][0] < Decimal(least)


def _likes(form: Form, line: Figures, column: str, before: Figures | None) -> tuple[tuple[str, str, Decimal], ...]:
    """Cells of which one may be a copy: other columns of its kind, the month before, the rows above and below."""
    found = [("column", c, line.numbers[c][0]) for c in form.look_alikes[column] if c in line.numbers]
    if before is not None and column in before.numbers:
        found.append(("earlier", column, before.numbers[column][0]))
    found += [("neighbour", where, row[column]) for where, row in (("above", line.above), ("below", line.below)) if column in row]
    return tuple(found)


def _bind_all(form: Form, cfg: Parameters, line: Figures, scopes: Mapping[str, str], cells: Mapping[Key, Suspect]) -> list[Bound]:
    at = _Resolver(form, line, scopes, cells, ())
    return [b for i in form.identities if (b := _bind(i, cfg, at)) is not None]


def _bind(identity: Identity, cfg: Parameters, at: _Resolver) -> Bound | None:
    """An identity over the figures at hand; None where it says nothing of this line or a figure is not known."""
    line, starts = at.line, starts_anew(at.line.month, cfg)
    if identity.when == FIRST and not starts or identity.when == LATER and (starts or line.month is None):
        return None
    if identity.nonzero and line.numbers.get(identity.nonzero, (None,))[0] == 0:
        return None
    if identity.reaches_back and "prev" not in at.scopes:
        return None
    left = at.keys(identity.left)
    if not left:
        return None
    if identity.ratio is not None:
        factor, *refs = identity.ratio
        parts = [r for r in (factor, refs[0]) if isinstance(r, Ref)]
        found = [at.keys(r) for r in (*parts, refs[1])]
        *inner, whole = (each[0] if each else None for each in found)
        known = tuple(key for key in inner if key is not None)
        if whole is None or len(known) < len(inner):
            return None
        number = _number(factor, cfg) if isinstance(factor, str) else Decimal(1)
        return Quotient(left[0], number, known, whole, identity.rules, identity.usually)
    sign = -1 if identity.relation == ">=" else 1
    factors, constant = dict.fromkeys(left, Decimal(sign)), Decimal(0)
    for term in identity.terms:
        number = -sign * term.sign * _number(term.factor, cfg)
        if term.ref is None:
            constant += number
            continue
        keys = at.keys(term.ref)
        if keys is None:
            return None
        factors |= dict.fromkeys(keys, number)
    return Sum(factors, identity.relation == "=", constant, identity.rules, identity.usually, identity.exact)


def _key(form: Form, column: str, row: str) -> Key:
    return (SHARED if form.by_name[column].block != "table" else row, column)


def _shared(form: Form, identity: Identity, row: str) -> str:
    """'' for an identity that is the same for every line of a submission, else the line."""
    own = any(not r.scope and form.by_name[r.column].block == "table" for r in identity.refs)
    return row if own else SHARED


def _number(factor: str, cfg: Parameters) -> Decimal:
    return Decimal(cfg.word(factor.removeprefix("cfg."))) if factor.startswith("cfg.") else Decimal(factor)
