"""Lights and thresholds as data: the choice of the county, and slips that are named."""

from __future__ import annotations

import shutil

import pytest

from etl.assess.fitness import DIMENSIONS, load_thresholds
from etl.assess.lights import load_lights
from etl.assess.pack import reasons
from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.texts.catalogue import speaker
from tests.fixtures.places import EXPECTATIONS

FORMS = load_forms(EXPECTATIONS)


def test_the_county_chooses_its_colours():
    chosen = {s.scheme for s in load_lights(EXPECTATIONS / "lights.yaml", {"lights": "gap"}, FORMS).schemes if s.chosen}
    assert chosen == {"gap"}
    assert [s.scheme for s in load_lights(EXPECTATIONS / "lights.yaml", {}, FORMS).schemes if s.chosen] == ["time_progress"]
    with pytest.raises(Mistake, match="可选 time_progress"):
        load_lights(EXPECTATIONS / "lights.yaml", {"lights": "彩虹"}, FORMS)


@pytest.mark.parametrize("old, new, said", [
    ("best_from: 80, middle_from: 60", "best_from: 60, middle_from: 80", "best_from 应大于"),
    ("key_project_monthly.completion_rate", "completion_rate", "报表.指标"),
    ('年度投资完成率, polarity: "+"', '年度投资完成率, polarity: "x"', "报表.指标"),
    ("best_from: 80, middle_from: 60", "best_from: 60, middle_from: 60", "best_from 应大于"),
    ("key_project_monthly.completion_rate", "key_project_weekly.completion_rate", "报表.指标"),
    ("key_project_monthly.completion_rate", "key_project_monthly.", "报表.指标"),
    ("  red_top: 3", "  red: 3", "缺少 lists.red_top"),
    ("  first_month: 2", "  month: 2", "缺少 due.first_month"),
])
def test_a_slip_in_the_lights_is_named(tmp_path, old, new, said):
    path = tmp_path / "lights.yaml"
    path.write_text((EXPECTATIONS / "lights.yaml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Mistake, match=said):
        load_lights(path, {}, FORMS)


def test_thresholds_follow_cadence():
    found = {d.dimension: (d.fit, d.reserved) for d in load_thresholds(EXPECTATIONS, FORMS).dimensions}
    assert found["coverage"] == (100, 100) and found["recognised"] == (95, 80) and found["estimated"] == (0, 5)
    assert found["late"] == (0, 1) and found["open_warnings"] == (0, None)


@pytest.mark.parametrize("old, new, said", [
    ("recognised,认定数齐全率,%,+,95,80", "recognised,认定数齐全率,%,+,80,95", "比 fit 还严"),
    ("recognised,认定数齐全率,%,+,95", "recognised,认定数齐全率,%,+,很高", "不是数字"),
    ("recognised,", "honesty,", "不对"),
])
def test_a_slip_in_the_thresholds_is_named(tmp_path, old, new, said):
    shutil.copy(EXPECTATIONS / "fitness.csv", tmp_path)
    path = tmp_path / "fitness.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Mistake, match=said):
        load_thresholds(tmp_path, FORMS)


def test_every_rule_speaks_of_a_dimension_that_there_is():
    assert set(DIMENSIONS) >= {dimension for _, dimension in load_thresholds(EXPECTATIONS, FORMS).rules}


def test_reasons_are_told_together():
    say = speaker("zh")
    say = speaker("zh")
    assert reasons("A1 missing；A2 not_fit；B1 not_fit", say) == "未报或未通过：A1；数据不可用：A2、B1"
    assert reasons("A1 missing；A2 not_fit", speaker("en")) == "missing or not accepted: A1; data not fit: A2"
    assert reasons("vetoed", say) == "一票否决" and reasons(None, say) == ""
