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

    A 小计 sums the lines since the last group row or total; 合计 and 总计 sum all lines above, or all of
    the table where they stand on top. A column with a line that could not be read is not judged.
    """
    totals, findings = [], []
    data = table.rows.data
    groups = [r for r, _ in table.rows.groups]
    for r, kind, _ in table.rows.totals:
        if kind == "小计":
            start = max([g for g in groups if g < r] + [t for t, _, _ in table.rows.totals if t < r], default=-1)
            members = [i for i, row in enumerate(data) if start < row < r]
        else:
            members = [i for i, row in enumerate(data) if row < r] or list(range(len(data)))
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
            if (column.type == "amount" or column.unit == "亩") and members and kind != "总分":
                findings += _compare(table, total, [(data_column.value[i], data_column.low[i], data_column.high[i],
                                                    data_column.reason[i]) for i in members], column.required)
    return totals, findings


def _compare(table: Table, total: Total, parts, required: bool) -> list[Finding]:
    if any(value is None and (required or reason not in (None, "no_value")) for value, _, _, reason in parts):
        return []
    given = [(v, lo, hi) for v, lo, hi, _ in parts if v is not None]
    if any(hi is None or lo is None for _, lo, hi in given):
        return []
    low, high = sum((lo for _, lo, _ in given), Decimal(0)), sum((hi for _, _, hi in given), Decimal(0))
    if total.high >= low and total.low <= high:
        return []
    point = sum((v for v, _, _ in given), Decimal(0))
    return [Finding("F21", table.grid.sheet, total.row, total.column, total.cell, total.raw, plain(point),
                    plain(total.value - point))]
