"""Headers that a person has taught: in a unit's form this text names that column, from now on without asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from etl.forms.contract import Form

ANY_UNIT = "*"


@dataclass(frozen=True, slots=True)
class TaughtHeader:
    """One line of headers.csv; `unit` is a code, or * for all units."""

    decision: str
    unit: str
    form: str
    header: str
    column: str
    by: str
    at: datetime
    line: int = 0


def forms_taught(forms: Mapping[str, Form], taught: Iterable[TaughtHeader], units: Collection[str | None]) -> dict[str, Form]:
    """The contracts with what was taught for these units, and for all, among the other names of their columns."""
    more: dict[tuple[str, str], list[str]] = {}
    for one in taught:
        if one.unit == ANY_UNIT or one.unit in units:
            more.setdefault((one.form, one.column), []).append(one.header)
    told = {form for form, _ in more}
    return {
        name: replace(
            form,
            columns=tuple(replace(c, aliases=(*c.aliases, *more[name, c.name])) if (name, c.name) in more else c for c in form.columns),
        )
        if name in told
        else form
        for name, form in forms.items()
    }
