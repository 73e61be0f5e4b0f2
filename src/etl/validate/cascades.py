"""One cause, one finding: what follows from another finding is not said again (judging.md, section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.texts.catalogue import chinese

if TYPE_CHECKING:
    from etl.validate.rules import Found

# What silences what, and where: on the same cell, or on the same line.
SILENCED = (
    *((cause, "F01", "cell") for cause in ("F03", "F05", "F06", "F08", "F20", "F34", "F45", "F47", "P54")),
    ("F45", "F02", "cell"),
    ("F42", "F44", "line"),
    ("P01", "P03", "cell"),
    ("P02", "P03", "cell"),
    ("P25", "P52", "cell"),
    ("P26", "P27", "line"),
    ("P05E", "P05", "line"),
    ("P05E", "P06", "line"),
    ("P05", "P06", "line"),
    ("P12", "P12M", "line"),
    ("P18", "P18F", "line"),
)


# What a wrong unit of a whole column (P25C) brings about in figures of its submission.
OF_A_WRONG_UNIT = frozenset(("P01", "P02", "P03", "P04", "P07", "P08", "P09", "P10", "P21", "P25", "P26", "P27", "P29", "P30",
                             "P44X", "P45", "P52", "P57", "P58"))
FIGURES = ("amount", "percent")
A_COLUMN = 3        # so many formulas of one column without a stored result were lost together: the file was never calculated


@dataclass(frozen=True, slots=True)
class Cause:
    """An issue that is landed, as far as it may silence another."""

    rule: str
    submission_id: str
    line_id: str | None
    sheet: str
    cell: str | None


def without_wrong_units(found: Sequence[Found], known: Collection[str], forms: Mapping[str, Form]) -> list[Found]:
    """Leave out what follows from a wrong unit of a whole column, found now or in the submissions `known`."""
    wrong = {f.submission_id for f in found if f.rule == "P25C"} | set(known)

    def follows(f: Found) -> bool:
        form = forms.get(f.form or "")
        column = form.by_name.get(f.column) if form and f.column else None
        return f.submission_id in wrong and f.rule in OF_A_WRONG_UNIT and column is not None and column.type in FIGURES

    return [f for f in found if not follows(f)]


def columns_once(found: Sequence[Found]) -> list[Found]:
    """Tell formulas without a stored result (F20) once a column where there are several, at the first of them."""
    lost = defaultdict(list)
    for f in found:
        if f.rule == "F20" and f.line_id and f.column and not f.value:
            lost[f.submission_id, f.sheet, f.column].append(f)
    told = [cells for cells in lost.values() if len(cells) >= A_COLUMN]
    gone = {id(f) for cells in told for f in cells}
    whole = [replace(cells[0], line_id=None, row=None, difference=chinese("expected.count_rows", count=len(cells))) for cells in told]
    return [*(f for f in found if id(f) not in gone), *whole]


def blanks_once(found: Sequence[Found], required: Mapping[str, int]) -> list[Found]:
    """Tell the blanks (F01) of a line once where most of what is required is missing: it may be no line at all.

    `required` is the number of required columns by form.
    """
    blank = defaultdict(list)
    for f in found:
        if f.rule == "F01" and f.line_id:
            blank[f.line_id].append(f)
    told = {line: cells for line, cells in blank.items() if len(cells) * 2 > required.get(cells[0].form or "", len(cells) * 2)}
    return [_blank_line(f, told[f.line_id]) if f.rule == "F01" and f.line_id in told else f
            for f in found if f.rule != "F01" or f.line_id not in told or f is told[f.line_id][0]]


def _blank_line(first: Found, cells: Sequence[Found]) -> Found:
    return replace(first, expected=chinese("expected.blank_line", count=len(cells)), difference=chinese("expected.count_cells", count=len(cells)))


def without_consequences(found: Sequence[Found], known: Sequence[Cause] = ()) -> list[Found]:
    """Leave out each finding whose cause was found too, now or among those `known` already; the order stays."""
    everything: list[Found | Cause] = [*found, *known]
    places = {(f.rule, place) for f in everything for place in (_cell(f), _line(f)) if place}
    silenced_by: dict[str, list[tuple[str, Callable[[Found | Cause], tuple | None]]]] = {}
    for cause, consequence, scope in SILENCED:
        silenced_by.setdefault(consequence, []).append((cause, _cell if scope == "cell" else _line))
    return [
        f for f in found
        if not any((cause, where(f)) in places for cause, where in silenced_by.get(f.rule, ()) if where(f))
    ]


def _cell(f: Found | Cause) -> tuple | None:
    return ("cell", f.submission_id, f.sheet, f.cell) if f.cell else None


def _line(f: Found | Cause) -> tuple | None:
    return ("line", f.submission_id, f.line_id) if f.line_id else None
