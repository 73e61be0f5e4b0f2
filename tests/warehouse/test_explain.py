"""From every figure down to its cells, and from a cell up to its figures, on the small county."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace

import duckdb
import pytest

from etl.explain import links, tree
from etl.explain.links import Link
from etl.explain.node import reaches
from etl.explain.published import Published
from etl.explain.trace import trace
from etl.explain.tree import explain
from etl.mistakes import Mistake
from etl.show.explain import Output, show_explain


@pytest.fixture(scope="module")
def published(folder):
    opened = Published(folder)
    yield opened
    opened.close()


def one(published, mart, *words):
    (row,) = published.find(mart, list(words))
    return row


def of_kind(node, kind):
    return [n for n in node.walk() if n.kind == kind]


def test_a_rate_is_told_with_its_numbers_and_every_line_behind_it(published):
    row = one(published, "fct_measure", "key_project_monthly", "2024-01", "unit=t01", "completion_rate")
    told = explain(published, "fct_measure", row)
    assert told.title == "白石镇 2024-01 年度投资完成率 = 21.333333 %"
    assert [n.title for n in told.children if n.kind == "formula"] == ["100 · 32 / 150 = 21.333333 %"]
    facts = of_kind(told, "fact")
    assert {n.title: (n.facts["numerator"], n.facts["denominator"]) for n in facts} == {
        "停车场（行 4）": (20, 100), "卫生院（行 5）": (5, 0), "幼儿园（行 6）": (7, 50)}
    assert {(n.title, n.facts["sent"]) for n in of_kind(told, "cell")} == {
        ("Sheet1!K4", "100"), ("Sheet1!M4", "20"), ("Sheet1!K5", "0"), ("Sheet1!M5", "5"), ("Sheet1!K6", "50"), ("Sheet1!M6", "7")}
    assert {n.facts["file"] for n in of_kind(told, "submission")} == {"t01/key_project_monthly-2024-01-2.xlsx"}


def test_issues_stand_on_the_way(published):
    row = one(published, "fct_project_progress", "停车场")
    assert [n.title for n in of_kind(explain(published, "fct_project_progress", row), "issue")] == ["F04 警告"]


def test_a_ranking_with_units_missing_leads_to_those_units(published):
    found = published.select("fct_data_quality_issue", "issue_no", rule="P51")
    assert found
    for row in found:
        told = explain(published, "fct_data_quality_issue", row)
        assert reaches(told) and {n.facts["mart"] for n in told.children} == {"fct_ranking"}


def test_columns_that_nobody_filled_are_worked_out_before_the_eyes(published):
    row = one(published, "fct_project_progress", "停车场")
    told = [n.title for n in of_kind(explain(published, "fct_project_progress", row), "formula")]
    assert "投资完成率 = 100·本年累计完成投资/本年计划投资 = 100·20/100 → 20" in told


def test_the_county_names_whom_it_lacks_and_the_slot_that_stayed_empty(published):
    row = one(published, "fct_measure", "key_project_monthly", "2024-02", "unit=*", "slots_received")
    told = explain(published, "fct_measure", row)
    (slot,) = of_kind(told, "slot")
    assert slot.title == "白石镇 重点项目月报表 2024-02" and slot.facts["status"] == "missing"
    row = one(published, "fct_measure", "key_project_monthly", "2024-01", "unit=*", "completed_ytd")
    assert explain(published, "fct_measure", row).facts["partial"] == "清河镇"


def test_a_share_is_told_with_the_ratio_that_it_was_split_by(published):
    row = one(published, "fct_measure", "investment_monthly", "2024-01", "unit=t01", "arrived_ytd_credited")
    assert {n.facts["column"]: n.facts["sent"] for n in of_kind(explain(published, "fct_measure", row), "cell")} == {
        "arrived_ytd": "100", "split_ratio": "60"}


def test_a_target_rate_rests_on_the_target_and_on_what_was_reached(published):
    row = one(published, "fct_measure", "annual_target", "2024-01", "target_rate_到位资金_reported")
    told = explain(published, "fct_measure", row)
    assert {n.facts["mart"] for n in of_kind(told, "fact")} == {"fct_investment", "fct_target"}


def test_every_row_of_every_mart_reaches_cells_or_an_empty_slot(published):
    lost = defaultdict(list)
    for mart in published.marts:
        for row in published.select(mart):
            if not reaches(explain(published, mart, row)):
                lost[mart].append(row)
    assert not lost


def test_every_figure_is_the_sum_of_what_is_told(published):
    from etl.explain.evidence import Teller
    from etl.explain.figure import contributions
    from etl.texts.catalogue import speaker

    tell = Teller(published, speaker("zh"))
    for row in published.select("fct_indicator"):
        if row["kind"] in ("median", "max", "calendar") or row["made_of"]:      # what was made of months is told by them
            continue
        sums = defaultdict(Decimal)
        for part in contributions(tell, row):
            sums[part["role"]] += part["contribution"]
        for role in ("numerator", "denominator"):
            if row[role] is not None or sums[role]:
                assert row[role] == sums[role] or (row[role] is None and row["reason"] == "no_base"), (row["member"], row["measure"], role)


def test_a_cell_is_followed_to_all_that_it_feeds(published):
    told = trace(published, "key_project_monthly-2024-01-2.xlsx", "Sheet1!M4")
    titles = [n.title for n in of_kind(told, "figure")]
    assert "白石镇 2024-01 年度投资完成率 = 21.333333 %" in titles
    assert "全县 2024-01 本年累计完成投资 = 32 万元" in titles
    assert not [t for t in titles if "计划总投资" in t]
    assert {n.facts["numerator"] for n in of_kind(told, "figure") if n.facts["measure"] == "completed_ytd"} == {20}


def test_a_held_cell_says_so_and_feeds_nothing(published):
    told = trace(published, "t01/key_project_monthly-2024-01-2.xlsx", "Sheet1!M7")
    assert [n.facts["status"] for n in of_kind(told, "line")] == ["已隔离"]
    assert [n.title for n in of_kind(told, "issue")] == ["F01 错误"] and not of_kind(told, "figure")


def test_a_cell_of_no_line_and_an_unknown_file_are_told(published):
    assert [n.kind for n in trace(published, "t01/key_project_monthly-2024-01-2.xlsx", "Sheet1!ZZ99").children] == ["file"]
    with pytest.raises(Mistake, match="没有收到过"):
        trace(published, "没有这个.xlsx", "A1")


def test_a_new_mart_plugs_in_by_a_link(folder, tmp_path, monkeypatch):
    """A score rests on indicators, each with its weight, and through them on cells."""
    (tmp_path / "luodi.duckdb").write_bytes((folder / "luodi.duckdb").read_bytes())
    with duckdb.connect(str(tmp_path / "luodi.duckdb")) as con:
        con.execute("CREATE TABLE fct_trial AS SELECT 't01' AS unit, '2024-01' AS period, 'completion_rate' AS indicator, 15 AS weight")
    monkeypatch.setitem(links.LINKS, "fct_trial", (
        Link("fct_indicator", {"grain": "=unit", "member": "unit", "period": "period", "measure": "indicator"}, facts=("weight",)),))
    assert tree.LINKS is links.LINKS
    opened = Published(tmp_path)
    (row,) = opened.select("fct_trial")
    told = explain(opened, "fct_trial", row)
    assert [n.facts["weight"] for n in told.children] == [15] and "cell" in reaches(told)
    opened.close()


def test_levels_come_in_the_same_order_every_night(published):
    assert list(published.levels) == sorted(published.levels) and len(published.levels) > 3


def test_nothing_published_is_one_sentence(tmp_path):
    with pytest.raises(Mistake):
        Published(tmp_path)


def test_a_quarter_leads_through_its_months_to_their_cells(published):
    row = one(published, "fct_indicator", "key_project_monthly", "2024-Q1", "unit", "t01", "rows_counted")
    told = explain(published, "fct_indicator", row)
    assert reaches(told)
    assert any("2024-01" in statement.title for statement in told.children)


def test_a_county_that_reports_nothing_itself_is_explained_by_the_cells_of_its_towns(folder, capsys):
    settings = SimpleNamespace(lang="zh", published=folder.parent, assessors=folder)
    (folder.parent / "current").symlink_to(folder)
    assert show_explain(settings, "fct_measure", ["key_project_monthly", "2024-01", "jia", "completed_ytd"], Output("json", every=True), False) == 0
    told = capsys.readouterr().out
    assert "甲县（含下辖）" in told and "停车场" in told and '"kind": "cell"' in told
