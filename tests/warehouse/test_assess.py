"""What is made of the data: scores with their way, places, colours, orders, claims, fitness, by example."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import md5

import duckdb
import openpyxl
import pytest

from etl.assess.fitness import DIMENSIONS
from etl.assess.known import load_known
from etl.assess.land import load_standards
from etl.assess.pack import Source
from etl.assess.pack_book import write_pack
from etl.assess.pack_content import SHEETS, chair, collect, glance, versions_sheet
from etl.assess.pack_judgement import sample
from etl.assess.rescore import rescore, standing, tree
from etl.assess.schemes import load_scheme
from etl.explain.published import Published
from etl.explain.tree import explain
from etl.mistakes import Mistake
from etl.transform.build import PROJECT, build_marts
from tests.fixtures.places import ROOT
from tests.fixtures.versions import exported
from tests.fixtures.warehouse import FORMS, UNITS, issue, land_all, submission

CODE = "2301-530330-04-01-557174"
MISSING = f"督办〔2024〕t03-{md5(b'slot|2024-01').hexdigest()[:8]}"
SCHEME = """
scheme: demo
name: 示范办法
version: "1"
effective_from: 2024-01-01
groups: {town: {name: 乡镇, kinds: [town]}}
grades: {优: 90, 良: 80, 中: 60, 差: 0}
without: {missing: wait, not_owed: leave_out, no_target: leave_out, no_denominator: leave_out, not_fit: flag}
indicators:
  - {node: A, name: 完成率, weight: %s, measure: key_project_monthly.completion_rate, formula: ratio, against: time}
  - {node: B, name: 到位资金, weight: %s, measure: annual_target.target_rate_到位资金_recognised, needs: investment_monthly,
     target: 到位资金, formula: ratio}
  - {node: V, name: 否决, formula: veto, issues: investment_monthly.P36, at_least: 1}
"""
STEPS = """
scheme: steps
name: 分档办法
version: "1"
effective_from: 2024-01-01
points: 10
groups: {town: {name: 乡镇, kinds: [town]}}
grades: {优: 9, 差: 0}
indicators:
  - {node: B, name: 到位资金, weight: 10, measure: annual_target.target_rate_到位资金_recognised, needs: investment_monthly,
     target: 到位资金, formula: step, bands: {40: 10, 0: 2}}
"""
# Formulas that look at the other units of the group, and points for each item.
BESIDE = """
scheme: beside
name: 比较办法
version: "1"
effective_from: 2024-01-01
quorum: {units: 2}
groups: {town: {name: 乡镇, kinds: [town]}}
grades: {优: 90, 差: 0}
without: {missing: zero, not_owed: leave_out, no_denominator: leave_out, not_fit: flag}
indicators:
  - {node: R, name: 完成率名次, weight: 40, measure: key_project_monthly.completion_rate, formula: rank, ladder: {1: 40, 2: 30, rest: 10}}
  - {node: D, name: 完成率比平均数, weight: 40, measure: key_project_monthly.completion_rate, formula: distance, zero_at: -80, full_at: 20}
  - {node: I, name: 项目个数, weight: 20, measure: key_project_monthly.projects_listed, formula: per_item, per: 12}
"""
# Scores that people give, each side with its weight, and bonuses and deductions on top.
BY_HAND = """
scheme: hand
name: 人工评分办法
version: "1"
effective_from: 2024-01-01
groups: {town: {name: 乡镇, kinds: [town]}}
grades: {优: 90, 差: 0}
adjustments: {bonus_cap: 5, deduction_cap: 10}
without: {missing: zero, not_owed: leave_out, no_denominator: leave_out, not_fit: flag, not_verified: zero}
indicators:
  - {node: A, name: 完成率, weight: 80, measure: key_project_monthly.completion_rate, formula: ratio}
  - {node: D, name: 民主测评, weight: 20, manual: 年度测评, formula: direct, assessors: {上级: 50, 平级: 30, 群众: 20}}
"""

BEFOREHAND = """
scheme: beforehand
name: 事前评估
version: "1"
effective_from: 2024-01-01
groups: {town: {name: 乡镇, kinds: [town]}}
grades: {优: 90, 差: 0}
indicators:
  - {node: X, name: 事前评估, weight: 50, measure: ex_ante_evaluation.ex_ante_rate, of: year, formula: ratio}
  - {node: K, name: 完成率, weight: 50, measure: key_project_monthly.completion_rate, formula: ratio}
"""


@pytest.fixture(scope="module")
def assessed(tmp_path_factory, work):
    """January of three towns: t01 and t02 report one investment, t03 sends no key projects, t04 reports one month late."""
    folder = tmp_path_factory.mktemp("assessed")
    (folder / "site" / "schemes").mkdir(parents=True)
    (folder / "site" / "schemes" / "demo.yaml").write_text(SCHEME % (60, 40), encoding="utf-8")
    (folder / "site" / "schemes" / "steps.yaml").write_text(STEPS, encoding="utf-8")
    (folder / "site" / "schemes" / "beforehand.yaml").write_text(BEFOREHAND, encoding="utf-8")
    (folder / "site" / "schemes" / "beside.yaml").write_text(BESIDE, encoding="utf-8")
    (folder / "site" / "schemes" / "hand.yaml").write_text(BY_HAND, encoding="utf-8")
    for name, text in {
        "neighbours.csv": "county,form,measure,period,value,uom,rank,document,by,at\n"
                          "东县,key_project_monthly,completed_ytd,2024-01,100,万元,,市通报第1期,张某,2024-02-20\n"
                          "*,key_project_monthly,completed_ytd,2024-01,90,万元,2,市通报第1期,张某,2024-02-20\n",
        "claims.csv": "project,form,from,until,unit,decision,share,by,why,at\n"
                      f"{CODE},investment_monthly,,,t01,owner,,张某,引进合同,2024-02-20\n{CODE},investment_monthly,,,t02,refused,,张某,引进合同,2024-02-20\n",
        "projects.csv": "project,same_as,kind,from,by,why,at\n停车楼@县城投公司,停车场@县城投公司,rename,,李某,更名批复,2024-02-01\n",
        "vetoes.csv": "scheme,unit,period,node,by,why,at\ndemo,t02,2024-01,V,张某,凭证造假,2024-02-21\n",
        "verified_scores.csv": "scheme,unit,period,programme,indicator,assessor,score,by,why,at\n"
                               ",t01,2023,厕所改造,座数,,70,考核办,现场复核,2024-02-01\n"
                               + "".join(f"hand,{unit},2024-01,,D,{who},{score},考核办,测评汇总,2024-02-20\n" for unit, who, score in (
                                   ("t01", "上级", 18), ("t01", "平级", 15), ("t01", "群众", 20), ("t02", "上级", 18), ("t02", "平级", 15))),
        "adjustments.csv": "scheme,unit,period,item,kind,points,document,by,why,at\n"
                           "hand,t01,2024-01,省级表彰,bonus,4,县委〔2024〕3号,考核办,会议决定,2024-02-20\n"
                           "hand,t01,2024-01,典型经验,bonus,3,县委〔2024〕4号,考核办,会议决定,2024-02-21\n"
                           "hand,t01,2024-01,安全事故,deduction,2,安委〔2024〕1号,李某,事故通报,2024-02-22\n"
                           "hand,t03,2024-01,安全事故,deduction,2,安委〔2024〕1号,李某,事故通报,2024-02-22\n"
                           "hand,zsj,2024-01,招商先进,bonus,2,县委〔2024〕5号,李某,会议决定,2024-02-22\n",
        "answers.csv": "number,action,due,by,why,at\n"
                       f"{MISSING},released,2024-03-01,王某,催报无果,2024-02-20\n",
        "objections.csv": "scheme,unit,period,node,shown,objection,evidence,by,at,decision,decided_by,why,decided_at\n"
                          "demo,t01,2024-01,A,33,漏计卫生院,施工日志,李某,2024-02-22,upheld,王某,补报后重算,2024-02-25\n"
                          "demo,t01,2024-01,,59.6,等级有误,,李某,2024-02-26,,,,\n",
    }.items():
        (folder / "site" / name).write_text(text, encoding="utf-8")

    def project(name, plan, ytd, **more):
        return {"project_name": name, "builder_name": "县城投公司", "annual_plan": plan, "completed_ytd": ytd, "total_investment": 1000,
                "completed_since_start": ytd, "started": "是", "level": "县重点", "stage": "在建"} | more

    def invested(unit, **more):
        return {"project_code": CODE, "project_name": "茶叶加工项目", "investor_name": "甲公司", "introducing_unit": unit, "stage": "开工",
                "contracted_amount": 500, "arrived_ytd": 100, "arrived_recognised": 80} | more

    towns = {"t01": "白石镇", "t02": "清河镇", "t03": "龙潭镇", "t04": "云峰镇"}
    submissions = [
        submission("key_project_monthly", "t01", "2024-01", [project("停车楼", 1000, 50), project("卫生院", 0, 5, started="否", planned_start_date=date(2024, 1, 5),
                 bottleneck_type="土地", problem_text="用地未批", lead_official="李某")], order=1),
        submission("key_project_monthly", "t02", "2024-01", [project("码头", 100, 20)], order=2),
        submission("key_project_monthly", "t04", "2024-01", [project("水厂", 100, 20)], order=24 * 9),
        submission("investment_monthly", "t01", "2024-01", [invested("白石镇")], order=4),
        submission("investment_monthly", "t02", "2024-01", [invested("清河镇")], order=5),
        submission("annual_target", "zsj", "2024", [
            {"department": name, "indicator": "到位资金", "year": 2024, "target_value": 160, "target_unit": "万元", "issued_date": date(2024, 1, 10), "document_no": "1号"}
            for name in ("白石镇", "清河镇")], order=6),
        submission("performance_self_evaluation", "t01", "2023", [
            {"programme_name": "厕所改造", "implementing_unit": "白石镇", "indicator_level3": "座数", "comparator": "≥", "target_value": "60座",
             "actual_value": "45座", "target_number": 60, "actual_number": 45, "weight": 90, "self_score": 90, "budget_adjusted": 200,
             "budget_executed": 150, "execution_weight": 10, "execution_score": 10}], order=7),
        submission("site_visit", "zsj", "2024-01", [
            {"project_name": "停车楼", "visited_unit": "白石镇", "visit_date": date(2024, 1, 25), "visitor": "王某", "item": item, "found": "已封顶",
             "agreement": agreement} for item, agreement in (("形象进度", "一致"), ("完成投资", "不一致"))], order=8),
        submission("ex_ante_evaluation", "zsj", "2024", [
            {"programme_name": "公厕改造", "implementing_unit": "白石镇", "aspect": aspect, "weight": 20, "score": score, "conclusion": "通过",
             "requested_amount": 300, "evaluation_date": date(2023, 11, 20)}
            for aspect, score in zip(("立项必要性", "投入经济性", "绩效目标合理性", "实施方案可行性", "筹资合规性"), (18, 16, 17, 18, 20), strict=True)],
            order=9),
    ]
    roster = [(u, "key_project_monthly", "2024-01", date(2024, 2, 5)) for u in towns] + [
        (u, "investment_monthly", "2024-01", date(2024, 2, 5)) for u in ("t01", "t02")]
    issues = [issue(submissions[4], "P36", level="cross_unit", row=None), issue(submissions[0], "P06", "warning")]
    landed = land_all(folder, submissions, roster=roster, issues=issues, rulings=folder / "site",
                      units=[*UNITS[2:], *((code, name, "town", True) for code, name in towns.items())])
    build = folder / "build.duckdb"
    marts = build_marts(landed, build, work)
    exported(build, marts, folder)
    con = duckdb.connect(str(folder / "luodi.duckdb"), read_only=True)
    yield folder, lambda sql: con.execute(sql).fetchall()
    con.close()


def test_a_score_names_weight_figure_target_version_and_its_working(assessed):
    _, ask = assessed
    assert ask("SELECT node, weight, value, target_version, target_document, working, points FROM fct_score"
               " WHERE scheme = 'demo' AND unit = 't01' AND is_leaf ORDER BY place") == [
        ("A", 60, Decimal("5.500000"), None, None, "5.5÷时序进度(1÷12)=66；66÷100×60=39.6", Decimal("39.6")),
        ("B", 40, 50, 1, "1号", "50÷100×40=20", 20),
        ("V", 0, 0, None, None, "实有0，未达到1", None)]


def test_what_is_not_fit_says_until_when_it_can_be_mended(assessed):
    _, ask = assessed
    assert ask("SELECT verdict, blocked_until FROM fct_fitness WHERE unit = 't02' AND form = 'investment_monthly' AND period = '2024-01'") == [
        ("not_fit", date(2024, 2, 12))]
    assert ask("SELECT blocked_until FROM fct_fitness WHERE verdict <> 'not_fit' AND blocked_until IS NOT NULL") == []


def test_the_points_of_a_node_are_those_of_its_leaves(assessed):
    _, ask = assessed
    assert ask("SELECT points, score, counted_weight, status FROM fct_score WHERE scheme = 'demo' AND unit = 't01' AND node = '总分'") == [
        (Decimal("59.6"), Decimal("59.6"), 100, "scored")]
    # what a unit is not asked for is left out, and the rest stands for the whole
    assert ask("SELECT points, score, counted_weight FROM fct_score WHERE scheme = 'demo' AND unit = 't04' AND node = '总分'") == [(60, 100, 60)]


def test_what_was_not_sent_is_missing_never_zero(assessed):
    _, ask = assessed
    assert ask("SELECT value, points, status, reason FROM fct_score WHERE scheme = 'demo' AND unit = 't03' AND node = 'A'") == [(None, None, "waits", "missing")]
    assert ask("SELECT score, rank_no, reason FROM fct_ranking WHERE scheme = 'demo' AND unit = 't03' AND node = '总分'") == [(None, None, "A missing")]


def test_a_place_a_distance_and_an_item_earn_their_points_and_silence_none(assessed):
    _, ask = assessed
    assert ask("SELECT unit, node, points, working FROM fct_score WHERE scheme = 'beside' AND is_leaf AND unit IN ('t01', 't03', 't04') ORDER BY unit, place") == [
        ("t01", "R", 10, "按名次（第1名40分，第2名30分，其余10分）：第3名，共3个单位，得10分"),
        ("t01", "D", Decimal("6.505494"), "平均数15.166667（3个单位），低63.736265%；-80得0分、20得满分：(-63.736265-(-80))÷(20-(-80))×40=6.505494"),
        ("t01", "I", 20, "2个，每1得12分：12×2，得满为止，得20分"),
        *(("t03", node, 0, "计0分") for node in "RDI"),
        ("t04", "R", 40, "按名次（第1名40分，第2名30分，其余10分）：第1名，共3个单位，并列2个，得40分"),
        ("t04", "D", 40, "平均数15.166667（3个单位），高31.868129%；-80得0分、20得满分：31.868129，得40分"),
        ("t04", "I", 12, "1个，每1得12分：12×1=12")]


def test_each_assessor_s_score_stands_below_the_weighted_mean_and_one_who_is_lacking_is_named(assessed):
    _, ask = assessed
    told = "SELECT node, value, points, status, ruling, decided_by, working FROM fct_score WHERE scheme = 'hand' AND unit = '{}' AND node LIKE 'D%' ORDER BY place"
    assert ask(told.format("t01")) == [
        ("D", Decimal("17.5"), Decimal("17.5"), "scored", None, None, "上级18×50%+平级15×30%+群众20×20%=17.5，得17.5分"),
        ("D/上级", 18, 9, "scored", "verified_scores.csv:3", "考核办", "18×50%=9"),
        ("D/平级", 15, Decimal("4.5"), "scored", "verified_scores.csv:4", "考核办", "15×30%=4.5"),
        ("D/群众", 20, 4, "scored", "verified_scores.csv:5", "考核办", "20×20%=4")]
    assert [row[:4] + row[-1:] for row in ask(told.format("t02"))] == [
        ("D", Decimal("13.5"), Decimal("13.5"), "flagged", "上级18×50%+平级15×30%（群众未评，计0分）=13.5，得13.5分"),
        ("D/上级", 18, 9, "scored", "18×50%=9"), ("D/平级", 15, Decimal("4.5"), "scored", "15×30%=4.5"), ("D/群众", None, 0, "zero", None)]
    assert ask("SELECT score_low, score_high FROM fct_score WHERE scheme = 'hand' AND unit = 't02' AND node = 'D'") == [(Decimal("13.5"), Decimal("17.5"))]
    assert ask("SELECT status, reason FROM fct_score WHERE scheme = 'hand' AND unit = 't04' AND node = 'D'") == [("zero", "not_verified")]


def test_bonuses_and_deductions_move_the_total_up_to_their_caps_and_say_by_what_and_whom(assessed):
    _, ask = assessed
    assert ask("SELECT node, node_name, value, points, document, decided_by, ruling, working FROM fct_score WHERE scheme = 'hand' AND unit = 't01'"
               " AND source IN ('bonus', 'deduction') ORDER BY place") == [
        ("加分/1", "省级表彰", 4, 4, "县委〔2024〕3号", "考核办", "adjustments.csv:2", "依据县委〔2024〕3号，考核办录入，加4分"),
        ("加分/2", "典型经验", 3, 1, "县委〔2024〕4号", "考核办", "adjustments.csv:3", "依据县委〔2024〕4号，考核办录入，加3分，上限5分，计1分"),
        ("扣分/1", "安全事故", 2, -2, "安委〔2024〕1号", "李某", "adjustments.csv:4", "依据安委〔2024〕1号，李某录入，扣2分")]
    assert ask("SELECT points, adjustment, score, score_low <= score AND score <= score_high FROM fct_score WHERE scheme = 'hand' AND unit = 't01' AND node = '总分'") == [
        (Decimal("21.9"), 3, Decimal("24.9"), True)]
    assert ask("SELECT score FROM fct_ranking WHERE scheme = 'hand' AND unit = 't01' AND node = '总分'") == [(Decimal("24.9"),)]
    assert ask("SELECT points, status, reason, working FROM fct_score WHERE scheme = 'hand' AND unit = 'zsj'") == [
        (0, "left_out", "not_owed", "依据县委〔2024〕5号，李某录入，加2分，本办法这一期不考核该单位，计0分")]
    # nothing was sent, and no total falls below nothing
    assert ask("SELECT points, adjustment, score FROM fct_score WHERE scheme = 'hand' AND unit = 't03' AND node = '总分'") == [(0, -2, 0)]


def test_a_veto_shows_its_condition_and_counts_by_a_named_person_only(assessed):
    _, ask = assessed
    assert ask("SELECT unit, veto_condition, status FROM fct_score WHERE scheme = 'demo' AND node = 'V' AND value IS NOT NULL ORDER BY unit") == [
        ("t01", False, "shown"), ("t02", True, "shown")]
    assert ask("SELECT unit, grade, rank_no, reason FROM fct_ranking WHERE scheme = 'demo' AND node = '总分' AND is_vetoed") == [
        ("t02", "差", None, "vetoed")]
    assert ask("SELECT ruling, score IS NOT NULL FROM fct_score WHERE status = 'vetoed'") == [("vetoes.csv:2", True)]


def test_an_objection_stands_beside_the_score_as_shown_and_as_it_is_now(assessed):
    _, ask = assessed
    assert ask("SELECT node, score_shown, score_now, state FROM fct_objection ORDER BY objection_id") == [
        ("A", 33, Decimal("39.6"), "corrected"), ("总分", Decimal("59.6"), Decimal("59.6"), "undecided")]
    assert ask("SELECT DISTINCT unit FROM fct_ranking WHERE is_disputed") == [("t01",)]


def test_what_was_found_on_site_is_counted_by_the_unit_visited(assessed):
    _, ask = assessed
    assert ask("SELECT unit, period, items, projects, wrong_items, wrong_pct FROM fct_visit_rate") == [("t01", "2024-01", 2, 1, 1, 50)]
    assert ask("SELECT item, agreement FROM fct_visit WHERE visited_unit_code = 't01' ORDER BY line_id") == [
        ("形象进度", "一致"), ("完成投资", "不一致")]


def test_an_evaluation_beforehand_is_summed_by_weight_and_scores_the_unit_that_asks_for_the_money(assessed):
    _, ask = assessed
    assert ask("SELECT unit, aspects, score_total, score_rate, weakest_aspect, requested_amount FROM fct_ex_ante_programme") == [
        ("zsj", 5, 89, 89, "投入经济性", 300)]
    assert ask("SELECT unit, value, working, points FROM fct_score WHERE scheme = 'beforehand' AND node = 'X' AND period = '2024-01' AND points > 0") == [
        ("t01", 89, "89÷100×50=44.5", Decimal("44.5"))]


def test_the_county_is_set_beside_its_neighbours_and_what_was_entered_is_told_as_entered(assessed):
    folder, ask = assessed
    assert ask("SELECT county, value, entered_value, counties, rank_no, gap_to_best, upper_rank FROM fct_neighbour ORDER BY county") == [
        ("*", 95, 90, 2, 2, -5, 2), ("东县", 100, 100, 2, 1, 0, None)]
    opened = Published(folder)
    other, own = (explain(opened, "fct_neighbour", opened.find("fct_neighbour", [f"county={county}"])[0]) for county in ("东县", "*"))
    opened.close()
    assert [n.title for n in other.walk() if n.kind == "entry"] == ["2024-01 录入 100 万元，不是报表读出的"]
    assert [n.facts["document"] for n in other.walk() if n.kind == "entry"] == ["市通报第1期"]
    assert not [n for n in other.walk() if n.kind == "cell"] and [n for n in own.walk() if n.kind == "cell"]


def test_places_are_provisional_until_all_are_in(assessed):
    _, ask = assessed
    assert ask("SELECT unit, rank_no, grade, is_provisional, missing_units, ranked_units, expected_units FROM fct_ranking"
               " WHERE scheme = 'demo' AND node = '总分' AND rank_no IS NOT NULL ORDER BY rank_no") == [
        ("t04", 1, "优", True, "t02 t03", 2, 4), ("t01", 2, "差", True, "t02 t03", 2, 4)]


def test_in_the_scheme_of_the_project_every_unit_that_owes_has_a_score(assessed):
    _, ask = assessed
    assert ask("SELECT unit, score IS NOT NULL, standing FROM fct_ranking WHERE scheme = 'county' AND period = '2024-01' AND node = '总分'"
               " AND unit_group = 'town' ORDER BY unit") == [(town, True, "final") for town in ("t01", "t02", "t03", "t04")]
    assert ask("SELECT node, status, points, score_low, score_high, working FROM fct_score WHERE scheme = 'county' AND unit = 't03' AND node IN ('A1', 'C2')"
               " ORDER BY node") == [(node, "zero", 0, 0, 0, "计0分") for node in ("A1", "C2")]
    # what its unit only estimated, or nobody settled, is marked; a form that is not fit costs a fifth
    assert ask("SELECT DISTINCT status, deducted_pct, abs(points * 5 - found_points * 4) < 0.00001 FROM fct_score"
               " WHERE scheme = 'county' AND status = 'deducted'") == [("deducted", 20, True)]
    # t02's one project is somebody else's by ruling: it has nothing to be recognised
    assert ask("SELECT status, reason FROM fct_score WHERE scheme = 'county' AND unit = 't02' AND node = 'B3' AND period = '2024-01'") == [
        ("left_out", "no_denominator")]


def test_a_score_lies_within_its_range_and_a_settled_one_has_none(assessed):
    _, ask = assessed
    assert ask("SELECT count(*) FROM fct_score WHERE NOT (score_low <= score AND score <= score_high) OR score_low > score_high") == [(0,)]
    assert ask("SELECT count(*) FROM fct_ranking WHERE NOT (rank_best <= rank_no AND rank_no <= rank_worst)") == [(0,)]
    assert ask("SELECT count(*) FROM fct_score WHERE standing = 'final' AND score_low < score_high AND status <> 'waits' AND is_leaf"
               " AND coalesce(reason, '') NOT IN ('not_verified', 'partly_verified')"
               " AND (form, measure, period, unit) NOT IN (SELECT (form, measure, period, unit) FROM fct_measure WHERE is_open)") == [(0,)]


def test_of_one_unit_nobody_is_first(assessed):
    _, ask = assessed
    assert ask("SELECT count(*) FROM fct_ranking WHERE rank_no IS NOT NULL AND ranked_units = 1") == [(0,)]
    assert ask("SELECT DISTINCT reason FROM fct_ranking WHERE scheme = 'steps' AND node = '总分' AND figure IS NOT NULL AND NOT has_quorum") in (
        [], [("no_quorum",)])


def test_a_ranking_with_units_missing_is_an_issue_of_the_county(assessed):
    _, ask = assessed
    assert ask("SELECT rule, severity, unit, business_key, value_sent, expected FROM fct_data_quality_issue"
               " WHERE submission_id IS NULL AND starts_with(business_key, 'demo|')") == [
        ("P51", "info", "*", "demo|1|town|A", "3", "龙潭镇")]


def test_the_owner_is_credited_and_the_project_counts_once(assessed):
    _, ask = assessed
    assert ask("SELECT unit, state, decision, share_pct, credited_amount, decided_by FROM fct_claim ORDER BY unit") == [
        ("t01", "ruled", "owner", 100, 100, "张某"), ("t02", "ruled", "refused", 0, 0, "张某")]
    assert ask("SELECT unit, reason, others FROM fct_claim ORDER BY unit") == [
        ("t01", "裁定计100%", "清河镇 0%"), ("t02", "裁定不予认可，记0", "白石镇 100%")]
    assert ask("SELECT unit, value FROM fct_measure WHERE measure = 'arrived_ytd_credited' ORDER BY unit") == [("*", 100), ("t01", 100), ("t02", 0)]
    assert ask("SELECT unit, amount_change, points_change FROM fct_claim_effect WHERE scheme = 'demo' ORDER BY unit") == [("t01", 100, 20), ("t02", 0, 0)]
    # in a scheme by steps the amount lifts the rate from the lower band to the upper
    assert ask("SELECT unit, points_before, points_after FROM fct_claim_effect WHERE scheme = 'steps' ORDER BY unit") == [("t01", 2, 10), ("t02", 2, 2)]


def test_the_evidence_of_a_pair_is_laid_out(assessed):
    _, ask = assessed
    ((unit, other, pro, contra, state),) = ask("SELECT unit, other_unit, evidence_for, evidence_against, state FROM fct_claim_candidate")
    assert (unit, other, contra, state) == ("t01", "t02", "", "same")
    assert pro == "项目代码相同；名称相同；业主相同；金额相同；"


def test_a_project_keeps_its_identity_through_a_new_name(assessed):
    _, ask = assessed
    assert ask("SELECT project_key, project_name, other_keys FROM dim_project WHERE other_keys IS NOT NULL") == [
        ("停车场@县城投公司", "停车楼", "停车楼@县城投公司")]


def test_fitness_says_why(assessed):
    _, ask = assessed
    verdicts = dict(ask("SELECT unit, verdict FROM fct_fitness WHERE form = 'key_project_monthly' AND period = '2024-01'"))
    assert verdicts == {"*": "not_fit", "t01": "fit_with_reservations", "t02": "fit", "t03": "not_fit", "t04": "fit_with_reservations"}
    assert {d for (d,) in ask("SELECT DISTINCT dimension FROM fct_fitness_figure")} <= set(DIMENSIONS)


def test_colours_and_orders_stand_on_stated_figures(assessed):
    _, ask = assessed
    assert ask("SELECT subject_name, colour, because FROM fct_light WHERE subject = 'project' AND unit = 't01' ORDER BY 1") == [
        ("停车楼", "未到期", "年初不按时序亮灯，未到期"), ("卫生院", "黄", "到期未开工，连续1期")]
    assert ask("SELECT kind, ground, subject_name, figures, state, released_by FROM fct_accountability WHERE unit IN ('t01', 't03', 't04')"
               " AND ground IN ('start_missed', 'missing', 'late') ORDER BY kind") == [
        ("green_notice", "late", "重点项目月报表", "重点项目月报表：应于2024-02-05前报送，2024-02-10收到，本季第1次迟报", "proposed", None),
        ("red_notice", "missing", "重点项目月报表", "重点项目月报表：应于2024-02-05前报送，未报", "released", "王某"),
        ("yellow_notice", "start_missed", "卫生院", "到期未开工，连续1期", "proposed", None)]


def test_a_matter_is_numbered_by_what_it_is_about_and_its_paper_says_who_and_since_when(assessed):
    _, ask = assessed
    number = f"督办〔2024〕t01-{md5('project|卫生院@县城投公司'.encode()).hexdigest()[:8]}"
    assert ask("SELECT number, since_period, periods_running, worst_kind, is_escalated FROM fct_accountability WHERE ground = 'start_missed'") == [
        (number, "2024-01", 1, "yellow_notice", False)]
    assert ask("SELECT period, kind, crux, lead_official FROM fct_notice WHERE ground = 'start_missed'") == [
        ("2024-01", "yellow_notice", "土地：用地未批", "李某")]


def test_a_red_notice_past_its_day_puts_a_unit_on_the_lists_with_its_reason(assessed):
    _, ask = assessed
    assert ask("SELECT kind, unit, state, subject_name, figures FROM fct_accountability WHERE kind LIKE '%_list' ORDER BY kind") == [
        ("black_list", "t03", "proposed", "红色督办单逾期：重点项目月报表",
         f"{MISSING} 应于2024-03-01前办结，逾期31个工作日未办结：重点项目月报表：应于2024-02-05前报送，未报"),
        ("negative_list", "t03", "proposed", "督办单逾期或反复：重点项目月报表",
         f"{MISSING} 应于2024-03-01前答复，逾期未答复：重点项目月报表：应于2024-02-05前报送，未报")]
    assert ask("SELECT is_past_due, due_history FROM fct_accountability WHERE number LIKE '督办%' AND unit = 't03'") == [
        (True, "2024-03-01（王某，2024-02-20，催报无果）")]


def test_own_recomputed_and_verified_score_stand_side_by_side(assessed):
    _, ask = assessed
    assert ask("SELECT self_score, recomputed_score, verified_score, self_over_verified, verified_ruling FROM fct_evaluation") == [
        (90, Decimal("67.5"), 70, 20, "verified_scores.csv:2")]


def test_another_scheme_is_tried_on_the_same_figures_and_touches_nothing(assessed, tmp_path, work):
    folder, _ask = assessed
    path = tmp_path / "other.yaml"
    path.write_text((SCHEME % (20, 80)).replace("scheme: demo", "scheme: other"), encoding="utf-8")
    before = (folder / "luodi.duckdb").read_bytes()
    standards = load_standards(ROOT / "expectations", folder / "site", {"t01", "t02", "t03", "t04", "zsj"}, {}, FORMS)
    tried = replace(standards, schemes=(load_scheme(path, load_known(ROOT / "expectations", FORMS)),))
    build = rescore(folder / "luodi.duckdb", tried, FORMS, tmp_path / "whatif", PROJECT, work)
    name, version, period, places = standing(build, "other", None, "marts")
    assert (name, version, period) == ("other", "1", "2024-01")
    assert [(p.unit, p.rank, p.score) for p in places] == [
        ("t01", 1, Decimal("53.2")), ("t02", 2, Decimal(20)), ("t03", None, None), ("t04", None, None)]
    shown = [(node, words) for _, node, words, *_ in tree(build, "other", "1", "2024-01", "t01", "marts")]
    assert shown == [("总分", "示范办法"), ("A", "完成率"), ("B", "到位资金"), ("V", "否决")]
    assert (folder / "luodi.duckdb").read_bytes() == before


@pytest.mark.parametrize("unit, form", [("t01", "key_project_monthly"), *(pytest.param(unit, "investment_monthly", marks=pytest.mark.long)
                                                                         for unit in ("t01", "t02"))])
def test_who_stops_sending_never_rises(assessed, tmp_path, work, unit, form):
    """A form is taken away as if it had never come, and what is left is made as good as can be: every leaf and the total fall or stay."""
    folder, ask = assessed
    told = f"SELECT node, points, score FROM {{}}fct_score WHERE scheme = 'county' AND period = '2024-01' AND unit = '{unit}'"
    before = {node: (points, score) for node, points, score in ask(told.format(""))}
    silent = tmp_path / "silent.duckdb"
    shutil.copy(folder / "luodi.duckdb", silent)
    with duckdb.connect(str(silent)) as con:
        mine = f"unit = '{unit}' AND period = '2024-01'"
        con.execute(f"UPDATE fct_submission SET counts = false, is_received = false, status = 'missing' WHERE {mine} AND form = '{form}'")
        con.execute(f"DELETE FROM fct_measure WHERE {mine} AND form = '{form}'")
        con.execute(f"UPDATE fct_fitness_figure SET value = CASE better WHEN '+' THEN 100 ELSE 0 END WHERE {mine} AND form = '*'")
        con.execute(f"UPDATE fct_fitness SET verdict = 'fit' WHERE {mine}")
    standards = load_standards(ROOT / "expectations", folder / "site", {"t01", "t02", "t03", "t04", "zsj"}, {}, FORMS)
    scheme = load_scheme(ROOT / "expectations" / "schemes" / "default.yaml", load_known(ROOT / "expectations", FORMS))
    build = rescore(silent, replace(standards, schemes=(scheme,)), FORMS, tmp_path / "whatif", PROJECT, work)
    with duckdb.connect(str(build), read_only=True) as con:
        after = con.execute(told.format("marts.")).fetchall()
    needing = {n.node for n in scheme.nodes if n.needs == form or (n.needs == "*" and n.measure != "timeliness")}
    assert all(points == 0 for node, points, _ in after if node in needing and before[node][0] is not None)
    assert {node: score for node, _, score in after}["总分"] <= before["总分"][1]


def test_the_audit_pack_tells_it_all_and_comes_out_the_same_twice(assessed, tmp_path):
    folder, _ = assessed
    original = tmp_path / "received.xlsx"
    openpyxl.Workbook().save(original)
    books = []
    for name in ("one", "two"):
        with duckdb.connect(str(folder / "luodi.duckdb"), read_only=True) as con:
            source = Source(con, "2024-01", ())
            pack = collect(source, [("全县结论", "不可用：……")], "2024-01", Decimal(5))
        books.append(write_pack(pack, tmp_path / name, date(2024, 4, 15), lambda sha: original))
    assert books[0].read_bytes() == books[1].read_bytes()
    book = openpyxl.load_workbook(books[0])
    assert {"各单位一览", "可用性结论", "问题明细", "重复申报", "得分由来", "督办与榜单", "抽查名单", "报送版本"} <= set(book.sheetnames)
    cell = next(c for row in book["问题明细"].iter_rows() for c in row if c.hyperlink)
    target = cell.hyperlink.target.replace("\\", "/")
    assert target.startswith("原始文件/") and (tmp_path / "one" / target).is_file() and cell.hyperlink.location == "'Sheet1'!C4"
    assert "P36 凭证号重复使用" in {c.value for c in book["可疑情况"]["A"]}


def test_the_cover_is_for_a_meeting(assessed, tmp_path):
    """In short what is counted in the sheets, room for a classification and signatures, and no command of a shell."""
    folder, ask = assessed
    with duckdb.connect(str(folder / "luodi.duckdb"), read_only=True) as con:
        source = Source(con, "2024-01", ())
        short = chair(source)
        pack = collect(source, [("提要", short)], "2024-01", Decimal(5))
        assert source.key("county|1|town|A1") == "县年度目标管理考核（示例办法）第1版　乡镇　A1 年度投资完成率（比时序进度）"
        assert source.key("t01|key_project_monthly") == "白石镇、重点项目月报表" and source.key(None) == ""
    pack.county = "云岭县"
    book = openpyxl.load_workbook(write_pack(pack, tmp_path / "pack", date(2024, 4, 15), lambda sha: None))
    cover = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert cover[0] == "云岭县考核数据审计包　2024年1月　全县" and cover[1].startswith("密级：")
    assert {"编制", "复核", "审定"} <= set(cover)
    assert not [value for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for value in row if "luodi " in str(value)]
    [(errors,)] = ask("SELECT count(*) FROM fct_data_quality_issue WHERE period = '2024-01' AND severity = 'error' AND state = 'open'"
                      " AND (counts OR submission_id LIKE 'missing:%')")
    assert errors and short.startswith(f"本期未改正的错误{errors}个")
    assert any("P15" in value and "P21" in value and "P36 凭证号重复使用" in value for value in cover if value.startswith("现场核查用"))


def test_a_pack_is_never_written_over_something_else(assessed, tmp_path):
    folder, _ = assessed
    (tmp_path / "mine" / "原始文件").mkdir(parents=True)
    with duckdb.connect(str(folder / "luodi.duckdb"), read_only=True) as con:
        one, other = (collect(Source(con, "2024-01", units), [], "x", Decimal(5)) for units in ((), ("t01",)))
    with pytest.raises(Mistake, match="已有别的内容"):
        write_pack(one, tmp_path / "mine", date(2024, 4, 15), lambda sha: None)
    for _ in range(2):
        write_pack(one, tmp_path / "pack", date(2024, 4, 15), lambda sha: None)
    with pytest.raises(Mistake, match="已有别的内容"):
        write_pack(other, tmp_path / "pack", date(2024, 4, 15), lambda sha: None)


def test_the_audit_pack_speaks_english_where_asked(assessed):
    folder, _ = assessed
    with duckdb.connect(str(folder / "luodi.duckdb"), read_only=True) as con:
        source = Source(con, "2024-01", (), "en")
        sheets = [make(source) for make in (glance, *SHEETS, versions_sheet)] + [sample(source, "x", Decimal(5))]
    said = [text for sheet in sheets for text in (sheet.title, *(head for head, _ in sheet.columns), sheet.note)]
    assert not [text for text in said if re.search("[\u4e00-\u9fff]", text)]
    assert len({sheet.title for sheet in sheets}) == len(sheets) and max(len(sheet.title) for sheet in sheets) <= 31
