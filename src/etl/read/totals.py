"""Total rows: kept for reconciliation, compared with the sum of their lines (F21), never a fact."""

from __future__ import annotations

from decimal import Decimal

from etl.model import ColumnData, Finding, Total, cell_name
from etl.normalise.columns import Context, sent_text
from etl.normalise.numbers import plain, printed_interval, read_number
from etl.read.table import Table

_GRAND = ("合计", "总计", "共计", "累计")


def read_totals(table: Table, columns: dict[str, ColumnData], contexts: dict[str, Context]) -> tuple[list[Total], list[Finding]]:
    """Every figure of every total row, and F21 where it cannot be the sum of its group.

    A total is wrong only if it fits none of the groups of lines that it may sum (see `_spans`). A column with
    a line that could not be read is not judged.
    """
    totals, findings = [], []
    data = table.rows.data
    groups = [r for r, _ in table.rows.groups]
    for r, kind, _ in table.rows.totals:
        spans = [[i for i, row in enumerate(data) if a < row < b] for a, b in _spans(r, kind, groups, table.rows.totals)]
        spans = [s for i, s in enumerate(spans) if s and s not in spans[:i]]
        for name, data_column in columns.items():
            column = table.form.by_name[name]
            if column.type not in ("amount", "number") or name not in table.place:
                continue
            col = table.place[name]
            raw = table.grid.cell(r, col)
            context = contexts[name]
            number = read_number(raw, context.vocabulary) if raw is not None else None
            if number is None or number.value is None:
                continue
            low, high = printed_interval(number.value, context.scale)
            total = Total(kind, r + 1, name, cell_name(r, col), sent_text(raw), number.value * context.scale, low, high)
            totals.append(total)
            if (column.type == "amount" or column.unit == "亩") and kind not in ("总分", "其中"):
                compared = [_compare(table, total, data_column, span, column.required) for span in spans]
                if compared and all(compared):
                    findings.append(compared[0])
    return totals, findings


def _spans(row: int, kind: str, groups: list[int], totals) -> list[tuple[int, int]]:
    """Which rows a total may sum, likeliest first: units nest their groups in more than one way."""
    end = 10**9
    if kind == "分组":
        return [(row, min((g for g in groups if g > row), default=end))]
    same = max((r for r, k, _ in totals if k == kind and r < row), default=-1)
    group = max((g for g in groups if g < row), default=-1)
    last = max([group] + [r for r, k, _ in totals if r < row and k != "其中"])
    if kind == "小计":
        return [(last, row), (same, row), (group, row)]
    below = (row, min((r for r, k, _ in totals if k == kind and r > row), default=end))
    return [(-1, row), (same, row), (group, row), below]


def _compare(table: Table, total: Total, column: ColumnData, span: list[int], required: bool) -> Finding | None:
    parts = [(column.value[i], column.low[i], column.high[i], column.reason[i]) for i in span]
    if any(value is None and (required or reason not in (None, "no_value")) for value, _, _, reason in parts):
        return None
    given = [(v, lo, hi) for v, lo, hi, _ in parts if v is not None]
    if any(hi is None or lo is None for _, lo, hi in given):
        return None
    low, high = sum((lo for _, lo, _ in given), Decimal(0)), sum((hi for _, _, hi in given), Decimal(0))
    if total.high >= low and total.low <= high:
        return None
    point = sum((v for v, _, _ in given), Decimal(0))
    return Finding("F21", table.grid.sheet, total.row, total.column, total.cell, total.raw, plain(point),
                   plain(total.value - point))
