"""A tiny builder of sheets, so that a test shows the grid it speaks of and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from etl.forms.contract import load_forms
from etl.inbox.identify import identify
from etl.model import Book, Grid, Reading, Received
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import load_vocabulary
from etl.site.load import Unit
from etl.understand.submission import Reference, understand_book

EXPECTATIONS = Path(__file__).parents[1] / "expectations"

UNITS = (
    Unit("fgj", "县发改局", "bureau", True, ("云岭县发展和改革局", "县发展改革局", "发改局")),
    Unit("zsj", "县招商局", "bureau", True, ("云岭县招商局", "招商局")),
    Unit("zjj", "县住建局", "bureau", True, ("云岭县住房和城乡建设局", "住建局")),
    Unit("czj", "县财政局", "bureau", True, ("云岭县财政局", "财政局")),
    Unit("t01", "白石镇", "town", True, ("白石镇人民政府", "云岭县白石镇")),
    Unit("t06", "石桥乡", "town", True, ("石桥乡人民政府", "云岭县石桥乡")),
)

NAMES = {
    "key_project_monthly": "县发改局/县发改局2024年3月重点项目月报表.xlsx",
    "investment_monthly": "县发改局/县发改局2024年3月招商引资月报表.xlsx",
    "performance_self_evaluation": "县发改局/县发改局2024年度绩效自评表.xlsx",
    "budget_execution_monthly": "县发改局/县发改局2024年3月预算执行情况.xlsx",
    "annual_target": "县发改局/县发改局2024年目标任务分解表.xlsx",
    "approval_case": "县发改局/县发改局审批时限台账2024年3月.xlsx",
    "rectification": "县发改局/县发改局问题整改台账2024年3月.xlsx",
}


@cache
def reference() -> Reference:
    """The project's own contracts and words, with a register of six units."""
    return Reference(load_forms(EXPECTATIONS), load_vocabulary(EXPECTATIONS / "vocabulary.yaml"), UnitRegister(UNITS))


def grid(*rows, sheet: str = "Sheet1", merges=(), **more) -> Grid:
    """A sheet from its rows; a row may be a list, or a string for a row of one cell."""
    cells = [[row] if isinstance(row, str) else list(row) for row in rows]
    return Grid(sheet, cells, merges=tuple(merges), **more)


def read(*grids: Grid, name: str = NAMES["key_project_monthly"], kind: str = "xlsx", macros: bool = False) -> list[Reading]:
    """What the reader makes of a file with these sheets, lying in the inbox under this name."""
    received = Received(name, "0" * 64, 1, datetime(2024, 4, 2, 9, 0), 1, Path(name))
    ref = reference()
    return understand_book(received, identify(name, ref.forms, ref.register), ref, Book(kind, tuple(grids), macros=macros))


def rules(readings: list[Reading]) -> list[str]:
    """The codes of all findings, sorted; each as often as it fired."""
    return sorted(f.rule for r in readings for f in r.findings)


def values(reading: Reading) -> list[dict]:
    """The lines as dictionaries of what was understood, blanks left out."""
    columns = reading.lines.columns if reading.lines else {}
    count = len(reading.lines.rows) if reading.lines else 0
    return [{name: data.value[i] for name, data in columns.items() if data.value[i] is not None} for i in range(count)]


# --- a small, faultless table of each form ---------------------------------------------------------------------------

LINES: dict[str, list[dict]] = {
    "key_project_monthly": [
        {"project_code": "2302-530330-48-01-516539", "project_name": "石桥乡卫生院业务用房建设项目",
         "builder_name": "云岭县民生保障建设有限公司", "builder_uscc": "91530330MAQHHJAG9X", "responsible_unit": "县住建局",
         "township": "石桥乡", "level": "县重点", "category": "民生", "construction_nature": "新建", "total_investment": 4500,
         "annual_plan": 2700, "completed_month": 111, "completed_ytd": 333, "completed_since_start": 681,
         "completion_rate_reported": "12.3%", "planned_start_date": "2023-10-09", "actual_start_date": "2023年10月",
         "planned_finish_date": "2025年二季度", "started": "是", "stage": "在建", "progress_text": "基础工程施工",
         "bottleneck_type": "其他", "problem_text": "主要材料价格上涨", "lead_official": "张某"},
        {"project_name": "红土坡停车场项目", "builder_name": "云岭县新锐正阳物流有限公司",
         "builder_uscc": "91530330MA3QU5L4XP", "responsible_unit": "县住建局", "township": "白石镇", "level": "省重点",
         "category": "城建", "construction_nature": "新建", "total_investment": 2300, "annual_plan": 928, "completed_month": 0,
         "completed_ytd": 0, "completed_since_start": 0, "completion_rate_reported": "0%", "planned_start_date": "2024年4月",
         "started": "否", "stage": "谋划", "progress_text": "正在办理施工许可", "lead_official": "李某", "note": "待招标"},
        {"project_code": "2311-530330-04-02-103551", "project_name": "年产5万吨淀粉生产线项目",
         "builder_name": "云岭县永泰天诚食品有限公司", "responsible_unit": "县发改局", "township": "白石镇", "level": "市重点",
         "category": "产业", "total_investment": 12600, "annual_plan": 5004, "completed_month": 225, "completed_ytd": 600,
         "completed_since_start": 6467, "completion_rate_reported": "12.0%", "planned_start_date": "2022年8月",
         "actual_start_date": "2022-08-24", "planned_finish_date": "2025年6月", "started": "是", "stage": "在建",
         "progress_text": "主体结构封顶", "lead_official": "张某"},
    ],
    "investment_monthly": [
        {"project_code": "2401-530330-89-02-823667", "project_name": "锂电池负极材料加工项目",
         "investor_name": "福建润泽盛隆食品有限公司", "investor_uscc": "91350203MAT90FD60R", "investor_origin": "福建省",
         "industry": "新材料", "introducing_unit": "县招商局", "split_ratio": "60%", "is_continuing": "新引进", "stage": "签约",
         "signed_date": "2024-01-12", "contracted_amount": 2100, "fixed_asset_amount": 1700, "arrived_month": 0, "arrived_ytd": 0,
         "arrived_since_signing": 0, "arrived_ytd_out_of_province": 0, "land_area_mu": "23.5"},
        {"project_name": "高原蔬菜加工项目", "investor_name": "新加坡新锐正阳实业有限公司", "investor_origin": "新加坡",
         "industry": "绿色食品", "introducing_unit": "白石镇", "is_continuing": "续建", "stage": "开工", "follow_up_tier": "50%以上",
         "signed_date": "2023-09-15", "registered_date": "2023-10-13", "actual_start_date": "2023年12月",
         "contracted_amount": 6000, "fixed_asset_amount": 4000, "arrived_month": 303, "arrived_ytd": 909,
         "arrived_since_signing": 1071, "arrived_ytd_out_of_province": 909, "arrived_ytd_foreign_usd": "34.14",
         "arrived_recognised": 294, "evidence_type": "验资报告", "evidence_no": "YZ20240100189", "note": "增资"},
    ],
    "budget_execution_monthly": [
        {"unit_name": "县发改局", "function_code": "2010399", "fund_nature": "一般公共预算", "budget_item": "公用经费",
         "budget_initial": "837.97", "budget_change": "-12.5", "budget_adjusted": "825.47", "spent_month": "34.44",
         "spent_ytd": "103.32", "execution_rate_reported": "12.52%"},
        {"unit_name": "县发改局", "function_code": "2230105", "fund_nature": "政府性基金", "budget_item": "信息化运维费",
         "budget_initial": "309.24", "budget_change": 0, "budget_adjusted": "309.24", "spent_month": "12.35",
         "spent_ytd": "37.05", "execution_rate_reported": "11.98%", "note": "按季支付"},
        {"unit_name": "白石镇", "function_code": "2130305", "fund_nature": "一般公共预算", "budget_item": "水利设施维修养护",
         "budget_initial": "996.94", "budget_adjusted": "996.94", "spent_month": "75.23", "spent_ytd": "225.69",
         "execution_rate_reported": "22.64%"},
    ],
    "annual_target": [
        {"department": "县发改局", "indicator": "固定资产投资", "year": 2024, "target_value": 25, "target_unit": "亿元",
         "stretch_value": "27.5", "issued_date": "2024年1月18日", "document_no": "云发改〔2024〕5号"},
        {"department": "县发改局", "indicator": "开工项目数", "year": 2024, "target_value": 4, "target_unit": "个",
         "issued_date": "2024年1月18日", "document_no": "云发改〔2024〕5号"},
        {"department": "县招商局", "indicator": "实际使用外资", "year": 2024, "target_value": 500, "target_unit": "万美元",
         "issued_date": "2024年1月18日", "document_no": "云发改〔2024〕5号"},
    ],
    "approval_case": [
        {"project_code": "2401-530330-89-02-823667", "project_name": "锂电池负极材料加工项目", "matter": "立项备案",
         "approving_unit": "县发改局", "accepted_date": "2024-03-01", "promised_days": 3, "excluded_days": 0,
         "decided_date": "2024-03-05", "document_no": "云发改备〔2024〕12号"},
        {"project_name": "高原蔬菜加工项目", "matter": "施工许可", "approving_unit": "县住建局", "accepted_date": "2024-03-04",
         "promised_days": 7, "decided_date": "2024-03-20", "overdue_reason": "资料补正"},
    ],
    "rectification": [
        {"problem_no": "SJ-2024-001", "source": "审计", "problem_text": "专项资金滞留", "amount": "128.5",
         "responsible_unit": "白石镇", "measure": "限期拨付到位", "due_date": "2024年6月", "status": "推进中", "rebound": "否"},
        {"problem_no": "SJ-2024-002", "source": "巡察", "problem_text": "台账不全", "responsible_unit": "石桥乡",
         "measure": "补建台账", "due_date": "2024-03-31", "status": "已完成", "evidence": "台账复印件",
         "closed_date": "2024-03-20", "rebound": "否"},
    ],
}

TITLES = {
    "key_project_monthly": "云岭县2024年3月重点项目月报表",
    "investment_monthly": "云岭县2024年3月招商引资到位资金月报表",
    "performance_self_evaluation": "云岭县2024年度项目支出绩效自评表",
    "budget_execution_monthly": "云岭县2024年3月部门预算执行情况月报表",
    "annual_target": "云岭县2024年度目标任务分解表",
    "approval_case": "云岭县行政审批办理时限台账（截至2024年3月底）",
    "rectification": "云岭县问题整改销号台账（2024年3月）",
}
UNIT_OF_DAYS = {"promised_days": "（工作日）"}
SIGNED = "负责人：张某    审核人：李某    填报人：张某    填报日期：2024年4月1日"


def columns_of(form: str) -> list[str]:
    """The table columns that a form's example fills, in the order of the contract."""
    used = {name for line in LINES[form] for name in line}
    return [c.name for c in reference().forms[form].columns if c.name in used]


def headers_of(form: str, columns: list[str] | None = None) -> list[str]:
    """The official headers of these columns, days with their kind."""
    by_name = reference().forms[form].by_name
    return [by_name[c].header + UNIT_OF_DAYS.get(c, "") for c in columns or columns_of(form)]


def body_of(form: str, columns: list[str] | None = None) -> list[list]:
    """The example's lines as rows of cells."""
    return [[line.get(c) for c in columns or columns_of(form)] for line in LINES[form]]


def plain(form: str, **more) -> Grid:
    """The example of a form as the simplest sheet a unit would send."""
    return grid([TITLES[form]], ["填报单位：县发改局（盖章）", None, "单位：万元"], headers_of(form), *body_of(form), [SIGNED], **more)
