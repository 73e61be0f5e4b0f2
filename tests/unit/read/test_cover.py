"""What a sheet says of itself above and below its table."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.read.cover import read_cover
from tests.fixtures.sheets import grid, reference

VOCABULARY = reference().vocabulary


def around(*rows, above=None, empty=False):
    made = grid(*rows)
    return read_cover(made, list(range(len(rows))), len(rows) if above is None else above, VOCABULARY, empty)


@pytest.mark.parametrize("row, department", [
    (["填报单位：县发改局（盖章）"], "县发改局"), (["填报单位(盖章):县发改局"], "县发改局"), (["填報單位：縣發改局"], "县发改局"), (["填报单位：县发改局（公章）   单位：万元"], "县发改局"),
    (["填报单位", "县发改局"], "县发改局"), (["填报单位：", None, "县发改局"], "县发改局"), (["编制单位：县发改局"], "县发改局"), (["报送单位：　县发改局　　报送日期：2024年4月1日"], "县发改局"),
    (["填报单位：", "单位：万元"], None), (["单位：万元"], None), (["填报单位", "填报日期：2024-04-01"], None),
])
def test_department(row, department):
    found = around(["标题表"], row)
    assert found.cover.department == department
    if department:
        assert found.department_cell == ("ABC"[len(row) - 1] if len(row) > 1 else "A") + "2"


@pytest.mark.parametrize("row, unit", [
    (["单位：万元"], "万元"), (["（单位：万元）"], "万元"), (["单位:萬元"], "万元"), (["计量单位：亿元、个"], "亿元"), (["金额单位：元"], "元"), (["单位：人民币万元"], "万元"), (["金额单位为千元"], "千元"),
    (["单位：", "万元"], "万元"), (["单位", "万元"], "万元"), (["单位：万元 个 %"], "万元"), (["填报单位：县发改局        单位：万元、个、%"], "万元"), (["2024年3月      单位：万元"], "万元"),
    (["重点项目表（万元）"], "万元"), (["重点项目表（单位：亿元）"], "亿元"), (["（万元）"], "万元"), (["万元"], "万元"), (["注：本表金额单位均为万元"], "万元"),
    (["填报单位：元江县发改局"], None), (["亿元以上重点项目月报表"], None), (["单位：个"], None), (["责任单位：县发改局"], None), (["建设单位：万元春公司"], None), ([], None),
])
def test_money_unit(row, unit):
    assert around(row).cover.money_unit == unit


def test_explanations_below_declare_no_unit():
    assert around(["填表说明：1.项目名称；2.计划总投资：单位亿元"], above=0).notes == ()
    assert around(["注：金额单位为万元"], above=0).cover.money_unit == "万元"


def test_two_notes_are_both_kept():
    assert [n.units for n in around(["单位：万元"], ["单位：亿元"]).notes] == [("万元",), ("亿元",)]
    assert [n.cell for n in around([None, "单位：万元"], ["单位：亿元"]).notes] == ["B1", "A2"]


@pytest.mark.parametrize("rows", [
    [["填报人：张某    审核人：李某    负责人：王某    填报日期：2024年4月1日"]],
    [["填报人：张某"], ["审核人：李某"], ["单位负责人：王某"], ["填报日期：2024年4月1日"]],
    [["填表人：", "张某", "复核人：", "李某", "分管领导：", "王某", "填表日期：", "2024年4月1日"]],
    [["填报人", "张某", None, "审核人", "李某", "负责人", "王某", "填报日期", "2024年4月1日"]],
    [["填报人（签字）：张某　　审核人（签字）：李某　　负责人（签字）：王某　　填报日期：2024年4月1日　　联系电话：0874-1"]],
    [["填報人：張某  審核人：李某  負責人：王某  填報日期：2024年4月1日".replace("張", "张")]],
])
def test_signatures(rows):
    cover = around(*rows, above=0).cover
    assert (cover.preparer, cover.reviewer, cover.head, cover.filled_date) == ("张某", "李某", "王某", "2024年4月1日")


def test_missing_signatures_are_missing():
    cover = around(["填报人：    审核人：李某    负责人：", "填报日期："], above=0).cover
    assert (cover.preparer, cover.reviewer, cover.head, cover.filled_date) == (None, "李某", None, None)


def test_dates_in_cells():
    assert around(["填报日期：", date(2024, 4, 1)], above=0).cover.filled_date == "2024-04-01"
    (said,) = around(["报告期", datetime(2024, 3, 1)]).said
    assert (said.field, said.raw, said.cell) == ("period", datetime(2024, 3, 1), "B1")
    assert around(["打印时间", datetime(2024, 3, 1)]).titles == ("打印时间",)


def test_form_number_and_validity_are_no_titles():
    assert around(["表    号：云统投1表"], ["有效期至：2025年1月"], ["云岭县2024年3月重点项目"]).titles == ("云岭县2024年3月重点项目",)


def test_a_month_between_labels_is_a_title():
    assert around(["填报单位：县发改局    2024年3月    单位：万元"]).titles == ("2024年3月",)
    assert around(["重点项目月报表（2024年）"], ["3月"]).titles == ("重点项目月报表（2024年）", "3月")


def test_titles_are_texts_above_that_are_no_labels():
    found = around([None, "云岭县2024年3月重点项目月报表"], ["填报单位：县发改局", "单位：万元"], ["报告期：2024年3月"], ["项目名称", "注"], above=3)
    assert found.titles == ("云岭县2024年3月重点项目月报表",)
    assert [(s.field, s.text, s.cell) for s in found.said] == [("department", "县发改局", "A2"), ("period", "2024年3月", "A3")]
    assert (found.title_cell, found.cover.title) == ("B1", "云岭县2024年3月重点项目月报表")


@pytest.mark.parametrize("text, empty, nil", [
    ("零报告", False, True), ("本月零报告", True, True), ("本月无", True, True), ("本月无数据", True, True), ("本月无", False, False),
    ("注：无数据请注明零报告", True, False), ("说明：零报告须由负责人确认", True, False), ("云岭县2024年3月重点项目月报表（零报告）", True, True), ("填报单位：县发改局", True, False),
    ("零报告：是", True, True), ("是否零报告：否", True, False), ("□零报告", True, False), ("☑零报告", True, True), ("非零报告", True, False),
])
def test_nil_declarations(text, empty, nil):
    assert around([text], empty=empty).cover.nil_declared is nil
