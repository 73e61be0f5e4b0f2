"""One cause, one finding: what follows from another finding is not said again (judging.md, section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.texts.catalogue import chinese
from etl.validate.rulebook import CELL, FIGURES, LINE, Rule

if TYPE_CHECKING:
    from etl.validate.failure import Failure

OF_MONEY = ("amount", "percent")  # the columns that a wrong unit of money spoils
A_COLUMN = 3  # so many formulas of one column without a stored result were lost together: the file was never calculated


@dataclass(frozen=True, slots=True)
class Cause:
    """An issue that is landed, as far as it may silence another."""

    rule: str
    submission_id: str
    line_id: str | None
    sheet: str
    cell: str | None


def causes(rulebook: Mapping[str, Rule], scope: str) -> dict[str, tuple[str, ...]]:
    """For each rule that others silence in a scope, which ones do."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rulebook.values():
        for consequence in rule.silences.get(scope, ()):
            found[consequence] = (*found.get(consequence, ()), rule.code)
    return found


def without_wrong_units(
    found: Sequence[Failure],
    known: Collection[tuple[str, str]],
    forms: Mapping[str, Form],
    rulebook: Mapping[str, Rule],
    suspended: Collection[tuple[str, str]] = frozenset(),
) -> list[Failure]:
    """Leave out what follows in figures of money from a wrong unit (P25C); `known` are such findings as (submission, rule).

    What is `suspended`, as (rule, submission), is the cause of nothing: here and in the functions below.
    """
    silenced_by = causes(rulebook, FIGURES)
    wrong = {(f.submission_id, f.rule) for f in found if (f.rule, f.submission_id) not in suspended} | set(known)

    def follows(f: Failure) -> bool:
        form = forms.get(f.form or "")
        column = form.by_name.get(f.column) if form and f.column else None
        return (
            column is not None
            and column.type in OF_MONEY
            and any((f.submission_id, cause) in wrong for cause in silenced_by.get(f.rule, ()))
        )

    return [f for f in found if not follows(f)]


def without_later_phases(
    found: Sequence[Failure], rulebook: Mapping[str, Rule], failed: Mapping[str, int], suspended: Collection[tuple[str, str]] = frozenset()
) -> list[Failure]:
    """Leave out what rules of a later phase found in a submission where one of an earlier phase found an error.

    `failed` tells, by submission, the first phase in which errors are known already.
    """
    first = dict(failed)
    for f in found:
        rule = rulebook[f.rule]
        if rule.severity == "error" and (f.rule, f.submission_id) not in suspended:
            first[f.submission_id] = min(rule.phase, first.get(f.submission_id, rule.phase))
    return [f for f in found if rulebook[f.rule].phase <= first.get(f.submission_id, rulebook[f.rule].phase)]


def columns_once(found: Sequence[Failure]) -> list[Failure]:
    """Tell formulas without a stored result (F20) once a column where there are several, at the first of them."""
    lost = defaultdict(list)
    for f in found:
        if f.rule == "F20" and f.line_id and f.column and not f.value:
            lost[f.submission_id, f.sheet, f.column].append(f)
    told = [cells for cells in lost.values() if len(cells) >= A_COLUMN]
    gone = {id(f) for cells in told for f in cells}
    whole = [replace(cells[0], line_id=None, row=None, difference=chinese("expected.count_rows", count=len(cells))) for cells in told]
    return [*(f for f in found if id(f) not in gone), *whole]


def blanks_once(found: Sequence[Failure], required: Mapping[str, int]) -> list[Failure]:
    """Tell the blanks (F01) of a line once where most of what is required is missing: it may be no line at all.

    `required` is the number of required columns by form.
    """
    blank = defaultdict(list)
    for f in found:
        if f.rule == "F01" and f.line_id:
            blank[f.line_id].append(f)
    told = {line: cells for line, cells in blank.items() if len(cells) * 2 > required.get(cells[0].form or "", len(cells) * 2)}
    return [
        _blank_line(f, told[f.line_id]) if f.rule == "F01" and f.line_id in told else f
        for f in found
        if f.rule != "F01" or f.line_id not in told or f is told[f.line_id][0]
    ]


def _blank_line(first: Failure, cells: Sequence[Failure]) -> Failure:
    return replace(
        first, expected=chinese("expected.blank_line", count=len(cells)), difference=chinese("expected.count_cells", count=len(cells))
    )


def without_consequences(
    found: Sequence[Failure],
    rulebook: Mapping[str, Rule],
    known: Sequence[Cause] = (),
    suspended: Collection[tuple[str, str]] = frozenset(),
) -> list[Failure]:
    """Leave out each finding whose cause was found too, now or among those `known` already; the order stays."""
    everything: list[Failure | Cause] = [*(f for f in found if (f.rule, f.submission_id) not in suspended), *known]
    places = {(f.rule, place) for f in everything for place in (_cell(f), _line(f)) if place}
    silenced_by = [(where, causes(rulebook, scope)) for where, scope in ((_cell, CELL), (_line, LINE))]
    return [
        f for f in found if not any((cause, where(f)) in places for where, by in silenced_by if where(f) for cause in by.get(f.rule, ()))
    ]


def _cell(f: Failure | Cause) -> tuple | None:
    return ("cell", f.submission_id, f.sheet, f.cell) if f.cell else None


def _line(f: Failure | Cause) -> tuple | None:
    return ("line", f.submission_id, f.line_id) if f.line_id else None
