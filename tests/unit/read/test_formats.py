"""What counts is what the sender saw: formats that scale, units that they show, what a merge hides, what is struck through."""

from decimal import Decimal

import pytest
import xlsxwriter

from etl.read import open_book
from etl.read import xlsx as xlsx_room
from etl.read.formats import as_displayed, scaling_of
from tests.fixtures.workbooks import cells, ods, part_by_part, xls

SEEN = [
    ('0!.0,"万元"', 28_000_000, 2800, "万元"), ("0\\.0,", 28_000_000, 2800, ""), ('0"."0,', 28_000_000, 2800, ""),
    ("#,##0,", 2_800_500, Decimal("2800.5"), ""), ("#,##0,,", 2_800_000_000, 2800, ""), ("0,.00", 28_000, 28, ""),
    ('0.00"亿元"', Decimal("0.28"), Decimal("0.28"), "亿元"), ('0.00,,"百万"', 28_000_000, 28, "百万"),
    ('#,##0.00,"千元"', 28_000, 28, "千元"), ("0!.0000", 28_000_000, 2800, ""), ("#!.0000万元", 28_000_000, 2800, "万元"),
    ('0.0,"万元";-0.0,"万元";"-"', -28_000, -28, "万元"), ('General"万元"', 28, 28, "万元"), ('0.00_ "（亿元）"', 3, 3, "亿元"),
    ('[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', 250_000_000, Decimal("2.5"), "亿元"),
    ('[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', 28_000_000, 2800, "万元"),
    ('[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', 5_000, 5_000, "元"),
]
PLAIN = ["General", "#,##0", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", '_ * #,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00%", "0.00E+00", "# ?/?",
         'yyyy"年"m"月"', "0000!.00", '0"个"', "¥#,##0.00", "@", '0"万元/月"', ""]


@pytest.mark.parametrize('code, stored, shown, unit', SEEN)
def test_a_number_is_what_its_format_shows(code, stored, shown, unit):
    assert as_displayed(stored, scaling_of(code)) == (shown, unit)


@pytest.mark.parametrize("code", PLAIN)
def test_ordinary_formats_change_nothing(code):
    assert scaling_of(code) is None


def test_what_is_shown_is_not_rounded_to_what_is_printed():
    assert as_displayed(28_004_567, scaling_of('0!.0,"万元"')) == (Decimal("2800.4567"), "万元")


@pytest.fixture(params=["fast", "total"])
def reader(request, monkeypatch):
    """Both readers of an xlsx must say the same."""
    if request.param == "total":
        monkeypatch.setattr(xlsx_room.witness, "is_plain", lambda xml: False)


@pytest.mark.usefixtures("reader")
class TestXlsx:
    def test_scaled_cells_their_units_and_struck_ones(self, tmp_path):
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            scaled, struck = book.add_format({"num_format": '0!.0,"万元"'}), book.add_format({"font_strikeout": True})
            sheet.write_number(0, 0, 28_000_000, scaled)
            sheet.write_number(0, 1, 28_000_000)
            sheet.write_string(0, 2, "未定", scaled)
            sheet.write_formula(0, 3, "=A1*2", scaled, 56_000_000)
            sheet.write_string(1, 0, "作废的", struck)
            sheet.write_blank(1, 1, None, struck)
        (grid,) = open_book(path).grids
        assert grid.rows[0] == [2800, 28_000_000, "未定", 5600]
        assert grid.units == {(0, 0): "万元", (0, 3): "万元"} and grid.struck == {(1, 0)}

    def test_what_a_merge_hides_is_no_value(self, tmp_path):
        rows = cells('<c r="A1"><v>2800</v></c><c r="B1"><v>1</v></c>',
                     '<c r="A2"><v>33400</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><v>3</v></c>')
        merged = rows + '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
        (grid,) = open_book(part_by_part(tmp_path / "m.xlsx", merged)).grids
        assert grid.rows in ([[2800, 1, None], [None, None, 3]], [[2800, 1], [None, None, 3]])
        assert grid.covered == {(1, 0): 33400, (1, 1): "#REF!"} and grid.errors == {}

    def test_comments_and_pictures_lie_beside_the_cells(self, tmp_path):
        path, picture = tmp_path / "c.xlsx", tmp_path / "p.png"
        picture.write_bytes(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
                                          "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"))
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["甲", "乙", "丙", "丁"])
            sheet.write_comment(2, 1, "应为1041")
            sheet.insert_image(5, 5, str(picture))
            book.add_worksheet("另一张").write(0, 0, 1)
        grid, other = open_book(path).grids
        assert (grid.comments, grid.pictures) == ({(2, 1): "应为1041"}, 1)
        assert (other.comments, other.pictures) == ({}, 0)


def test_damaged_comments_turn_no_workbook_away(tmp_path):
    rels = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="x/comments" Target="../comments1.xml"/></Relationships>')
    path = part_by_part(tmp_path / "d.xlsx", cells('<c r="A1"><v>1</v></c>'), replace={
        "xl/worksheets/_rels/sheet1.xml.rels": rels.encode(), "xl/comments1.xml": b"<comments><comment"})
    (grid,) = open_book(path).grids
    assert grid.rows == [[1]] and grid.comments == {}


def test_xls_says_the_same(tmp_path):
    styles = [("General", False), ('0!.0,"万元"', False), ("General", True)]
    path = xls(tmp_path / "a.xls", {(0, 0): (28_000_000.0, 1), (1, 0): (33_400.0, 0), (0, 1): ("旧项目", 2), (2, 1): (5.0, 0)},
               styles, merges=[(0, 0, 1, 0)])
    (grid,) = open_book(path).grids
    assert (grid.cell(0, 0), grid.cell(1, 0), grid.cell(2, 1)) == (2800, None, 5)
    assert (grid.units, grid.covered, grid.struck) == ({(0, 0): "万元"}, {(1, 0): 33_400}, {(0, 1)})


ODS_STYLES = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="2" '
    'number:display-factor="1000"><number:embedded-text number:position="1">.</number:embedded-text></number:number>'
    "<number:text>万元</number:text></number:number-style>"
    '<number:number-style style:name="N2P0"><number:number number:decimal-places="2"/><number:text>亿元</number:text></number:number-style>'
    '<number:number-style style:name="N2"><number:text>-</number:text><number:number number:decimal-places="2"/>'
    '<number:text>亿元</number:text><style:map style:condition="value()&gt;=0" style:apply-style-name="N2P0"/></number:number-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce3" style:family="table-cell" style:data-style-name="N2"/>')


def number(value: str, style: str = "", kind: str = "table-cell", inside: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:{kind}{named} office:value-type="float" office:value="{value}">{inside}<text:p>{value}</text:p></table:{kind}>'


def test_ods_says_the_same(tmp_path):
    note = '<office:annotation><dc:date xmlns:dc="d">2024-04-01</dc:date><text:p>应为<text:span>1041</text:span></text:p></office:annotation>'
    path = ods(tmp_path / "a.ods", (
        '<table:table table:name="a"><table:table-column/><table:table-column table:default-cell-style-name="ce3"/>'
        "<table:table-row>" + number("28000000", "ce1") + number("0.28") + number("28000000", "ce2") + number("941", inside=note)
        + "</table:table-row><table:table-row>"
        + number("5").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"')
        + "</table:table-row><table:table-row>" + number("33400", kind="covered-table-cell") + number("-1")
        + "</table:table-row></table:table>"), automatic_styles=ODS_STYLES)
    (grid,) = open_book(path).grids
    assert grid.rows[0] == [2800, Decimal("0.28"), 2800, 941] and (grid.cell(1, 0), grid.cell(2, 0)) == (5, None)
    assert grid.units == {(0, 0): "万元", (0, 1): "亿元", (0, 2): "万元", (2, 1): "亿元"}
    assert (grid.struck, grid.covered, grid.comments) == ({(0, 2)}, {(2, 0): 33_400}, {(0, 3): "应为1041"})


def test_a_picture_in_an_ods_is_counted(tmp_path):
    path = ods(tmp_path / "a.ods", '<table:table table:name="a"><table:shapes><draw:frame><draw:image/></draw:frame></table:shapes>'
               "<table:table-row>" + number("1") + number("2") + number("3") + number("4") + "</table:table-row></table:table>")
    assert open_book(path).grids[0].pictures == 1
