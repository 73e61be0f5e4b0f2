"""A scheme is data: what can be written in it, and how a slip is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from etl.assess.known import load_known
from etl.assess.policies import Policy
from etl.assess.scheme_changes import scheme_changes
from etl.assess.scheme_parts import REST
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


def assessors(data, shares):
    """The scheme with several assessors at its leaf that is scored by hand."""
    data["indicators"][0]["indicators"][1] |= {"assessors": shares}
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
    (lambda s: s | {"without": {"missing": "flag"}}, "", "可选 wait"),
    (lambda s: s | {"without": {"not_owed": "zero"}}, "", "可选 wait、leave_out"),
    (lambda s: s | {"without": {"misssing": "zero"}}, "", "没有 misssing"),
    (lambda s: s | {"without": {"not_fit": "deduct"}}, "", "只写了“deduct”"),
    (lambda s: s | {"without": {"not_fit": {"deduct": 120}}}, "", "不超过 100"),
    (lambda s: s | {"without": {"not_fit": {"deduct": "两成"}}}, "", "请写数字"),
    (lambda s: s | {"without": {"missing": {"deduct": 20}}}, "", "可选 wait"),
    (lambda s: s | {"without": {"missing": {"last_believed": 0}}}, "", "1 到 11"),
    (lambda s: s | {"without": {"missing": {"last_believed": 2, "then": "flag"}}}, "", "可选 wait、leave_out、zero"),
    (lambda s: s | {"without": {"missing": {"wait_until": "mended"}}}, "", "期满怎样"),
    (lambda s: s | {"without": {"missing": {"wait_until": "mended", "then": "wait"}}}, "", "期满不能再等"),
    (lambda s: s | {"without": {"missing": {"wait_until": "christmas", "then": "zero"}}}, "", "可选 mended"),
    (lambda s: leaf(s, without={"not_fit": "mercy"}), "A1", "可选 wait"),
    (lambda s: s | {"quorum": {"units": 1}}, "", "不少于 2"),
    (lambda s: s | {"quorum": 3}, "", "units: 3, share: 50"),
    (lambda s: s | {"quorum": {"unit": 3}}, "", "不认识 unit"),
    (lambda s: s | {"too_few": "zero"}, "", "可选 none、flag"),
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
    (lambda s: leaf(s, formula="rank"), "A1", "缺少 ladder"),
    (lambda s: leaf(s, formula="rank", ladder=[40, 30]), "A1", "前面是名次"),
    (lambda s: leaf(s, formula="interval", zero_at=0, full_at=5, cap=0), "A1", "大于 0"),
    (lambda s: leaf(s, formula="per_item", per=0), "A1", "大于 0"),
    (lambda s: leaf(s, formula="rank", ladder={1: 40, "rest": -5}), "A1", "第一名得本项分值 40"),
    (lambda s: leaf(s, formula="rank", ladder={}), "A1", "前面是名次"),
    (lambda s: leaf(s, formula="rank", ladder={1: 40, 1.5: 30}), "A1", "ladder 写的是“1.5”"),
    (lambda s: leaf(s, formula="rank", ladder={1: 39, "rest": 0}), "A1", "第一名得本项分值 40"),
    (lambda s: leaf(s, formula="rank", ladder={1: 40, 2: 20, 3: 30}), "A1", "不能比靠前的得分高"),
    (lambda s: leaf(s, formula="rank", ladder={1: 40}, against="time"), "A1", "删去 against"),
    (lambda s: leaf(s | {"without": {"missing": "last_believed"}}, formula="rank", ladder={1: 40}), "A1", "without.missing 是 last_believed"),
    (lambda s: leaf(s, formula="per_item", per=2, polarity="-"), "A1", "请用 deduction"),
    (lambda s: leaf(s, assessors={"上级": 60, "群众": 40}), "A1", "只用于人工核定"),
    (lambda s: assessors(s, {"上级": 100}), "A2", "至少两方"),
    (lambda s: assessors(s, {"上级": 60, "群众": 30}), "A2", "合计是 90，应为 100"),
    (lambda s: assessors(s, {"上级": 120, "群众": -20}), "A2", "每一方大于 0"),
    (lambda s: leaf(assessors(s, {"上级": 60, "群众": 40}), node="A2/群众"), "A2/群众", "编号用了两次"),
    (lambda s: leaf(s, node="加分/1"), "加分/1", "编号用了两次"),
    (lambda s: s | {"adjustments": 5}, "", "加分、扣分各自的上限"),
    (lambda s: s | {"adjustments": {"bonus": 5}}, "", "不认识 bonus"),
    (lambda s: s | {"adjustments": {"bonus_cap": 0}}, "", "必须大于 0，不超过总分 100"),
    (lambda s: leaf(s, formula="distance", zero_at=10, full_at=-20), "A1", "zero_at 要小于 full_at"),
    (lambda s: leaf(s, formula="distance", zero_at=-20, full_at=10, polarity="-"), "A1", "越小越好的相反"),
])
def test_a_slip_is_named_with_its_node(write, change, node, said):
    with pytest.raises(SchemeError) as caught:
        load_scheme(write(change(scheme())), KNOWN)
    assert caught.value.node == node and said in str(caught.value)


def test_a_ladder_reads_as_places_and_a_gap_belongs_to_the_rung_below(write):
    found = load_scheme(write(leaf(scheme(), formula="rank", ladder={1: 40, 3: 20, "rest": 5})), KNOWN)
    rows = standards_rows(Standards((found,), _Nothing(), _Nothing(), _Nothing(), ()), {})
    assert [row[-2] for row in rows["scheme_node"] if row[2] == "A1"] == ["第1名40分，第2至3名20分，其余5分"]
    assert [(edge, points) for *_, edge, points in rows["scheme_band"]] == [(1, 40), (3, 20), (REST, 5)]


def test_assessors_stand_below_their_leaf_and_caps_beside_the_scheme(write):
    found = load_scheme(write(assessors(scheme(adjustments={"bonus_cap": 5}), {"上级": 60, "群众": 40})), KNOWN)
    rows = standards_rows(Standards((found,), _Nothing(), _Nothing(), _Nothing(), ()), {})
    assert [row[2:] for row in rows["scheme_assessor"]] == [("A2", "上级", 60, 4), ("A2", "群众", 40, 5)]
    assert [(row[2], row[5], row[-1]) for row in rows["scheme_node"] if row[2] in ("A2", "B")] == [("A2", 3, "上级60%，群众40%"), ("B", 6, None)]
    assert rows["scheme"][0][-2:] == (5, None)


def test_a_policy_is_a_word_or_a_word_with_its_number(write):
    without = {"missing": {"wait_until": "mended", "then": {"last_believed": 2, "then": "leave_out"}}, "not_fit": {"deduct": 20}, "not_due": "last_believed"}
    found = dict(load_scheme(write(scheme(without=without)), KNOWN).without)
    assert found["missing"] == Policy("last_believed", waits=True, within=2, otherwise="leave_out")
    assert found["not_fit"] == Policy("deduct", percent=Decimal(20))
    assert found["not_due"] == Policy("last_believed", within=3, otherwise="zero")
    assert found["no_target"] == Policy("wait")


def test_a_leaf_says_its_own_and_keeps_the_rest_of_the_scheme_s(write):
    data = leaf(scheme(without={"missing": "zero", "not_fit": "flag"}), without={"not_fit": {"deduct": 50}})
    a1, b = (next(dict(n.without) for n in load_scheme(write(data), KNOWN).nodes if n.node == node) for node in ("A1", "B"))
    assert (a1["not_fit"], a1["missing"]) == (Policy("deduct", percent=Decimal(50)), Policy("zero"))
    assert b["not_fit"] == Policy("flag")


def test_in_the_scheme_of_the_project_every_gate_opens_and_silence_is_worth_nothing():
    found = load_scheme(DEFAULT, KNOWN)
    assert not [p for n in found.nodes for _, p in n.without if p.policy == "wait" or p.waits]
    assert {dict(n.without)["missing"] for n in found.nodes if n.leaf} == {Policy("zero")}
    assert found.quorum.units == 3 and found.too_few == "flag"


def test_what_another_scheme_says_otherwise_is_told_line_by_line(write):
    old = load_scheme(write(scheme(without={"missing": "wait"}), "1.yaml"), KNOWN)
    other = scheme(without={"missing": {"wait_until": "mended", "then": "zero"}}, quorum={"units": 3}, least_counted=40)
    other["indicators"][0]["indicators"][0] |= {"cap": 120, "without": {"not_fit": {"deduct": 20}}}
    other["indicators"][1] |= {"node": "C"}
    new = load_scheme(write(other, "2.yaml"), KNOWN)
    assert [str(change) for change in scheme_changes(old, new)] == [
        "A1 完成率：上限 100 → 120", "A1 完成率：数据不可用时 等待 → 扣20%", "新增 C 错误（40分）", "取消 B 错误（40分）",
        "示范：未报或未通过时 等待 → 改正期内等待，期满计零分", "至少可计分的百分比：50 → 40", "排名的最少单位数和比例：2，0% → 3，0%"]
    assert scheme_changes(old, old) == []


def test_a_formula_is_told_in_words_and_only_the_last_rung_of_a_ladder_is_the_rest(write):
    """A million is a place that nobody has, but a figure that somebody may."""
    steps = leaf(scheme(), formula="step", bands={500_000: 10, 1_000_000: 40})
    ladder = leaf(scheme(), formula="rank", ladder={1: 40, "rest": 5})
    told = [str(change) for change in scheme_changes(load_scheme(write(steps, "1.yaml"), KNOWN), load_scheme(write(ladder, "2.yaml"), KNOWN))]
    assert told == ["A1 完成率：计分办法 按档 → 按名次", "A1 完成率：分档 500000 10，1000000 40 → 1 40，其余 5"]


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
