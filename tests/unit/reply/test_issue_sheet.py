"""The first sheet lists every issue, the gravest first, with a link to its cell."""

from dataclasses import replace

from etl.model import Book, Grid
from etl.reply.explanations import read_reasons
from etl.reply.groups import grouped, split_sentence
from etl.reply.marked_workbook import marked_workbook
from tests.fixtures.answers import answer, issue, opened, texts, workbook

XLSX = Book("xlsx", ())


def sheet_of(tmp_path, *issues, **more):
    path = workbook(tmp_path / "a.xlsx", [["甲"] * 9] * 20)
    book = opened(marked_workbook(answer(path, *issues, **more), XLSX))
    return book[book.sheetnames[0]]


def test_errors_come_before_warnings_and_what_concerns_the_whole_file_before_cells():
    found = [issue("F07", "A1", "warning"), issue("F36", None, "warning", "submission"), issue("F03", "C9"),
             issue("F01", "B2"), issue("F41", None, "info", "submission")]
    assert [g.rule for g in grouped(found)] == ["F01", "F03", "F36", "F07", "F41"]


def test_the_same_rule_on_many_cells_is_one_row_and_then_each_place(tmp_path):
    cells = ["F17", "I19", "F19"]
    rows = texts(sheet_of(tmp_path, *(issue(cell=c) for c in cells)))
    assert [r[0] for r in rows] == ["1", "1.1", "1.2", "1.3"]
    assert rows[0][4] == "F17, F19, I19" and rows[0][7] == "请改成阿拉伯数字。" and "3 处" in rows[0][2]
    assert [r[4] for r in rows[1:]] == ["F17", "F19", "I19"] and rows[1][7] == "F17 应填数字，现在是“大概”。"


def test_warnings_beyond_the_cap_are_folded_and_one_reason_answers_all(tmp_path):
    warnings = [issue("F04", f"C{row}", "warning") for row in range(1, 6)]
    sheet = sheet_of(tmp_path, *(issue(cell=f"D{row}") for row in range(1, 5)), *warnings, most_warnings=2)
    listed = {row[0].value: (row[0].row in sheet.row_dimensions and sheet.row_dimensions[row[0].row].hidden) for row in sheet.iter_rows() if row[0].value}
    assert [number for number, hidden in listed.items() if hidden] == ["2.3", "2.4", "2.5"]
    (folded,) = [text for text in listed if "折叠" in str(text)]
    assert folded.startswith("还有 3 处警告")
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "2")
    sheet.cell(first, 9).value = "按概算填报"
    reasons = read_reasons(Grid(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]))
    assert [(r.cell, r.text) for r in reasons] == [(f"C{row}", "按概算填报") for row in range(1, 6)]


def test_a_cell_is_a_link_inside_the_workbook_and_the_whole_file_is_none(tmp_path):
    sheet = sheet_of(tmp_path, issue(), issue("F36", None, "warning", "submission"))
    links = [(c.value, c.hyperlink.location, c.hyperlink.target) for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert links == [("C3", "'Sheet1'!C3", None)]


def test_only_the_reasons_can_be_written_and_nothing_else_is_open(tmp_path):
    sheet = sheet_of(tmp_path, issue(), issue("F04", "C4", "warning"))
    assert sheet.protection.sheet
    assert {c.column_letter for row in sheet.iter_rows() for c in row if not c.protection.locked} == {"I"}


def test_the_head_says_whose_form_it_is_what_counts_and_what_to_do(tmp_path):
    sheet = sheet_of(tmp_path, issue(), issue("F04", "C4", "warning"))
    head = " ".join(str(c.value) for row in sheet.iter_rows(max_row=12) for c in row[:9] if c.value)
    for said in ("县甲局", "重点项目月报表", "2024年3月", "表.xlsx", "部分通过", "错误 1，警告 1，提示 0", "已采用 3 行", "2024-04-18",
                 "说明", "数据组 0000"):
        assert said in head


def test_fixed_words_can_be_english(tmp_path):
    sheet = sheet_of(tmp_path, issue(sentence="C3 must be a number. Write digits."), lang="en")
    assert sheet.title == "Review" and texts(sheet)[0][1] == "error"


def test_only_the_issue_sheet_is_selected_when_the_workbook_opens(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["甲"]])
    book = opened(marked_workbook(answer(path, issue()), XLSX))
    assert book.active.title == "审核意见" and [s.sheet_view.tabSelected for s in book.worksheets] == [True, False]


def test_a_sentence_parts_into_what_is_wrong_and_how_to_mend_it():
    assert split_sentence("F17 是必填项，现在为空。请填写。") == ("F17 是必填项，现在为空。", "请填写。")
    assert split_sentence("表中缺少列。") == ("表中缺少列。", "")


def test_a_reason_that_no_longer_holds_is_told_where_it_is_asked_for_again(tmp_path):
    lapsed = replace(issue("F04", "C3", "warning"), state="lapsed", explanation="按概算填报")
    marked = replace(issue("P06", "C4", "warning"), state="open", explanation="无")
    holding = replace(issue("F07", "C5", "warning"), state="explained", explanation="核对无误")
    rows = {r[4]: r for r in texts(sheet_of(tmp_path, lapsed, marked, holding))}
    assert "上次的说明“按概算填报”因数字已改，不再适用" in rows["C3"][7] and rows["C3"][8] == ""
    assert "只写了“无”，没有写原因" in rows["C4"][7]
    assert "上次" not in rows["C5"][7] and rows["C5"][8] == "核对无误"


def test_a_changed_layout_comes_before_everything_else():
    found = [issue("F01", "B2"), issue("F36", None, "warning", "submission"), issue("F52", None, "info", "submission")]
    assert [g.rule for g in grouped(found)] == ["F52", "F01", "F36"]


def test_beside_an_unknown_header_the_unit_may_say_which_column_it_is(tmp_path):
    rows = texts(sheet_of(tmp_path, issue("F14", "C3", "warning", "submission", value="项目等次", expected="项目级别"), issue()))
    assert [("是项目级别" in r[7]) for r in rows] == [False, True]


def test_what_an_assessor_said_to_a_reason_stands_where_it_is_asked_for_again(tmp_path):
    given = replace(issue("F07", "C5", "warning"), explanation="核对无误", reviewed_by="王某", review_why="请附凭证")
    refused, asked = replace(given, review="refused"), replace(given, cell="C6", review="asked_again", state="explained")
    sheet = sheet_of(tmp_path, refused, asked)
    _, first, second = texts(sheet)
    assert first[7].endswith("上次的说明“核对无误”未予采信（王某：请附凭证）。请改正，或补充依据重新说明。") and not first[8]
    assert second[7].endswith("对说明“核对无误”，王某追问“请附凭证”。请在“说明”里答复。") and second[8] == "核对无误"
    head = "".join(str(c.value or "") for row in sheet.iter_rows(max_row=10) for c in row)
    assert "有 1 处说明未予采信" in head and "有 1 处说明被追问" in head
