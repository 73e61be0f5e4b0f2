"""Every rule about a sheet as a whole: one sheet that breaks it, and one, alike, that does not."""

from __future__ import annotations

import pytest

from etl.model import Grid, column_letter
from tests.fixtures.sheets import NAMES, SIGNED, TITLES, body_of, grid, headers_of, plain, read, rules

FORM = "key_project_monthly"
HEAD, LINES = headers_of(FORM), body_of(FORM)
TOP = ["填报单位：县发改局", "单位：万元"]


def sheet(head=HEAD, lines=LINES, top=TOP, title=TITLES[FORM], after=(), sheet="Sheet1", **more) -> Grid:
    return grid([title], top, head, *lines, *after, [SIGNED], sheet=sheet, **more)


def renamed(**headers):
    return [headers.get(h, h) for h in HEAD]


def extra(header, values):
    return {"head": [*HEAD, header], "lines": [[*line, v] for line, v in zip(LINES, values)]}


def without(header):
    at = HEAD.index(header)
    return {"head": HEAD[:at] + HEAD[at + 1:], "lines": [line[:at] + line[at + 1:] for line in LINES]}


HEADER_COLUMN = {h: i for i, h in enumerate(HEAD)}
TOTAL_COLUMN = HEADER_COLUMN["计划总投资"]

CASES = [
    ("F14", [sheet(**extra("联系电话", ["0874-1", None, None]))], [sheet(**extra("联系电话", [None, None, None]))]),
    ("F14", [sheet(**extra("上年完成", [1, 2, 3]))], [sheet(**extra("行次", [1, 2, 3]))]),
    ("F15", [sheet(**without("形象进度"))], [sheet(**without("制约因素"))]),
    ("F16", [sheet(**extra("总投资", [4500, 2300, 12601]))], [sheet(**extra("总投资", [4500, "2,300", 12600]))]),
    ("F16", [sheet(**extra("总投资（亿元）", ["0.45", "0.23", "12.6"]))], [sheet(**extra("总投资（亿元）", ["0.45", "0.23", "1.26"]))]),
    ("F16", [sheet(**extra("工程名称", ["甲", "乙", "丙"]))], [sheet(**extra("工程名称", [None, None, None]))]),
    ("F17", [sheet(top=TOP[:1])], [sheet(top=[TOP[0], "（万元）"])]),
    ("F18", [sheet(after=[["单位：亿元"]])], [sheet(after=[["单位：万元"]])]),
    ("F18", [sheet(title=TITLES[FORM] + "（单位：亿元）")], [sheet(title=TITLES[FORM] + "（单位：万元）")]),
    ("F18", [sheet(head=renamed(计划总投资="计划总投资（万元、亿元）"))], [sheet(head=renamed(计划总投资="计划总投资（万元、%）"))]),
    ("F18", [sheet(head=renamed(计划总投资="计划总投资（万美元）"))], [sheet(head=renamed(计划总投资="计划总投资（人民币万元）"))]),
    ("F23", [sheet(title="云岭县2024年2月重点项目月报表")], [sheet(title="云岭县2024年1-3月重点项目月报表")]),
    ("F23", [sheet(head=renamed(本年累计完成投资="1-2月完成投资"))], [sheet(head=renamed(本年累计完成投资="1-3月完成投资"))]),
    ("F24", [sheet(top=["填报单位：县财政局", TOP[1]])], [sheet(top=["填报单位：云岭县发展和改革局（盖章）", TOP[1]])]),
    ("F24", [sheet(top=[None, TOP[1]], title="县财政局2024年3月重点项目月报表")], [sheet(top=["填报单位：", TOP[1]])]),
    ("F24W", [sheet(top=["填报单位：项目建设指挥部", TOP[1]])], [sheet(top=["填报单位：项目办", TOP[1]], title="县发改局2024年3月重点项目月报表")]),
    ("F23W", [sheet(sheet="2月")], [sheet(sheet="3月")]),
    ("F50", [sheet(lines=[*LINES, ["姓名", "职务", "单位", "电话", "主任", "签到"], ["张某", "局长", "住建局", "有事", "请假", "代"]])], [sheet()]),
    ("F51", [sheet(title="云岭县2024年2月重点项目月报表", after=[[], ["云岭县2024年3月重点项目月报表"], HEAD, *LINES])], [sheet(after=[HEAD, *LINES])]),
    ("F25", [sheet(lines=[])], [sheet(lines=[["零报告"]])]),
    ("F25", [sheet(lines=[[None]], after=[["注：无数据请注明零报告"]])], [sheet(lines=[["本月无"]])]),
    ("F30", [sheet(hidden_rows=frozenset({4}))], [sheet(hidden_rows=frozenset({1, 6}))]),
    ("F30", [sheet(hidden_cols=frozenset({TOTAL_COLUMN}))], [sheet(hidden_cols=frozenset({60}))]),
    ("F30", [sheet(), sheet(sheet="旧表", visible=False)], [sheet(), grid(["说明"], ["随便写写"], sheet="旧表", visible=False)]),
    ("F31", [sheet(formulas={(3, TOTAL_COLUMN): "[1]Sheet1!A1"})], [sheet(formulas={(0, 0): "[1]Sheet1!A1"})]),
    ("F33", [grid([TITLES[FORM]], TOP, ["名", "单", "备注"], [1, 2, 3])], [sheet()]),
    ("F33", [grid([TITLES[FORM]], TOP, *LINES)], [sheet(head=[h + "＊" for h in HEAD])]),
    ("P54", [sheet(top=["填报单位：XX县发改局", TOP[1]])], [sheet()]),
]


@pytest.mark.parametrize("rule, wrong, right", CASES, ids=[f"{r}-{i}" for i, (r, _, _) in enumerate(CASES)])
def test_rule_fires_and_stays_silent(rule, wrong, right):
    assert set(rules(read(*wrong))) == {rule}
    assert rules(read(*right)) == []


def test_a_header_in_other_words_is_unknown_and_its_column_missing():
    (found,) = read(sheet(head=renamed(项目级别="项目等次")))
    assert [(f.rule, f.column, f.value, f.expected) for f in found.findings] == [
        ("F14", None, "项目等次", "项目级别"), ("F15", "level", None, "项目级别")]
    assert rules(read(sheet(head=renamed(项目级别="重点级别")))) == []


def test_a_masked_period_is_missing_and_masked():
    assert rules(read(sheet(title="云岭县20xx年X月重点项目月报表"))) == ["P54"]


def test_wrong_form_f22():
    assert rules(read(plain("budget_execution_monthly"))) == ["F22"]
    assert rules(read(plain("budget_execution_monthly"), name=NAMES["budget_execution_monthly"])) == []


def test_macros_f29():
    assert rules(read(sheet(), macros=True)) == ["F29"]


@pytest.mark.parametrize("header, fires", [("承诺时限", []), ("承诺时限（天）", ["P50"]), ("承诺时限(日)", ["P50"]), ("承诺时限（工作日）", []), ("承诺时限（自然日）", [])])
def test_kind_of_days_p50(header, fires):
    form = "approval_case"
    head = [header if h.startswith("承诺时限") else h for h in headers_of(form)]
    made = grid([TITLES[form]], TOP, head, *body_of(form), [SIGNED])
    assert rules(read(made, name=NAMES[form])) == fires


def test_calendar_days_that_the_header_tells_go_with_the_figure():
    form = "approval_case"

    def sent(header):
        head = [header if h.startswith("承诺时限") else h for h in headers_of(form)]
        (reading,) = read(grid([TITLES[form]], TOP, head, *body_of(form), [SIGNED]), name=NAMES[form])
        return reading.lines.columns["promised_days"].raw

    plain_days = sent("承诺时限（工作日）")
    assert plain_days == sent("承诺时限") and not any("自然" in (raw or "") for raw in plain_days)
    assert sent("承诺时限（自然日）") == [raw and f"{raw}（自然日）" for raw in plain_days]


def test_addresses_of_findings():
    (found,) = read(sheet(**extra("联系电话", ["0874-1", None, None])))
    assert [(f.cell, f.value, f.row) for f in found.findings] == [("Z3", "联系电话", 3)]
    (found,) = read(sheet(top=TOP[:1]))
    assert [(f.cell, f.column) for f in found.findings] == [("J3", "total_investment")]
    (found,) = read(sheet(hidden_rows=frozenset({4})))
    assert [(f.cell, f.row) for f in found.findings] == [("A5", 5)]
    (found,) = read(sheet(**extra("总投资", [4500, 2300, 1])))
    assert [(f.cell, f.column) for f in found.findings] == [("J3", "total_investment")]


def test_hidden_lines_are_read_all_the_same():
    (found,) = read(sheet(hidden_rows=frozenset({3, 4})))
    assert found.lines.rows == [4, 5, 6]


def unknown_headers(reading):
    return [(f.cell, f.value, f.expected) for f in reading.findings if f.rule == "F14"]


def test_columns_of_ones_own_are_told_together_and_without_a_guess():
    more = [f"附加列{n}" for n in range(1, 15)]
    (found,) = read(sheet(head=[*HEAD, *more], lines=[[*line, *range(14)] for line in LINES]))
    (one,) = unknown_headers(found)
    assert (one[0], one[2]) == ("Z3", None)
    assert one[1].startswith("附加列1”、AA3“附加列2”、AB3“") and one[1].endswith("”、AM3“附加列14")


def test_a_header_like_a_missing_column_is_told_by_itself():
    head = renamed(本月完成投资="本月以完成投资")
    (found,) = read(sheet(head=[*head, "联系电话", "座机"], lines=[[*line, "1", "2"] for line in LINES]))
    at = HEADER_COLUMN["本月完成投资"]
    assert unknown_headers(found) == [(f"{column_letter(at)}3", "本月以完成投资", "本月完成投资"), ("Z3", "联系电话”、AA3“座机", None)]


def test_two_headers_that_might_be_one_column_are_no_ground_for_a_guess():
    (one,) = read(sheet(head=renamed(项目级别="项目级别甲")))
    assert [expected for *_, expected in unknown_headers(one)] == ["项目级别"]
    short = without("项目级别")
    (two,) = read(sheet(head=[*short["head"], "项目级别甲", "项目级别乙"], lines=[[*line, "省重点", "省重点"] for line in short["lines"]]))
    assert [expected for *_, expected in unknown_headers(two)] == [None]
