"""xlsb: the binary workbook gives the same kind of grid as xlsx."""

import struct
import zipfile
from datetime import date
from decimal import Decimal

from etl.read import open_book
from etl.read import xlsb as room

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size > 0x7F:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return number + length + bytes([size]) + content


def text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(kind: int, col: int, content: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", col, style) + content)


def row(number: int, hidden: bool = False) -> bytes:
    return record(room.ROW, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))


def rels(**parts: str) -> str:
    return '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="{name}" Type="{TYPE}{name.rstrip("0123456789")}" Target="{target}"/>' for name, target in parts.items()) + "</Relationships>"


def written(path, sheet: bytes, state: int = 0, shared: str = "石桥乡"):
    styles = record(room.FONT, struct.pack("<HH", 220, 0) + bytes(20)) + record(room.FONT, struct.pack("<HH", 220, 8) + bytes(20))
    styles += record(room.FORMAT, struct.pack("<H", 164) + text('0!.0,"万元"')) + record(room.STYLE, struct.pack("<HHH", 0, 9, 0) + bytes(10))
    styles += record(room.STYLES_BEGIN) + b"".join(record(room.STYLE, struct.pack("<HHH", 0, number, font) + bytes(10))
                                                   for number, font in ((0, 0), (9, 0), (164, 0), (14, 0), (0, 1))) + record(room.STYLES_END)
    workbook = record(room.PROPERTIES, bytes(8)) + record(room.SHEET, struct.pack("<II", state, 1) + text("worksheet1") + text("月报"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/_rels/workbook.bin.rels", rels(worksheet1="worksheets/sheet1.bin"))
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/SharedStrings.bin", record(room.ITEM, b"\0" + text(shared)))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def double(value: float) -> bytes:
    return struct.pack("<d", value)


def test_values_formats_and_what_is_hidden(tmp_path):
    sheet = (
        record(room.COLUMN, struct.pack("<IIIIH", 2, 2, 2304, 0, 1)) + row(0)
        + cell(room.SHARED, 0, struct.pack("<I", 0)) + cell(room.REAL, 1, double(0.1 + 0.2)) + cell(room.RK, 2, struct.pack("<i", 1234 << 2 | 3))
        + cell(room.RK, 3, struct.pack("<i", -5 << 2 | 2)) + cell(room.BOOL, 4, b"\1") + cell(room.ERROR, 5, bytes([23])) + row(1, hidden=True)
        + cell(room.REAL, 0, double(0.85), 1) + cell(room.F_REAL, 1, double(28_000_000.0) + bytes(8), 2) + cell(room.REAL, 2, double(45366.0), 3)
        + cell(room.TEXT, 3, text("旧"), 4) + row(2) + cell(room.REAL, 0, double(9.0)) + cell(room.REAL, 1, double(1.0))
        + record(room.MERGE, struct.pack("<IIII", 1, 2, 0, 0)))
    (grid,) = open_book(written(tmp_path / "a.xlsb", sheet)).grids
    assert grid.rows[0] == ["石桥乡", Decimal("0.3"), Decimal("12.34"), -5, True, None]
    assert grid.rows[1] == [Decimal("0.85"), 2800, date(2024, 3, 15), "旧"] and grid.cell(2, 0) is None
    assert (grid.percents, grid.units, grid.struck, grid.errors) == ({(1, 0)}, {(1, 1): "万元"}, {(1, 3)}, {(0, 5): "#REF!"})
    assert (grid.hidden_rows, grid.hidden_cols, grid.merges, grid.covered) == ({1}, {2}, ((1, 0, 2, 0),), {(2, 0): 9})


def test_a_hidden_sheet_is_told(tmp_path):
    book = open_book(written(tmp_path / "a.xlsb", row(0) + cell(room.REAL, 0, double(1.0)), state=1))
    assert (book.kind, book.grids[0].visible) == ("xlsb", False)
