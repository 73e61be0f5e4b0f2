"""What people rule is checked line by line before it counts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from etl.assess.land import load_standards
from etl.assess.tables import standards_rows
from etl.forms import load_forms
from etl.site.csvfile import SiteError
from etl.site.rulings import COLUMNS, load_rulings, project_key
from tests.fixtures.places import EXPECTATIONS

CODE = "2301-530330-04-01-557174"
UNITS = {"t01", "t02"}
FORMS = ("investment_monthly", "key_project_monthly")


@pytest.fixture
def told(tmp_path):
    def write(name, *lines):
        (tmp_path / name).write_text("\n".join([",".join(COLUMNS[name]), *lines, ""]), encoding="utf-8")
        return tmp_path
    return write


def test_nothing_ruled_is_nothing(tmp_path):
    assert load_rulings(tmp_path, UNITS, FORMS).claims == ()


def test_a_claim_is_settled_by_owner_or_by_shares_that_add_up(told):
    found = load_rulings(told("claims.csv", f"{CODE},,2024-01,,t01,split,60,张某,协议,2024-04-01", f"{CODE},,2024-01,,t02,split,40,张某,协议,2024-04-01"), UNITS, FORMS)
    assert [(c.unit, c.share, c.ruling) for c in found.claims] == [("t01", Decimal(60), "claims.csv:2"), ("t02", Decimal(40), "claims.csv:3")]
    assert found.claims[0].signed == ("张某", "协议", datetime(2024, 4, 1, 23, 59, 59))


@pytest.mark.parametrize("name, lines, line, said", [
    ("claims.csv", [f"{CODE},,,,t01,split,60,张某,协议,2024-04-01"], 2, "合计 60%"),
    ("claims.csv", [f"{CODE},,,,t01,owner,,张某,协议,2024-04-01", f"{CODE},,,,t02,owner,,张某,协议,2024-04-01"], 2, "合计 200%"),
    ("claims.csv", [f"{CODE},investment_monthly,,,t01,owner,,张某,协议,2024-04-01", f"{CODE},,,,t02,owner,,张某,协议,2024-04-01"], 2, "按第3行还认给 t02 100%"),
    ("claims.csv", [f"{CODE},,2024-01,,t01,owner,,张某,协议,2024-04-01", f"{CODE},,2024-03,,t02,owner,,张某,协议,2024-04-01"], 3, "按第2行还认给 t01 100%"),
    ("claims.csv", [f"{CODE},,2024-03,2024-01,t01,owner,,张某,协议,2024-04-01"], 2, "until（2024-01）早于 from"),
    ("claims.csv", [f"{CODE},,,,t09,owner,,张某,协议,2024-04-01"], 2, "不在 units.csv"),
    ("claims.csv", ["茶叶加工项目,,,,t01,owner,,张某,协议,2024-04-01"], 2, "项目名称@业主名称"),
    ("claims.csv", [f"{CODE},,,,t01,owner,,,协议,2024-04-01"], 2, "by 列为空"),
    ("claims.csv", [f"{CODE},,,,t01,owner,80,张某,协议,2024-04-01"], 2, "请留空或填 100"),
    ("claims.csv", [f"{CODE},,,,t01,maybe,,张某,协议,2024-04-01"], 2, "可选 owner"),
    ("claims.csv", [f"{CODE},budget,,,t01,owner,,张某,协议,2024-04-01"], 2, "可选"),
    ("claims.csv", [f"{CODE},,2024年1月,,t01,owner,,张某,协议,2024-04-01"], 2, "无法识别"),
    ("claims.csv", [f"{CODE},,,,t01,owner,,张某,协议,2024-04-01"] * 2, 3, "与第2行重复"),
    ("projects.csv", [f"a@b,{CODE},alias,,张某,核实,2024-04-01", f"{CODE},a@b,alias,,张某,核实,2024-04-01"], 2, "绕回了自己"),
    ("projects.csv", ["a@b,A@B,alias,,张某,核实,2024-04-01"], 2, "同一个项目"),
    ("verified_scores.csv", ["county,t01,2024-03,厕所改造,A1,9,考核办,复核,2024-04-01"], 2, "恰好填一个"),
    ("verified_scores.csv", ["county,t01,2024-03,,A1,九,考核办,复核,2024-04-01"], 2, "之间的数"),
    ("answers.csv", ["红督〔2024〕03-t01-abcdef,lost,,张某,说明,2024-04-01"], 2, "可选 released"),
    ("vetoes.csv", ["county,t01,2024-03,,张某,决定,2024-04-01"], 2, "node 列为空"),
    ("base_figures.csv", ["t09,key_project_monthly,completed_ytd,2023-03,5,万元,2023年3月通报,张某,2024-04-01"], 2, "不在 units.csv"),
    ("base_figures.csv", ["t01,key_project_monthly,completed_ytd,2023年3月,5,万元,2023年3月通报,张某,2024-04-01"], 2, "无法识别"),
    ("base_figures.csv", ["t01,key_project_monthly,completed_ytd,2023-03,5,万元,,张某,2024-04-01"], 2, "document 列为空"),
    ("objections.csv", ["county,t01,2024-03,A1,九,算错了,,李某,2024-04-01,,,,"], 2, "之间的数"),
    ("objections.csv", ["county,t01,2024-03,A1,9,,,李某,2024-04-01,,,,"], 2, "objection 列为空"),
    ("objections.csv", ["county,t01,2024-03,A1,9,算错了,,李某,2024-04-01,maybe,,,"], 2, "可选 upheld、rejected、withdrawn"),
    ("objections.csv", ["county,t01,2024-03,A1,9,算错了,,李某,2024-04-01,upheld,王某,,2024-04-03"], 2, "why 列为空"),
    ("objections.csv", ["county,t01,2024-03,A1,9,算错了,,李某,2024-04-01,,王某,,"], 2, "写了 decided_by，但 decision 空着"),
    ("objections.csv", ["county,t01,2024-03,A1,9,算错了,,李某,2024-04-05,rejected,王某,无误,2024-04-03"], 2, "早于提出异议"),
    ("neighbours.csv", ["东县,key_project_monthly,completed_ytd,2024-03,,万元,,市通报,张某,2024-04-20"], 2, "value 和 rank 都空着"),
    ("neighbours.csv", ["东县,key_project_monthly,completed_ytd,2024-03,五亿,万元,,市通报,张某,2024-04-20"], 2, "之间的数"),
    ("neighbours.csv", ["东县,key_project_monthly,completed_ytd,2024-03,5,万元,首位,市通报,张某,2024-04-20"], 2, "之间的整数"),
    ("neighbours.csv", ["东县,key_project_monthly,completed_ytd,2024-03,5,万元,1,,张某,2024-04-20"], 2, "document 列为空"),
    ("neighbours.csv", ["东县,key_project_monthly,completed_ytd,2024-03,5,万元,1,市通报,张某,2024-04-20"] * 2, 3, "与第2行重复"),
    ("promotion_for.csv", ["t09,t01,30,,,张某,纪要,2024-04-01"], 2, "不在 units.csv"),
    ("promotion_for.csv", ["t01,t01,30,,,张某,纪要,2024-04-01"], 2, "为自己支出的不用写"),
    ("promotion_for.csv", ["t02,t01,130,,,张某,纪要,2024-04-01"], 2, "之间的数"),
    ("promotion_for.csv", ["t02,t01,30,2024-03,2024-01,张某,纪要,2024-04-01"], 2, "早于 from"),
])
def test_a_wrong_line_is_named(told, name, lines, line, said):
    with pytest.raises(SiteError) as caught:
        load_rulings(told(name, *lines), UNITS, FORMS)
    assert caught.value.line == line and said in str(caught.value)


def test_closing_takes_evidence_and_somebody_else_than_the_one_who_answered(tmp_path):
    path = tmp_path / "answers.csv"

    def load(*lines):
        path.write_text("\n".join(["number,action,due,by,why,at,evidence", *lines, ""]), encoding="utf-8")
        return load_rulings(tmp_path, UNITS, FORMS).answers

    replied = "督办〔2024〕t01-12345678,replied,,李某,已开工,2024-04-01,"
    assert load(replied, "督办〔2024〕t01-12345678,closed,,张某,现场核查,2024-04-09,照片3张")[1].evidence == "照片3张"
    with pytest.raises(SiteError, match="销号没有写依据"):
        load(replied, "督办〔2024〕t01-12345678,closed,,张某,现场核查,2024-04-09,")
    with pytest.raises(SiteError, match="不能再由本人认可或销号"):
        load(replied, "督办〔2024〕t01-12345678,accepted,,李某,现场核查,2024-04-09,")


def test_a_later_ruling_takes_over_where_it_names_everybody_or_the_earlier_ends(told):
    load_rulings(told("claims.csv", f"{CODE},,2024-01,,t01,owner,,张某,协议,2024-04-01", f"{CODE},,2024-03,,t02,owner,,张某,协议,2024-04-01",
                      f"{CODE},,2024-03,,t01,refused,,张某,协议,2024-04-01"), UNITS, FORMS)
    load_rulings(told("claims.csv", f"{CODE},,2024-01,2024-02,t01,owner,,张某,协议,2024-04-01", f"{CODE},,2024-03,,t02,owner,,张某,协议,2024-04-01"), UNITS, FORMS)
    load_rulings(told("claims.csv", f"{CODE},investment_monthly,,,t01,owner,,张某,协议,2024-04-01",
                      f"{CODE},key_project_monthly,,,t02,owner,,张某,协议,2024-04-01"), UNITS, FORMS)


@pytest.mark.parametrize("name, row, said", [
    ("vetoes.csv", "countyx,t01,2024-03,V1,张某,造假,2024-04-01", "没有考核办法“countyx”"),
    ("vetoes.csv", "county,t01,2024-03,A1,张某,造假,2024-04-01", "不是办法 county 的一票否决项。可选：V1"),
    ("verified_scores.csv", "county,t01,2024-03,,A1,20,考核办,复核,2024-04-01", "不是办法 county 的人工核定指标"),
])
def test_a_ruling_that_no_scheme_knows_is_named(told, name, row, said):
    site = told(name, row)
    with pytest.raises(SiteError, match=said):
        load_standards(EXPECTATIONS, site, UNITS, {}, load_forms(EXPECTATIONS))


def test_a_chain_of_names_leads_to_the_last(told):
    found = load_rulings(told("projects.csv", "旧名@甲公司,新名@甲公司,rename,2024-02,张某,更名,2024-04-01",
                              f"新名@甲公司,{CODE},alias,2024-03,张某,赋码,2024-04-01"), UNITS, FORMS).projects
    assert [(p.project, p.same_as, p.first) for p in found] == [
        ("旧名@甲公司", CODE, "2024-03"), ("新名@甲公司", CODE, "2024-03")]


def test_two_spellings_of_a_project_are_one_key():
    assert project_key("茶叶加工项目（一期）@甲 公司") == project_key("茶葉加工項目(一期)@甲公司")
    assert project_key(CODE) == CODE
    assert project_key("@甲公司") is None


@pytest.mark.parametrize("line, said", [
    ("t01,key_project_monthly,completion_rate,2023-03,5,%,2023年3月通报,张某,2024-04-01", "不是计算同比的指标"),
    ("t01,key_project_monthly,completed_ytd,2023-03,0.5,亿元,2023年3月通报,张某,2024-04-01", "请换算成 万元"),
])
def test_an_entered_figure_is_one_that_growth_goes_by_in_its_own_unit(told, line, said):
    forms = load_forms(EXPECTATIONS)
    with pytest.raises(SiteError, match=said):
        load_standards(EXPECTATIONS, told("base_figures.csv", line), UNITS, {}, forms)


def test_a_figure_entered_for_a_half_year_is_that_of_june(told):
    forms = load_forms(EXPECTATIONS)
    folder = told("base_figures.csv", "*,key_project_monthly,completed_ytd,2023-H1,200.5,万元,2023年统计年鉴,张某,2024-04-01")
    standards = load_standards(EXPECTATIONS, folder, UNITS, {}, forms)
    [row] = standards_rows(standards, forms)["base_figure"]
    assert row[:9] == ("base_figures.csv:2", "*", "key_project_monthly", "completed_ytd", "2023-06", "2023-H1", Decimal("200.5"), "万元", "2023年统计年鉴")

def test_an_objection_names_a_node_of_its_scheme_or_the_total(told):
    def standards(node):
        site = told("objections.csv", f"county,t01,2024-03,{node},9,算错了,记账凭证,李某,2024-04-01,,,,")
        return load_standards(EXPECTATIONS, site, UNITS, {}, load_forms(EXPECTATIONS))

    [total] = standards("").rulings.objections
    assert (total.node, total.decision, total.decided) == ("", None, (None, None, None))
    with pytest.raises(SiteError, match="没有指标“Z9”"):
        standards("Z9")


def test_nobody_spends_more_than_all_of_it_for_others(told):
    units = {"zsj", "t01", "t02"}
    [one, other] = load_rulings(told("promotion_for.csv", "zsj,t01,60,,,王某,纪要,2024-02-01", "zsj,t02,30.5,,,王某,纪要,2024-02-01"), units, FORMS).promotion_shares
    assert (one.share, other.share, other.ruling) == (Decimal(60), Decimal("30.5"), "promotion_for.csv:3")
    with pytest.raises(SiteError, match="合计 101%"):
        load_rulings(told("promotion_for.csv", "zsj,t01,60,,,王某,纪要,2024-02-01", "zsj,t02,41,,,王某,纪要,2024-02-01"), units, FORMS)
    with pytest.raises(SiteError, match="不同的 until"):
        load_rulings(told("promotion_for.csv", "zsj,t01,60,,2024-05,王某,纪要,2024-02-01", "zsj,t02,40,,,王某,纪要,2024-02-01"), units, FORMS)
    load_rulings(told("promotion_for.csv", "zsj,t01,60,,,王某,纪要,2024-02-01", "zsj,t02,90,2024-03,,王某,纪要,2024-02-01"), units, FORMS)


@pytest.mark.parametrize("line, said", [
    ("东县,key_project_monthly,completed,2024-03,5,万元,,市通报,张某,2024-04-20", "没有指标“completed”"),
    ("东县,gdp_quarterly,completed_ytd,2024-03,5,万元,,市通报,张某,2024-04-20", "gdp_quarterly 没有指标"),
    ("东县,key_project_monthly,completed_ytd,2024-03,5,亿元,,市通报,张某,2024-04-20", "请换算成 万元"),
    ("东县,key_project_monthly,completed_ytd,2024-03,5,万元,,市通报,张某,2024-03-20", "早于所属期 2024-03 的最后一天"),
])
def test_a_neighbour_is_compared_by_a_figure_that_the_county_has(told, line, said):
    forms = load_forms(EXPECTATIONS)
    with pytest.raises(SiteError, match=said):
        load_standards(EXPECTATIONS, told("neighbours.csv", line), UNITS, {}, forms)


def test_a_place_that_the_upper_level_gave_needs_no_figure(told):
    forms = load_forms(EXPECTATIONS)
    folder = told("neighbours.csv", "*,investment_monthly,projects_签约,2024-Q1,,个,3,市通报,张某,2024-04-20")
    [row] = standards_rows(load_standards(EXPECTATIONS, folder, UNITS, {}, forms), forms)["neighbour"]
    assert row[:9] == ("neighbours.csv:2", "*", "investment_monthly", "projects_签约", "2024-Q1", None, "个", 3, "市通报")
