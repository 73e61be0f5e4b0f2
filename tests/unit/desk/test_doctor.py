"""What doctor says of foreign money whose month has no rate, before a sum is blank."""

from __future__ import annotations

import shutil

import pytest

from etl.desk.doctor import _rates
from etl.settings import given
from etl.texts.catalogue import speaker
from tests.fixtures.places import SAMPLE
from tests.fixtures.warehouse import land_all, submission

DEAL = {"project_name": "茶厂", "investor_name": "甲公司", "introducing_unit": "白石镇", "stage": "签约", "arrived_ytd": 400}


@pytest.fixture
def settings(tmp_path):
    """A county that has landed dollars of January and February, with the sample's site."""
    shutil.copytree(SAMPLE / "site", tmp_path / "site")
    (tmp_path / "data" / "warehouse").mkdir(parents=True)
    landed = land_all(tmp_path, [
        submission("investment_monthly", "t01", "2024-01", [DEAL | {"arrived_ytd_foreign_usd": "30.5"}], order=1),
        submission("investment_monthly", "t01", "2024-02", [DEAL | {"arrived_ytd_foreign_usd": "30.5"}, DEAL], order=2)])
    shutil.move(landed, tmp_path / "data" / "warehouse" / "kept.duckdb")
    return given(inbox=tmp_path / "inbox", site=tmp_path / "site", data=tmp_path / "data", as_of="2024-04-15")


def test_dollars_with_their_rates_are_well(settings):
    (said,) = _rates(settings, speaker("zh"))
    assert (said.level, said.found) == ("ok", "3 个月有汇率，没有缺汇率的外资")


def test_dollars_without_the_rate_of_their_month_are_named_with_the_line_to_write(settings):
    rates = settings.site / "fx_rates.csv"
    rates.write_text("".join(line for line in rates.read_text(encoding="utf-8").splitlines(True) if "2024-02" not in line), encoding="utf-8")
    (said,) = _rates(settings, speaker("zh"))
    assert said.level == "warn"
    assert said.found == "2024-02 招商引资到位资金月报表有 1 行外资共 30.5 万美元，没有该期汇率，外资折算空缺"
    assert f"{rates} 写一行：2024-02," in said.remedy


def test_before_anything_has_landed_nothing_is_said(tmp_path):
    assert list(_rates(given(inbox=tmp_path, site=SAMPLE / "site", data=tmp_path / "data"), speaker("zh"))) == []
