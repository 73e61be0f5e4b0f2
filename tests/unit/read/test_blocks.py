"""The self-evaluation: pairs of label and value, a block of money, a table of indicators, all in one sheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fixtures.sheets import NAMES, SIGNED, grid, read, rules, values

NAME = NAMES["performance_self_evaluation"]
TITLE = ["云岭县2024年度项目支出绩效自评表"]
NOTE = ["填报单位：县发改局", None, None, None, "单位：万元"]
PAIRS = [["项目名称", None, "招商引资工作经费"], ["主管部门", None, "县财政局", None, None, "实施单位", "县发改局"]]
MONEY = [["项目资金", None, None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
         [None, None, "年度资金总额", None, 490, 500, 450, 10, "90%", 9],
         [None, None, "其中：财政拨款", None, 460, 470, 420, "—", "—", "—"],
         [None, None, "      其他资金", None, 30, 30, 30, "—", "—", "—"]]
GOALS = [["年度总体目标", None, "预期目标", "完成全年任务。", None, None, "实际完成情况", "已完成。"]]
HEAD = ["一级指标", "二级指标", "三级指标", "指标性质", "年度指标值", "度量单位", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
ROWS = [["产出", "数量指标", "招商推介活动场次", "≥", 18, "场", 19, 45, 45, None],
        [None, None, "培训人次", "≥", 269, "人次", 301, 15, 15, None],
        ["满意度", "服务对象满意度指标", "服务对象满意度", "≥", 88, "%", 80, 30, 25, "宣传不够"]]
TOTAL = ["总  分", None, None, None, None, None, None, 100, 94]


def sheet(*, title=TITLE, note=NOTE, pairs=PAIRS, money=MONEY, goals=GOALS, head=HEAD, rows=ROWS, total=(TOTAL,), **more):
    top = [title, note, *pairs, *money, *goals]
    first = len(top) + 1
    merges = [(first, 0, first + 1, 0), (first, 1, first + 1, 1), *more.pop("merges", ())]
    return grid(*top, head, *rows, *total, [SIGNED], merges=merges, **more)


def one(found):
    assert rules(found) == []
    return values(found[0])


WANT = one(read(sheet(), name=NAME))


def test_the_head_is_repeated_on_every_indicator():
    assert [line["programme_name"] for line in WANT] == ["招商引资工作经费"] * 3
    assert {k: WANT[0][k] for k in ("budget_initial", "budget_adjusted", "budget_executed", "execution_rate_reported",
                                    "execution_weight", "execution_score", "budget_adjusted_fiscal", "budget_executed_other")} == {
        "budget_initial": 490, "budget_adjusted": 500, "budget_executed": 450, "execution_rate_reported": 90,
        "execution_weight": 10, "execution_score": 9, "budget_adjusted_fiscal": 470, "budget_executed_other": 30}
    assert (WANT[0]["competent_department"], WANT[0]["implementing_unit"]) == ("县财政局", "县发改局")


def test_merged_levels_are_filled_down_and_the_total_is_no_line():
    assert [(line["indicator_level1"], line["indicator_level2"]) for line in WANT] == [
        ("产出", "数量指标"), ("产出", "数量指标"), ("满意度", "服务对象满意度指标")]


def test_every_value_knows_its_cell():
    columns = read(sheet(), name=NAME)[0].lines.columns
    assert columns["programme_name"].cells == ["C3"] * 3
    assert columns["budget_adjusted"].cells == ["F6"] * 3
    assert columns["indicator_level1"].cells == ["A11", "A11", "A13"]
    assert columns["weight"].cells == ["H11", "H12", "H13"]


RATE_FIRST = [[*row[:7], row[8], row[7], row[9]] for row in MONEY]
CARRIED = [*MONEY[:3], [None, None, "上年结转资金", None, 0, 0, 0, "—", "—", "—"], MONEY[3]]
UNMERGED = [["项目名称", "招商引资工作经费"], ["主管部门", "县财政局", "实施单位", "县发改局"]]
GLUED = [["项目名称：招商引资工作经费"], ["主管部门：县财政局", None, None, "实施单位：县发改局"]]
BRACKETS = [["项目名称（全称）", None, "招商引资工作经费"], ["主管部门（盖章）", None, "县财政局", None, None, "实施单位（盖章）", "县发改局"]]
LETTERED = [["项目资金（万元）", None, None, None, "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"], *MONEY[1:]]
UNIT_IN_LABEL = [MONEY[0], [None, None, "年度资金总额（万元）", *MONEY[1][3:]], *MONEY[2:]]
ORDER = [HEAD[:3] + ["度量单位", "指标性质", "年度指标值", "分值", "实际完成值", "得分", "偏差原因分析及改进措施"],
         [[*r[:3], r[5], r[3], r[4], r[7], r[6], r[8], r[9]] for r in ROWS], [*TOTAL[:6], 100, None, 94]]
PLAIN_NOTE = ["填报单位：县发改局"]


@pytest.mark.parametrize("made", [
    sheet(money=RATE_FIRST), sheet(money=CARRIED), sheet(pairs=UNMERGED), sheet(pairs=GLUED), sheet(pairs=BRACKETS),
    sheet(pairs=PAIRS, merges=[(2, 0, 2, 1), (2, 2, 2, 9), (3, 0, 3, 1), (3, 2, 3, 4), (3, 6, 3, 9)]),
    sheet(money=LETTERED, note=PLAIN_NOTE), sheet(money=UNIT_IN_LABEL, note=PLAIN_NOTE), sheet(total=()), sheet(goals=()),
    sheet(head=ORDER[0], rows=ORDER[1], total=(ORDER[2],)), sheet(title=["项目支出绩效自评表（2024年度）"]),
    sheet(head=[h + "（必填）" for h in HEAD]), sheet(pairs=[PAIRS[1], PAIRS[0]]),
    sheet(money=[*MONEY[:1], [None], *MONEY[1:]]),
], ids=["rate before weight", "carried over", "unmerged", "after a colon", "bracketed labels", "merged", "lettered", "unit in label",
        "no total", "no goals", "other order", "year in brackets", "marks", "departments first", "blank row"])
def test_layouts_of_the_blocks(made):
    assert one(read(made, name=NAME)) == WANT


def test_comparator_glued_to_the_target():
    head = [h for h in HEAD if h != "指标性质"] + [None]
    rows = [[*r[:3], f"{r[3]}{r[4]}{r[5]}", r[5], f"{r[6]}{r[5]}", *r[7:], None] for r in ROWS]
    total = [*TOTAL[:3], None, None, None, 100, 94]
    got = one(read(sheet(head=head, rows=rows, total=(total,)), name=NAME))
    assert [line["comparator"] for line in got] == ["≥"] * 3
    assert [line["target_value"] for line in got] == ["≥18场", "≥269人次", "≥88%"]
    assert [(line["target_number"], line["actual_number"]) for line in got] == [(18, 19), (269, 301), (88, 80)]


@pytest.mark.parametrize("end", [[TOTAL, ["自评等级", "优"]], [["综合得分", *TOTAL[1:]]], [["合计", *TOTAL[1:]]], [TOTAL, ["自评结论", None, "项目实施良好"]]])
def test_what_follows_the_indicators_is_no_indicator(end):
    assert one(read(sheet(total=end), name=NAME)) == WANT


def test_two_programmes_in_one_sheet():
    other = [["项目名称", None, "公用经费"], PAIRS[1]]
    first, second = sheet(), sheet(pairs=other)
    shift = len(first.rows)
    merges = first.merges + tuple((a + shift, b, c + shift, d) for a, b, c, d in second.merges)
    found = read(grid(*first.rows, *second.rows, merges=merges), name=NAME)
    assert rules(found) == []
    got = values(found[0])
    assert [line["programme_name"] for line in got] == ["招商引资工作经费"] * 3 + ["公用经费"] * 3
    assert [line["indicator_level1"] for line in got[3:]] == ["产出", "产出", "满意度"]
    assert found[0].lines.columns["weight"].cells[3] == f"H{11 + shift}"


def test_a_blank_value_is_not_taken_from_the_next_label():
    pairs = [["项目名称", None, None, None, None, "项目编码", "X-1"], PAIRS[1]]
    merges = [(2, 0, 2, 1), (2, 2, 2, 4)]
    columns = read(sheet(pairs=pairs, merges=merges), name=NAME)[0].lines.columns
    assert columns["programme_name"].value == [None] * 3
    assert columns["programme_name"].cells == ["C3"] * 3


def test_missing_label_is_a_missing_column():
    found = read(sheet(pairs=[PAIRS[0], ["主管部门", None, "县财政局"]]), name=NAME)
    assert [(f.rule, f.column) for f in found[0].findings] == [("F15", "implementing_unit")]


def test_money_without_a_unit():
    assert rules(read(sheet(note=PLAIN_NOTE), name=NAME)) == ["F17"]


def test_units_of_the_block_convert():
    money = [["项目资金（元）", *MONEY[0][1:]], *[[*r[:4], *[v * 10000 for v in r[4:7]], *r[7:]] for r in MONEY[1:]]]
    got = one(read(sheet(money=money, note=PLAIN_NOTE), name=NAME))
    assert got[0]["budget_adjusted"] == Decimal(500)
