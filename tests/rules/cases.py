# ruff: noqa: C408  (cells read better as dict(column=text))
"""One example that fails and one that passes for every rule that is decided by SQL.

Each line is a good line (builder.GOOD) with the cells changed that the rule is about. `at` is the column whose cell
the finding names, None where it concerns the whole submission.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from tests.rules.builder import sheet

KP, INV, SELF, TARGET, BUDGET, CASE, RECT = (
    "key_project_monthly", "investment_monthly", "performance_self_evaluation", "annual_target",
    "budget_execution_monthly", "approval_case", "rectification")


@dataclass(frozen=True)
class Example:
    code: str
    form: str
    fails: SimpleNamespace
    passes: SimpleNamespace
    at: str | None
    before: SimpleNamespace | None = None      # an earlier submission; then a whole night is judged


def line(code, form, fails, passes, at, before=None):
    """An example of single lines: `fails` and `passes` are the cells changed."""
    return Example(code, form, sheet(fails), sheet(passes), at, before)


FOUR_MORE = [dict(indicator_level3=f"指标{n}", weight="18", self_score="18", execution_score="10") for n in range(1, 6)]

FORM_RULES = [
    line("F01", KP, dict(township=None), dict(), "township"),
    line("F02", INV, dict(stage="签约", signed_date=None), dict(stage="在谈", signed_date=None), "signed_date"),
    line("F02", SELF, dict(self_score="80"), dict(self_score="80", deviation_reason="工期推迟"), "deviation_reason"),
    line("F02", CASE, dict(decided_date="2024-03-12"), dict(decided_date="2024-03-11"), "overdue_reason"),
    Example("F02", TARGET,
            sheet(dict(), dict(issued_date="2024-03-20", document_no="云发改〔2024〕21号")),
            sheet(dict(), dict(issued_date="2024-03-20", document_no="云发改〔2024〕21号", supersedes="云发改〔2024〕5号")), "supersedes"),
    line("F09", KP, dict(builder_uscc="91350100M000100Y4Z"), dict(builder_uscc="91610999MA6X00008P"), "builder_uscc"),
    line("F10", KP, dict(project_code="2301530330-04-01-55"), dict(project_code="2020-330327-48-01-167360"), "project_code"),
    line("F11", KP, dict(project_code="2603-141124-89-05-346947"), dict(project_code="2603-141124-89-05-346948"), "project_code"),
    Example("F13", KP, sheet(dict(), dict(progress_text="完成16%")), sheet(dict(), dict(project_code=None)), "project_name"),
    Example("F26", INV, sheet(dict(), nil=True), sheet(nil=True), None),
    Example("F26", INV, sheet(nil=True), sheet(dict()), None, before=sheet(dict(stage="在谈"), period="2024-02")),
    line("F35", RECT, dict(amount="-429.62"), dict(amount="0"), "amount"),
    line("F35", INV, dict(contracted_amount="0"), dict(contracted_amount="0", stage="线索"), "contracted_amount"),
    Example("F36", KP, sheet(dict(), received="2024-04-08 00:10:00"), sheet(dict(), received="2024-04-07 23:59:00"), None),
    Example("F37", KP, sheet(dict(), unit="t02"), sheet(dict()), None, before=sheet(dict(), unit="t02", period="2024-02")),
    Example("F38", KP, sheet(dict(), reviewer=None), sheet(dict()), None),
    line("F40", KP, dict(township="白石山镇"), dict(township="白石"), "township"),
]

ARITHMETIC = [
    line("P07", KP, dict(completed_since_start="6528"), dict(completed_since_start="6000"), "completed_since_start"),
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
    line("P42", SELF, dict(weight="92", self_score="90"), dict(), "weight"),
    line("P42", SELF, dict(self_score="90.5"), dict(self_score="89.5"), "self_score"),
    Example("P42", SELF, sheet(dict(), totals=["98.5"]), sheet(dict(), totals=["99.5"]), "self_score"),
    line("P43", SELF, dict(actual_value="71公里", actual_number="71", self_score="60"),
         dict(actual_value="71公里", actual_number="71", self_score="45"), "self_score"),
    line("P43", SELF, dict(execution_score="8"), dict(execution_score="9.5"), "execution_score"),
    line("P44", SELF, dict(budget_adjusted="0"), dict(budget_adjusted="0", execution_score="0",
                                                     budget_adjusted_fiscal="0", budget_adjusted_other="0"), "budget_adjusted"),
    line("P44", BUDGET, dict(budget_adjusted="0"), dict(budget_adjusted="0", spent_ytd="0"), "budget_adjusted"),
    line("P44X", SELF, dict(budget_executed="430"), dict(budget_executed="430", deviation_reason="年中追加"), "budget_executed"),
    line("P44X", BUDGET, dict(spent_ytd="801"), dict(spent_ytd="801", note="上年结转"), "spent_ytd"),
    line("P45", SELF, dict(budget_adjusted="590.86", budget_executed="590.86"),
         dict(budget_adjusted="590", budget_executed="590"), "budget_adjusted"),
    line("P45", BUDGET, dict(budget_adjusted="160.05"), dict(budget_adjusted="160.05", budget_initial="160.05"), "budget_adjusted"),
    line("P45", KP, dict(annual_plan="300"), dict(), "annual_plan", before=sheet(dict(), period="2024-02")),
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
    line("P37", INV, dict(industry="房地产"), dict(industry="房地产", arrived_ytd="0"), "industry"),
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

EXAMPLES = FORM_RULES + ARITHMETIC + CONDUCT
