"""Every sentence says what its figures say, and none is said without them."""

from __future__ import annotations

import pytest

from etl.pages.summary import Stand, summarise

SPOKEN = {"arrived": "i.arrived", "arrived_growth": "i.growth", "completed_growth": "k.growth", "recognised": "i.recognised", "water": "i.water", "attained": "t.rate", "completed": "k.done",
          "completion": "k.rate", "spent": "b.rate"}
UOMS = {"i.arrived": "万元", "i.growth": "%", "k.growth": "%", "t.rate": "%", "k.done": "万元", "b.rate": "%"}
NAMES = {"t01": "白石镇", "t02": "清河镇", "t03": "柳树乡"}


def said(county=(), units=(), slots=(), time="50"):
    stand = Stand({"period": "2024-06", "time_progress": time}, dict(county), dict(units), slots, NAMES, UOMS, SPOKEN)
    return [one["text"][0] for one in summarise(stand)]


def slot(unit="t01", status="on_time", verdict="accepted", owed=True):
    return {"unit": unit, "form": "k", "status": status, "verdict": verdict, "is_owed": owed}


def test_funds_are_told_with_what_is_recognised_and_what_is_water():
    county = {"i.arrived": ["547083"], "i.recognised": ["497484"], "i.water": ["9.066083", "49599", "547083"]}
    assert said(county) == ["截至2024年6月，全县本年累计到位资金547083万元，其中认定497484万元，水分率9.07%。"]


def test_a_sentence_names_the_units_that_its_figures_lack_and_why():
    county = {"i.arrived": ["5", "5", None, None, None, "t01 t02 t03"], "i.recognised": ["4", "4", None, None, None, "t02"], "i.water": ["20", "1", "5"]}
    slots = [slot("t02", "missing", None) | {"form": "i"}, slot("t03", verdict="rejected") | {"form": "i"}, slot("t03", "missing", None) | {"form": "k"}]
    assert said(county, slots=slots)[0] == (
        "截至2024年6月，全县本年累计到位资金5万元，其中认定4万元，水分率20%。（未含缺报的清河镇）（未含报表被退回的柳树乡）（未含白石镇）")


@pytest.mark.parametrize("lacking", ["i.arrived", "i.recognised", "i.water"])
def test_a_sentence_that_lacks_a_figure_is_not_said(lacking):
    county = {"i.arrived": ["1"], "i.recognised": ["1"], "i.water": ["0"]}
    assert said(county | {lacking: [None, None, None, None, "no_denominator"]}) == []
    assert said({name: figure for name, figure in county.items() if name != lacking}) == []


def test_units_are_held_against_the_time_that_has_passed():
    units = {"t.rate": {"t01": ["50"], "t02": ["49.999999"], "t03": [None, "0"]}}
    assert said(units=units) == ["有到位资金目标并有数的2个单位中，1个的完成率达到时序进度（50%）；最高的是白石镇（50%），最低的是清河镇（50%）。"]
    all_, none = ({"t.rate": {"t01": [best], "t02": [worst]}} for best, worst in (("60", "50"), ("40", "30")))
    assert said(units=all_) == ["有到位资金目标并有数的2个单位，完成率均达到时序进度（50%）；最高的是白石镇（60%），最低的是清河镇（50%）。"]
    assert said(units=none) == ["有到位资金目标并有数的2个单位，完成率均未达到时序进度（50%）；最高的是白石镇（40%），最低的是清河镇（30%）。"]
    assert said(units={"t.rate": {"t01": ["50"]}}) == []                    # one unit is no comparison


@pytest.mark.parametrize("growth, words", [("12.345", "增长12.35%"), ("-0.5", "下降0.5%"), ("0", "与上年同期持平")])
def test_what_is_more_or_less_than_the_year_before_is_told(growth, words):
    assert said({"i.growth": [growth], "k.growth": [growth]}) == [
        f"到位资金{words if words.startswith('与') else '比上年同期' + words}。", f"重点项目完成投资{words if words.startswith('与') else '比上年同期' + words}。"]


def test_growth_is_not_told_of_which_a_unit_is_missing_or_has_a_base_and_no_figure():
    assert said({"i.growth": ["-80", "20", "100", None, None, "t02"]}) == []
    assert said({"i.growth": ["-80", "20", "100", None, None, None, None, None, "t02"]}) == []
    assert said({"i.growth": ["-80", "20", "100"]}) == ["到位资金比上年同期下降80%。"]


@pytest.mark.parametrize("rate, words", [("45.156443", "慢于时序进度4.84个百分点"), ("50", "快于时序进度0个百分点"), ("60.5", "快于时序进度10.5个百分点")])
def test_works_are_ahead_of_time_or_behind_it(rate, words):
    [sentence] = said({"k.done": ["223476"], "k.rate": [rate]})
    assert words in sentence and "223476万元" in sentence


@pytest.mark.parametrize("rate, words", [("46.694846", "预算执行率46.69%，慢于时序进度3.31个百分点。"), ("50.005", "预算执行率50.01%，快于时序进度0.01个百分点。")])
def test_budgets_are_ahead_of_time_or_behind_it(rate, words):
    assert said({"b.rate": [rate]}) == [words]


def test_returns_are_counted_and_who_is_missing_is_named_once():
    slots = [slot(), slot("t02", "late"), slot("t03", "missing", None), slot("t03", "missing", None), slot("t01", verdict="rejected"), slot(owed=False)]
    assert said(slots=slots) == ["本期应报5份，按时2份，迟报1份，未报2份（柳树乡）；退回1份。"]
    assert said(slots=[slot()]) == ["本期应报1份，按时1份，迟报0份，无缺报；退回0份。"]
    assert said(slots=[slot(owed=False)]) == []


def test_english_says_the_same_numbers():
    stand = Stand({"period": "2024-06", "time_progress": "50"}, {"b.rate": ["46.694846"]}, {}, [], NAMES, UOMS, SPOKEN)
    assert summarise(stand)[0]["text"][1] == "46.69% of the budget is spent, 3.31 points behind time."
