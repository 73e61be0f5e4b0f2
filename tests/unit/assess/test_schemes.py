"""A scheme is data: what can be written in it, and how a slip is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from etl.assess.known import load_known
from etl.assess.schemes import SchemeError, load_scheme, load_schemes
from etl.assess.tables import Standards, standards_rows
from tests.fixtures.places import EXPECTATIONS

KNOWN = load_known(EXPECTATIONS, ("key_project_monthly", "investment_monthly", "annual_target"))
DEFAULT = EXPECTATIONS / "schemes" / "default.yaml"


def scheme(**more):
    return {
        "scheme": "demo", "name": "示范", "version": 1, "effective_from": date(2024, 1, 1),
        "groups": {"town": {"name": "乡镇", "kinds": ["town"]}, "bureau": {"kinds": ["bureau"]}},
        "grades": {"优": 90, "良": 80, "中": 60, "差": 0},
        "indicators": [
            {"node": "A", "name": "项目", "weight": 60, "indicators": [
                {"node": "A1", "name": "完成率", "weight": 40, "measure": "key_project_monthly.completion_rate", "formula": "ratio"},
                {"node": "A2", "name": "走访", "weight": 20, "manual": "走访记录", "formula": "direct"}]},
            {"node": "B", "name": "错误", "weight": 40, "fitness": "*.open_errors", "formula": "deduction", "per": 2, "polarity": "-"},
            {"node": "V", "name": "否决", "issues": "investment_monthly.P36", "formula": "veto", "at_least": 1},
        ],
    } | more


@pytest.fixture
def write(tmp_path):
    def written(data, name="scheme.yaml"):
        path = tmp_path / name
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path
    return written


def leaf(data, **more):
    """The scheme with its first leaf changed."""
    data["indicators"][0]["indicators"][0] |= more
    return data


def test_the_tree_is_flattened_in_the_order_of_the_file(write):
    found = load_scheme(write(scheme()), KNOWN)
    assert [(n.node, n.parent, n.level, n.weight) for n in found.nodes] == [
        ("总分", None, 0, 100), ("A", "总分", 1, 60), ("A1", "A", 2, 40), ("A2", "A", 2, 20), ("B", "总分", 1, 40), ("V", "总分", 1, 0)]
    assert found.version == "1" and found.grades[0] == ("优", Decimal(90))


def test_the_scheme_of_the_project_is_right():
    found = load_scheme(DEFAULT, KNOWN)
    assert {n.formula for n in found.nodes if n.leaf} == {"ratio", "interval", "step", "deduction", "veto"}


@pytest.mark.parametrize("change, node, said", [
    (lambda s: leaf(s, weight=39), "A", "下一层分值之和是 59，应为 60"),
    (lambda s: s["indicators"].pop(1) and s, "总分", "之和是 60，应为 100"),
    (lambda s: leaf(s, groups=["town"]), "A", "（bureau）"),
    (lambda s: leaf(s, groups=["park"]), "A1", "park 不是上一层的分组"),
    (lambda s: leaf(s, weight=0), "A1", "必须大于 0"),
    (lambda s: leaf(s, weight="四十"), "A1", "请写数字"),
    (lambda s: leaf(s, weight=float("nan")), "A1", "请写数字"),
    (lambda s: leaf(s, formula="magic"), "A1", "可选 ratio"),
    (lambda s: leaf(s, formula="interval"), "A1", "缺少 zero_at、full_at"),
    (lambda s: leaf(s, formula="interval", zero_at=5, full_at=5), "A1", "相同"),
    (lambda s: leaf(s, formula="step", bands={90: 30, 0: 0}), "A1", "最高分不等于"),
    (lambda s: leaf(s, measure="completion_rate"), "A1", "请写成 报表.指标"),
    (lambda s: leaf(s, manual="又一个"), "A1", "恰好一个"),
    (lambda s: leaf(s, colour="red"), "A1", "不认识 colour"),
    (lambda s: leaf(s, node="B"), "B", "编号用了两次"),
    (lambda s: s | {"grades": {"优": 90, "差": 10}}, "", "从 0 开始"),
    (lambda s: s | {"groups": {"a": {"kinds": ["town"]}, "b": {"kinds": ["town"]}}}, "", "两个分组"),
    (lambda s: s | {"without": {"missing": "zero"}}, "", "可选 wait"),
    (lambda s: s | {"effective_from": "2024年"}, "", "不是日期"),
    (lambda s: s | {"grades": None}, "", "缺少 grades"),
    (lambda s: s | {"grades": {"优": 60, "良": 80, "差": 0}}, "", "从最好的一等写起"),
    (lambda s: leaf(s, measure="key_project_monthly.nosuch_rate"), "A1", "没有指标“nosuch_rate”"),
    (lambda s: leaf(s, measure="annual_target.target_rate_到位资斤"), "A1", "没有指标"),
    (lambda s: leaf(s, target="到位资斤"), "A1", "可选：到位资金"),
    (lambda s: s["indicators"][2].update(issues="investment_monthly.P99") or s, "V", "没有“P99”"),
    (lambda s: s | {"tie_break": "key_project_monthly.nosuch"}, "", "tie_break"),
    (lambda s: s | {"tie_break": ["a"]}, "", "tie_break"),
    (lambda s: s | {"grain": 5}, "", "请写成列表"),
    (lambda s: s | {"grain": None}, "", "请写成列表"),
    (lambda s: s | {"groups": {"town": {"kinds": "town"}}}, "town", "请写成列表"),
    (lambda s: s | {"groups": {"town": {"kinds": 5}}}, "town", "请写成列表"),
    (lambda s: leaf(s, groups=None), "A1", "请写成列表"),
    (lambda s: leaf(s, needs=["investment_monthly"]), "A1", "没有报表"),
    (lambda s: leaf(s, cap=1e30), "A1", "请写数字"),
    (lambda s: s | {"least_counted": 150}, "", "0 到 100"),
])
def test_a_slip_is_named_with_its_node(write, change, node, said):
    with pytest.raises(SchemeError) as caught:
        load_scheme(write(change(scheme())), KNOWN)
    assert caught.value.node == node and said in str(caught.value)


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [\n", "", "effective_from: 2023-13-45\n", "scheme: a\nscheme: b\n", "grades: {优: 90, 优: 80}\n"])
def test_a_file_that_is_no_scheme_is_a_sentence(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemeError):
        load_scheme(path, KNOWN)


def test_a_folder_and_another_encoding_are_sentences(tmp_path):
    (tmp_path / "x.yaml").write_bytes("name: 办法".encode("gbk"))
    for path, said in ((tmp_path, "打不开"), (tmp_path / "x.yaml", "UTF-8"), (tmp_path / "none.yaml", "没有这个文件")):
        with pytest.raises(SchemeError, match=said):
            load_scheme(path, KNOWN)


def test_a_measure_may_be_about_something():
    assert all(KNOWN.measure(m) for m in ("completion_rate", "projects_签约", "target_rate_到位资金_reported", "target_rate_first_新签约项目数", "target_到位资金"))
    assert not any(KNOWN.measure(m) for m in ("nosuch", "target_rate_到位资斤", "target_rate_到位资金_claimed", "completion"))


def test_the_county_s_own_version_takes_the_place_of_the_projects(tmp_path):
    for folder, name in (("project", "示范"), ("site", "县里的")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(yaml.safe_dump(scheme(name=name), allow_unicode=True, sort_keys=False), encoding="utf-8")
    (found,) = load_schemes([tmp_path / "project", tmp_path / "site", tmp_path / "absent"], KNOWN)
    assert found.name == "县里的"


def test_a_version_ends_the_day_before_the_next_begins(write):
    first = load_scheme(write(scheme(), "1.yaml"), KNOWN)
    second = load_scheme(write(scheme(version=2, effective_from=date(2024, 7, 1)), "2.yaml"), KNOWN)
    landed = standards_rows(Standards((first, second), _Nothing(), _Nothing(), _Nothing(), ()), {})
    assert [(row[1], row[4], row[5]) for row in landed["scheme"]] == [
        ("1", date(2024, 1, 1), date(2024, 6, 30)), ("2", date(2024, 7, 1), None)]
    assert ("demo", "1", "A1", "总分") in landed["scheme_ancestor"]


class _Nothing:
    """Standards that hold nothing."""

    def __getattr__(self, name):
        return ()


def test_month_quarter_half_year_and_year_have_a_scheme_each():
    schemes = load_schemes([DEFAULT.parent], KNOWN)
    assert {one.scheme: one.grain for one in schemes} == {
        "county": ("month",), "county_quarter": ("quarter",), "county_half": ("half",), "county_year": ("year",)}
