"""Chinese headings: what a description begins with, unique within its table; every mart of the product has them all."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from etl.serve.headings import LONGEST, column_headings, heading_of
from etl.serve.keys import declared_marts
from tests.fixtures.places import ROOT

PROJECT = ROOT / "dbt_project"
DOCS = dict(re.findall(r"{% docs (\w+) %}\s*(.*?)\s*{% enddocs %}", (ROOT / "dbt_project/models/docs.md").read_text(encoding="utf-8"), re.DOTALL))
MARTS = declared_marts(PROJECT)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("description, heading", [
    ("单位代码，见 dim_unit。Code of the unit.", "单位代码"),
    ("本年累计到位资金（万元），等于上月累计加本月。Arrived funds.", "本年累计到位资金（万元）"),
    ("资金到位率（%）＝自签约累计到位资金÷协议总投资。Rate.", "资金到位率（%）"),
    ("签约日期（未写到日的，取所写时段的末日）。Day of signing.", "签约日期"),
    ("周期类型：year 年、half 半年。Grain.", "周期类型"),
    ("Only in English.", "name"),
    ("名" * 22, "name"),
    ("", "name"),
])
def test_a_heading_is_what_a_description_begins_with(description, heading):
    assert heading_of(description, "name") == heading


def test_no_two_headings_are_alike_and_precisions_are_called_after_their_dates():
    told = {"due": "时限。", "due_precision": "写到。", "end": "末日。", "end_precision": "写到。", "again": "末日，另一个。", "unit": "due。"}
    assert column_headings(told) == {"due": "时限", "due_precision": "写到", "end": "末日", "end_precision": "末日的精度", "again": "again", "unit": "unit"} | {
        "due_precision": "时限的精度"}


def described(text):
    return " ".join(re.sub(r"{{ doc\('(\w+)'\) }}", lambda found: DOCS[found[1]], text or "").split())


@pytest.mark.parametrize("mart", MARTS)
def test_every_column_of_the_product_has_a_chinese_heading_of_its_own(mart):
    headings = column_headings({column["name"]: described(column["description"]) for column in MARTS[mart]["columns"]})
    assert [name for name, heading in headings.items() if not CHINESE.search(heading)] == []
    assert max(len(heading.encode()) for heading in headings.values()) <= LONGEST


def test_every_mart_of_the_product_has_a_short_name_of_its_own():
    names = Counter(mart["config"]["meta"]["zh"] for mart in MARTS.values())
    assert max(names.values()) == 1 and not {"数据版本", "数据目录"} & set(names)
    assert all(CHINESE.search(name) and len(name.encode()) <= LONGEST for name in names)
