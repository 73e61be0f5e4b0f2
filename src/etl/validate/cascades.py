"""One cause, one finding: what follows from another finding is not said again (rules_later.md, section 1)."""

from __future__ import annotations

from collections.abc import Sequence

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
