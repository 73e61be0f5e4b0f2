"""From the sheets of a file to its submissions: which sheets count, for whom and for which period."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.inbox.identify import identify
from etl.model import Book, Received
from etl.reply.stamp import stamp_of
from etl.understand.submission import read_file, understand_book
from tests.fixtures.sheets import (
    LINES,
    NAMES,
    SIGNED,
    TITLES,
    body_of,
    grid,
    headers_of,
    plain,
    read,
    reference,
    rules,
    values,
)

FORM = "key_project_monthly"


def month(n: int, sheet: str, **more):
    made = plain(FORM, sheet=sheet, **more)
    return replace(made, rows=[[f"云岭县2024年{n}月重点项目月报表"], *made.rows[1:]])


def test_one_sheet_one_submission():
    (found,) = read(plain(FORM))
    s = found.submission
    assert (s.unit, s.form, s.period, s.sheet, s.readable) == ("fgj", FORM, "2024-03", "Sheet1", True)
    assert s.submission_id == f"{'0' * 16}-{FORM}-2024-03"
    assert (s.cover.title, s.cover.department, s.cover.money_unit, s.cover.period) == (TITLES[FORM], "县发改局", "万元", "2024-03")


def test_the_evidence_travels_with_the_reading():
    (found,) = read(plain(FORM), name="县发改局/2024年3月重点项目.xlsx")
    told = {about: [(e.place, e.agrees) for e in found.evidence if e.about == about] for about in ("unit", "form", "period")}
    assert told["unit"][:2] == [("文件夹", True), ("填报单位A2", True)]
    assert ("文件名", True) in told["form"] and ("文件名", True) in told["period"] and ("表题A1", True) in told["period"]


def test_what_a_cover_sheet_says_is_shown_with_its_name_and_at_no_cell_of_the_table():
    cover = grid(["云岭县重点项目调度"], ["填报单位：县发改局"], ["报告期：2024年3月"], sheet="封面")
    silent = replace(plain(FORM), rows=[["重点项目月报表"], ["单位：万元"], *plain(FORM).rows[2:6]])
    (found,) = read(cover, silent, name="报表.xlsx")
    assert (found.submission.unit, found.submission.period) == ("fgj", "2024-03")
    assert [(e.place, e.cell) for e in found.evidence if "封面" in e.place] == [
        ("工作表“封面”的填报单位A2", None), ("工作表“封面”的报告期A3", None)]


def test_a_template_that_nothing_else_names_is_told_by_its_hidden_stamp():
    stamp = grid([stamp_of(reference().forms[FORM], "fgj", "2024-02").text()], sheet="luodi", visible=False)
    silent = replace(plain(FORM), rows=[["重点项目月报表"], ["单位：万元"], *plain(FORM).rows[2:6]])
    (found,) = read(silent, stamp, name="报表.xlsx")
    assert (found.submission.unit, found.submission.period) == ("fgj", "2024-02")
    assert [(e.about, e.agrees) for e in found.evidence if e.place == "模板标记"] == [("unit", True), ("form", True), ("period", True)]


def test_what_the_sheet_names_is_believed_rather_than_last_months_template():
    stamp = grid([stamp_of(reference().forms[FORM], "t01", "2024-02").text()], sheet="luodi", visible=False)
    (found,) = read(plain(FORM), stamp)
    assert (found.submission.unit, found.submission.period, rules([found])) == ("fgj", "2024-03", [])
    assert [(e.about, e.agrees) for e in found.evidence if e.place == "模板标记"] == [("unit", False), ("form", True), ("period", False)]


def test_the_latest_day_of_the_data_is_shown_with_whether_the_period_can_hold_it():
    (found,) = read(plain(FORM))
    day = next(e for e in found.evidence if e.place.startswith("数据中最晚的日期"))
    assert (day.value, day.about, day.agrees) == ("2023-10", "period", None)
    (before,) = read(replace(plain(FORM), rows=[["云岭县2020年1月重点项目月报表"], *plain(FORM).rows[1:]]), name="报表.xlsx")
    assert [e.agrees for e in before.evidence if e.place.startswith("数据中最晚的日期")] == [False]


def test_a_file_that_promises_two_forms_speaks_for_each_of_them():
    name = "县发改局/县发改局2024年3月报表（重点项目、招商引资）.xlsx"
    found = read(plain(FORM, sheet="重点项目"), plain("investment_monthly", sheet="招商引资"), name=name)
    assert [[e.agrees for e in r.evidence if e.about == "form" and e.place == "文件名"] for r in found] == [[True], [True]]


def test_a_period_that_nothing_names_is_that_of_the_roster():
    bare = replace(plain(FORM), rows=[["重点项目月报表"], *plain(FORM).rows[1:6]])
    known = replace(reference(), owed={("fgj", FORM): ("2024-03", "2024-06")})
    received = Received("县发改局/重点项目.xlsx", "0" * 64, 1, datetime(2024, 4, 2, 9, 0), 1, Path("重点项目.xlsx"))
    (found,) = understand_book(received, identify(received.name, known.forms, known.register), known, Book("xlsx", (bare,)))
    assert found.submission.period == "2024-03"
    assert [(e.place, e.value) for e in found.evidence if e.about == "period"] == [("报送任务", "2024-03"), ("数据中最晚的日期Q4", "2023-10")]


def test_two_forms_in_one_file():
    name = "县发改局/县发改局2024年3月报表（重点项目、招商引资）.xlsx"
    found = read(plain(FORM, sheet="重点项目"), plain("investment_monthly", sheet="招商引资"), name=name)
    assert rules(found) == []
    assert [(r.submission.form, r.submission.sheet) for r in found] == [(FORM, "重点项目"), ("investment_monthly", "招商引资")]


def test_sheets_of_earlier_months_are_history():
    found = read(month(1, "1月"), month(2, "2月"), month(3, "3月"))
    assert [(f.rule, f.value) for r in found for f in r.findings] == [("F50", "1月”“2月")]
    assert [r.submission.sheet for r in found] == ["3月"]


def test_without_a_promise_the_latest_month_counts():
    found = read(month(2, "2月"), month(1, "1月"), name="县发改局/重点项目.xlsx")
    assert [(r.submission.sheet, r.submission.period) for r in found] == [("2月", "2024-02")]


def test_other_sheets_are_no_submissions():
    notes = grid(["填报说明"], ["一、项目名称按批复填写。"], ["二、总投资以万元为单位。"], sheet="说明")
    index = grid(["序号", "表名", "备注"], [1, "重点项目月报表", None], sheet="目录")
    summary = grid(["单位名称", "计划总投资", "备注"], ["县发改局", 19400, None], sheet="汇总")
    found = read(notes, index, plain(FORM), summary)
    assert rules(found) == []
    assert len(found) == 1


def test_two_sheets_of_one_form_and_period_f32():
    found = read(plain(FORM, sheet="Sheet1"), plain(FORM, sheet="Sheet2"))
    assert rules(found) == ["F32", "F32"]
    assert len({r.submission.submission_id for r in found}) == 2


def test_an_empty_template_beside_a_filled_sheet_is_no_rival():
    template = grid([TITLES[FORM]], ["填报单位：", "单位：万元"], headers_of(FORM), sheet="模板")
    assert rules(read(plain(FORM), template)) == rules(read(template, plain(FORM))) == []


def test_sheets_of_two_units_are_no_rivals():
    other = plain(FORM, sheet="白石镇")
    other = replace(other, rows=[other.rows[0], ["填报单位：白石镇", None, "单位：万元"], *other.rows[2:]])
    assert rules(read(plain(FORM), other)) == ["F24"]


def test_a_hidden_sheet_is_said_and_never_counted():
    found = read(plain(FORM), plain(FORM, sheet="旧", visible=False))
    assert rules(found) == ["F30"]
    assert [r.submission.sheet for r in found] == ["Sheet1"]


def test_only_hidden_sheets_are_no_table():
    found = read(plain(FORM, visible=False))
    assert "F33" in rules(found) and found[0].lines is None


def test_a_table_that_lacks_most_columns_is_one_where_nothing_else_is():
    few = grid([TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], ["项目名称", "建设单位", "计划总投资", "备注"], ["甲项目", "乙公司", 3, None], [SIGNED])
    assert set(rules(read(few))) == {"F15"}
    assert rules(read(few, plain(FORM, sheet="全表"))) == []


@pytest.mark.parametrize("sheets, rule", [([grid(sheet="Sheet1")], "F25"), ([], "F25"), ([grid(["云岭县2024年3月重点项目月报表"], ["见附件"])], "F33")])
def test_files_without_a_table(sheets, rule):
    readings = read(*sheets)
    assert [f.rule for one in readings for f in one.findings] == [rule]
    (found,) = readings
    assert (found.submission.unit, found.submission.form, found.submission.period, found.lines) == ("fgj", FORM, "2024-03", None)


@pytest.mark.parametrize("mark", [[["零报告"]], [["本月零报告"]], [[None, "本月无"]], [["本月无数据"]], [[1, "零报告"]]])
@pytest.mark.parametrize("merges", [(), [(3, 0, 3, 9)]])
def test_nil_returns(mark, merges):
    made = grid([TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], ["序号", *headers_of(FORM)], *mark, [SIGNED], merges=merges)
    (found,) = read(made)
    assert rules([found]) == []
    assert found.submission.cover.nil_declared and found.lines.rows == []


def test_nil_in_the_title():
    made = grid([TITLES[FORM] + "（零报告）"], ["填报单位：县发改局"], headers_of(FORM), [SIGNED])
    assert rules(read(made)) == []


def test_a_file_that_cannot_be_opened(tmp_path):
    path = tmp_path / "县发改局2024年3月重点项目.xlsx"
    path.write_bytes(b"\x00\x01\x02 not a workbook")
    received = Received(f"县发改局/{path.name}", "a" * 64, 5, datetime(2024, 4, 2), 1, path)
    (found,) = read_file(received, reference())
    assert (found.submission.readable, found.submission.period, found.lines) == (False, "2024-03", None)
    assert [f.rule for f in found.findings] == ["F27"]


def test_a_delimited_file_from_disk(tmp_path):
    path = tmp_path / "重点项目.csv"
    rows = [[TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], headers_of(FORM), *body_of(FORM), [SIGNED]]
    path.write_bytes("\r\n".join(",".join("" if v is None else str(v) for v in row) for row in rows).encode("gb18030"))
    received = Received("县发改局/2024年3月重点项目.csv", "b" * 64, 5, datetime(2024, 4, 2), 1, path)
    found = read_file(received, reference())
    assert rules(found) == []
    assert values(found[0]) == values(read(plain(FORM))[0])
    assert found[0].submission.sheet == ""


def test_the_caller_may_name_the_form(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"no workbook")
    received = Received("县发改局/表2024年3月.xlsx", "c" * 64, 5, datetime(2024, 4, 2), 1, path)
    assert read_file(received, reference(), form=FORM)[0].submission.form == FORM


@pytest.mark.parametrize("form", sorted(LINES))
def test_every_form_is_known_by_its_headers_alone(form):
    made = replace(plain(form), sheet="Sheet1")
    (found,) = read(made, name="县发改局/表.xlsx")
    assert found.submission.form == form
    assert [f.rule for f in found.findings] == []


def test_the_promise_of_another_unit_in_the_name_f24():
    assert rules(read(plain(FORM), name="县发改局/2024年3月重点项目（白石镇）.xlsx")) == ["F24"]
    assert rules(read(plain(FORM), name=NAMES[FORM].replace("县发改局/", ""))) == []
