"""The history as sheets: what a unit reports of its projects, or the finance bureau of the budgets, in one month."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from etl.forms.contract import load_forms
from tests.fixtures.places import EXPECTATIONS
from tests.history.past import ABROAD, FIRST, LAST, SEASON, Past, day, name_of
from tests.history.sample import Sheet, sample_site

Row = list[object]
FORMS = load_forms(EXPECTATIONS)
NAMES = {u.unit: u.name for u in sample_site().units}
TITLES = {
    "key_project_monthly": "重点项目推进情况月报表",
    "investment_monthly": "招商引资项目到位资金月报表",
    "budget_execution_monthly": "部门预算执行情况月报表",
}
STEPS = (
    (6, "正在进行场地平整和基础开挖"), (20, "基础工程施工"), (35, "主体一层施工"), (50, "主体结构施工"), (65, "主体结构封顶，开始砌体施工"),
    (78, "正在进行室内安装和外墙装饰"), (92, "附属工程和管网施工"), (101, "正在进行收尾和设备调试"),
)  # fmt: skip
PAPERS = ("已完成施工招标，准备进场", "正在办理施工许可", "招标文件已备案", "施工图审查中", "初步设计已通过审查", "可研报告已报送评审")
EVIDENCE = (("银行进账单", "JZ"), ("验资报告", "YZ"), ("发票", "FP"), ("设备清单", "SB"))
STAGES = {"production_date": "投产", "actual_start_date": "开工", "registered_date": "落地", "signed_date": "签约"}  # the latest first
DOLLAR = Decimal("7.3")  # yuan: a little more than it was, for foreign money is a part of what arrived


def sheet_rows(like: Sheet, n: int, lines: list[dict], signed: bool = True) -> Iterator[Row]:
    """A sheet as the unit lays it out, with total and signatures."""
    columns, of_form = like.columns, FORMS[like.form].by_name
    width = len(columns)
    yield [f"云岭县{n // 12}年{n % 12 + 1}月{TITLES[like.form]}"]
    yield [f"填报单位：{NAMES[like.unit]}", *[None] * (width - 2), "单位：万元"]
    yield ["序号", *(of_form[c].header for c in columns)]
    for i, line in enumerate(lines, start=1):
        yield [i, *(written(line.get(c)) for c in columns)]
    sums = {c: sum(line[c] or 0 for line in lines) for c in columns if of_form[c].type == "amount" and lines and c in lines[0]}
    yield ["合计", *(written(sums.get(c)) for c in columns)]
    filled = day(n + 1, 3)
    reviewer = "审核人：李某" if signed else "审核人："
    yield [f"负责人：张某    {reviewer}    填报人：张某    填报日期：{filled.year}年{filled.month}月{filled.day}日"]


def written(value: object) -> object:
    """A cell as clerks write it: a date by its month where it is the last day."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        last = value.day == monthrange(value.year, value.month)[1]
        return f"{value:%Y-%m}" if last else f"{value:%Y-%m-%d}"
    return value


def works_line(past: Past, n: int) -> dict:
    """A key project at the end of a month."""
    line, brought = dict(past.line), past.brought.get(n, 0)
    total, since = int(line["total_investment"]), past.since_start(n)
    begun, over = past.start <= n and since > 0, past.ended is not None and n >= past.ended
    share = Decimal(since * 100) / total
    plan, year = min(past.plans.get(n // 12, 0), total), past.year_to_date(n)
    at = f"{n % 12 + 1}月"
    if over:
        text, stage = f"已竣工验收（{at}）", "竣工"
    elif begun:
        text = f"{next(text for upto, text in STEPS if share < upto)}，{at}末形象进度{share:.1f}%"
        stage = "开工" if share < 6 else "在建"
    else:
        reserve = line["level"] == "储备"
        text = f"{'完成项目建议书编制' if reserve else PAPERS[min(max(past.start - n - 1, 0), len(PAPERS) - 1)]}（{at}）"
        stage = "谋划"
    return line | {
        "total_investment": total, "annual_plan": plan, "completed_month": brought, "completed_ytd": year, "completed_since_start": since,
        "completion_rate_reported": f"{Decimal(year * 100) / plan:.1f}%" if plan else None,
        "actual_start_date": (line["actual_start_date"] or line["planned_start_date"]) if begun else None,
        "actual_finish_date": line["actual_finish_date"] if over else None,
        "started": "是" if begun else "否", "stage": stage, "progress_text": text,
        "responsible_unit": line["responsible_unit"] or NAMES[past.unit], "township": line["township"] or NAMES[past.unit],
        "bottleneck_type": None, "problem_text": None, "note": None,
    }  # fmt: skip


def deal_line(past: Past, n: int, evidence: int) -> dict:
    """An attracted project at the end of a month; `evidence` is a number of its own."""
    line, brought, year = dict(past.line), past.brought.get(n, 0), past.year_to_date(n)
    end = date(n // 12, n % 12 + 1, monthrange(n // 12, n % 12 + 1)[1])
    signed = past.start is not None and past.start <= n
    happened = {c: line[c] if signed and line[c] and line[c] <= end else None for c in STAGES}
    stage = next((stage for c, stage in STAGES.items() if happened[c]), None)
    pace = random.Random(line["project_name"])
    kind, prefix = EVIDENCE[evidence % len(EVIDENCE)]
    foreign = line["investor_origin"] in ABROAD
    return line | happened | {
        "stage": stage or ("线索" if line["stage"] == "线索" else "在谈"),
        "project_code": line["project_code"] if signed else None,
        "follow_up_tier": None if signed else line["follow_up_tier"] or "50%以上",
        "is_continuing": "续建" if signed and past.start // 12 < n // 12 else "新引进",
        "arrived_month": brought, "arrived_ytd": year, "arrived_since_signing": past.since_start(n) if signed else None,
        "arrived_ytd_out_of_province": 0 if foreign or line["investor_origin"] == "云南省" else year,
        "arrived_ytd_foreign_usd": (Decimal(year) / DOLLAR).quantize(Decimal("0.01")) if foreign and signed else None,
        "arrived_recognised": int(year * Decimal(pace.randrange(87, 99)) / 100) if signed else None,
        "evidence_type": kind if brought else None, "evidence_no": f"{prefix}{name_of(n).replace('-', '')}{evidence:05d}" if brought else None,
        "note": None,
    }  # fmt: skip


def budget_line(line: dict, n: int) -> dict:
    """An item of the budget: opened a little lower each year, spent by season; counted in fen."""
    chance = random.Random(f"{line['unit_name']}/{line['budget_item']}/{n // 12}")
    back = 2024 - n // 12
    opening = int(line["budget_initial"] * 100 * (1 - Decimal("0.055") * back)) * chance.randrange(97, 104) // 100
    months = range(n // 12 * 12, n // 12 * 12 + 12)
    weights = [SEASON["budget_execution_monthly"][m % 12] * chance.uniform(0.8, 1.2) * (0.9 if m == LAST else 1.1 if m == FIRST + 11 else 1) for m in months]
    spent, part = opening * chance.randrange(930, 995) // 1000, sum(weights)
    monthly = [int(spent * w / part) for w in weights]
    year = sum(monthly[: n % 12 + 1])
    fen = {"budget_initial": opening, "budget_change": 0, "budget_adjusted": opening, "spent_month": monthly[n % 12], "spent_ytd": year}
    rate = f"{Decimal(year * 100) / opening:.2f}%"
    return line | {column: Decimal(amount) / 100 for column, amount in fen.items()} | {"execution_rate_reported": rate, "note": None}
