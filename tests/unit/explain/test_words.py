"""What an explanation calls things: no code of ours where people have a word, in either language."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from etl.explain.evidence import Teller, coded, in_its_unit
from etl.explain.tree import scaled
from etl.texts.catalogue import speaker

DATA = SimpleNamespace(
    units={"t01": "白石镇"},
    forms={"key_project_monthly": ("重点项目月报表", "Key projects, monthly")},
    schemes={"county": "县年度目标管理考核"},
    columns_of=lambda form: {"project_name": "项目名称（全称）。Name of the project.", "annual_plan": "本年计划投资。Planned for the year."},
    measures={("key_project_monthly", "completion_rate"): {"measure_name": "年度投资完成率", "measure_name_en": "Annual investment completion"}},
)


@pytest.mark.parametrize("lang, value, uom, shown", [
    ("zh", Decimal("82.500000"), "%", "82.5 %"), ("zh", Decimal("3.10"), "万元/亩", "3.1 万元/亩"), ("en", Decimal("3.10"), "万元/亩", "3.1 10k yuan/mu"),
    ("en", Decimal(-2), "百分点", "-2 percentage points"), ("en", None, "%", "— %"),
])
def test_a_figure_is_told_with_its_unit_in_the_language_asked_for(lang, value, uom, shown):
    assert in_its_unit(value, uom, speaker(lang)) == shown


@pytest.mark.parametrize("lang, shown", [
    ("zh", "重点项目月报表 年度投资完成率 白石镇 是 乡镇 未改正"),
    ("en", "Key projects, monthly Annual investment completion 白石镇 yes towns open"),
])
def test_a_row_is_named_in_words(lang, shown):
    row = {"line_id": "s:5", "form": "key_project_monthly", "measure": "completion_rate", "unit": "t01", "counts": True, "unit_group": "town",
           "state": "open"}
    assert Teller(DATA, speaker(lang)).row(row) == shown


def test_what_has_a_name_is_called_by_it_and_a_scheme_is_no_word():
    row = {"scheme": "county", "dimension": "coverage", "dimension_name": "报齐率", "node": "A1", "node_name": "完成率", "note": None}
    assert Teller(DATA, speaker("zh")).row(row) == "县年度目标管理考核 报齐率 A1 完成率"


def test_the_score_of_a_node_follows_from_the_points_below_it():
    row = {"points": Decimal(26), "weight": Decimal(100), "counted_weight": Decimal(80), "score": Decimal("32.5")}
    assert scaled(Teller(DATA, speaker("zh")), row) == "下级得分之和 26 · 100 / 80 = 32.5"
    assert scaled(Teller(DATA, speaker("en")), row) == "points below it 26 · 100 / 80 = 32.5"


@pytest.mark.parametrize("adjustment, score, shown", [(2, "34.5", "+ 2，不低于0 = 34.5"), (-40, 0, "+ (-40)，不低于0 = 0")])
def test_a_total_has_what_people_entered_on_top(adjustment, score, shown):
    row = {"points": Decimal(26), "weight": Decimal(100), "counted_weight": Decimal(80), "adjustment": Decimal(adjustment), "score": Decimal(score)}
    assert scaled(Teller(DATA, speaker("zh")), row) == f"下级得分之和 26 · 100 / 80 {shown}"


def test_a_place_names_whose_it_is_wherever_the_unit_stands():
    row = {"scheme": "county", "version": "1", "period": "2024-01", "unit_group": "town", "node": "总分", "rank_no": 2, "ranked_units": 6, "unit": "t01"}
    assert Teller(DATA, speaker("zh")).row(row).endswith(" 总分 2 白石镇")
    assert Teller(DATA, speaker("zh")).row({"unit": "*", "period": "2024-01"}) == "全县 2024-01"


@pytest.mark.parametrize("column, code, shown", [
    ("reason", "new", "上年同期为零"), ("state", "new", "新出现"), ("state", "refused", "不予发出"), ("basis", "refused", "整份退回"),
    ("source", "measure", "指标值"), ("rule", "light_worst", "本期亮最差色"), ("stage", "在建", "在建"),
])
def test_a_code_means_what_its_column_says(column, code, shown):
    assert coded(column, code, speaker("zh")) == shown


def test_columns_and_the_parts_of_a_key_are_told_in_words():
    tell = Teller(DATA, speaker("zh"))
    assert tell.said("column_name", "annual_plan", {"form": "key_project_monthly"}) == "本年计划投资"
    assert tell.said("business_key", "project_name+annual_plan；nosuch", {"form": "key_project_monthly"}) == "项目名称+本年计划投资；nosuch"
    assert tell.said("business_key", "2304|t01|公用经费", {"form": "key_project_monthly"}) == "2304 白石镇 公用经费"


def test_a_row_is_told_in_one_language_and_a_measure_once():
    row = {"form": "*", "measure": "x", "measure_name": "时序进度", "measure_name_en": "Time progress", "indicator": "time_progress", "basis": "b"}
    assert Teller(DATA, speaker("zh")).row(row) == "全部报表 时序进度"
    assert Teller(DATA, speaker("en")).row(row) == "all forms Time progress"


def accepted():
    """Every code that a column of a mart may hold, by the contracts of the marts."""
    for path in sorted((Path(__file__).parents[3] / "dbt_project/models/marts").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            for column in model["columns"]:
                for test in column.get("data_tests", ()):
                    if isinstance(test, dict) and "accepted_values" in test:
                        yield from ((column["name"], code) for code in test["accepted_values"]["arguments"]["values"])


def test_every_code_of_a_mart_has_a_word_in_both_languages():
    codes = sorted(set(accepted()))
    assert len(codes) > 100
    assert [(column, code) for column, code in codes if re.search("[a-z]", coded(column, code, speaker("zh")))] == []
    assert [(column, code) for column, code in codes if re.search("[\u3400-\u9fff]", coded(column, code, speaker("en")))] == []
