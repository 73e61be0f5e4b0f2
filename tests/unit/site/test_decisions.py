"""The decision files of a site: all optional, and a wrong line says where it is and how to mend it."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest

from etl.forms.contract import load_forms
from etl.site.decisions import check_decisions
from etl.site.load import SiteError, load_site
from tests.fixtures.places import ROOT, SAMPLE

SITE = SAMPLE / "site"
HEAD = {
    "obligations.csv": "unit,form,cadence,due_day,due_month_offset,from,to",
    "extensions.csv": "unit,form,period,deadline,reason,by,at",
    "explanations.csv": "rule,unit,form,period,business_key,column,value,reason,by,at",
    "waivers.csv": "rule,unit,form,period,business_key,column,reason,by,from,until",
    "withdrawals.csv": "file,unit,form,period,version,reason,by,at",
    "corrections.csv": "unit,form,period,business_key,column,reason,by,at",
    "headers.csv": "unit,form,header,column,by,at",
    "suspensions.csv": "rule,form,unit,from,until,reason,by,at",
    "explanation_reviews.csv": "explanation,unit,rule,decision,by,why,at",
}


@pytest.fixture
def site(tmp_path):
    shutil.copytree(SITE, tmp_path / "site")
    return tmp_path / "site"


def write(site, file, *lines):
    (site / file).write_text("\n".join([HEAD[file], *lines]) + "\n", encoding="utf-8")
    return load_site(site)


def test_a_site_without_decisions_has_its_roster_only(site):
    loaded = load_site(site)
    assert not loaded.decisions.waivers
    assert {slot.due_by for slot in loaded.roster} == {"roster"}


def test_decisions_carry_who_why_and_when(site):
    loaded = write(site, "withdrawals.csv", "县招商局/一月.xlsx,,,,,发错了,李某,2024-02-06 10:30", ",zsj,investment_monthly,2024-01,2,重复,王某,2024-02-07")
    first, second = loaded.decisions.withdrawals
    assert (first.file, first.reason, first.by, first.at) == ("县招商局/一月.xlsx", "发错了", "李某", datetime(2024, 2, 6, 10, 30))
    assert (second.version, second.at) == (2, datetime(2024, 2, 7, 23, 59, 59))     # a day alone is over at its end
    assert (first.decision, second.decision) == ("withdrawals.csv:2", "withdrawals.csv:3")


def test_obligations_and_extensions_change_the_roster(site):
    write(site, "obligations.csv", "zsj,rectification,monthly,5,1,2024-01,2024-03")
    loaded = write(site, "extensions.csv", "zsj,rectification,2024-03,2024-04-10,停电,王某,2024-04-01")
    slots = {s.period: s for s in loaded.roster if s.key[:2] == ("zsj", "rectification")}
    assert [(p, s.due_by, s.deadline) for p, s in sorted(slots.items())] == [
        ("2024-01", "obligation", date(2024, 2, 5)), ("2024-02", "obligation", date(2024, 3, 5)),
        ("2024-03", "extension", date(2024, 4, 10))]


def test_the_fingerprint_knows_decisions(site):
    before = load_site(site).fingerprint
    assert write(site, "waivers.csv").fingerprint != before
    before = load_site(site).fingerprint
    assert write(site, "headers.csv", "*,key_project_monthly,项目等次,level,王某,2024-02-01").fingerprint != before


@pytest.mark.parametrize("file, line, says", [
    ("obligations.csv", "zsj,rectification,hourly,5,1,2024-01,", "hourly"),
    ("obligations.csv", "zsj,rectification,weekly,5,1,2024-01,", "weekly"),      # a week has no month after it
    ("obligations.csv", "zsj,rectification,monthly,32,1,2024-01,", "32"),
    ("obligations.csv", "zsj,rectification,monthly,5,1,,", "from"),
    ("obligations.csv", "zsj,rectification,monthly,5,1,2024-03,2024-01", "2024-01"),
    ("obligations.csv", "xyz,rectification,monthly,5,1,2024-01,", "xyz"),
    ("obligations.csv", "zsj,rectification,monthly,5,1,1999-01,", "1999"),
    ("extensions.csv", "zsj,rectification,2030-01,2030-03-01,停电,王某,2024-02-01", "没有报送任务"),
    ("extensions.csv", "zsj,investment_monthly,2024-01,2024-02-05,停电,王某,2024-02-01", "不晚于"),
    ("extensions.csv", "zsj,investment_monthly,2024-01,2024-02-08,,王某,2024-02-01", "reason"),
    ("explanations.csv", "F,zsj,investment_monthly,2024-01,,,,原因,王某,2024-02-01", "F"),
    ("explanations.csv", "F36,zsj,investment_monthly,2024年1月,,,,原因,王某,2024-02-01", "2024年1月"),
    ("waivers.csv", "F35,zsj,investment_monthly,2024-01,,,原因,王某,,", "until"),
    ("waivers.csv", "F35,zsj,investment_monthly,2024-01,,,原因,王某,,明年", "明年"),
    ("withdrawals.csv", "a.xlsx,zsj,,,,原因,王某,2024-02-01", "既写了 file"),
    ("withdrawals.csv", ",zsj,investment_monthly,,,原因,王某,2024-02-01", "period"),
    ("withdrawals.csv", "a.xlsx,,,,,原因,王某,二月", "二月"),
    ("corrections.csv", "zsj,investment_monthly,2024-01,,arrived_month,原因,王某,2024-02-01", "business_key"),
    ("headers.csv", "xyz,key_project_monthly,项目等次,level,王某,2024-02-01", "xyz"),
    ("headers.csv", "zsj,key_project_monthly,,level,王某,2024-02-01", "header"),
    ("headers.csv", "zsj,key_project_monthly,（万元）,level,王某,2024-02-01", "没有文字"),
    ("headers.csv", "zsj,key_project_monthly,项目等次,level,,2024-02-01", "by"),
    ("headers.csv", "zsj,key_project_monthly,项目等次,level,王某,昨天", "昨天"),
    ("suspensions.csv", "P27,*,xyz,2024-03,2024-06,阈值在议,王某,2024-03-20", "xyz"),
    ("suspensions.csv", "P27,*,*,2024-03,,阈值在议,王某,2024-03-20", "until"),            # what has no end is forgotten
    ("suspensions.csv", "P27,*,*,2024-06,2024-03,阈值在议,王某,2024-03-20", "早于 from"),
    ("suspensions.csv", "P27,*,*,,下个月,阈值在议,王某,2024-03-20", "下个月"),
    ("suspensions.csv", "P27,*,*,,2024-06,,王某,2024-03-20", "reason"),
    ("suspensions.csv", "P27,*,*,,2024-06,阈值在议,王某,", "at"),
])
def test_a_wrong_line_is_named(site, file, line, says):
    with pytest.raises(SiteError) as refused:
        write(site, file, line)
    assert says in str(refused.value)
    assert refused.value.path.name in (file, "holidays.csv")
    assert str(refused.value).count("。") == 2               # what is wrong, and what to do


def test_the_same_thing_twice_is_told_at_its_second_line(site):
    line = "zsj,investment_monthly,2024-01,一|二,arrived_month,原因,王某,2024-02-01"
    with pytest.raises(SiteError, match=r"第3行.*第2行重复"):
        write(site, "corrections.csv", line, line)


@pytest.mark.parametrize("file, line, says", [
    ("obligations.csv", "zsj,rectification,quarterly,5,1,2024-01,2024-03", "quarterly"),
    ("explanations.csv", "F99,zsj,investment_monthly,2024-01,,,,原因,王某,2024-02-01", "F99"),
    ("waivers.csv", "F36,zsj,investment_monthly,2024-01,,,原因,王某,,2024-12", "F36 不能豁免"),
    ("corrections.csv", "zsj,investment_monthly,2024-01,一,arrived,原因,王某,2024-02-01", "arrived"),
    ("withdrawals.csv", ",zsj,investments,2024-01,,原因,王某,2024-02-01", "investments"),
    ("suspensions.csv", "F99,*,*,,2024-06,阈值在议,王某,2024-03-20", "F99"),
    ("suspensions.csv", "F36,*,*,,2024-06,阈值在议,王某,2024-03-20", "F36 不能停用"),
    ("suspensions.csv", "F01,investments,*,,2024-06,阈值在议,王某,2024-03-20", "investments"),
    ("headers.csv", "zsj,key_projects,项目等次,level,王某,2024-02-01", "key_projects"),
    ("headers.csv", "*,key_project_monthly,项目等次,grade,王某,2024-02-01", "grade"),
    ("headers.csv", "zsj,key_project_monthly,所属 乡镇,level,王某,2024-02-01", "已经是“所属乡镇”列的写法"),
])
def test_words_that_no_contract_and_no_rulebook_knows_are_named(site, file, line, says):
    loaded = write(site, file, line)
    forms = load_forms(ROOT / "expectations")
    with pytest.raises(SiteError, match="第2行") as refused:
        check_decisions(loaded.decisions, site, forms, {"F01": True, "F36": False})
    assert says in str(refused.value)


@pytest.mark.parametrize("first, second, refused", [
    ("zsj", "zsj", True),
    ("*", "zsj", True),                                # what is taught for all meets what is taught for one
    ("zsj", "zjj", False),                             # two units may mean two things by one word
])
def test_one_header_names_one_column_of_a_unit(site, first, second, refused):
    (site / "headers.csv").write_text(
        f"{HEAD['headers.csv']}\n{first},key_project_monthly,等次,level,王某,2024-02-01\n"
        f"{second},key_project_monthly,等次（必填）,category,王某,2024-02-02\n", encoding="utf-8")
    forms = load_forms(ROOT / "expectations")
    if not refused:
        check_decisions(load_site(site).decisions, site, forms, {})
        return
    with pytest.raises(SiteError) as error:
        check_decisions(load_site(site).decisions, site, forms, {})
    assert error.value.line == 3


SAID = "P27,zsj,investment_monthly,2024-02,甲项目,arrived_month,1200,一次性到账,张某,2024-03-05"


def test_a_review_names_the_explanation_and_a_blank_one_is_not_decided_yet(site):
    write(site, "explanations.csv", SAID)
    loaded = write(site, "explanation_reviews.csv", "explanations.csv:2,zsj,P27,refused,王某,没有凭证,2024-03-08",
                   "0123456789abcdef-investment_monthly-2024-02#1,zsj,P27,,,,")
    [review] = loaded.decisions.reviews
    assert (review.verdict, review.why, review.at) == ("refused", "没有凭证", datetime(2024, 3, 8, 23, 59, 59))


@pytest.mark.parametrize("line, said", [
    ("explanations.csv:2,zsj,P26,refused,王某,没有凭证,2024-03-08", "没有 zsj 对 P26 的说明"),      # the lines moved since
    ("explanations.csv:3,zsj,P27,refused,王某,没有凭证,2024-03-08", "没有 zsj 对 P27 的说明"),
    ("explanations.csv:2,zsj,P27,refused,王某,,2024-03-08", "why"),
    ("explanations.csv:2,zsj,P27,asked_again,,凭证号？,2024-03-08", "by"),
    ("explanations.csv:2,zsj,P27,perhaps,王某,没有凭证,2024-03-08", "可选 accepted、asked_again、refused"),
])
def test_a_review_that_cannot_be_used_says_why(site, line, said):
    write(site, "explanations.csv", SAID)
    with pytest.raises(SiteError, match=said):
        write(site, "explanation_reviews.csv", line)
