"""Understand one column of a submission: every cell becomes a value with its interval, or null with a finding."""

from __future__ import annotations

from decimal import Decimal

from etl.forms.contract import Column
from etl.model import CellValue, ColumnData, Finding
from etl.normalise.kinds import READERS, Context, ReadCell, Sent, sent_text

MANY = 3  # cells from which on a habit is told once


def understand_column(
    column: Column, sent: list[Sent], context: Context, ratio: list[Decimal | None] | None = None
) -> tuple[ColumnData, list[Finding]]:
    """Read a column. `ratio` are the percents recomputed from other columns, which decide 0.85 against 85.

    Rules: F03 F04 F05 F06 F07 F08 F12 F19 F20 F39 F45 P50 P54.
    """
    read = READERS[column.type](column, sent, context, ratio)
    cells: list[ReadCell] = []
    texts: list[str | None] = []
    findings: list[Finding] = []
    text: str | None
    blank, broken, ditto = ReadCell(), ReadCell(reason="formula_error", rule="F20"), ReadCell(reason="ditto", rule="F45")
    marks = context.vocabulary.ditto_marks if column.name != "note" else ()  # a remark may be that of the line above
    known: dict[tuple[type, CellValue, bool], tuple[ReadCell, str]] = {}  # a cell is read once however often it is written
    for one in sent:
        if one.error is not None:
            cell, text = broken, one.error
        elif one.raw is None:
            cell, text = blank, None
        else:
            key = (type(one.raw), one.raw, one.percent)
            if key not in known:
                text = sent_text(one.raw)
                known[key] = (ditto if text.strip() in marks else read(one) if text.strip() else blank, text)
            cell, text = known[key]
        cells.append(cell)
        texts.append(text or None)
        for rule in (cell.rule, cell.extra):
            if rule:
                findings.append(Finding(rule, context.sheet, one.row, column.name, one.cell, text, cell.expected))
    findings = _own_units_once(findings, sum(one.raw is not None for one in sent))
    spans = column.type in ("amount", "number", "percent", "date", "year")
    return ColumnData(
        raw=texts,
        value=[c.value for c in cells],
        cells=[one.cell for one in sent],
        low=[c.low for c in cells] if spans else None,
        high=[c.high for c in cells] if spans else None,
        precision=[c.precision for c in cells] if column.type == "date" else None,
        reason=[c.reason for c in cells],
    ), findings


def _own_units_once(findings: list[Finding], filled: int) -> list[Finding]:
    """A column whose cells nearly all carry one unit of their own, as by its number format, is told once (F19)."""
    own = [f for f in findings if f.rule == "F19"]
    if len(own) < MANY or 10 * len(own) < 6 * filled:
        return findings
    return [f for f in findings if f.rule != "F19" or f is own[0]]
