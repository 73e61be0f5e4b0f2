"""Messy workbooks that clerks have sent, one small case each, with what should come out: files of other kinds than their names say."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import datetime

import pytest

from etl.model import Book, Received, Unreadable
from etl.read.workbook import open_book
from tests.fixtures.sheets import NAMES, TITLES, body_of, columns_of, reference
from tests.layouts.intake import FORM, HEADS, TOP, is_the_table, value_of

pytestmark = pytest.mark.slow


def opened(data: bytes, name: str, tmp) -> Book:
    path = tmp / "file"
    path.write_bytes(data)
    return open_book(path, name)


def _understood(data: bytes, name: str, tmp):
    from etl.inbox.identify import identify
    from etl.understand.submission import read_file

    path = tmp / "file"
    path.write_bytes(data)
    ref = reference()
    assert identify(name, ref.forms, ref.register)
    return read_file(Received(name, "0" * 64, len(data), datetime(2024, 4, 2), 1, path), ref)


def _formatted(look: str, stored, tmp):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": look})
        rows = [[TITLES[FORM]], TOP, HEADS, *body_of(FORM)]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
        sheet.write_number(3, columns_of(FORM).index("total_investment"), stored, style)
    return _understood(out.getvalue(), NAMES[FORM], tmp)


def test_format_of_thousands(tmp_path):
    assert value_of(_formatted("#,##0,", 4500000, tmp_path), "total_investment")[0] == 4500


def test_format_of_ten_thousands(tmp_path):
    assert value_of(_formatted('0!.0,"万元"', 45000000, tmp_path), "total_investment")[0] == 4500


def test_format_of_hundred_millions(tmp_path):
    assert value_of(_formatted('0.00"亿元"', 0.45, tmp_path), "total_investment")[0] == 4500


def _sheet(kind: str) -> bytes:
    from tests.layouts.sheet import Sheet, book_bytes

    sheet = Sheet()
    for r, row in enumerate([[TITLES[FORM]], TOP, HEADS, *body_of(FORM)]):
        sheet.row(r, row)
    return book_bytes(kind, [sheet])


XLS = NAMES[FORM].replace(".xlsx", ".xls")


def test_html_named_xls(tmp_path):
    is_the_table(_understood(_sheet("html"), XLS, tmp_path))


def test_xml_2003_named_xls(tmp_path):
    is_the_table(_understood(_sheet("xml2003"), XLS, tmp_path))


def test_tab_text_named_xls(tmp_path):
    lines = ["\t".join("" if v is None else str(v) for v in row) for row in ([TITLES[FORM]], TOP, HEADS, *body_of(FORM))]
    is_the_table(_understood("\r\n".join(lines).encode("gb18030"), XLS, tmp_path))


def test_delimited_text(tmp_path):
    is_the_table(_understood(_sheet("csv"), NAMES[FORM].replace(".xlsx", ".csv"), tmp_path))


def test_ods(tmp_path):
    is_the_table(_understood(_sheet("ods"), NAMES[FORM].replace(".xlsx", ".ods"), tmp_path))


def _names_its_kind(data: bytes, word: str, tmp):
    with pytest.raises(Unreadable) as unreadable:
        opened(data, NAMES[FORM], tmp)
    assert word in unreadable.value.reason


def test_pdf_named_xlsx(tmp_path):
    _names_its_kind(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF", tmp_path)


def _zipped(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_zip_named_xlsx(tmp_path):
    _names_its_kind(_zipped("报表.txt", "内容"), "压缩", tmp_path)


def test_word_named_xlsx(tmp_path):
    _names_its_kind(_zipped("word/document.xml", "<w:document/>"), "文档", tmp_path)


def test_one_text_used_thousands_of_times(tmp_path):
    from time import process_time

    from tests.fixtures.workbooks import part_by_part

    rows = "<sheetData>" + "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>"
                                   for r in range(1, 201)) + "</sheetData>"
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"重" * 350_000}</t></si></sst>'
    data = part_by_part(tmp_path / "made.xlsx", rows, strings=strings).read_bytes()
    begun = process_time()
    with suppress(Unreadable):
        _understood(data, NAMES[FORM], tmp_path)
    assert process_time() - begun < 5            # it was 22 s when every cell was looked through anew
