"""The business key of a line: what makes two lines the same record (rule F13)."""

from __future__ import annotations

from datetime import date

from etl.forms.contract import Column, Form
from etl.model import Lines, Reading, Value
from etl.normalise.names import UnitRegister
from etl.normalise.text import norm

UNREADABLE = object()  # something was sent, but what it says is not known


def business_keys(form: Form, reading: Reading, register: UnitRegister) -> list[str | None]:
    """The key of every line as text, None where it cannot be told.

    The first list of the contract whose columns are all filled is the key; else the last list, in which a
    blank optional column counts as blank. Names of units count by their code, texts by `norm`.
    """
    lines = reading.lines
    if lines is None:
        return []
    unreadable = {(f.line or str(f.row), f.column) for f in reading.findings}
    parts = {name: _parts(form.by_name[name], lines, register, unreadable) for choice in form.business_key for name in choice}
    keys: list[str | None] = []
    for i in range(len(lines)):
        keys.append(None)
        for choice in form.business_key:
            found = [parts[name][i] for name in choice]
            last = choice is form.business_key[-1]
            if UNREADABLE in found:
                if last:
                    break
                continue
            if all(found) or (last and all(p or not form.by_name[n].required for n, p in zip(choice, found))):
                keys[i] = "|".join(str(p or "") for p in found)
                break
    return keys


def _parts(column: Column, lines: Lines, register: UnitRegister, unreadable: set) -> list[object]:
    """Of each line the part of the key that a column gives: a text, None, or UNREADABLE."""
    data = lines.columns.get(column.name)
    if data is None:
        return [None] * len(lines)
    return [
        _part(column, value, register) if value is not None else UNREADABLE if (lines.mark(i), column.name) in unreadable else None
        for i, value in enumerate(data.value)
    ]


def _part(column: Column, value: Value, register: UnitRegister) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return (register.find(text) if column.register else None) or norm(text)
