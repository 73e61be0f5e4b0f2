"""What is said beside the figures is asked about at its cell and changes nothing: strikes, comments, remarks, what a merge hides."""

import pytest

from etl.read.remarks import OURS, voids
from etl.texts.catalogue import texts
from tests.fixtures.sheets import SIGNED, TITLES, body_of, grid, headers_of, read, reference, rules, values

FORM = "key_project_monthly"
HEAD, LINES = headers_of(FORM), body_of(FORM)
AT = {h: i for i, h in enumerate(HEAD)}
NAME, CODE, TOTAL, NOTE, PROGRESS = (AT[h] for h in ("项目名称", "项目代码", "计划总投资", "备注", "形象进度"))
VOCABULARY = reference().vocabulary


def sheet(cells=(), **more):
    lines = [list(line) for line in LINES]
    for (row, col), value in dict(cells).items():
        lines[row][col] = value
    return grid([TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], HEAD, *lines, [SIGNED], **more)


def told(made):
    return [(f.rule, f.cell, f.value) for reading in read(made) for f in reading.findings]


def struck(row, cols):
    return sheet(struck=frozenset((row, c) for c in cols))


def test_a_line_struck_through_counts_and_is_asked_about():
    made = struck(4, range(len(HEAD)))
    assert told(made) == [("F42", "B5", "红土坡停车场项目")]         # it has no code
    assert len(read(made)[0].lines) == 3


def test_a_single_struck_cell_is_a_slip_of_the_pen():
    assert rules(read(struck(4, [TOTAL, NOTE]))) == []
    assert rules(read(struck(2, range(len(HEAD))))) == []          # a header is no line


@pytest.mark.parametrize("comment, asked", [
    ("应为1041", True), ("李某:\n已更正", True), ("2024年3月核减", True), ("数字有误，请核", True),
    ("请领导审阅", False), ("USER-2023:\n请领导审阅", False), (f"{OURS} 审核意见 {OURS}\n[错误 F03] J4 应填数字", False),
    (f"应为1041\n{OURS} 审核意见 {OURS}\n[错误 F03] J4", True)])
def test_a_comment_that_corrects_is_asked_about(comment, asked):
    found = told(sheet(comments={(3, TOTAL): comment}))
    assert [(rule, cell) for rule, cell, _ in found] == ([("F43", "J4")] if asked else [])


def test_what_a_reply_of_ours_adds_to_a_comment_begins_as_the_reader_expects():
    assert all(head.startswith(OURS) for head in texts("reply")["comment_head"].values())


def test_a_long_comment_is_quoted_shortly_and_one_at_a_header_not_at_all():
    ((_, _, quoted),) = told(sheet(comments={(3, TOTAL): "应为1041，" + "原因" * 40}))
    assert len(quoted) == 41 and quoted.endswith("…")
    assert told(sheet(comments={(2, TOTAL): "应为1041"})) == []


@pytest.mark.parametrize("col, text, asked", [
    (NOTE, "此项目作废", True), (NOTE, "已作废", True), (NOTE, "重复项目，请删除", True), (NOTE, "取消", True), (NOTE, "不计入", True),
    (NOTE, "经会议研究，该项目作废，下月不再上报", True), (PROGRESS, "此项目作废", True), (NAME, "红土坡停车场项目（作废）", True),
    (NOTE, "原合同已作废，重新签订", False), (NOTE, "未取消", False), (NOTE, "设备款不计入固定资产投资", False), (NOTE, "待招标", False),
    (PROGRESS, "取消用地预审后直接办理规划许可", False), (PROGRESS, "拆除工程已完成，该项目作废旧物资正在清运处理之中", False),
    (NAME, "作废汽车拆解项目", False)])
def test_a_remark_that_voids_its_line_is_asked_about(col, text, asked):
    found = told(sheet({(1, col): text}))
    assert [rule for rule, _, _ in found] == (["F44"] if asked else [])


def test_one_remark_a_line_and_the_remark_column_first():
    found = told(sheet({(1, NOTE): "此项目作废", (1, PROGRESS): "已作废"}))
    assert [(rule, value) for rule, _, value in found] == [("F44", "此项目作废")]
    assert not voids("作废旧物资", VOCABULARY, free=True)


def test_a_column_that_is_not_read_may_void_a_line_too():
    made = grid([TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], [*HEAD, "情况说明"],
                *[[*line, text] for line, text in zip(LINES, [None, "此项目作废", None])], [SIGNED])
    assert ("F44", "Z5", "此项目作废") in told(made)


def test_what_lies_under_a_merge_is_not_read_and_is_asked_about():
    made = sheet({(1, TOTAL): None}, merges=[(3, TOTAL, 4, TOTAL)], covered={(4, TOTAL): 33400})
    assert told(made) == [("F34", "J4", "4500"), ("F47", "J5", "33400")]
    assert "total_investment" not in values(read(made)[0])[1]


@pytest.mark.parametrize("hidden", ["4500", " ", None])
def test_the_same_value_or_none_under_a_merge_needs_no_word(hidden):
    made = sheet({(1, TOTAL): None}, merges=[(3, TOTAL, 4, TOTAL)], covered={(4, TOTAL): hidden})
    assert rules(read(made)) == ["F34"]


def test_hidden_words_under_a_merge_do_not_come_back():
    level = AT["项目级别"]
    made = sheet({(1, level): None}, merges=[(3, level, 4, level)], covered={(4, level): "省重点"})
    assert told(made) == [("F47", f"{chr(65 + level)}5", "省重点")]
    assert values(read(made)[0])[1]["level"] == "县重点"


def test_the_figure_of_a_merge_is_named_by_its_first_cell():
    (found,) = read(sheet({(1, TOTAL): None}, merges=[(3, TOTAL, 4, TOTAL)]))
    assert found.lines.columns["total_investment"].cells[:2] == ["J4", "J4"]
    assert found.lines.columns["total_investment"].value[:2] == [4500, None]


def test_one_name_over_lines_with_codes_of_their_own_is_asked_about():
    cells = {(1, NAME): None, (1, CODE): "2311-530330-04-02-103551", (2, CODE): None}
    made = sheet(cells, merges=[(3, NAME, 4, NAME)])
    assert told(made) == [("F34", "B4", "石桥乡卫生院业务用房建设项目")]
    assert values(read(made)[0])[1]["project_name"] == "石桥乡卫生院业务用房建设项目"
    assert rules(read(sheet({(1, NAME): None}, merges=[(3, NAME, 4, NAME)]))) == []      # the second line has no code


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "同前", " 同上 "])
def test_a_ditto_mark_is_named_as_such_in_every_column(mark):
    for header in ("项目名称", "所属乡镇", "项目级别", "计划总投资", "计划开工时间", "形象进度"):
        made = sheet({(1, AT[header]): mark})
        (found,) = read(made)
        (finding,) = found.findings
        assert (finding.rule, finding.row) == ("F45", 5), header
        assert finding.column not in values(found)[1] and found.lines.columns[finding.column].reason[1] == "ditto"


def test_a_remark_may_be_that_of_the_line_above():
    assert rules(read(sheet({(1, NOTE): "同上"}))) == []


def test_hidden_neighbours_are_told_once():
    made = sheet(hidden_rows=frozenset({3, 4}))
    assert told(made) == [("F30", "A4", "第4-5行")]
    assert told(sheet(hidden_rows=frozenset({3, 5}))) == [("F30", "A4", "第4行"), ("F30", "A6", "第6行")]
    assert told(sheet(hidden_cols=frozenset({TOTAL, TOTAL + 1}))) == [("F30", "J3", f"{HEAD[TOTAL]}、{HEAD[TOTAL + 1]}")]
