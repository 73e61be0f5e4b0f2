"""The upper part of a form of blocks (the self-evaluation): pairs of label and value, then a small matrix of money."""

from __future__ import annotations

from etl.reply.hints import header
from etl.reply.template import TemplateSheet


def write_blocks(out: TemplateSheet) -> int:
    """Write pairs and matrix below the head; returns the row of the table's header."""
    row = _pairs(out, 2)
    return _matrix(out, row)


def _label(out: TemplateSheet, first: tuple[int, int], last: tuple[int, int], text: str, must: bool = False) -> None:
    """Write a label into the cells from the first to the last, each as (row, column)."""
    look = out.format(bold=True, align="center", border=1, text_wrap=True, bg_color="#D9E1F2" if must else "#F2F2F2")
    if first != last:
        out.sheet.merge_range(*first, *last, text, look)
    else:
        out.sheet.write_string(*first, text, look)


def _pairs(out: TemplateSheet, row: int) -> int:
    """The first pair over the whole width, the others two in a row."""
    pairs = [c for c in out.form.columns if c.block == "pairs" and not c.support]
    half, end = out.width // 2, out.width - 1
    rows = [[(pairs[0], 0, end)]] if pairs else []
    for n in range(1, len(pairs), 2):
        two = pairs[n : n + 2]
        rows.append([(c, *((0, half - 1) if i == 0 and len(two) == 2 else (half if i else 0, end))) for i, c in enumerate(two)])
    for places in rows:
        for column, first, last in places:
            at = first + (2 if first == 0 else 1)
            _label(out, (row, first), (row, at - 1), header(column), column.required)
            out.sheet.merge_range(row, at, row, last, None, out.entry(column))
            out.ask(row, at, column)
        out.sheet.set_row(row, 24)
        row += 1
    return row


def _matrix(out: TemplateSheet, row: int) -> int:
    """Columns by their header at the right, rows by their label; a part that the contract lacks is closed by a dash."""
    columns = [c for c in out.form.columns if c.block == "matrix" and not c.support]
    start = out.width - len(columns)
    _label(out, (row, 0), (row + len(out.form.matrix_rows or {}), 1), "项目资金（万元）")
    _label(out, (row, 2), (row, start - 1), "")
    for n, column in enumerate(columns):
        _label(out, (row, start + n), (row, start + n), header(column), column.required)
    out.sheet.set_row(row, 30)
    for place, (label, suffix) in enumerate((out.form.matrix_rows or {}).items()):
        row += 1
        _label(out, (row, 2), (row, start - 1), f"其中：{label}" if place == 1 else label)
        for n, column in enumerate(columns):
            part = out.form.by_name.get(column.name + suffix)
            if part is None:
                out.sheet.write_string(row, start + n, "—", out.format(border=1, align="center"))
            else:
                out.sheet.write_blank(row, start + n, None, out.entry(part))
                out.ask(row, start + n, part)
        out.sheet.set_row(row, 22)
    return row + 1
