"""Builders of workbooks for tests: ordinary ones by xlsxwriter, odd ones part by part."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = RELS + "/"


def written(path: Path, rows: list[list], **options) -> Path:
    """An xlsx of one sheet as a spreadsheet program would save it."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Sheet1")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    return path


def cells(*rows: str) -> str:
    """The sheetData of rows given as the XML of their cells."""
    return "<sheetData>" + "".join(f'<row r="{r}">{row}</row>' for r, row in enumerate(rows, 1)) + "</sheetData>"


def part_by_part(path: Path, *sheets: str | bytes, names: list[str] | None = None, strings: str | None = None,
                 styles: str = "", workbook: str = "", replace: dict[str, bytes] | None = None,
                 compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """An xlsx made of the given inner XML of its sheets; `replace` sets or adds whole parts."""
    names = names or [f"Sheet{number}" for number in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    related = "".join(f'<Relationship Id="rId{n}" Type="{TYPE}worksheet" Target="worksheets/sheet{n}.xml"/>'
                      for n in range(1, len(sheets) + 1))
    for kind, given in (("sharedStrings", strings), ("styles", styles)):
        if given:
            related += f'<Relationship Id="{kind}" Type="{TYPE}{kind}" Target="{kind}.xml"/>'
    kinds = ('<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>')
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{kinds}</Types>',
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{TYPE}officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml":
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{workbook}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(related),
    }
    for number, inner in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = inner if isinstance(inner, bytes) else (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{RELS}">{inner}</worksheet>')
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    parts |= replace or {}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def ods(path: Path, tables: str, automatic_styles: str = "", manifest: str = "") -> Path:
    """An OpenDocument spreadsheet with the given tables."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                      for name in ("office", "table", "text", "style", "number", "draw"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<office:document-content {spaces}><office:automatic-styles>'
                         f'{automatic_styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}'
                         '</office:spreadsheet></office:body></office:document-content>')
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return path


def xls(path: Path, cells: dict[tuple[int, int], tuple], styles: list[tuple[str, bool]], merges=()) -> Path:
    """A bare BIFF8 workbook of one sheet: (row, col) -> (value, style); a style is a format code and whether it strikes through."""
    def text(value: str) -> bytes:
        return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 0x0600))

    fonts = b"".join(record(0x31, struct.pack("<HHHHHBBBBBB", 220, 8 if struck else 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 1, 0) + b"A")
                     for struck in (False, True, False, False))
    codes = b"".join(record(0x041E, struct.pack("<H", 164 + n) + text(code)) for n, (code, _) in enumerate(styles))
    xfs = b"".join(record(0xE0, struct.pack("<HHH14x", int(struck), 164 + n, 0)) for n, (_, struck) in enumerate(styles))
    body = begin(0x10)
    for (r, c), (value, style) in sorted(cells.items()):
        body += (record(0x0204, struct.pack("<HHH", r, c, style) + text(value)) if isinstance(value, str)
                 else record(0x0203, struct.pack("<HHHd", r, c, style, value)))
    body += record(0xE5, struct.pack("<H", len(merges)) + b"".join(
        struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merges)) + record(0x0A, b"")
    head = begin(5) + record(0x42, struct.pack("<H", 1200)) + fonts + codes + xfs
    name = struct.pack("<BB", 6, 1) + "Sheet1".encode("utf-16-le")
    position = len(head) + 4 + 6 + len(name) + 4
    path.write_bytes(head + record(0x85, struct.pack("<IBB", position, 0, 0) + name) + record(0x0A, b"") + body)
    return path
