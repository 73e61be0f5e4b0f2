"""One cause, one finding: what follows from another finding is not said again (rules_later.md, section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

# What silences what, and where: on the same cell, or on the same line.
SILENCED = (
    *((cause, "F01", "cell") for cause in ("F03", "F05", "F06", "F08", "F20", "P54")),
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


A_COLUMN = 3        # so many formulas of one column without a stored result were lost together: the file was never calculated


def columns_once(found: Sequence) -> list:
    """Tell formulas without a stored result (F20) once a column where there are several, at the first of them."""
    lost = defaultdict(list)
    for f in found:
        if f.rule == "F20" and f.line_id and f.column and not f.value:
            lost[f.submission_id, f.sheet, f.column].append(f)
    told = [cells for cells in lost.values() if len(cells) >= A_COLUMN]
    gone = {id(f) for cells in told for f in cells}
    whole = [replace(cells[0], line_id=None, row=None, difference=f"{len(cells)}行") for cells in told]
    return [*(f for f in found if id(f) not in gone), *whole]


def blanks_once(found: Sequence, required: Mapping[str, int]) -> list:
    """Tell the blanks (F01) of a line once where most of what is required is missing: it may be no line at all.

    `required` is the number of required columns by form.
    """
    blank = defaultdict(list)
    for f in found:
        if f.rule == "F01" and f.line_id:
            blank[f.line_id].append(f)
    told = {line: cells for line, cells in blank.items() if len(cells) * 2 > required.get(cells[0].form, len(cells) * 2)}
    return [_blank_line(f, told[f.line_id]) if f.rule == "F01" and f.line_id in told else f
            for f in found if f.rule != "F01" or f.line_id not in told or f is told[f.line_id][0]]


def _blank_line(first, cells: Sequence):
    return replace(first, expected=f"这一行空着的{len(cells)}个必填项（如果这一行不是数据，请移到表外）", difference=f"{len(cells)}项")


def without_consequences(found: Sequence, known: Sequence = ()) -> list:
    """Leave out each finding whose cause was found too, now or among those `known` already; the order stays."""
    places = {(f.rule, place) for f in (*found, *known) for place in (_cell(f), _line(f)) if place}
    silenced_by = {}
    for cause, consequence, scope in SILENCED:
        silenced_by.setdefault(consequence, []).append((cause, _cell if scope == "cell" else _line))
    return [
        f for f in found
        if not any((cause, where(f)) in places for cause, where in silenced_by.get(f.rule, ()) if where(f))
    ]


def _cell(f) -> tuple | None:
    return ("cell", f.submission_id, f.sheet, f.cell) if f.cell else None


def _line(f) -> tuple | None:
    return ("line", f.submission_id, f.line_id) if f.line_id else None
