"""The unit's own workbook comes back as it was, with its bad cells marked, and nothing in it can run."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from etl.model import Book, Grid, Received
from etl.read.workbook import open_book
from etl.reply.explanations import is_issue_sheet, read_reasons
from etl.reply.marked_workbook import marked_workbook
from etl.reply.marks import FILLS
from etl.site.load import load_site
from etl.understand.intake import load_reference
from etl.understand.submission import read_file
from tests.fixtures.answers import answer, issue, opened, texts, workbook
from tests.fixtures.places import ROOT

ROWS = [["重点项目月报表"], ["项目名称", "建设单位", "本月完成投资"], ["桥", "甲公司", "大概"], ["路", "乙公司", 12], ["塔", None, 7]]
XLSX = Book("xlsx", ())


def marked(path, *issues, book=XLSX, **more):
    return opened(marked_workbook(answer(path, *issues, **more), book))


def test_the_bad_cell_is_filled_and_commented_and_the_rest_is_as_it_was(tmp_path):
    def look(sheet):
        sheet["A1"].font = Font(bold=True, size=20)
        sheet["B4"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet.column_dimensions["A"].width = 31
        sheet.merge_cells("A1:C1")

    book = marked(workbook(tmp_path / "a.xlsx", ROWS, look), issue())
    assert book.sheetnames == ["审核意见", "Sheet1"]
    sheet = book["Sheet1"]
    assert sheet["C3"].fill.fgColor.rgb == FILLS["error"] and "[错误 F03] C3 应填数字" in sheet["C3"].comment.text
    assert sheet["C4"].comment is None and sheet["B4"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["A1"].font.size == 20 and sheet.column_dimensions["A"].width == 31
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A1:C1"]


def test_the_archived_original_is_not_touched(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROWS)
    before = path.read_bytes()
    marked(path, issue())
    assert path.read_bytes() == before


def test_several_issues_of_a_cell_share_one_comment_the_gravest_first(tmp_path):
    book = marked(workbook(tmp_path / "a.xlsx", ROWS), issue("F04", severity="warning"), issue("F03"))
    text = book["Sheet1"]["C3"].comment.text
    assert text.index("F03") < text.index("F04") and book["Sheet1"]["C3"].fill.fgColor.rgb == FILLS["error"]


def test_a_comment_of_the_unit_is_kept_and_extended(tmp_path):
    def note(sheet):
        sheet["C3"].comment = Comment("等审计结果", "王某")

    text = marked(workbook(tmp_path / "a.xlsx", ROWS, note), issue())["Sheet1"]["C3"].comment.text
    assert text.startswith("等审计结果\n———— 审核意见 ————\n[错误 F03]")


def test_an_issue_inside_a_merged_cell_is_shown_at_its_first_cell(tmp_path):
    book = marked(workbook(tmp_path / "a.xlsx", ROWS, lambda s: s.merge_cells("B4:B5")), issue(cell="B5"))
    assert book["Sheet1"]["B4"].comment is not None


def test_white_letters_on_a_dark_header_stay_legible_under_the_mark(tmp_path):
    def dark(sheet):
        sheet["C2"].font, sheet["C2"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3864")

    assert marked(workbook(tmp_path / "a.xlsx", ROWS, dark), issue(cell="C2"))["Sheet1"]["C2"].font.color.rgb == "FF000000"


@pytest.mark.parametrize("payload", ["=1+1", '=HYPERLINK("http://x","y")', "+cmd|'/c calc'!A1", "@SUM(A1)", "-2+3", "#REF!"])
def test_a_text_from_a_cell_never_becomes_a_formula_or_a_link(tmp_path, payload):
    hostile = issue(value=payload, expected=payload, sentence=payload, rule="F08")
    content = marked_workbook(answer(workbook(tmp_path / "a.xlsx", ROWS), hostile, unit_name=payload), XLSX)
    sheet = opened(content)["审核意见"]
    assert [payload] * 3 == [c.value for c in sheet[len(list(sheet.rows))][5:8]]
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}        # n: an empty cell
    assert not any(cell.hyperlink and cell.hyperlink.target for row in sheet.iter_rows() for cell in row)


def test_a_formula_that_calls_a_program_is_sent_back_as_text_and_a_sum_as_a_formula(tmp_path):
    def live(sheet):
        sheet["D3"], sheet["D4"] = "=cmd|'/c calc'!A1", "=SUM(C4:C5)"

    book = marked(workbook(tmp_path / "a.xlsx", ROWS, live), issue())
    assert (book["Sheet1"]["D3"].data_type, book["Sheet1"]["D4"].data_type) == ("s", "f")
    assert any("会调用外部程序的公式" in str(c.value) for row in book["审核意见"].iter_rows() for c in row)


def test_the_stored_result_of_a_formula_stays_beside_it(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROWS, lambda s: s.__setitem__("C6", "=SUM(C4:C5)"))
    replace_part(path, "xl/worksheets/sheet1.xml", b"<f>SUM(C4:C5)</f><v />", b"<f>SUM(C4:C5)</f><v>19</v>")
    content = marked_workbook(answer(path, issue()), XLSX)
    assert opened(content)["Sheet1"]["C6"].value == "=SUM(C4:C5)"
    assert load_workbook(io.BytesIO(content), data_only=True)["Sheet1"]["C6"].value == 19


def test_a_workbook_that_says_nothing_of_calculation_is_marked_all_the_same(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROWS)
    replace_part(path, "xl/workbook.xml", b'<calcPr calcId="124519" fullCalcOnLoad="1" />', b"")
    assert marked(path, issue())["Sheet1"]["C3"].comment


def test_what_a_copy_cannot_keep_is_said(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")
        archive.writestr("xl/media/image1.png", b"")
    book = marked(path, issue())
    assert any("没有保留：图片、文本框和图形" in str(c.value) for row in book["审核意见"].iter_rows() for c in row)


def test_the_same_answer_gives_the_same_bytes(tmp_path):
    told = answer(workbook(tmp_path / "a.xlsx", ROWS), issue(), issue("F04", "C4", "warning"))
    assert marked_workbook(told, XLSX) == marked_workbook(told, XLSX)


def test_a_text_file_comes_back_as_a_workbook_with_the_same_addresses(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x")
    grid = Grid("", [["项目代码", "投资"], ["2302-530330-48-01-516539", "大概"], ["=1+1", "12.5"], ["007", "12.50"]])
    sheet = marked(path, issue(cell="B2", sheet=""), book=Book("csv", (grid,)))["Sheet1"]
    assert [c.value for c in sheet[2]] == ["2302-530330-48-01-516539", "大概"] and sheet["B2"].comment
    assert sheet["A3"].data_type == "s" and sheet["A1"].font.bold
    assert (sheet["B3"].value, sheet["A4"].value, sheet["B4"].value) == (12.5, "007", "12.50")


def test_an_old_workbook_comes_back_with_its_values_merges_and_hidden_sheets(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf")
    grids = (Grid("表/一", [["题"], ["甲", "乙"], [Decimal("0.853"), date(2024, 3, 5)]], merges=((0, 0, 0, 1),),
                  percents=frozenset({(2, 0)}), errors={(2, 2): "#REF!"}), Grid("旧", [["x", "y"]], visible=False))
    book = marked(path, issue(cell="A3", sheet="表/一"), book=Book("xls", grids))
    sheet = book["表_一"]
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A1:B1"] and book["旧"].sheet_state == "hidden"
    assert sheet["A3"].number_format == "0.00%" and sheet["B3"].value.date() == date(2024, 3, 5)
    assert texts(book["审核意见"])[0][4] == "A3" and sheet["A3"].comment


@pytest.mark.parametrize("damage", ["not a zip", "merge", "far"])
def test_a_workbook_that_would_harm_is_copied_instead_of_opened(tmp_path, damage):
    path = workbook(tmp_path / "a.xlsx", ROWS)
    if damage == "not a zip":
        path.write_bytes(b"PK\x03\x04 broken")
    else:
        old, new = (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>') if damage == "merge" \
            else (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        replace_part(path, "xl/worksheets/sheet1.xml", old, new)
    book = marked(path, issue(), book=Book("xlsx", (Grid("Sheet1", ROWS),)))
    assert book["Sheet1"]["C3"].comment and book["Sheet1"]["C3"].value == "大概"


def test_an_unreadable_file_gets_the_list_of_issues_alone(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\0\1")
    book = marked(path, issue("F28", cell=None, sheet="", level="submission"), book=None, verdict="unreadable")
    assert book.sheetnames == ["审核意见"] and texts(book["审核意见"])[0][4] == "整份文件"


def test_a_corrected_reply_that_comes_back_carries_no_old_marks_and_its_reasons_are_read(tmp_path):
    def green(sheet):
        sheet["C3"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet["C3"].comment = Comment("等审计结果", "王某")

    first = answer(workbook(tmp_path / "a.xlsx", ROWS, green), issue(), issue("F04", "C4", "warning", line_id="l"), keys={"l": "路|乙"})
    book = opened(marked_workbook(first, XLSX))
    reason_at = next(row for row in book["审核意见"].iter_rows() if row[4].value == "C4")
    assert not reason_at[8].protection.locked
    reason_at[8].value = "按合同约定暂估"
    book.save(tmp_path / "back.xlsx")
    [sheet] = [g for g in open_book(tmp_path / "back.xlsx", "back.xlsx").grids if is_issue_sheet(g)]
    [reason] = read_reasons(sheet)
    assert (reason.rule, reason.cell, reason.business_key, reason.value, reason.text) == ("F04", "C4", "路|乙", "大概", "按合同约定暂估")

    second = marked(tmp_path / "back.xlsx", verdict="accepted")
    assert second.sheetnames == ["审核意见", "Sheet1"]
    assert second["Sheet1"]["C3"].comment.text == "等审计结果" and second["Sheet1"]["C3"].fill.fgColor.rgb == "FF00FF00"
    assert second["Sheet1"]["C4"].comment is None and second["Sheet1"]["C4"].fill.patternType is None


def replace_part(path, part, old, new):
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == part else content)
    path.write_bytes(buffer.getvalue())


def test_a_reply_that_is_sent_in_again_says_what_the_file_said(tmp_path):
    """The issue sheet is no form, and neither marks nor the copy change a value."""
    register = load_reference(ROOT / "expectations", load_site(ROOT / "data/sample/site"))
    for name in ("县住建局/县住建局2024年1月重点项目月报表.xlsx", "白石镇/1月份重点项目投资完成情况-白石镇.csv",
                 "龙潭镇/龙潭镇2024年1月重点项目月报表.ods"):
        path = ROOT / "data/sample/inbox" / name
        [reading] = read_file(Received(name, "0" * 64, 1, datetime(2024, 2, 2), 1, path), register)
        told = answer(path, *(issue(f.rule, f.cell, sheet=f.sheet, row=f.row) for f in reading.findings), file=name)
        (tmp_path / "reply.xlsx").write_bytes(marked_workbook(told, open_book(path, name)))
        [again] = read_file(Received(name, "0" * 64, 1, datetime(2024, 2, 2), 1, tmp_path / "reply.xlsx"), register)
        assert {n: c.value for n, c in again.lines.columns.items()} == {n: c.value for n, c in reading.lines.columns.items()}
        assert [(f.rule, f.cell) for f in again.findings] == [(f.rule, f.cell) for f in reading.findings]
