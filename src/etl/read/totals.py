"""Total rows: kept for reconciliation, compared with the sum of their lines (F21), never a fact."""

from __future__ import annotations

from decimal import Decimal

from etl.forms.contract import Column
from etl.model import ColumnData, Finding, Total
from etl.normalise.kinds import Context, sent_text
from etl.normalise.numbers import printed_interval, read_number, without_exponent
from etl.read.rows import Classified, group_style
from etl.read.table import Table, with_unit

_SUMMED = frozenset({"小计", "合计", "总计", "共计", "分组"})  # 其中 is not exhaustive, 总分 is P42's, 累计 is no sum


def read_totals(table: Table, columns: dict[str, ColumnData], contexts: dict[str, Context]) -> tuple[list[Total], list[Finding]]:
    """Every figure of every total row, and F21 where it cannot be the sum of its group.

    Which lines a total sums is not written anywhere: of the groups it may sum (see `_spans`) the one that fits most
    of its figures is taken. A column with a line that could not be read is not judged.
    """
    totals: list[Total] = []
    findings: list[Finding] = []
    for r, kind, _ in table.rows.totals:
        figures = [t for name in columns if (t := _figure(table, r, kind, name, contexts.get(name)))]
        totals += figures
        judged = [t for t in figures if kind in _SUMMED and _is_sum(table.form.by_name[t.column])]
        fits: list[list[Finding]] = []
        for start, stop in dict.fromkeys(_spans(r, kind, table.rows)):
            span = [i for i, row in enumerate(table.rows.data) if start < row < stop]
            if span:
                fits.append([f for t in judged if (f := _compare(table, t, columns[t.column], span))])
        best: list[Finding] = min(fits, key=len, default=[])
        findings += best
    return totals, findings


def _is_sum(column: Column) -> bool:
    return column.type == "amount" or column.unit == "亩"


def _figure(table: Table, row: int, kind: str, name: str, context: Context | None) -> Total | None:
    column = table.form.by_name[name]
    if column.type not in ("amount", "number") or name not in table.place or context is None:
        return None
    col = table.place[name]
    raw = with_unit(table.grid, row, col) if column.type == "amount" else table.grid.cell(row, col)
    units = context.vocabulary.money_units.get(column.unit or "", {})
    number = read_number(raw, context.vocabulary, units) if raw is not None else None
    if number is None or number.value is None:
        return None
    scale = units.get(number.own_unit or "", context.scale)
    low, high = printed_interval(number.value, scale)
    return Total(kind, table.grid.number(row, col), name, table.grid.name(row, col), sent_text(raw) or "", number.value * scale, low, high)


def _spans(row: int, kind: str, rows: Classified) -> list[tuple[int, int]]:
    """Which rows a total may sum, likeliest first: units nest their groups, and put totals above or below them."""
    groups = [r for r, _ in rows.groups]
    breaks = sorted({*groups, *(r for r, k, _ in rows.totals if k != "其中")})
    same = [r for r, k, _ in rows.totals if k == kind]
    if kind == "分组":
        style = group_style(dict(rows.groups)[row])
        same = [r for r, text in rows.groups if group_style(text) == style]
    above = [(_last(places, row), row) for places in (breaks, same, groups, [])]
    below = [(row, _next(places, row)) for places in (breaks, same, [])]
    if kind == "分组":
        return below
    return above + below if kind == "小计" else above[::-1] + below[::-1]


def _last(places: list[int], row: int) -> int:
    return max((p for p in places if p < row), default=-1)


def _next(places: list[int], row: int) -> int:
    return min((p for p in places if p > row), default=10**9)


def _compare(table: Table, total: Total, column: ColumnData, span: list[int]) -> Finding | None:
    required = table.form.by_name[total.column].required
    if column.low is None or column.high is None or column.reason is None:
        return None  # no column of figures
    parts = [(column.figures[i], column.low[i], column.high[i], column.reason[i]) for i in span]
    if any(value is None and (required or reason not in (None, "no_value")) for value, _, _, reason in parts):
        return None
    filled = [(v, lo, hi) for v, lo, hi, _ in parts if v is not None]
    given = [(v, lo, hi) for v, lo, hi in filled if isinstance(lo, Decimal) and isinstance(hi, Decimal)]
    if len(given) < len(filled):
        return None
    low, high = sum((lo for _, lo, _ in given), Decimal(0)), sum((hi for _, _, hi in given), Decimal(0))
    if total.high >= low and total.low <= high:
        return None
    point = sum((v for v, _, _ in given), Decimal(0))
    return Finding(
        "F21",
        table.grid.sheet,
        total.row,
        total.column,
        total.cell,
        total.raw,
        without_exponent(point),
        without_exponent(total.value - point),
    )
