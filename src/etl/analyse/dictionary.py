"""The dictionary of marts, columns and measures as a workbook, in both languages side by side: for whoever builds a report elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from etl.analyse.marts import MartDescribed
from etl.explain.evidence import coded
from etl.explain.published import Row
from etl.texts.catalogue import LANGUAGES, speaker
from etl.texts.spreadsheet import TYPEFACE, inert

WIDE = {"said": 60, "definition": 60, "name": 30, "forms": 40, "key": 40, "edge_cases": 40}
MEASURE = (
    *("form", "measure", "measure_name", "measure_name_en", "uom", "decimals", "kind", "nature", "adds_over"),
    *("definition", "definition_en", "edge_cases"),
)


def write_dictionary(path: Path, marts: Sequence[MartDescribed], measures: Iterable[Row], as_of: date) -> None:
    """Write the workbook: a sheet of marts, one of their columns, one of measures. The same content gives the same bytes."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": _both("dictionary.title"), "created": datetime.combine(as_of, time())})
    plain = book.add_format({"font_name": TYPEFACE, "font_size": 10, "valign": "top", "text_wrap": True})
    bold = book.add_format({"font_name": TYPEFACE, "font_size": 10, "bold": True, "bottom": 1, "text_wrap": True})
    for title, heads, rows in _sheets(marts, measures):
        page = book.add_worksheet(speaker("zh")(f"dictionary.{title}"))
        page.freeze_panes(1, 1)
        for place, head in enumerate(heads):
            page.set_column(place, place, next((wide for part, wide in WIDE.items() if head.startswith(part)), 18))
            page.write_string(0, place, _both(f"dictionary.{head}"), bold)
        count = 0
        for count, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                page.write_string(count, place, inert(str(cell)), plain)
        page.autofilter(0, 0, count, len(heads) - 1)
    book.close()


def _sheets(marts: Sequence[MartDescribed], measures: Iterable[Row]) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    heads = ("mart", "said_zh", "said_en", "subject", "key", "forms")
    yield "marts", heads, ((m.name, *m.said, _both(f"dictionary.{m.subject}"), ", ".join(m.key), ", ".join(m.forms)) for m in marts)
    columns = ((m.name, c.name, c.type, *c.said, c.refers, _code("adds_over", c.adds_over)) for m in marts for c in m.columns)
    yield "columns", ("mart", "column", "type", "said_zh", "said_en", "refers", "adds_over"), columns
    yield "measures", MEASURE, ([_cell(row, name) for name in MEASURE] for row in measures)


def _cell(row: Mapping[str, object], name: str) -> object:
    value = row.get(name)
    if value is None:
        return ""
    return _code(name, str(value)) if name in ("kind", "nature", "adds_over") else value


def _code(column: str, code: str) -> str:
    return " ".join(coded(column, code, speaker(lang)) for lang in LANGUAGES) if code else ""


def _both(key: str) -> str:
    return " ".join(speaker(lang)(key) for lang in LANGUAGES)
