"""What an xlsx says comes out of it exactly, also what a fast reader alone would hide."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from etl.model import Unreadable
from etl.read import open_book
from etl.read import xlsx as xlsx_room
from tests.fixtures.workbooks import cells, part_by_part, written

STYLES = ('<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
          '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/>'
          '<xf numFmtId="22"/></cellXfs>')


def grid(path):
    (only,) = open_book(path).grids
    return only


@pytest.fixture(params=["fast", "total"])
def reader(request, monkeypatch):
    """Both readers must say the same."""
    if request.param == "total":
        monkeypatch.setattr(xlsx_room.witness, "is_plain", lambda xml: False)


@pytest.mark.usefixtures("reader")
class TestBothReaders:
    def test_values_keep_their_places_and_lose_their_noise(self, tmp_path):
        sheet = grid(written(tmp_path / "w.xlsx", [[], [None, "项目", 0.1 + 0.2, 5, True, "08"], [None, None, 1234.56]]))
        assert sheet.rows[1][1:] == ["项目", Decimal("0.3"), 5, True, "08"]
        assert [type(value) for value in sheet.rows[1][2:4]] == [Decimal, int]
        assert sheet.cell(2, 2) == Decimal("1234.56") and sheet.cell(0, 0) is None

    def test_dates_are_days_and_moments(self, tmp_path):
        row = '<c r="A1" s="1"><v>45366</v></c><c r="B1" s="4"><v>45366.25</v></c><c r="C1" s="1"><v>9999999</v></c>'
        sheet = grid(part_by_part(tmp_path / "d.xlsx", cells(row), styles=STYLES))
        assert sheet.rows[0] == [date(2024, 3, 15), datetime(2024, 3, 15, 6), 9999999]

    def test_the_1904_epoch_is_heeded(self, tmp_path):
        book = open_book(part_by_part(tmp_path / "m.xlsx", cells('<c r="A1" s="1"><v>43904</v></c>'), styles=STYLES,
                                      workbook='<workbookPr date1904="1"/>'))
        assert book.grids[0].rows == [[date(2024, 3, 15)]]

    def test_percent_formats_are_marked_on_numbers_only(self, tmp_path):
        row = ('<c r="A1" s="2"><v>0.85</v></c><c r="B1" s="3"><v>0.5</v></c><c r="C1" s="2" t="str"><v>85%</v></c>'
               '<c r="D1" s="3"/><c r="E1"><v>0.85</v></c>')
        sheet = open_book(part_by_part(tmp_path / "p.xlsx", cells(row), styles=STYLES)).grids[0]
        assert sheet.percents == {(0, 0), (0, 1)}

    def test_error_cells_and_formulas_without_result_are_listed(self, tmp_path):
        rows = cells('<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
                     '<c r="A2"><f>SUM(B1)</f></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><v>1</v></c>',
                     '<c r="A3"><f t="shared" si="0"/><v></v></c>')
        sheet = open_book(part_by_part(tmp_path / "e.xlsx", rows)).grids[0]
        assert sheet.errors == {(0, 0): "#REF!", (0, 1): "#DIV/0!", (1, 0): "", (2, 0): ""}
        assert sheet.rows == [[None, None, None], [None, None, 1], [None]] or sheet.cell(1, 2) == 1
        assert len(sheet.rows) == 3

    def test_formulas_that_read_another_workbook_are_kept_with_its_name(self, tmp_path):
        link = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels":
                    b'<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" '
                    b'TargetMode="External" Target="file:///D:/2023%E5%B9%B4.xlsx"/></Relationships>'}
        row = ("<c r=\"A1\"><f>'[1]表 1'!C5</f><v>7</v></c><c r=\"B1\"><f>SUM(表1[金额])</f><v>8</v></c>"
               '<c r="C1"><f>[旧账.xlsx]Sheet1!A1*2</f><v>9</v></c>')
        path = part_by_part(tmp_path / "l.xlsx", cells(row), replace=link)
        import zipfile
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"</sheets>", b'</sheets><externalReferences><externalReference r:id="x1"/></externalReferences>')
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>", b'<Relationship Id="x1" Type="x/externalLink" '
            b'Target="externalLinks/externalLink1.xml"/></Relationships>')
        sheet = open_book(part_by_part(path, cells(row), replace=parts)).grids[0]
        assert sheet.rows == [[7, 8, 9]]
        assert sheet.formulas == {(0, 0): "='[2023年.xlsx]表 1'!C5", (0, 2): "=[旧账.xlsx]Sheet1!A1*2"}

    def test_long_identifiers_keep_every_digit(self, tmp_path):
        row = '<c r="A1"><v>12345678901234567</v></c><c r="B1"><v>1234.5599999999999</v></c>'
        assert open_book(part_by_part(tmp_path / "i.xlsx", cells(row))).grids[0].rows == [
            [12345678901234567, Decimal("1234.56")]]

    def test_hidden_rows_columns_and_sheets_and_merges_are_told(self, tmp_path):
        path = tmp_path / "h.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("月报")
            sheet.merge_range("A1:C1", "标题")
            for row in range(1, 5):
                sheet.write_row(row, 0, ["甲", row, row * 2])
            sheet.autofilter("A2:C5")
            sheet.filter_column("B", "x > 2")
            sheet.set_row(2, None, None, {"hidden": True})
            sheet.set_column("C:XFD", None, None, {"hidden": True})
            book.add_worksheet("旧").hide()
            book.add_worksheet("更旧").very_hidden()
        book = open_book(path)
        assert [(one.sheet, one.visible) for one in book.grids] == [("月报", True), ("旧", False), ("更旧", False)]
        assert (book.grids[0].hidden_rows, book.grids[0].hidden_cols) == ({2}, {2})
        assert book.grids[0].merges == ((0, 0, 0, 2),)

    def test_text_is_as_written_but_safe(self, tmp_path):
        row = "".join(f'<c r="{col}1" t="inlineStr"><is><t>{text}</t></is></c>' for col, text in zip(
            "ABCD", ["一_x000D_\n二", "a_x0000_b", "a_xD800_b", "_x005F_x0041_"]))
        assert open_book(part_by_part(tmp_path / "t.xlsx", cells(row))).grids[0].rows == [
            ["一\n二", "a\ufffdb", "a_xD800_b", "_x0041_"]]


def test_one_bad_cell_does_not_take_its_neighbours_along(tmp_path):
    """calamine refuses the whole sheet and names no cell."""
    rows = cells('<c r="A1"><v>1,5</v></c><c r="B1"><v>2</v></c>', '<c r="A2" t="zzz"><v>1</v></c>',
                 '<c r="A3" t="s"><v>99</v></c>', '<c r="A4"><v>1e999</v></c>', '<c r="A5" t="b"><v>2</v></c>',
                 '<c r="A6"><v>7</v></c>')
    sheet = open_book(part_by_part(tmp_path / "b.xlsx", rows)).grids[0]
    assert sheet.errors == {(0, 0): "1,5", (1, 0): "1", (2, 0): "99", (3, 0): "1e999", (4, 0): "2"}
    assert sheet.cell(0, 1) == 2 and sheet.cell(5, 0) == 7


def test_sheets_of_one_name_are_each_read(tmp_path):
    sheets = [cells(f'<c r="A1"><v>{value}</v></c>') for value in (1, 2)]
    book = open_book(part_by_part(tmp_path / "s.xlsx", *sheets, names=["数据", "数据"]))
    assert [one.rows for one in book.grids] == [[[1]], [[2]]]


def test_utf16_prefixed_and_indented_xml_lose_nothing(tmp_path):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    indented = row.replace("><", ">\n  <")
    variants = [
        f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{main}"><sheetData>{row}</sheetData></worksheet>'
        .encode("utf-16"),
        (f'<x:worksheet xmlns:x="{main}"><x:sheetData>' + row.replace("<", "<x:").replace("<x:/", "</x:")
         + "</x:sheetData></x:worksheet>").encode(),
        f'<worksheet xmlns="{main}">\n <sheetData>\n{indented}</sheetData></worksheet>'.encode(),
        f"<worksheet xmlns='{main}'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>".encode(),
    ]
    for number, xml in enumerate(variants):
        assert open_book(part_by_part(tmp_path / f"{number}.xlsx", xml)).grids[0].rows == [[1]]


def test_a_cell_said_twice_with_two_values_is_refused(tmp_path):
    path = part_by_part(tmp_path / "2.xlsx", cells('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'))
    with pytest.raises(Unreadable, match="A1 在文件内出现两次"):
        open_book(path)


def test_macros_are_seen(tmp_path):
    path = part_by_part(tmp_path / "m.xlsm", cells('<c r="A1"><v>1</v></c>'), replace={"xl/vbaProject.bin": b"x"})
    assert open_book(path).macros and open_book(path).kind == "xlsx"


def test_a_far_corner_is_read_without_the_rectangle_between(tmp_path):
    """Two cells span 17 thousand million places; calamine would abort the process."""
    row = '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>'
    sheet = open_book(part_by_part(tmp_path / "f.xlsx", cells(row))).grids[0]
    assert sheet.cell(0, 0) == 1 and sheet.cell(1048575, 16383) == 2
