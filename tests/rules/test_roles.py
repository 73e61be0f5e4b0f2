# ruff: noqa: C408  (cells read better as dict(column=text))
"""A form that exists nowhere else gets the rules that all forms share by naming what its columns are to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.forms.contract import load_form
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import FORMS, GOOD, PERIOD, RULEBOOK, judged, sheet

pytestmark = pytest.mark.slow

FORM = "road_works_monthly"
CONTRACT = """form: road_works_monthly
name: 道路工程月报表
name_en: Road works, monthly
cadence: monthly
keywords: [道路工程]
business_key:
  - [code]
columns:
  - {name: code, header: 编码, type: code, code: project_code, role: project_code}
  - {name: road, header: 道路, type: text, role: project_name, required: true}
  - {name: firm, header: 施工方, type: text, role: owner_name}
  - {name: licence, header: 执照号, type: code, role: owner_code}
  - {name: estimate, header: 概算, type: amount, unit: CNY, role: total}
  - {name: planned, header: 今年计划, type: amount, unit: CNY, role: plan}
  - {name: done_now, header: 当月, type: amount, unit: CNY, minimum: 0, role: month}
  - {name: done_this_year, header: 当年, type: amount, unit: CNY, role: year_to_date}
  - {name: done_ever, header: 历年, type: amount, unit: CNY, role: since_start}
  - {name: began, header: 动工日, type: date, happened: true, role: start}
  - {name: opened, header: 通车日, type: date, not_before: [began]}
  - {name: has_begun, header: 动工否, type: enum, values: [是, 否], role: started}
  - {name: state, header: 阶段, type: enum, values: [签约, 开工, 在建, 竣工], role: stage}
  - {name: words, header: 进展, type: text, role: progress}
"""
LINE = dict(code="2411-130202-89-01-637015", road="环城北路", firm="东湖路桥公司", licence="91350100M000100Y43", estimate="6000.5", planned="3000",
            done_now="100", done_this_year="300", done_ever="900", began="2023-06-01", opened=None, has_begun="是", state="在建", words="路面完成一半")
# March after February: what the figures of February must be for March to be right.
BEFORE = dict(done_now="50", done_this_year="200", done_ever="800", words="路基完成")


@pytest.fixture(autouse=True)
def road_works(tmp_path, monkeypatch):
    """The new form beside the others; it has a contract of its own and no rule."""
    (tmp_path / FORM).mkdir()
    (tmp_path / "currencies.yaml").symlink_to(EXPECTATIONS / "currencies.yaml")
    (tmp_path / FORM / "form.yaml").write_text(CONTRACT, encoding="utf-8")
    form = replace(load_form(tmp_path / FORM / "form.yaml"), folder=EXPECTATIONS / FORM)
    monkeypatch.setitem(FORMS, FORM, form)
    monkeypatch.setitem(GOOD, FORM, LINE)
    monkeypatch.setitem(PERIOD, FORM, "2024-03")


def found(code, *changes, before=BEFORE, others=(), unit="t01", settings=()):
    """The columns that one rule names in March."""
    earlier = [sheet(before, period="2024-02")] if before else []
    issues = judged(FORM, *earlier, sheet(*changes, unit=unit), rules={code}, night=True, others=others, settings=settings).issues
    return [i.column for i in issues if "2024-03" in i.submission_id and FORM in i.submission_id]


@pytest.mark.parametrize("code, change, column", [
    ("P01", dict(done_this_year="150"), "done_this_year"), ("P02", dict(done_ever="700"), "done_ever"),
    ("P03", dict(done_this_year="310"), "done_this_year"), ("P05", BEFORE, "estimate"), ("P06", dict(words="路基完成"), "words"),
    ("P08", dict(planned="0"), "planned"), ("P14", dict(began="2024-05-01"), "began"), ("P14", dict(opened="2020-01-01"), "opened"),
    ("P15", dict(began=None), "began"), ("P16", dict(state="签约"), "state"), ("P25", dict(estimate="60005000"), "estimate"),
    ("P29", dict(planned="2500"), "planned"), ("P40", dict(has_begun="否"), "has_begun"), ("P45", dict(planned="300"), "planned"),
    ("P52", dict(estimate="60000.5"), "estimate"),
])
def test_a_rule_that_all_forms_share_finds_the_column_by_its_role(code, change, column):
    assert RULEBOOK[code].forms == ("*",)
    changed = {"P08": "done_this_year"}.get(code, column)
    assert changed in found(code, change)
    assert found(code, dict()) == []


def test_one_project_in_two_forms_is_compared():
    theirs = ("key_project_monthly", sheet(dict(total_investment="9000")))
    assert found("P57", dict(), others=[theirs]) == ["estimate"]
    assert found("P38", dict(), others=[theirs], settings=(("count_either_or", "true"),)) == ["done_this_year"]


def test_one_project_of_two_units_is_claimed_twice():
    issues = judged(FORM, sheet(dict()), sheet(dict(), unit="t02"), rules={"P18"}, night=True).issues
    assert [(i.column, i.expected) for i in issues] == [("road", "清河镇"), ("road", "白石镇")]


def test_a_start_is_held_against_the_ledger_of_approvals():
    pending = ("approval_case", sheet(dict(matter="施工许可", decided_date=None)))
    assert found("P12", dict(), others=[pending]) == ["began"]
    assert found("P12", dict(has_begun="否"), others=[pending]) == []
