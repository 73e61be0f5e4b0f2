# ruff: noqa: C408  (cells read better as dict(column=text))
"""One example that fails and one that passes for every rule that is decided by SQL.

Each line is a good line (submissions.GOOD) with the cells changed that the rule is about. `at` is the column whose cell
the finding names, None where it concerns the whole submission.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from tests.fixtures.submissions import sheet

KP, INV, SELF, TARGET, BUDGET, CASE, RECT, EXANTE, FUNDS, LANDED, NODE, RAISED = (
    "key_project_monthly", "investment_monthly", "performance_self_evaluation", "annual_target",
    "budget_execution_monthly", "approval_case", "rectification", "ex_ante_evaluation", "project_funding", "landed_result",
    "project_milestone", "project_problem")


@dataclass(frozen=True)
class Example:
    code: str
    form: str
    fails: SimpleNamespace
    passes: SimpleNamespace
    at: str | None
    before: tuple = ()             # earlier submissions of the form
    others: tuple = ()             # submissions of other forms, as (form, sheet)
    settings: tuple = ()           # a site's own numbers


def line(code, form, fails, passes, at, **more):
    """An example of single lines: `fails` and `passes` are the cells changed."""
    return Example(code, form, sheet(fails), sheet(passes), at, **more)


LAID_OUT = "项目代码 项目名称 建设单位 项目级别"
FOUR_MORE = [dict(indicator_level3=f"指标{n}", weight="18", self_score="18", execution_score="10") for n in range(1, 6)]

REPLACED = (dict(issued_date="2024-02-20", document_no="云发改〔2024〕12号", supersedes="云发改〔2024〕5号"),)
FIFTY, FORTY = (dict(weight=points, self_score=points) for points in ("50", "40"))
NO_BUDGET = {f"budget_{sum_of}{part}": "0" for sum_of in ("adjusted", "executed", "initial") for part in ("", "_fiscal", "_other")} | {"execution_score": "0"}


def scored(comparator, target, actual, score, **more):
    """An indicator of 90 points whose target and outcome are numbers of kilometres."""
    return dict(comparator=comparator, target_value=f"{target}公里", target_number=target, actual_value=f"{actual}公里", actual_number=actual,
                self_score=score) | more


def in_words(word, score):
    return dict(comparator="定性", target_value="达成", target_number=None, actual_value=word, actual_number=None, self_score=score)


ASPECTS = ("立项必要性", "投入经济性", "绩效目标合理性", "实施方案可行性", "筹资合规性")


def evaluated(*scores, **more):
    """A programme evaluated for the five aspects, 20 points each, or as many as there are scores."""
    return sheet(*(dict(aspect=aspect, score=score) | more for aspect, score in zip(ASPECTS, scores)))


OTHER = dict(project_code=None, project_name="西岭水厂")
UNSIGNED = dict(preparer=None, reviewer=None, head=None)

FORM_RULES = [
    line("F01", KP, dict(township=None), dict(), "township"),
    line("F02", INV, dict(stage="签约", signed_date=None), dict(stage="在谈", signed_date=None), "signed_date"),
    line("F02", SELF, dict(self_score="80"), dict(self_score="80", deviation_reason="工期推迟"), "deviation_reason"),
    line("F02", CASE, dict(decided_date="2024-03-12"), dict(decided_date="2024-03-11"), "overdue_reason"),
    Example("F02", TARGET,
            sheet(dict(), *REPLACED, dict(issued_date="2024-03-20", document_no="云发改〔2024〕21号")),      # the first of those before it is named
            sheet(dict(), *REPLACED), "supersedes"),
    line("F09", KP, dict(builder_uscc="91350100M000100Y4Z"), dict(builder_uscc="91610999MA6X00008P"), "builder_uscc"),
    line("F10", KP, dict(project_code="2301530330-04-01-55"), dict(project_code="2020-330327-48-01-167360"), "project_code"),
    line("F11", KP, dict(project_code="2603-141124-89-05-346947"), dict(project_code="2603-141124-89-05-346948"), "project_code"),
    Example("F13", KP, sheet(dict(), dict(progress_text="完成16%")), sheet(dict(), dict(project_code=None)), "project_name"),
    Example("F26", INV, sheet(dict(), nil=True), sheet(nil=True), None),
    Example("F26", INV, sheet(nil=True), sheet(dict()), None, before=(sheet(dict(stage="在谈"), period="2024-02"),)),
    line("F18", TARGET, dict(target_unit="个"), dict(target_unit="万元"), "target_unit"),
    line("F18", TARGET, dict(indicator="新签约项目数", target_unit="万元"), dict(indicator="新签约项目数", target_unit="个"), "target_unit"),
    line("F35", RECT, dict(amount="-429.62"), dict(amount="0"), "amount"),
    line("F35", CASE, dict(excluded_days="-1"), dict(excluded_days="1"), "excluded_days"),
    line("F35", INV, dict(contracted_amount="0"), dict(contracted_amount="0", stage="线索"), "contracted_amount"),
    Example("F36", KP, sheet(dict(), received="2024-04-08 00:10:00"), sheet(dict(), received="2024-04-07 23:59:00"), None),
    Example("F37", KP, sheet(dict(), unit="t02"), sheet(dict()), None, before=(sheet(dict(), unit="t02", period="2024-02"),)),
    # on the day of the deadline March is not yet missing
    Example("F37", BUDGET, sheet(dict(), unit="t02"), sheet(dict(), period="2024-02"), None, settings=(("as_of", "2024-04-07 20:00:00"),)),
    Example("F38", KP, sheet(dict(), reviewer=None), sheet(dict()), None),
    Example("F58", KP, sheet(dict()), sheet(dict(), dict(project_code=None), received="2024-04-06 09:00:00"), None,
            before=(sheet(dict(), dict(project_code=None), dict(project_name="西岭水厂", project_code=None), received="2024-04-04 09:00:00"),)),
    *(Example("F58", KP, sheet(dict(), **lost), sheet(dict(), totals=["9"]), None, before=(sheet(dict(), OTHER, totals=["9"]),))
      for lost in (dict(totals=[]), UNSIGNED | dict(totals=["9"]))),
    line("F40", KP, dict(township="白石山镇"), dict(township="白石"), "township"),
]

ARITHMETIC = [
    *(line("P07", KP, dict(completed_since_start=done), dict(completed_since_start="6000"), "completed_since_start") for done in ("6600.555", "6600.565")),
    line("P08", KP, dict(completed_ytd="4000"), dict(completed_ytd="3900"), "completed_ytd"),
    line("P08", KP, dict(annual_plan="0"), dict(annual_plan="0", completed_ytd="0"), "completed_ytd"),
    line("P09", INV, dict(arrived_since_signing="18100"), dict(arrived_since_signing="18000"), "arrived_since_signing"),
    line("P10", KP, dict(completed_ytd="950"), dict(completed_ytd="900"), "completed_ytd"),
    line("P10", INV, dict(arrived_recognised="510"), dict(arrived_recognised="500.4"), "arrived_recognised"),
    line("P10", SELF, dict(budget_executed="402.1"), dict(budget_executed="399"), "budget_executed"),
    line("P10", BUDGET, dict(budget_change="20"), dict(budget_change=None), "budget_adjusted"),
    line("P26", BUDGET, dict(execution_rate_reported="0.2"), dict(execution_rate_reported="20.0"), "execution_rate_reported"),
    line("P27", KP, dict(completion_rate_reported="36.2"), dict(completion_rate_reported="10.0"), "completion_rate_reported"),
    line("P27", BUDGET, dict(execution_rate_reported="21.5"), dict(execution_rate_reported="20.00"), "execution_rate_reported"),
    line("P27", SELF, dict(execution_rate_reported="93"), dict(execution_rate_reported="95.0"), "execution_rate_reported"),
    Example("P35", KP,
            sheet(dict(completed_month="117"), dict(completed_month="117", project_name="西岭水厂", project_code=None)),
            sheet(dict(), dict(project_name="西岭水厂", project_code=None)), "total_investment"),
    Example("P35", INV,
            sheet(dict(), dict(project_name="白酒项目", project_code=None, contracted_amount="18000", arrived_since_signing="2600")),
            sheet(dict(split_ratio="60"), dict(split_ratio="40", introducing_unit="清河镇")), "arrived_month"),
    Example("P42", SELF, sheet(FIFTY | dict(weight="51"), FORTY), sheet(FIFTY, FORTY), "weight"),
    line("P42", SELF, dict(self_score="90.5"), dict(self_score="89.5"), "self_score"),
    *(Example("P42", SELF, sheet(FIFTY, FORTY, totals=[wrong]), sheet(FIFTY, FORTY, totals=[right]), "self_score")
      for wrong, right in (("99.494", "99.495"), ("99.506", "99.505"))),
    Example("P62", EXANTE, evaluated(*["18"] * 4), evaluated(*["18"] * 5), "weight"),
    Example("P62", EXANTE, evaluated("20.5", *["18"] * 4), evaluated("20", *["18"] * 4), "score"),
    Example("P63", EXANTE, evaluated(*["18"] * 4, weight="25"), evaluated(*["18"] * 5), "aspect"),
    Example("P64", EXANTE, evaluated(*["15.9"] * 5), evaluated(*["16"] * 5), "conclusion"),
    Example("P64", EXANTE, evaluated(*["11.9"] * 5, conclusion="修改后通过"), evaluated(*["12"] * 5, conclusion="修改后通过"), "conclusion"),
    Example("P64", EXANTE, sheet(dict(), dict(aspect="投入经济性", conclusion="不通过")), sheet(dict(), dict(aspect="投入经济性")), "conclusion"),
    line("P43", SELF, dict(actual_value="71公里", actual_number="71", self_score="60"),
         dict(actual_value="71公里", actual_number="71", self_score="45"), "self_score"),
    # what the formula gives, of numbers: up to a ceiling, up to twice it and beyond; of none, or one; of a floor; of an outcome below nothing
    Example("P43", SELF,
            sheet(*(scored(*one) for one in (("≤", "10", "8", "45"), ("≤", "10", "15", "90"), ("≤", "10", "25", "9"), ("≤", "0", "5", "9"),
                                             ("=", "0", "0", "45"), ("=", "0", "3", "90"), ("=", "5", "4", "90"), ("=", "5", "6", "45"),
                                             ("≥", "1", "0.5", "80"), ("≥", "10", "-5", "9"), ("≥", "10", "9", "50"))),
                  scored("≥", "142", "71", "90", target_value="142"), scored("≥", "142", "71", "90", actual_value="71")),
            sheet(*(scored(*one) for one in (("≤", "10", "8", "90"), ("≤", "10", "10", "90"), ("≤", "10", "15", "45"), ("≤", "10", "20", "0"), ("≤", "0", "0", "90"),
                                             ("=", "0", "0", "90"), ("=", "0", "3", "0"), ("=", "1", "2", "90"), ("=", "5", "4", "72"), ("=", "5", "6", "90"),
                                             ("≥", "0", "-1", "9"), ("≥", "10", "-5", "0"), ("定性", "142", "71", "90"))),
                  scored("≥", "142", "71", "90", actual_value="71米")), "self_score"),
    # what a word earns of 90 points
    Example("P43", SELF, sheet(*(in_words(*one) for one in (("达成", "71.4"), ("部分达成", "72.6"), ("部分达成", "53.4"), ("未达成", "54.6")))),
            sheet(*(in_words(*one) for one in (("达成", "72"), ("部分达成", "72"), ("部分达成", "54"), ("未达成", "54"), ("未达成", "0"))),
                  scored("≥", "142", "142", "90", actual_value="未达成")), "self_score"),
    # what was spent of the budget, and what was spent beyond it
    *(line("P43", SELF, spent | dict(execution_score=wrong), spent | dict(execution_score=right), "execution_score") for spent, wrong, right in (
        (dict(), "8", "9.5"), (dict(budget_executed="500"), "9", "10"), (dict(budget_adjusted="1", budget_executed="1"), "2", "9"))),
    line("P42", SELF, dict(execution_score="10.5"), dict(execution_score="10"), "execution_score"),
    line("P44", SELF, NO_BUDGET | dict(execution_score="1", budget_adjusted_other="1", budget_executed_other="1"), NO_BUDGET, "budget_adjusted"),
    *(line("P44", SELF, NO_BUDGET | {f"{total}_{part}": "1"}, dict(), total)
      for total in ("budget_initial", "budget_adjusted", "budget_executed") for part in ("fiscal", "other")),
    line("P44", BUDGET, dict(budget_adjusted="0", spent_ytd="1"), dict(budget_adjusted="0", spent_ytd="0"), "budget_adjusted"),
    line("P44X", SELF, dict(budget_executed="3", budget_adjusted="1"), dict(budget_executed="430", deviation_reason="年中追加"), "budget_executed"),
    line("P44X", BUDGET, dict(spent_ytd="3", budget_adjusted="1"), dict(spent_ytd="801", note="上年结转"), "spent_ytd"),
    line("P45", SELF, dict(budget_adjusted="590.86", budget_executed="590.86"),
         dict(budget_adjusted="591", budget_executed="591"), "budget_adjusted"),
    line("P45", BUDGET, dict(budget_adjusted="160.05"), dict(budget_adjusted="160.05", budget_initial="160.05"), "budget_adjusted"),
    line("P45", KP, dict(annual_plan="300"), dict(), "annual_plan", before=(sheet(dict(), period="2024-02"),)),
    line("P46", BUDGET, dict(budget_change="77.87", note="人员经费增加30万元"),
         dict(budget_change="77.87", note="人员经费增加30万元，设备47.87万元"), "budget_change"),
]

CONDUCT = [
    line("P11", INV, dict(registered_date="2023-04-01"), dict(registered_date="2023-04-15"), "registered_date"),
    line("P13", INV, dict(signed_date="2024-01-12", actual_start_date="2024-01-15"),
         dict(signed_date="2024-01-12", actual_start_date="2024-01-15", contracted_amount="9999"), "actual_start_date"),
    line("P14", KP, dict(actual_finish_date="2023-05"), dict(actual_finish_date="2023-06"), "actual_finish_date"),
    line("P14", INV, dict(production_date="2024-04-01"), dict(production_date="2024-03"), "production_date"),
    line("P14", CASE, dict(decided_date="2024-03-01"), dict(decided_date="2024-03-04"), "decided_date"),
    line("P14", TARGET, dict(issued_date="2024-04-06"), dict(issued_date="2024-04-05"), "issued_date"),
    line("P14", RECT, dict(closed_date="2024-04-05"), dict(closed_date="2024-03-31"), "closed_date"),
    line("P20", KP, dict(project_name="马铃薯淀粉生产线等5个子项"), dict(project_name="马铃薯淀粉生产线"), "project_name"),
    line("P20", INV, dict(project_name="白石镇、清河镇仓储项目"), dict(project_name="白石镇仓储和物流项目"), "project_name"),
    line("P36M", INV, dict(evidence_no=None), dict(evidence_no=None, arrived_month="0"), "evidence_no"),
    line("P37", INV, dict(industry="房地产", arrived_ytd="1"), dict(industry="房地产", arrived_ytd="0"), "industry"),
    Example("P41", SELF, sheet(*FOUR_MORE), sheet(*FOUR_MORE[:4]), None),
    line("P48", RECT, dict(status="已完成"), dict(status="已完成", evidence="银行回单"), "evidence"),
    Example("P48B", RECT,
            sheet(*(dict(problem_no=f"WT-{n}", closed_date="2024-03-28") for n in range(5))),
            sheet(*(dict(problem_no=f"WT-{n}", closed_date=f"2024-03-{24 + n}") for n in range(5))), "closed_date"),
    line("P52", KP, dict(planned_finish_date="2210-03"), dict(planned_finish_date="2029-12"), "planned_finish_date"),
    line("P53", CASE, dict(document_no="云环评[2022]68号"), dict(document_no="云环评[2024]68号"), "document_no"),
    line("P53", TARGET, dict(document_no="云发改〔2023〕5号"), dict(document_no="云发改5号"), "document_no"),
    line("P55", KP, dict(progress_text="正在抓紧施工，稳步推进"), dict(progress_text="正在抓紧施工，完成3层"), "progress_text"),
    line("P55", SELF, dict(actual_value="基本上完成", actual_number=None), dict(actual_value="148"), "actual_value"),
    line("P55", RECT, dict(measure="稳步推进，抓好落实"), dict(measure="县财政局稳步推进"), "measure"),
]



# --- rules that compare ------------------------------------------------------------------------------------------

FEBRUARY = {
    KP: sheet(dict(completed_ytd="200", completed_since_start="800", progress_text="主体工程施工，完成12%"), period="2024-02"),
    INV: sheet(dict(arrived_ytd="380", arrived_since_signing="2380", evidence_no="JZ0000"), period="2024-02"),
    BUDGET: sheet(dict(spent_ytd="120.05"), period="2024-02"),
}


def later(code, form, fails, passes, at):
    """An example of a line of March after the good line of February."""
    return line(code, form, fails, passes, at, before=(FEBRUARY[form],))


def same(period="2024-02", *changes, **more):
    """An earlier submission with the good line, or lines like it."""
    return sheet(*(changes or (dict(),)), period=period, **more)


def many(n, **change):
    """Lines of different records that are alike in the cells given."""
    return [dict(project_code=None, project_name=f"第{k}号项目", budget_item=f"第{k}项") | change for k in range(n)]


def ending(*counts):
    """Lines of the month's figure: so many that end in 0, in 1, in 2 …"""
    ends = [digit for digit, count in enumerate(counts) for _ in range(count)]
    return [one | {"completed_month": f"{100 + n}{end}"} for n, (one, end) in enumerate(zip(many(len(ends)), ends))]


IN_YUAN = dict(total_investment="60000000", annual_plan="30000000")
FEW = dict(completed_month="1", completed_ytd="2")
INV_CODE = dict(project_code="2509-140602-89-05-864976")
KP_CODE = dict(project_code="2411-130202-89-01-637015")

RECURRENCE = [
    later("P01", KP, dict(completed_ytd="150"), dict(), "completed_ytd"),
    later("P01", INV, dict(arrived_ytd="300"), dict(), "arrived_ytd"),
    later("P01", BUDGET, dict(spent_ytd="100.05"), dict(spent_ytd="100.05", spent_month="-20"), "spent_ytd"),
    later("P02", KP, dict(completed_since_start="798"), dict(completed_since_start="800"), "completed_since_start"),
    later("P02", INV, dict(arrived_since_signing="2000"), dict(), "arrived_since_signing"),
    later("P03", KP, dict(completed_ytd="350"), dict(completed_ytd="300.4"), "completed_ytd"),
    later("P03", KP, dict(completed_since_start="950"), dict(), "completed_since_start"),
    later("P03", INV, dict(arrived_since_signing="2600"), dict(), "arrived_since_signing"),
    later("P03", KP, dict(completed_ytd="350", completed_since_start="950"), dict(completed_month="150", completed_ytd="350", completed_since_start="950"),
          "completed_month"),
    later("P03", BUDGET, dict(spent_ytd="161.05"), dict(), "spent_ytd"),
    Example("P03", KP, sheet(dict(), period="2024-01"), sheet(dict(completed_ytd="100"), period="2024-01"), "completed_ytd"),
    Example("P03", KP, sheet(dict(), period="2024-02"), sheet(dict(completed_ytd="100"), period="2024-02"), "completed_ytd",
            settings=(("january_exempt", "true"),)),
    *(line("P04", form, {x: "300"}, {x: "190"}, x, before=tuple(same(p) for p in ("2023-10", "2023-11", "2023-12")))
      for form, x in ((KP, "completed_month"), (INV, "arrived_month"))),
    line("P05", KP, dict(), dict(completed_ytd="400"), "total_investment", before=(same(),)),
    line("P05", INV, dict(), dict(arrived_ytd="620"), "contracted_amount", before=(same(),)),
    line("P05", BUDGET, dict(), dict(spent_ytd="200.05"), "budget_adjusted", before=(same(),)),
    line("P05E", KP, dict(), dict(completed_ytd="400"), "total_investment", before=(same("2024-01"), same())),
    line("P05E", INV, dict(), dict(arrived_ytd="620"), "contracted_amount", before=(same("2024-01"), same())),
    line("P05E", BUDGET, dict(), dict(spent_ytd="200.05"), "budget_adjusted", before=(same("2024-01"), same())),
    later("P06", KP, dict(progress_text="主体工程施工, 完成12％"), dict(), "progress_text"),
    *(line("P16", form, dict(), dict(note="改线重建"), "stage", before=(same("2024-02", dict(stage="竣工")),)) for form in (KP, INV)),
    line("P17", KP, dict(completed_month="0"), dict(), "stage",
         before=tuple(same(p, dict(completed_month="0")) for p in ("2024-01", "2024-02"))),
    line("P17", INV, dict(stage="签约"), dict(stage="落地"), "stage",
         before=tuple(same(p, dict(stage="签约")) for p in ("2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02"))),
    line("P21", INV, dict(fixed_asset_amount="4000"), dict(), "contracted_amount"),
    line("P21", INV, dict(), dict(contracted_amount="13000"), "contracted_amount", before=(same("2024-02", dict(contracted_amount="9000")),)),
    line("P22", INV, dict(signed_date="2024-03-05"), dict(signed_date="2024-03-05", is_continuing="续建"), "introducing_unit",
         before=(same("2024-01", OTHER), same("2024-02", OTHER))),
    *(Example("P24", form, sheet(*many(20, **{x: "3000"})), sheet(*many(20, **{x: "3001"})), None)
      for form, x in ((KP, "completed_month"), (INV, "arrived_month"), (BUDGET, "spent_month"))),
    # of the digits met most the smallest is told
    Example("P24", KP, sheet(*ending(15, 7, 7, 7, 6, 6, 6, 6, 20, 20)),
            sheet(*({**one, "completed_month": f"{1000 + n}"} for n, one in enumerate(many(100)))), None),
    # Chi-square of 100 figures is a tenth of the squared distances from ten each: 21.8 and 21.6.
    Example("P24", KP, sheet(*ending(20, 0, 13, 7, 10, 10, 10, 10, 10, 10)), sheet(*ending(20, 0, 12, 8, 12, 8, 10, 10, 10, 10)), None),
    later("P25", KP, dict(total_investment="60000000"), dict(), "total_investment"),
    Example("P25C", KP, sheet(*many(3, total_investment="60000000", annual_plan="30000000")), sheet(*many(3)), "total_investment"),
    # three lines of five are most of them and three of six are not; of two both
    *(Example("P25C", KP, sheet(*many(wrong, **IN_YUAN), *many(of)[wrong:]), sheet(*many(few, **IN_YUAN), *many(right)[few:]), "total_investment")
      for wrong, of, few, right in ((3, 5, 3, 6), (2, 2, 2, 4))),
    # the largest and the smallest that projects are, and parts that may go with such a whole
    Example("P25C", KP, sheet(*many(3, total_investment="1000001", annual_plan="500.0005")), sheet(*many(3, total_investment="1000000")), "total_investment"),
    Example("P25C", KP, sheet(*many(3, **FEW, total_investment="4.99", annual_plan="9.98", completed_since_start="10")),
            sheet(*many(3, **FEW, total_investment="5", annual_plan="4", completed_since_start="4")), "total_investment"),
    # what is 0 is no figure of the column
    Example("P25C", INV, sheet(*many(3, arrived_ytd="5000000"), *many(3, arrived_ytd="0")), sheet(*many(3)), "arrived_ytd"),
    Example("P25C", BUDGET, sheet(*many(3, budget_initial="8002500", budget_adjusted="8002500", spent_month="400000", spent_ytd="1600500")),
            sheet(*many(3)), "budget_initial", before=(same("2024-02", *many(3)),)),
    later("P25", INV, dict(fixed_asset_amount="90"), dict(fixed_asset_amount="900"), "fixed_asset_amount"),
    later("P25", BUDGET, dict(spent_ytd="4000000"), dict(), "spent_ytd"),
    line("P25", INV, dict(arrived_ytd_foreign_usd="480"), dict(arrived_ytd_foreign_usd="60"), "arrived_ytd_foreign_usd"),
    *(Example("P29", form, sheet({x: "77"}, received="2024-04-20 09:00:00"), sheet({x: "77"}, received="2024-04-12 09:00:00"), x,
              before=(same("2024-03"),)) for form, x in ((KP, "completed_month"), (INV, "arrived_month"), (BUDGET, "spent_month"))),
    later("P29", KP, dict(annual_plan="3500"), dict(), "annual_plan"),
    later("P29", BUDGET, dict(budget_initial="900"), dict(), "budget_initial"),
    Example("P30", KP, sheet(dict(annual_plan="2900"), period="2024-11"), sheet(dict(annual_plan="3100"), period="2024-11"),
            "annual_plan", before=(same("2024-10"),)),
    *(Example("P32", form, sheet(dict(), period="2024-12"), sheet({x: "1000"}, period="2024-12"), None)
      for form, x in ((KP, "completed_ytd"), (INV, "arrived_ytd"))),
    Example("P32", KP, sheet(dict(completed_ytd="1000"), period="2024-12"), sheet(dict(completed_ytd="1900"), period="2024-12"), None,
            before=(same("2023-12", dict(completed_month="50", completed_ytd="850")),)),
    Example("P33", BUDGET, sheet(dict(), received="2024-04-10 09:00:00"), sheet(dict(), received="2024-04-05 09:00:00"), None,
            before=(same(received="2024-04-09 09:00:00"),)),
    *(Example("F52", KP, sheet(dict(), layout=now), sheet(dict(), layout=same_again), None,
              before=(sheet(dict(), period="2024-02", layout=LAID_OUT),))
      for now, same_again in ((f"{LAID_OUT} 主管领导", f"{LAID_OUT} (主管领导)"), ("项目代码 项目名称 项目级别", LAID_OUT),
                              ("项目名称 项目代码 建设单位 项目级别", "项目代码 项目名称 业主单位 项目级别"))),
    *(Example("F53", form, sheet(now, aside=("待核实", name)), sheet(now, aside=("待核实",)), None, before=(sheet(dict(), then, period="2024-02"),))
      for form, now, then, name in (
          (KP, dict(), OTHER, OTHER["project_name"]), (BUDGET, dict(), dict(budget_item="会议费"), "会议费"),
          (RECT, dict(), dict(problem_no="WT-202401-002", problem_text="泵站漏水"), "泵站漏水。"))),
    line("P47", RECT, dict(rebound="是"), dict(), "rebound"),
    line("P47", RECT, dict(problem_text="消防站运行经费资料不全"), dict(problem_text="桥梁养护记录缺失"), "problem_text",
         before=(same("2024-01", dict(problem_no="WT-202311-009", closed_date="2024-01-20")),)),
    Example("P49", CASE, sheet(*many(10, promised_days="4")), sheet(*many(10)), None),
    Example("P50", CASE, sheet(*many(2, promised_days="5个工作日"), dict(promised_days="5自然日")),
            sheet(*many(2, promised_days="5个工作日")), "promised_days"),
    later("P52", KP, dict(total_investment="60000"), dict(total_investment="6001"), "total_investment"),
    later("P52", INV, dict(contracted_amount="5000"), dict(contracted_amount="15001"), "contracted_amount"),
    later("P52", BUDGET, dict(budget_initial="8000.25"), dict(), "budget_initial"),
]

NOT_BEGUN = dict(started="否", stage="签约", actual_start_date=None, completed_month="0", completed_since_start="0")
IN_PARTS = dict(target_unit="万元", stretch_value=None)

BESIDE_OTHERS = [
    line("P12", KP, dict(), dict(actual_start_date="2024-03-10"), "actual_start_date", others=((CASE, sheet(dict())),)),
    line("P12M", KP, dict(actual_start_date="2024-02-01"), dict(), "project_code", others=((CASE, sheet(INV_CODE)),)),
    line("P15", KP, dict(actual_start_date=None), dict(), "actual_start_date"),
    line("P15", KP, dict(completed_since_start="0"), dict(completed_since_start="0", project_code=None, started="否", stage="签约"),
         "completed_since_start"),
    line("P18", KP, dict(), OTHER, "project_name", before=(same("2024-03", unit="t02"),)),
    line("P18", KP, dict(project_code=None), OTHER, "project_name", before=(same("2024-03", unit="t02"),)),
    line("P18", INV, dict(), dict(split_ratio="60"), "project_name",
         before=(same("2024-03", dict(introducing_unit="清河", split_ratio="40"), unit="t02"),)),
    line("P18", INV, dict(split_ratio="70"), dict(introducing_unit="清河镇"), "project_name",
         before=(same("2024-03", dict(introducing_unit="清河", split_ratio="40"), unit="t02"),)),
    line("P18F", KP, dict(project_name="东湖水厂扩建一期项目"), dict(project_name="东湖水厂扩建二期工程"), "project_name",
         before=(same("2024-03", dict(project_code=None, project_name="東湖水廠擴建一期工程"), unit="t02"),)),
    line("P18F", INV, dict(), OTHER, "project_name",
         before=(same("2024-03", dict(project_code=None, project_name="饲料产业化基地工程", introducing_unit="清河镇"), unit="t02"),)),
    line("P18S", INV, dict(split_ratio="60"), dict(split_ratio="70"), "split_ratio",
         before=(same("2024-03", dict(split_ratio="30", introducing_unit="清河镇"), unit="t02"),)),
    Example("P19", INV, sheet(dict(), OTHER), sheet(dict(), OTHER | dict(contracted_amount="16000")), "contracted_amount"),
    Example("P30", TARGET,
            sheet(dict(), dict(target_value="4", issued_date="2024-11-01", document_no="云发改〔2024〕50号", supersedes="云发改[2024]5号")),
            sheet(dict(), dict(target_value="4", issued_date="2024-09-01", document_no="云发改〔2024〕50号", supersedes="云发改[2024]5号")),
            "target_value"),
    line("P30", TARGET, dict(), dict(target_value="5"), "target_value",          # another indicator reached more
         others=((KP, sheet(dict(completed_ytd="20000"), OTHER | dict(completed_ytd="30000"), period="2023-12")),
                 (INV, sheet(dict(arrived_ytd="900000"), period="2023-12")))),
    line("P31", TARGET, dict(stretch_value="5.6"), dict(), "stretch_value"),
    Example("P31", TARGET, sheet(dict(), *(IN_PARTS | dict(department=unit, target_value=x) for unit, x in (("清河镇", "30000"), ("县住建局", "20000")))),
            sheet(dict(), *(IN_PARTS | dict(department=unit, target_value=x) for unit, x in (("清河镇", "30000"), ("县住建局", "16000")))), "target_value",
            settings=(("parent_department", "t01"),)),
    line("P36", INV, dict(), dict(evidence_no="JZ0002"), "evidence_no", before=(same(),)),
    line("P38", KP, INV_CODE, dict(), "completed_ytd", others=((INV, sheet(dict())),), settings=(("count_either_or", "true"),)),
    line("P38", INV, KP_CODE, dict(), "arrived_ytd", others=((KP, sheet(dict())),), settings=(("count_either_or", "true"),)),
    line("P40", KP, dict(started="否"), dict(), "started"),
    Example("P40", KP, sheet(NOT_BEGUN | dict(completed_month="1"), NOT_BEGUN | dict(completed_since_start="1"), NOT_BEGUN | dict(stage="开工")),
            sheet(NOT_BEGUN), "started"),
    line("P57", KP, dict(), dict(total_investment="8100"), "total_investment",
         others=((INV, sheet(KP_CODE | dict(contracted_amount="8000", actual_start_date="2023-06-01"))),)),
    line("P57", INV, dict(actual_start_date="2023-04-01"), dict(actual_start_date="2023-07-01"), "actual_start_date",
         others=((KP, sheet(INV_CODE | dict(total_investment="15000", actual_start_date="2023-09"))),)),
    line("P61", CASE, dict(promised_days="0"), dict(promised_days="1"), "promised_days"),
    line("P65", EXANTE, dict(conclusion="不通过"), dict(), "conclusion",
         others=((BUDGET, sheet(dict(unit_name="白石镇", budget_item="农村公厕（改造）", budget_adjusted="1"))),)),
    line("P65", EXANTE, dict(conclusion="不通过"), dict(conclusion="不通过", programme_name="老旧小区改造"), "conclusion",
         others=((BUDGET, sheet(dict(unit_name="白石镇", budget_item="农村公厕改造", budget_adjusted="300"))),)),
    line("P58", KP, dict(), dict(completed_ytd="240"), "completed_ytd",
         others=((BUDGET, sheet(dict(budget_item="东湖水厂（扩建）工程", spent_ytd="50"))),)),
]

# --- forms beyond the first seven ----------------------------------------------------------------------------------


def sources(own, borrowed, *more, total="6000"):
    """A project that is paid for by its builder and by a bank, which is told its total."""
    return sheet(dict(planned_total=own), dict(fund_source="银行贷款", planned_total=borrowed, total_investment=total), *more)


COUNTY_MONEY = dict(fund_source="县级财政资金", planned_total="500")

FURTHER_FORMS = [
    line("P70", FUNDS, dict(arrived_before="5800", arrived_total="6100"), dict(arrived_before="5700", arrived_total="6000"), "arrived_total"),
    Example("P71", FUNDS, sources("2000", "3900"), sources("2000", "4000"), "planned_total"),
    Example("P71", FUNDS, sources("2000", "4200", total="6100"), sources("2000", "4050", total="6100"), "planned_total"),        # of two totals either will do
    Example("P72", FUNDS, sources("2000", "4200"), sources("2000", "4050"), "planned_total", others=((KP, sheet(dict(), dict(total_investment="6100"))),)),
    Example("P72", FUNDS, sheet(dict(project_code=None, planned_total="5900")), sheet(dict(project_code=None, planned_total="5900", builder_name="水务局")),
            "planned_total", others=((KP, sheet(dict())),)),
    Example("P73", FUNDS, sources("600", "4900", COUNTY_MONEY), sources("700", "4800", COUNTY_MONEY), "planned_total"),
    Example("P73", FUNDS, sheet(dict(fund_source="银行贷款", planned_total="1")),
            sources("100", "4900", dict(fund_source="银行贷款", planned_total=None)), "planned_total"),
    Example("P73", FUNDS, sources("1000.00", "4000.045"), sources("1000.00", "4000.035"), "planned_total"),
    line("P03", LANDED, dict(tax_ytd="95"), dict(), "tax_ytd"),                                      # the first quarter starts anew
    Example("P03", LANDED, sheet(dict(tax_ytd="185"), period="2024-Q2"), sheet(dict(tax_ytd="180"), period="2024-Q2"), "tax_ytd",
            before=(sheet(dict()),)),
    line("P10", LANDED, dict(local_jobs="132"), dict(local_jobs="130"), "local_jobs"),
    line("P74", LANDED, dict(tax_per_mu_reported="2.4"), dict(tax_per_mu_reported="1.80"), "tax_per_mu_reported"),
    line("P75", LANDED, dict(output_quarter="7000", output_ytd="7000"), dict(), "output_quarter", before=(same("2023-Q4", dict(output_ytd="9000")),)),
    line("P75", LANDED, dict(jobs="40"), dict(jobs="50"), "jobs", before=(same("2023-Q4"),)),
    line("P76", LANDED, dict(tax_quarter="60", tax_ytd="60"), dict(tax_quarter="60", tax_ytd="60", shortfall_reason="二号线2月停产检修"), "tax_ytd"),
    line("P76", LANDED, dict(jobs="100"), dict(jobs="100", production_date="2023-06-01"), "jobs"),
    Example("F13", NODE, sheet(dict(), dict(done_quantity="1900")), sheet(dict(), dict(node="清水池顶板浇筑")), "project_name"),
    line("P14", NODE, dict(actual_date="2024-04-02"), dict(), "actual_date"),
    line("P78", NODE, dict(actual_date=None, done_quantity="900"), dict(actual_date=None, done_quantity="900", delay_reason="连续降雨8天"), "planned_date"),
    line("P78", RAISED, dict(due_date="2024-03-15"), dict(due_date="2024-03-31"), "due_date"),
    line("P79", NODE, dict(), dict(planned_date="2024-03-20", actual_date="2024-03-20"), "planned_date",
         before=(same("2024-01", dict(planned_date="2024-03-20", actual_date=None, done_quantity="0")),)),
    line("P79", RAISED, dict(due_date="2024-05-31"), dict(), "due_date", before=(same("2024-02"),)),
    line("P80", NODE, dict(done_quantity="900"), dict(), "actual_date"),
    line("P80", NODE, dict(actual_date=None, delay_reason="等验收"), dict(), "done_quantity"),
    line("P80", NODE, dict(actual_date="2024-02-10"), dict(actual_date="2024-02-20"), "actual_date"),
    line("P81", RAISED, dict(handling="已办结", closed_date="2024-03-20"), dict(handling="已办结", closed_date="2024-03-20", result="3月20日取得批复"), "handling"),
    line("P81", RAISED, dict(handling="已办结", result="已批复"), dict(), "handling"),
    line("P81", RAISED, dict(closed_date="2024-03-20"), dict(), "closed_date"),
    line("P55", RAISED, dict(result="正在抓紧协调"), dict(result="正在抓紧协调，已批6亩"), "result"),
    line("F54", RAISED, dict(problem_text="土地问题"), dict(), "problem_text"),
    *(line("P82", RAISED, dict(), dict(problem_text="厂区道路与村道平交口没有信号灯", problem_no="YS-2024-009"), "problem_text",
           before=(same("2024-02", dict(problem_no=number, handling="已办结", closed_date="2024-02-20", result="市林草局批复了12亩")),))
      for number in ("YS-2024-003", "YS-2023-041")),
    line("P77", LANDED, dict(promised_tax="360"), dict(), "promised_tax", before=(same("2023-Q3"),)),
]

EXAMPLES = FURTHER_FORMS + FORM_RULES + ARITHMETIC + CONDUCT + RECURRENCE + BESIDE_OTHERS
