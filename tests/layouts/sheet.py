"""Sheets as a clerk's hand leaves them, and the bytes of each kind of file."""

from __future__ import annotations

import csv
import html
import importlib.util
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

COMMON_KINDS = ("xlsx", "csv", "csv_gb18030", "ods", "tab text named xls", "csv_semicolons", "csv_utf16")
DELIMITED = ("csv", "csv_gb18030", "tab text named xls", "csv_semicolons", "csv_utf16")
# Kinds that wait for a reader of theirs, and one that waits for a library; drawn only where asked for.
LATER_KINDS = ("html", "xml2003", *(("xls",) if importlib.util.find_spec("xlwt") else ()))
_MADE = datetime(2024, 1, 1)              # bytes are the same whenever they are made
ENDINGS = {"xlsx": ".xlsx", "csv": ".csv", "csv_gb18030": ".csv", "ods": ".ods", "html": ".xls", "tab text named xls": ".xls", "csv_semicolons": ".csv", "csv_utf16": ".csv", "xml2003": ".xls", "xls": ".xls"}


@dataclass
class Sheet:
    """Cells by place (row and column from 0), and how they look; formats are Excel's."""

    name: str = "Sheet1"
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)      # no width at all
    frozen: tuple[int, int] | None = None
    visible: bool = True

    def put(self, row: int, col: int, value, look: str | None = None) -> None:
        """Write one cell; a number format goes with it where it has one."""
        if value is None:
            return
        self.cells[row, col] = value
        if look:
            self.formats[row, col] = look

    def row(self, row: int, values, first: int = 0) -> None:
        """Write cells side by side."""
        for col, value in enumerate(values, first):
            self.put(row, col, value)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge an area of more than one cell."""
        if bottom > top or right > left:
            self.merges.append((top, left, bottom, right))

    def shift(self, rows: int, cols: int) -> None:
        """Move all of the sheet down and to the right."""
        self.cells = {(r + rows, c + cols): v for (r, c), v in self.cells.items()}
        self.formats = {(r + rows, c + cols): v for (r, c), v in self.formats.items()}
        self.merges = [(a + rows, b + cols, c + rows, d + cols) for a, b, c, d in self.merges]
        self.hidden_rows = {r + rows for r in self.hidden_rows}
        self.hidden_cols = {c + cols for c in self.hidden_cols}
        self.frozen = self.frozen and (self.frozen[0] + rows, self.frozen[1] + cols)

    def widen(self) -> None:
        """Every column two columns wide, each cell merged over both, as a table that came from a text document."""
        self._spread(lambda r: r, lambda c: 2 * c, 0, 1)

    def heighten(self) -> None:
        """Every row two rows high, each cell merged over both."""
        self._spread(lambda r: 2 * r, lambda c: c, 1, 0)

    def _spread(self, row, col, down: int, right: int) -> None:
        self.cells = {(row(r), col(c)): v for (r, c), v in self.cells.items()}
        self.formats = {(row(r), col(c)): v for (r, c), v in self.formats.items()}
        self.merges = [(row(a), col(b), row(c) + down, col(d) + right) for a, b, c, d in self.merges]
        inside = {(r, c) for a, b, e, d in self.merges for r in range(a, e + 1) for c in range(b, d + 1)}
        self.merges += [(r, c, r + down, c + right) for r, c in self.cells if (r, c) not in inside]
        self.hidden_rows = {r + more for r in map(row, self.hidden_rows) for more in range(down + 1)}
        self.hidden_cols = {c + more for c in map(col, self.hidden_cols) for more in range(right + 1)}
        self.frozen = None

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns that hold anything."""
        return (1 + max((r for r, _ in self.cells), default=-1), 1 + max((c for _, c in self.cells), default=-1))


def book_bytes(kind: str, sheets: list[Sheet]) -> bytes:
    """The file of these sheets; a delimited file has room for the first alone."""
    return {"xlsx": _xlsx, "csv": lambda s: _csv(s, "utf-8-sig"), "csv_gb18030": lambda s: _csv(s, "gb18030"),
            "tab text named xls": lambda s: _csv(s, "gb18030", "\t"), "csv_semicolons": lambda s: _csv(s, "utf-8-sig", ";"),
            "csv_utf16": lambda s: _csv(s, "utf-16", "\t"), "ods": _ods,
            "html": _html, "xml2003": _xml2003, "xls": _xls}[kind](sheets)


def _xlsx(sheets: list[Sheet]) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE})
        looks: dict[str, object] = {}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for (r, c), value in sorted(sheet.cells.items()):
                look = sheet.formats.get((r, c)) or ("yyyy-mm-dd" if isinstance(value, date) else None)
                style = looks.setdefault(look, book.add_format({"num_format": look})) if look else None
                if isinstance(value, date):
                    page.write_datetime(r, c, value, style)
                elif isinstance(value, (int, Decimal)):
                    page.write_number(r, c, float(value), style)
                else:
                    page.write_string(r, c, value, style)
            for top, left, bottom, right in sheet.merges:
                page.merge_range(top, left, bottom, right, "")
                value = sheet.cells.get((top, left))
                if isinstance(value, (int, Decimal)):
                    page.write_number(top, left, float(value), looks.get(sheet.formats.get((top, left))))
                elif isinstance(value, date):
                    look = sheet.formats.get((top, left), "yyyy-mm-dd")
                    page.write_datetime(top, left, value, looks[look])
                elif value is not None:
                    page.write_string(top, left, value)
            for c in sheet.hidden_cols:
                page.set_column(c, c, 0)
            for r in sheet.hidden_rows:
                page.set_row(r, None, None, {"hidden": True})
            if sheet.frozen:
                page.freeze_panes(*sheet.frozen)
            if not sheet.visible:
                page.hide()
    return target.getvalue()


def shown(value, look: str | None = None) -> str:
    """A cell as a delimited file holds it: what the screen shows."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" if look and "年" in look and "d" not in look else value.isoformat()
    if isinstance(value, (int, Decimal)):
        if look and look.endswith("%"):
            return f"{_plain(Decimal(value) * 100)}%"
        if look and look.startswith("#,##0"):
            return f"{value:,}"
        return _plain(Decimal(value))
    return str(value)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _csv(sheets: list[Sheet], encoding: str, delimiter: str = ",") -> bytes:
    sheet = sheets[0]
    rows, cols = sheet.size
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for r in range(rows):
        writer.writerow([shown(sheet.cells.get((r, c)), sheet.formats.get((r, c))) for c in range(cols)])
    return out.getvalue().encode(encoding)


_ODS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"')


def _ods(sheets: list[Sheet]) -> bytes:
    body = "".join(_ods_table(sheet) for sheet in sheets)
    styles = '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_part("mimetype"), "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(_part("content.xml"), f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS} office:version="1.2">'
                         f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}"
                         "</office:spreadsheet></office:body></office:document-content>")
        archive.writestr(_part("META-INF/manifest.xml"), '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                         '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
                         "</manifest:manifest>")
    return target.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    """A part of an archive that does not know when it was made."""
    part = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _ods_table(sheet: Sheet) -> str:
    rows, cols = sheet.size
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in sheet.merges}
    under = {(r, c) for a, b, e, d in sheet.merges for r in range(a, e + 1) for c in range(b, d + 1)} - set(spans)
    made = []
    for r in range(rows):
        row = []
        for c in range(cols):
            span = spans.get((r, c))
            attributes = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
            tag = "covered-table-cell" if (r, c) in under else "table-cell"
            row.append(f"<table:{tag}{attributes}{_ods_cell(sheet.cells.get((r, c)), sheet.formats.get((r, c)), tag)}")
        made.append(f"<table:table-row>{''.join(row)}</table:table-row>")
    style = "" if sheet.visible else ' table:style-name="off"'
    return f'<table:table table:name="{html.escape(sheet.name)}"{style}>{"".join(made)}</table:table>'


def _ods_cell(value, look: str | None, tag: str) -> str:
    if value is None:
        return "/>"
    if isinstance(value, date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()[:10]}"'
    elif isinstance(value, (int, Decimal)):
        kind = f' office:value-type="{"percentage" if look and look.endswith("%") else "float"}" office:value="{_plain(Decimal(value))}"'
    else:
        kind = ' office:value-type="string"'
    lines = shown(value, look).split("\n")
    return f"{kind}>" + "".join(f"<text:p>{html.escape(line)}</text:p>" for line in lines) + f"</table:{tag}>"


def _html(sheets: list[Sheet]) -> bytes:
    sheet = sheets[0]
    rows, cols = sheet.size
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in sheet.merges}
    under = {(r, c) for a, b, e, d in sheet.merges for r in range(a, e + 1) for c in range(b, d + 1)} - set(spans)
    made = []
    for r in range(rows):
        row = []
        for c in range(cols):
            if (r, c) in under:
                continue
            high, wide = spans.get((r, c), (1, 1))
            text = html.escape(shown(sheet.cells.get((r, c)), sheet.formats.get((r, c)))).replace("\n", "<br>")
            row.append("<td" + (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
                       + f" style=\"mso-number-format:'\\@'\">{text}</td>")
        made.append(f"<tr>{''.join(row)}</tr>")
    return ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; '
            f'charset=utf-8"></head><body><table border="1">{"".join(made)}</table></body></html>').encode()


def _xml2003(sheets: list[Sheet]) -> bytes:
    made = []
    for sheet in sheets:
        spans = {(a, b): (c - a, d - b) for a, b, c, d in sheet.merges}
        rows: dict[int, list[int]] = {}
        for r, c in sorted(sheet.cells):
            rows.setdefault(r, []).append(c)
        lines = []
        for r, cols in rows.items():
            line = []
            for c in cols:
                value, look = sheet.cells[r, c], sheet.formats.get((r, c))
                down, across = spans.get((r, c), (0, 0))
                merged = (f' ss:MergeAcross="{across}"' if across else "") + (f' ss:MergeDown="{down}"' if down else "")
                if isinstance(value, date):
                    data = f'<Data ss:Type="DateTime">{value.isoformat()[:10]}T00:00:00.000</Data>'
                elif isinstance(value, (int, Decimal)) and not (look or "").endswith("%"):
                    data = f'<Data ss:Type="Number">{_plain(Decimal(value))}</Data>'
                else:
                    data = f'<Data ss:Type="String">{html.escape(shown(value, look))}</Data>'
                line.append(f'<Cell ss:Index="{c + 1}"{merged}>{data}</Cell>')
            lines.append(f'<Row ss:Index="{r + 1}">{"".join(line)}</Row>')
        made.append(f'<Worksheet ss:Name="{html.escape(sheet.name)}"><Table>{"".join(lines)}</Table></Worksheet>')
    return ('<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            f'{"".join(made)}</Workbook>').encode()


def _xls(sheets: list[Sheet]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        tops = {(a, b): (a, c, b, d) for a, b, c, d in sheet.merges}
        for (r, c), value in sorted(sheet.cells.items()):
            look = sheet.formats.get((r, c)) or ("yyyy-mm-dd" if isinstance(value, date) else "General")
            style = xlwt.easyxf(num_format_str=look)
            value = float(value) if isinstance(value, Decimal) else value
            if (r, c) in tops:
                page.write_merge(*tops[r, c], value, style)
            else:
                page.write(r, c, value, style)
        page.visibility = 0 if sheet.visible else 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
