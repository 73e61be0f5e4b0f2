"""A file made to harm is refused in plain Chinese, quickly, and harms nobody else."""

import random
import struct
import tracemalloc
import zipfile

import pytest
from xlrd.compdoc import CompDoc

from etl.model import Unreadable
from etl.read import open_book
from etl.read import xlsb as room
from etl.read.xls import MOST_CELLS, largest_sheet
from etl.texts.catalogue import in_words
from tests.fixtures.places import SAMPLE
from tests.fixtures.workbooks import MAIN, cells, ods, part_by_part, xls
from tests.unit.read.test_xlsb import cell, row, written

WORKSHEET = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">%s</worksheet>'.encode()
ONE = cells('<c r="A1"><v>1</v></c>')


def sst(inner: str, claim: str = "") -> str:
    return f'<sst xmlns="{MAIN}"{claim}>{inner}</sst>'


def overlapping(path):
    part_by_part(path, ONE, compression=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    first, second = (data.index(b"PK\x01\x02", at) for at in (0, data.index(b"PK\x01\x02") + 4))
    data[second + 42:second + 46] = data[first + 42:first + 46]
    path.write_bytes(data)
    return path


def flipped(path):
    part_by_part(path, cells('<c r="A1"><v>100</v></c>'), compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<v>100</v>", b"<v>900</v>"))
    return path


def cut(path):
    path.write_bytes(part_by_part(path, ONE).read_bytes()[:-200])
    return path


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
    return path


def circles() -> bytes:
    """An OLE2 container whose directory is followed by itself: calamine would read it until memory is full."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    header[24:34] = (0x3E).to_bytes(2, "little") + b"\x03\0\xfe\xff\x09\0\x06\0"
    header[44:52], header[56:60] = (1).to_bytes(4, "little") + (1).to_bytes(4, "little"), (4096).to_bytes(4, "little")
    header[60:76] = b"\xfe\xff\xff\xff" + bytes(4) + b"\xfe\xff\xff\xff" + bytes(4)
    header[76:512] = bytes(4) + b"\xff" * 432
    table = b"\xfd\xff\xff\xff" + (1).to_bytes(4, "little") + b"\xff" * 504
    return bytes(header) + table + "Workbook".encode("utf-16-le").ljust(512, b"\0")


def spoiled(kind: int, begins: bytes) -> bytes:
    """An xls whose first record of a kind begins otherwise."""
    data = bytearray((SAMPLE / "inbox" / "1月份重点项目投资完成情况-县交通局.xls").read_bytes())
    stream, at, size = CompDoc(bytes(data)).locate_named_stream("Workbook")
    for _ in range(size):
        this, length = struct.unpack_from("<HH", stream, at)
        if this == kind:
            place = data.index(stream[at:at + 4 + length]) + 4
            data[place:place + len(begins)] = begins
            break
        at += 4 + length
    return bytes(data)


LABEL, SIZE = 0x00FD, 0x0200
MOVED = spoiled(LABEL, b"\xff\xff\xff\xff")      # the cell stands in the last row and column that can be named


def text(content: bytes):
    return lambda path: path.write_bytes(content) and path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
XML = ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
       'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell>'
       '<Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>')
HOSTILE = {
    "empty file": (lambda path: path.touch() or path, "空的"),
    "web page": (text(b"<html><body><p>1</p></body></html>"), "网页，里面没有表格"),
    "web page of pictures": (text(b"<html><body><img src='a.png'></body></html>"), "图片"),
    "tables within tables without end": (text(b"<table><tr><td>" * 100), "庞大"),
    "cells without end": (text(b"<table><tr><td colspan=9999>1<td colspan=9999>2"), "庞大"),
    "other xml": (text(b'<?xml version="1.0"?><Workbook/>'), "XML"),
    "word xml": (text(b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'), "Word"),
    "spreadsheet xml with entities": (text(XML.replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook').encode()), "DTD"),
    "spreadsheet xml cut short": (text(XML.encode()[:-20]), "损坏"),
    "spreadsheet xml off the sheet": (text(XML.replace("<Cell>", '<Cell ss:Index="20000">').encode()), "超出"),
    "prose": (text("本月没有变化，\r\n请查收。\r\n联系人：某某\r\n".encode("gb18030")), "不是表格"),
    "pdf": (text(b"%PDF-1.7 ..."), "PDF"), "pdf after a line break": (text(b"\r\n%PDF-1.7 ..."), "PDF"),
    "png": (text(b"\x89PNG\r\n\x1a\n"), "图片"), "bmp": (text(b"BM" + bytes(20)), "图片"), "heic": (text(b"\0\0\0\x18ftypheic" + bytes(9)), "图片"),
    "webp": (text(b"RIFF\x10\0\0\0WEBPVP8 "), "图片"), "gzip": (text(b"\x1f\x8b\x08" + bytes(9)), "解压"), "rar": (text(b"Rar!\x1a\x07\0"), "解压"),
    "rtf": (text(b"{\\rtf1 x}"), "Word"), "old word": (text(OLE + "WordDocument".encode("utf-16-le")), "Word"),
    "old slides": (text(OLE + "PowerPoint Document".encode("utf-16-le")), "演示"), "outlook": (text(OLE + "__substg1.0_".encode("utf-16-le")), "邮件"),
    "mail": (text(b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\n\r\nx"), "附件"),
    "web archive": (text(b"MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=x\n\n"), "mht"),
    "slides": (lambda path: _zip(path, "ppt/presentation.xml"), "演示"), "ofd": (lambda path: _zip(path, "OFD.xml"), "OFD"),
    "noise": (lambda path: path.write_bytes(random.Random(7).randbytes(3000)) and path, ""),
    "cut zip": (cut, "没有传完整"),
    "wrong checksum": (flipped, "校验"),
    "overlapping parts": (overlapping, "重叠"),
    "inflates a hundredfold": (bomb, "庞大"),
    "lzma": (lambda path: part_by_part(path, ONE, compression=zipfile.ZIP_LZMA), "压缩方式"),
    "document type": (lambda path: part_by_part(
        path, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'), "DTD"),
    "unclosed xml": (lambda path: part_by_part(path, b"<worksheet><sheetData><row>"), "损坏"),
    "an encoding that nobody knows": (lambda path: part_by_part(
        path, ONE, replace={"xl/workbook.xml": b'<?xml version="1.0" encoding="inlineStr"?><workbook/>'}), "编码"),
    "a merge named in broken bytes": (lambda path: part_by_part(
        path, WORKSHEET % b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A\xb7:B1"/></mergeCells>'), ""),
    "a container that runs in circles": (lambda path: path.write_bytes(circles()) and path, "损坏"),
    "a cell of an xls far from all others": (text(MOVED), "损坏"),
    "string count lie": (lambda path: part_by_part(
        path, cells('<c r="A1" t="s"><v>0</v></c>'), strings=sst("<si><t>a</t></si>", ' uniqueCount="4294967295"')),
        "不实"),
    "row 4294967295": (lambda path: part_by_part(path, cells('<c r="A4294967295"><v>1</v></c>')), "超出"),
    "column ZZZZZZZZZZ": (lambda path: part_by_part(path, cells('<c r="ZZZZZZZZZZ3"><v>1</v></c>')), "超出"),
    "column XFE": (lambda path: part_by_part(path, cells('<c r="XFE3"><v>1</v></c>')), "超出"),
    "merges upon merges": (lambda path: part_by_part(
        path, cells('<c r="A1"><v>1</v></c>', '<c r="Z2"><v>1</v></c>')
        + "<mergeCells>" + "".join(f'<mergeCell ref="A1:{c}2"/>' for c in "BCDEFGHIJKLMNOPQRSTUVWXYZ" * 500)
        + "</mergeCells>"), "重叠"),
    "sheet without its part": (lambda path: part_by_part(
        path, ONE, replace={"xl/_rels/workbook.xml.rels": b"<Relationships/>"}), "缺少工作表"),
    "binary workbook of nothing": (lambda path: part_by_part(path, ONE, replace={"xl/workbook.bin": b""}), "没有工作表"),
    "binary workbook cut short": (lambda path: part_by_part(path, ONE, replace={"xl/workbook.bin": b"\x9c\x01\x40\0"}), "不完整"),
    "a word document": (lambda path: _zip(path, "word/document.xml"), "Word"),
    "a zip of files": (lambda path: _zip(path, "报表/一月.xlsx"), "解压"),
    "ods rows without end": (lambda path: ods(path, '<table:table table:name="a"><table:table-row '
        'table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
        'office:value-type="float" office:value="1"/></table:table-row></table:table>'), "庞大"),
}


def _zip(path, name):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    return path


@pytest.mark.parametrize("data, is_large", [(spoiled(LABEL, b""), False), (MOVED, True),
                                            (spoiled(SIZE, struct.pack("<IIHH", 320, 6, 0, 9)), True), (b"no container", False)],
                         ids=["as it came", "a cell that is moved", "an end before the beginning", "no workbook"])
def test_how_large_a_sheet_is_laid_out_is_known_before(data, is_large):
    assert (largest_sheet(data) > MOST_CELLS) == is_large


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_in_chinese(kind, tmp_path):
    build, word = HOSTILE[kind]
    with pytest.raises(Unreadable) as refused:
        open_book(build(tmp_path / "报表.xlsx"), "报表.xlsx")
    assert refused.value.rule == "F27" and word in refused.value.reason
    assert "。请" in refused.value.reason and in_words(refused.value.reason, "refusal", "en") != refused.value.reason
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.reason)


def test_a_string_spread_over_thousands_of_cells_takes_no_memory(tmp_path):
    """calamine copies it into every cell: a 24 KB file took gigabytes."""
    rows = cells(*(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 3001)))
    path = part_by_part(tmp_path / "s.xlsx", rows, strings=sst(f"<si><t>{'长' * 10_000}</t></si>"))
    assert len(open_book(path).grids[0].rows) == 3000


@pytest.mark.parametrize("length, word", [(20_000, "庞大"), (32_768, "A1 的文字超过 32,767 个字")])
def test_texts_that_come_to_more_than_any_sheet_holds_are_refused_before_anybody_reads_them(length, word, tmp_path):
    """Whatever looks at each cell would look at the whole text thousands of times: a 30 KB file took a minute."""
    rows = cells(*(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 3001)))
    path = part_by_part(tmp_path / "s.xlsx", rows, strings=sst(f"<si><t>{'长' * length}</t></si>"))
    with pytest.raises(Unreadable, match=word):
        open_book(path)


def xls_bomb(path, cells):
    return xls(path, {(r, 0): (None, 0) for r in range(cells)}, [("General", False)], shared="x" * 30_000)


def xlsb_bomb(path, cells):
    rows = b"".join(row(r) + cell(room.SHARED, 0, (0).to_bytes(4, "little")) for r in range(cells))
    return written(path, rows, shared="x" * 30_000)


@pytest.mark.parametrize("build, name", [(xls_bomb, "a.xls"), (xlsb_bomb, "a.xlsb")])
def test_older_and_binary_workbooks_spread_no_text_either(build, name, tmp_path, monkeypatch):
    assert len(open_book(build(tmp_path / name, 100)).grids[0].rows) == 100          # as a sheet of long remarks may
    path = build(tmp_path / name, 20_000)
    assert path.stat().st_size < 400_000
    looked_at = []
    monkeypatch.setattr("etl.read.xls.safe_text", lambda text: looked_at.append(len(text)) or text)
    with pytest.raises(Unreadable, match="庞大"):
        open_book(path)
    assert sum(looked_at) <= 32 << 20                                                # and not the 600 million characters that it would come to


def test_a_part_that_claims_a_small_size_is_not_inflated_beyond_it(tmp_path):
    path = part_by_part(tmp_path / "l.xlsx", ONE + " " * (20 << 20))
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[entry + 24:entry + 28] = (5000).to_bytes(4, "little")
    path.write_bytes(data)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="校验"):
        open_book(path)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_text_that_stands_in_no_cell_is_no_value(tmp_path):
    loose = cells('<t>x</t><c r="A1" t="zzz"><v>1</v></c>')
    assert open_book(part_by_part(tmp_path / "t.xlsx", loose)).grids[0].errors == {(0, 0): "1"}


def test_a_merge_over_the_whole_sheet_is_cut_to_what_is_used(tmp_path):
    path = part_by_part(tmp_path / "m.xlsx", cells('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')
                        + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert open_book(path).grids[0].merges == ((0, 0, 0, 1),)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_passwords_are_said_to_be_passwords(name, tmp_path):
    path = tmp_path / name
    if name.endswith("ods"):
        ods(path, "", manifest="<encryption-data/>")
    else:
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Unreadable) as refused:
        open_book(path)
    assert refused.value.rule == "F28" and "密码" in refused.value.reason
