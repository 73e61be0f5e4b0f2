"""What web systems export under the name of .xls: tables of HTML and Excel's XML of 2003."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.model import Unreadable
from etl.read import open_book
from tests.fixtures.sheets import SIGNED, TITLES, body_of, headers_of, read, rules, values

FORM = "key_project_monthly"


def book(tmp_path, text: str, encoding: str = "utf-8", name: str = "导出.xls"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return open_book(path, name)


def tr(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<t") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<html><head>{head}<title>导出</title><style>td {{x:y}}</style></head><body>{body}</body></html>"


class TestHtml:
    def test_spans_lie_where_a_browser_puts_them(self, tmp_path):
        text = page("<table>" + tr("<td rowspan=2>甲</td>", "<td colspan=2>乙</td>", "丙") + tr("1", "2", "3") + tr("4", "5", "6", "7") + "</table>")
        (grid,) = book(tmp_path, text).grids
        assert grid.rows == [["甲", "乙", None, "丙"], [None, "1", "2", "3"], ["4", "5", "6", "7"]]
        assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2)) and grid.sheet == "Sheet1"

    @pytest.mark.parametrize("encoding, head", [
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), ("utf-8", '<meta charset="utf-8">'),
        ("gb18030", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-8", '<meta charset="gb2312">')])
    def test_its_encoding_is_the_declared_one_or_the_one_that_fits(self, encoding, head, tmp_path):
        assert book(tmp_path, page("<table>" + tr("石桥乡卫生院", "1") + "</table>", head), encoding).grids[0].rows == [["石桥乡卫生院", "1"]]

    def test_text_is_as_shown_with_its_lines_and_nothing_from_scripts(self, tmp_path):
        cell = "<td>&nbsp;一&amp;<b>二</b><br>三\n  四 <script>alert(1)</script></td>"
        (grid,) = book(tmp_path, page("<table>" + tr(cell, "0.28亿元", "&#20137;") + "</table>")).grids
        assert grid.rows == [["一&二\n三 四", "0.28亿元", "亩"]]

    def test_hidden_and_struck_parts_are_told_and_hidden_cells_take_no_place(self, tmp_path):
        text = page("<table><col><col style='display:none'>" + tr("<td style='display:none'>77</td>", "甲", "1", "<td><s>旧</s></td>", "<td><s>旧</s>新</td>")
                    + "<tr style='display:none'><td>乙<td>2<td>3<td>4</table>")
        (grid,) = book(tmp_path, text).grids
        assert grid.rows == [["甲", "1", "旧", "旧新"], ["乙", "2", "3", "4"]]
        assert (grid.hidden_rows, grid.hidden_cols, grid.struck) == ({1}, {1}, {(0, 2)})

    def test_titles_headers_and_signatures_in_tables_of_their_own_are_one_sheet(self, tmp_path):
        head, body = tr("序号", "名称", "金额", "备注"), tr("1", "甲", "5", "无") + tr("2", "乙", "6", "无")
        text = page(f"<h2>标题</h2><table>{tr('填报单位：某局', '单位：万元')}</table><table>{head}</table><table>{body}</table><p>填报人：张某</p>")
        (grid,) = book(tmp_path, text).grids
        assert [row[0] for row in grid.rows] == ["标题", "填报单位：某局", "序号", "1", "2", "填报人：张某"]

    def test_two_full_tables_are_two_sheets_with_their_titles(self, tmp_path):
        one = "<table>" + tr("序号", "名称", "金额", "备注") + tr("1", "甲", "5", "无") + "</table>"
        names = "<!--[if gte mso 9]><xml><x:Name>一月</x:Name></xml><![endif]-->"
        grids = book(tmp_path, page(names + "<p>表一</p>" + one + "<table>" + tr("填报人：张某") + "</table><p>表二</p>" + one)).grids
        assert [(g.sheet, g.rows[0][0], len(g.rows)) for g in grids] == [("一月", "表一", 4), ("Sheet2", "表二", 3)]

    def test_a_table_within_a_layout_table_is_found(self, tmp_path):
        inner = "<table>" + tr("序号", "名称", "金额", "备注") + tr("1", "甲", "5", "无") + "</table>"
        (grid,) = book(tmp_path, page(f"<table><tr><td>菜单</td><td>{inner}</td></tr></table>")).grids
        assert ["1", "甲", "5", "无"] in grid.rows

    def test_a_form_is_read_as_from_any_workbook(self, tmp_path):
        lines = "".join(tr(*("" if v is None else str(v) for v in row)) for row in body_of(FORM))
        text = page(f"<table><tr><td colspan=25>{TITLES[FORM]}</td></tr>{tr('填报单位：县发改局', '单位：万元')}{tr(*headers_of(FORM))}{lines}"
                    f"<tr><td colspan=25>{SIGNED}</td></tr></table>")
        (reading,) = readings = read(*book(tmp_path, text, "gb18030", "a.xls").grids, kind="html")
        assert rules(readings) == [] and [line["total_investment"] for line in values(reading)] == [4500, 2300, 12600]


STYLES = ('<Styles><Style ss:ID="Default"><NumberFormat/></Style><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style>'
          '<Style ss:ID="s2"><NumberFormat ss:Format="0!.0,&quot;万元&quot;"/></Style>'
          '<Style ss:ID="s3" ss:Parent="s2"><Font ss:StrikeThrough="1"/></Style></Styles>')


def xml(table: str, after: str = "", declared: str = "UTF-8") -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (f'<?xml version="1.0" encoding="{declared}"?>\r\n<?mso-application progid="Excel.Sheet"?>\n'
            f'<Workbook xmlns="{space}" xmlns:ss="{space}" xmlns:x="urn:schemas-microsoft-com:office:excel">{STYLES}'
            f'<Worksheet ss:Name="月报"><Table>{table}</Table>{after}</Worksheet></Workbook>')


def data(kind: str, text: str, **given) -> str:
    attributes = "".join(f' ss:{name}="{value}"' for name, value in given.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


class TestXml2003:
    def test_values_of_every_type_stand_in_their_places(self, tmp_path):
        rows = ("<Row>" + data("String", "甲&#10;乙") + data("Number", "0.30000000000000004") + data("DateTime", "2024-03-15T00:00:00.000")
                + data("DateTime", "2024-03-15T06:00:00.000") + data("Boolean", "1") + data("Error", "#REF!") + "</Row>"
                '<Row ss:Index="4">' + data("Number", "7", Index="3") + '<Cell ss:Formula="=R1C1"/></Row>')
        (grid,) = book(tmp_path, xml(rows)).grids
        assert grid.rows[0] == ["甲\n乙", Decimal("0.3"), date(2024, 3, 15), datetime(2024, 3, 15, 6), True, None]
        assert grid.cell(3, 2) == 7 and grid.errors == {(0, 5): "#REF!", (3, 3): ""} and (grid.sheet, grid.visible) == ("月报", True)

    def test_merges_push_the_next_cell_on_and_hide_what_is_under_them(self, tmp_path):
        rows = "<Row>" + data("String", "标题", MergeAcross=2) + data("Number", "5", MergeDown=1) + "</Row><Row>" + data("Number", "1") \
            + data("Number", "9", Index=4) + "</Row>"
        (grid,) = book(tmp_path, xml(rows)).grids
        assert grid.merges == ((0, 0, 0, 2), (0, 3, 1, 3)) and grid.cell(0, 3) == 5
        assert grid.covered == {(1, 3): 9} and grid.cell(1, 3) is None

    def test_formats_strikes_comments_and_hidden_parts(self, tmp_path):
        rows = ('<Column/><Column ss:Hidden="1" ss:Span="1"/><Row>' + data("Number", "0.85", StyleID="s1") + data("Number", "28000000", StyleID="s2")
                + data("Number", "28000000", StyleID="s3") + '</Row><Row ss:Hidden="1"><Cell><Data ss:Type="Number">1</Data>'
                '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>应为</B>1041</ss:Data></Comment></Cell></Row>')
        options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
        (grid,) = book(tmp_path, xml(rows, options)).grids
        assert grid.rows == [[Decimal("0.85"), 2800, 2800], [1]] and grid.percents == {(0, 0)}
        assert (grid.units, grid.struck) == ({(0, 1): "万元", (0, 2): "万元"}, {(0, 2)})
        assert (grid.comments, grid.hidden_rows, grid.hidden_cols, grid.visible) == ({(1, 0): "应为1041"}, {1}, {1, 2}, False)

    def test_a_formula_of_another_workbook_is_kept(self, tmp_path):
        rows = "<Row>" + data("Number", "5", Formula="='[旧账.xls]Sheet1'!R1C1") + data("Number", "5", Formula="=RC[-1]*2") + "</Row>"
        assert book(tmp_path, xml(rows)).grids[0].formulas == {(0, 0): "='[旧账.xls]Sheet1'!R1C1"}

    @pytest.mark.parametrize("encoding, declared", [("gb18030", "GB2312"), ("utf-16", "UTF-16"), ("utf-8", "utf-8")])
    def test_it_is_read_in_the_encoding_that_it_declares(self, encoding, declared, tmp_path):
        assert book(tmp_path, xml("<Row>" + data("String", "石桥乡") + "</Row>", declared=declared), encoding).grids[0].rows == [["石桥乡"]]

    def test_a_workbook_without_sheets_is_refused(self, tmp_path):
        with pytest.raises(Unreadable, match="没有工作表"):
            book(tmp_path, xml("").replace("Worksheet", "Nothing"))
