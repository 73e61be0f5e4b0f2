"""The sheet against what its folder and file name promise: two strong pieces that differ are refused, a weak one asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.inbox.identify import Promise
from etl.model import Evidence, Finding
from etl.normalise.kinds import masked_text
from etl.normalise.names import UnitRegister
from etl.normalise.periods import period_end
from etl.read.table import Table
from etl.texts.catalogue import chinese
from etl.understand.identity import FAIR, STRONG, SheetIdentity
from etl.understand.places import HEADER, SHEET_NAME
from etl.understand.reference import Reference

_SAMPLE_PERIOD = re.compile(r"20[xX×*＊]{2}|[xX×*＊_]+\s*[年月]")


def promises_kept(
    table: Table, slot: Promise, identity: SheetIdentity, reference: Reference, period: str | None, kept: bool
) -> Iterator[Finding]:
    """F22, F23, F24 and their milder kin; `kept` says that the file holds a promised form, here or on another sheet."""
    if not kept:
        yield Finding(
            "F22",
            table.grid.sheet,
            None,
            None,
            table.around.title_cell,
            table.form.name,
            chinese.list([reference.forms[f].name for f in slot.forms]),
        )
    yield from _period(table, identity, period)
    yield from _masked(table, slot, identity, reference, period)
    yield from _unit(table, slot, identity, reference.register)


def _period(table: Table, identity: SheetIdentity, period: str | None) -> Iterator[Finding]:
    sheet = table.grid.sheet
    if period is None:
        yield Finding("F23N", sheet, None, None, table.around.title_cell)
        return
    own = [e for e in identity.periods if not e.place.startswith(HEADER)]
    against = [e for e in own if e.value != period]
    agreed = any(e.value == period and e.weight >= FAIR for e in own)
    promised = identity.promised
    # A folder may be named for the month of sending: where it alone differs, the sheet is believed.
    other = promised if promised and promised.value == period else next((e for e in own if e.value == period), None)
    strong = [e for e in against if e.weight >= STRONG]
    if strong and (other is None or other.weight >= FAIR):
        yield _apart("F23", sheet, strong[0], other, period)
    elif against and not agreed and max(e.weight for e in against) >= FAIR:
        yield _apart("F23W", sheet, against[0], other, period)
    elif against and table.grid.visible and any(e.place.startswith(SHEET_NAME) for e in against):
        yield _apart("F23W", sheet, next(e for e in against if e.place.startswith(SHEET_NAME)), other, period)
    month = end.month if table.form.cadence == "monthly" and (end := period_end(period)) else None
    wrong = {n: col for col, n in sorted(table.head.months.items(), reverse=True) if month and n != month}
    for _, col in sorted(wrong.items()):
        text, cell = table.head.texts.get(col), table.grid.name(table.head.rows.get(col, table.head.last), col)
        yield Finding("F23", sheet, None, table.head.columns[col], cell, text, _place(other, period))


def _apart(rule: str, sheet: str, said: Evidence, other: Evidence | None, period: str) -> Finding:
    return Finding(rule, sheet, None, None, said.cell, said.said, _place(other, period))


def _place(other: Evidence | None, period: str) -> str:
    return chinese("expected.promised", place=other.place, period=period) if other else period


def _masked(table: Table, slot: Promise, identity: SheetIdentity, reference: Reference, period: str | None) -> Iterator[Finding]:
    """P54: sample signs left where period or unit should stand."""
    sheet, around = table.grid.sheet, table.around
    if identity.printed is None and (masked := next((t for t in around.titles if _SAMPLE_PERIOD.search(t)), None)):
        yield Finding("P54", sheet, None, None, around.title_cell, masked, period)
    if around.cover.department and masked_text(around.cover.department):
        yield Finding("P54", sheet, None, None, around.department_cell, around.cover.department, reference.register.names.get(slot.unit))


def _unit(table: Table, slot: Promise, identity: SheetIdentity, register: UnitRegister) -> Iterator[Finding]:
    if not slot.unit:
        if identity.among:
            said = identity.units[0]
            yield Finding("F24A", table.grid.sheet, None, None, said.cell, said.said, register.listed(identity.among))
        elif identity.unit is None:
            yield Finding("F24N", table.grid.sheet, None, None, table.around.title_cell)
        return
    sheet, whole, owner = table.grid.sheet, register.whole(slot.unit), register.names.get(slot.unit)

    def own(code: str | None) -> bool:
        return code in (slot.unit, whole) or slot.unit == whole and register.below(code, whole)

    def above(code: str | None) -> bool:  # 甲县重点项目表 stands above what a town of it reports
        return register.below(slot.unit, code)

    labelled = [e for e in identity.units if e.weight == STRONG]
    titled = [e for e in identity.units if e.weight == FAIR]
    named = [e for e in labelled if e.value] or ([] if labelled else titled)
    if named and not any(own(e.value) or e.weight < STRONG and above(e.value) for e in named):
        yield Finding("F24", sheet, None, None, named[0].cell, named[0].said, owner)
    elif slot.name_unit and slot.name_unit != slot.unit and not register.below(slot.name_unit, whole) and not above(slot.name_unit):
        yield Finding("F24", sheet, None, None, None, register.names.get(slot.name_unit), owner)
    elif labelled and not named and not any(own(e.value) for e in titled) and not masked_text(labelled[0].said):
        yield Finding("F24W", sheet, None, None, labelled[0].cell, labelled[0].said, owner)
