# ruff: noqa: C408  (cells read better as dict(column=text))
"""The contract's words for texts, F54 to F57: how long, how written, several values in a cell, lists of thousands; and phases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.forms.contract import load_form
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import FORMS, GOOD, PERIOD, RULEBOOK, judged, sheet

pytestmark = pytest.mark.slow

FORM = "grant_monthly"
CONTRACT = """form: grant_monthly
name: 补助发放月报表
name_en: Grants
cadence: monthly
keywords: [补助发放]
business_key:
  - [name]
columns:
  - {name: name, header: 姓名, type: text, required: true, shortest: 2, longest: 6}
  - {name: card, header: 卡号, type: code, pattern: '\\d{8}', looks: 8位数字}
  - {name: kinds, header: 类别, type: text, separator: '；', values: [种粮, 良种, 农机], fewest: 1, most: 2, distinct: true}
  - {name: trade, header: 行业代码, type: code, list: trades}
  - {name: village, header: 村, type: text, list: villages, list_by: {town: unit}}
  - {name: team, header: 组, type: text, list: teams, list_by: {village: village, month: period}}
"""
LISTS = {
    "trades": "value,name\n" + "\n".join(f"{n:05d},行业{n}" for n in range(20_000)),
    "villages": "value,town\n东村,t01\n西村,t02\n",
    "teams": "value,village,month\n一组,东村,2024-03\n二组,东村,2024-02\n",
}
LINE = dict(name="王小明", card="12345678", kinds="种粮；良种", trade="00017", village="东村", team="一组")


@pytest.fixture(autouse=True)
def grants(tmp_path, monkeypatch):
    """The new form with its lists beside it, and the project's own rules."""
    (tmp_path / FORM).mkdir()
    (tmp_path / "lists").mkdir()
    for name, text in LISTS.items():
        (tmp_path / "lists" / f"{name}.csv").write_text(text, encoding="utf-8")
    for name in ("rules", "retired.csv", "currencies.yaml"):
        (tmp_path / name).symlink_to(EXPECTATIONS / name)
    path = tmp_path / FORM / "form.yaml"
    path.write_text(CONTRACT, encoding="utf-8")
    monkeypatch.setitem(FORMS, FORM, load_form(path))
    monkeypatch.setitem(GOOD, FORM, LINE)
    monkeypatch.setitem(PERIOD, FORM, "2024-03")


def told(code, **change):
    """The columns that a rule names in one line, with what it expects."""
    return [(i.column, i.expected) for i in judged(FORM, sheet(change), rules={code}).issues]


@pytest.mark.parametrize("code", ["F54", "F55", "F56", "F57"])
def test_a_good_line_passes(code):
    assert told(code) == []
    blank = dict.fromkeys(("card", "kinds", "trade", "village", "team"))
    assert told(code, **blank) == []
    assert told(code, name="王明", kinds="种粮") == [] == told(code, name="王小明王小明")          # as few as may be, and as many


@pytest.mark.parametrize("code, change, column, expected", [
    ("F54", dict(name="王"), "name", "应为2个字以上、6个字以内，现有1个字"),
    ("F54", dict(name="王小明王小明王"), "name", "应为2个字以上、6个字以内，现有7个字"),
    ("F55", dict(card="1234567"), "card", "8位数字"),
    ("F55", dict(card="12345678A"), "card", "8位数字"),
    ("F56", dict(kinds="；"), "kinds", "至少填1个值"),
    ("F56", dict(kinds="种粮；良种；农机"), "kinds", "至多填2个值"),
    ("F56", dict(kinds="种粮; 种粮"), "kinds", "有重复的值"),
    ("F56", dict(kinds="种粮；渔业"), "kinds", "“渔业”不在可选的值里"),
    ("F57", dict(trade="20001"), "trade", "（trades）：20001"),
    ("F57", dict(village="西村", team=None), "village", "（villages，单位白石镇）：西村"),
    ("F57", dict(team="二组"), "team", "（teams，村东村，报告期2024-03）：二组"),
])
def test_what_the_contract_does_not_allow_is_told_at_its_cell(code, change, column, expected):
    assert told(code, **change) == [(column, expected)]


def test_a_rule_of_a_later_phase_waits_for_the_earlier_ones(monkeypatch):
    monkeypatch.setitem(RULEBOOK, "F57", replace(RULEBOOK["F57"], phase=2))
    sheets = sheet(dict(name="王", trade="20001")), sheet(dict(trade="20001", village=None), unit="t02")
    both = judged(FORM, *sheets, rules={"F54", "F57"}).issues
    assert {(i.rule, int(i.submission_id[:16])) for i in both} == {("F54", 1), ("F57", 2)}
