"""Keep the stored results of formulas, which openpyxl drops: a preview or a phone shows them without calculating."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

# How openpyxl writes a formula: <c r="C5" s="3"><f>SUM(C3:C4)</f><v /></c>
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v ?/></c>')


def stored_results(content: bytes, sheets: dict[str, list[str]]) -> dict[str, dict[str, object]]:
    """The results that a workbook's bytes hold for some cells: {sheet: {cell: value}}; `sheets` names the cells."""
    import io
    import warnings

    import openpyxl

    if not sheets:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {title: {c: v for c in cells if (v := book[title][c].value) is not None} for title, cells in sheets.items()}


def with_results(xml: bytes, results: dict[str, object]) -> bytes:
    """A sheet as openpyxl wrote it, with the results beside their formulas."""

    def put(found: re.Match) -> bytes:
        value = results.get(found[1].decode())
        written = _written(value)
        if written is None:
            return found[0]
        kind, text = written
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (found[1], found[2], kind, found[3], escape(text).encode())

    return _FORMULA.sub(put, xml)


def _written(value: object) -> tuple[bytes, str] | None:
    from openpyxl.cell.cell import ERROR_CODES
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, int | float | Decimal):
        return b"", repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, datetime | date | time | timedelta):
        return b"", repr(to_excel(value))
    if isinstance(value, str):
        return (b' t="e"' if value in ERROR_CODES else b' t="str"'), value
    return None
