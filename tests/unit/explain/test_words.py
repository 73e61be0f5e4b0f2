"""What an explanation calls things: no code of ours where people have a word, in either language."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from etl.explain.evidence import Teller, in_its_unit
from etl.explain.tree import scaled
from etl.texts.catalogue import speaker

DATA = SimpleNamespace(
    units={"t01": "白石镇"},
    forms={"key_project_monthly": ("重点项目月报表", "Key projects, monthly")},
    schemes={"county": "县年度目标管理考核"},
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
