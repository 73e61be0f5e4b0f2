"""Messy workbooks that clerks have sent, one small case each, with what should come out: second tables and other sheets."""

from __future__ import annotations

import pytest

from tests.fixtures.sheets import LINES, NAMES, SIGNED, TITLES, body_of, grid, headers_of, plain, read, rules, values
from tests.layouts.intake import FORM, HEADS, TOP, UNREAD, WANT, has_the_table, is_the_table, refusals, table

pytestmark = pytest.mark.slow


LISTS = {
    "meeting": [["参加会议人员"], ["序号", "姓名", "单位", "职务", "电话"], [1, "张某", "县发改局", "局长", "13900000001"], [2, "李某", "白石镇", "镇长", "13900000002"]],
    "task_force": [["工作专班"], ["组别", "组长", "成员单位"], ["综合组", "张某", "县发改局、县住建局"]],
    "new_projects": [["新增项目清单"], ["序号", "项目名称", "计划总投资", "备注"], [1, "东门农贸市场二期", 1200, "拟4月开工"]],
    "problems": [["存在问题清单"], ["序号", "项目名称", "存在问题", "责任单位", "完成时限"], [1, "石桥乡卫生院业务用房建设项目", "用地", "县住建局", "2024年6月"]],
    "codes_of_townships": [["乡镇代码"], ["代码", "名称"], ["530330101", "白石镇"], ["530330102", "石桥乡"]],
}


@pytest.mark.parametrize("gap", [0, 1], ids=["at_once", "after_a_blank_row"])
@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_list_below(rows, gap):
    is_the_table(table([TITLES[FORM]], TOP, below=[[SIGNED], *[[]] * gap, *rows]), allowed=UNREAD)


def test_legend_beside_the_table():
    heads = [*HEADS, None, "代码", "乡镇"]
    body = [[*row, None, n, town] for row, n, town in zip(body_of(FORM), (1, 2, 3), ("白石镇", "石桥乡", "清河镇"))]
    is_the_table(table([TITLES[FORM]], TOP, heads=heads, body=body), allowed=UNREAD | {"F14"})


def test_halves_side_by_side():
    form = "rectification"
    heads, (first, second) = headers_of(form), body_of(form)
    found = read(grid([TITLES[form]], ["填报单位：县发改局", "单位：万元"], [*heads, None, *heads], [*first, None, *second]), name=NAMES[form])
    assert sorted(v["problem_no"] for v in values(found[0])) == ["SJ-2024-001", "SJ-2024-002"]
    assert not refusals(found)


def test_two_months_below_each_other():
    old = [["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM)]
    found = table([TITLES[FORM]], TOP, below=[[], *old])
    own = next(r for r in found if r.submission.period == "2024-03")
    assert values(own) == WANT
    told = [f for r in found for f in r.findings]
    assert len(told) <= 1 and {f.rule for f in told} <= UNREAD
    assert len(found) == 2 or told


def test_two_months_on_two_sheets():
    found = read(grid(["云岭县2024年2月重点项目月报表"], TOP, HEADS, *body_of(FORM), sheet="2月"), plain(FORM, sheet="3月"))
    assert values(next(r for r in found if r.submission.period == "2024-03")) == WANT
    assert sorted(r.submission.period for r in found) == ["2024-02", "2024-03"] or UNREAD & set(rules(found))
    assert not refusals(found)


def test_summary_of_the_county_on_another_sheet():
    summary = grid(["全县重点项目汇总表（2024年3月）"], ["乡镇", "项目个数", "计划总投资", "本年计划投资", "本月完成投资", "本年累计完成投资"],
                   ["白石镇", 2, 14900, 5932, 225, 600], ["石桥乡", 1, 4500, 2700, 111, 333], ["合计", 3, 19400, 8632, 336, 933], sheet="全县汇总")
    has_the_table(read(plain(FORM), summary), allowed=UNREAD)
    has_the_table(read(summary, plain(FORM)), allowed=UNREAD)


def test_full_list_of_the_county_on_another_sheet():
    everything = grid(["云岭县2024年3月重点项目汇总表"], ["填报单位：云岭县财政局", "单位：万元"], HEADS, *body_of(FORM), *body_of(FORM), sheet="全县汇总")
    has_the_table(read(plain(FORM), everything), allowed=UNREAD)


def test_five_empty_sheets_first():
    has_the_table(read(*[grid(sheet=f"Sheet{n}") for n in range(5)], plain(FORM, sheet="Sheet6")))


def test_one_sheet_for_each_category():
    parts = {line["category"]: row for line, row in zip(LINES[FORM], body_of(FORM))}
    found = read(*[grid([TITLES[FORM]], TOP, HEADS, row, sheet=name) for name, row in parts.items()])
    assert sorted(v["project_name"] for r in found for v in values(r)) == sorted(v["project_name"] for v in WANT)
    assert not refusals(found)
