"""The head of a table: its columns, their headers in up to five levels, and what stands under them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.layouts.register import reference
from tests.layouts.sheet import Sheet
from tests.layouts.tables import Table
from tests.layouts.words import dressed_header

# Columns that clerks put under one heading, and the heading over such headings.
_GROUPS = {
    "key_project_monthly": {"项目概况": ("level", "category", "construction_nature"),
                            "投资计划": ("total_investment", "annual_plan"),
                            "投资完成情况": ("completed_month", "completed_ytd", "completed_since_start", "completion_rate_reported"),
                            "建设时间": ("planned_start_date", "actual_start_date", "planned_finish_date", "actual_finish_date"),
                            "推进情况": ("started", "stage", "progress_text"), "问题及协调": ("bottleneck_type", "problem_text")},
    "investment_monthly": {"投资方情况": ("investor_name", "investor_uscc", "investor_origin"),
                           "项目时间节点": ("signed_date", "registered_date", "actual_start_date", "production_date"),
                           "投资额": ("contracted_amount", "fixed_asset_amount"),
                           "资金到位情况": ("arrived_month", "arrived_ytd", "arrived_since_signing", "arrived_ytd_out_of_province",
                                      "arrived_ytd_foreign_usd", "arrived_recognised"),
                           "凭证": ("evidence_type", "evidence_no")},
    "budget_execution_monthly": {"预算安排": ("budget_initial", "budget_change", "budget_adjusted"),
                                 "支出情况": ("spent_month", "spent_ytd", "execution_rate_reported")},
    "approval_case": {"项目情况": ("project_code", "project_name"), "办理时限": ("accepted_date", "promised_days", "excluded_days", "decided_date")},
    "rectification": {"问题情况": ("source", "problem_text", "amount"), "整改情况": ("measure", "due_date", "status", "evidence", "closed_date")},
    "annual_target": {"任务": ("target_value", "target_unit", "stretch_value"), "下达文件": ("issued_date", "document_no")},
}
_OVER = {"投资计划": "投资及完成", "投资完成情况": "投资及完成", "建设时间": "建设进度", "推进情况": "建设进度", "投资额": "投资与资金",
         "资金到位情况": "投资与资金", "预算安排": "预算及执行", "支出情况": "预算及执行"}
_UNDER = {"投资完成情况": ("completed_month", "completed_ytd", "completed_since_start"), "资金到位情况": ("arrived_month", "arrived_ytd", "arrived_since_signing"),
          "支出情况": ("spent_month", "spent_ytd")}
_JOINED = {
    "key_project_monthly": {"完成投资": {"completed_month": "本月", "completed_ytd": "本年累计", "completed_since_start": "自开工累计"},
                            "开工时间": {"planned_start_date": "计划", "actual_start_date": "实际"}},
    "investment_monthly": {"到位资金": {"arrived_month": "本月", "arrived_ytd": "本年累计", "arrived_since_signing": "自签约累计"},
                           "协议总投资": {"contracted_amount": "合计", "fixed_asset_amount": "其中：固定资产投资"}},
    "budget_execution_monthly": {"支出": {"spent_month": "本月", "spent_ytd": "本年累计"}},
}
_OWN = (("附加说明", "text"), ("网格员", "text"), ("上年度考核得分", "number"), ("联络人", "text"), ("资料页数", "number"), ("现场照片编号", "text"),
        ("调度次数", "number"), ("档案盒号", "text"), ("核查组意见", "text"), ("交办日", "text"), ("是否入库", "text"), ("排名变化", "number"))
# Headers that say month and year instead of 本月 and 本年; 1-N月 is the contract's own.
_NAMED = {"annual_plan": "{y}年计划投资", "completed_month": "{m}月完成投资", "completed_ytd": "1-N月完成投资", "arrived_month": "{m}月到位资金",
          "arrived_ytd": "1-N月到位", "spent_month": "{m}月支出", "budget_initial": "{y}年年初预算"}
# Columns of its own whose headers are near to the form's: they must not be taken for them.
_NEAR = {
    "key_project_monthly": (("上月累计完成投资", "number"), ("去年同期完成投资", "number"), ("剩余投资", "number"), ("全年预计完成投资", "number"), ("同比增减", "number"),
                            ("建设单位联系人", "text"), ("责任单位联系人", "text"), ("项目简称", "text"), ("下月计划投资", "number"), ("开工率", "number")),
    "investment_monthly": (("上月到位资金", "number"), ("去年同期到位资金", "number"), ("全年到位资金任务", "number"), ("投资方联系人", "text"), ("引进单位联系人", "text"),
                           ("落地乡镇", "text"), ("占协议总投资比重", "number")),
    "budget_execution_monthly": (("上月支出", "number"), ("去年同期支出", "number"), ("预算结余", "number"), ("上年执行率", "number"), ("下月计划支出", "number")),
    "approval_case": (("申请日期", "text"), ("审批部门联系人", "text"), ("实际用时", "number")), "rectification": (("牵头领导", "text"), ("上月完成情况", "text"), ("整改进度", "text")),
    "annual_target": (("上年完成值", "number"), ("上年目标", "number"), ("增幅", "number"))}
SERIAL, OWN, GAP = "#", "own", "gap"


@dataclass
class Column:
    """One column of the sheet: of the form by its name, or SERIAL, OWN, GAP; its headers from the top."""

    name: str
    path: list[str]
    unit: str | None = None
    kind: str = "text"
    own: str = ""
    hidden: bool = False

    @property
    def of_form(self) -> bool:
        return self.name not in (SERIAL, OWN, GAP)


def columns_of(table: Table, dress: dict[str, str], left_out: set[str], rng: random.Random) -> list[Column]:
    """The sheet's columns from left to right with their headers."""
    form = reference().forms[table.form]
    used = {name for line in table.lines for name in line} | {c.name for c in form.columns if c.required and c.block == "table"}
    chosen = [c for c in form.columns if c.name in used and c.name not in left_out]
    how = dress["columns"]
    if how == "required only":
        chosen = [c for c in chosen if c.required]
    elif how == "some left out":
        chosen = [c for c in chosen if c.required or rng.random() < 0.5]
    if dress["order of columns"] == "shuffled":
        rng.shuffle(chosen)
    elif dress["order of columns"] == "name first":
        chosen.sort(key=lambda c: not c.name.endswith(("project_name", "item")))
    columns = [Column(c.name, [], _unit(c, dress, rng), c.type) for c in chosen]
    for column in columns:
        column.path = _path(table, dress, column.name)
    if dress["head"] == "group over all columns":
        for column in columns:
            column.path = [f"{COUNTY_HEAD}", *column.path]
    for place, column in enumerate(columns):
        column.path.append(_header(table, dress, column, place))
    columns = _with_others(table.form, columns, dress, rng)
    if dress["serial"] != "none":
        columns.insert(0, Column(SERIAL, ["编号" if dress["serial"] == "named 编号" else rng.choice(("序号", "序号", "序\n号", "序"))]))
    if how == "blank columns between":
        for at in sorted(rng.sample(range(2, len(columns)), min(2, len(columns) - 2)), reverse=True):
            columns.insert(at, Column(GAP, []))
    if how == "narrow blank first":
        columns.insert(0, Column(GAP, []))
    return columns


COUNTY_HEAD = "报表主要内容"


def _with_others(form: str, columns: list[Column], dress: dict[str, str], rng: random.Random) -> list[Column]:
    how = dress["columns"]
    count = {"own columns": rng.randint(1, 3), "many own columns": len(_OWN), "hidden helper": 1}.get(how, 0)
    own = rng.sample(_OWN, count)
    if how == "own columns near to the form's":
        own = rng.sample(_NEAR[form], min(3, rng.randint(1, len(_NEAR[form]))))
    elif how == "unit in a column":
        own = [("计量单位", "unit")]
    for header, kind in own:
        at = len(columns) if dress["head"] != "one level" or how != "own columns" else rng.randint(1, len(columns))
        columns.insert(at, Column(OWN, [header], kind=kind, own=header, hidden=how == "hidden helper"))
    return columns


def _unit(column, dress: dict[str, str], rng: random.Random) -> str | None:
    if column.type != "amount":
        return None
    if column.unit == "USD":
        return "万美元"
    if dress["money unit"] == "亿元 for totals":
        return "亿元" if column.name in ("total_investment", "contracted_amount", "budget_initial") else "万元"
    if dress["money unit"] == "亿元 and 万元 by column":
        return rng.choice(("亿元", "万元"))
    return dress["money unit"]


def _path(table: Table, dress: dict[str, str], name: str) -> list[str]:
    """The headings over a column, top first, without its own header."""
    head = dress["head"]
    if head in ("one level", "group over all columns"):
        return []
    if "joined" in head:
        group = next((g for g, members in _JOINED.get(table.form, {}).items() if name in members), None)
        return [] if group is None else ["有关情况", group] if head.startswith("three") else [group]
    group = next((g for g, members in _GROUPS[table.form].items() if name in members), None)
    if group is None:
        return ["项目主要情况"] if head == "five, merged" else []
    path = [group]
    if not head.startswith("two"):
        path = [_OVER.get(group, group + "汇总"), *path]
    if head.startswith(("four", "five")) and name in _UNDER.get(group, ()):
        path.append("其中各期数")
    return ["项目主要情况", *path] if head == "five, merged" else path


def _header(table: Table, dress: dict[str, str], column: Column, place: int) -> str:
    spec = reference().forms[table.form].by_name[column.name]
    text = spec.header
    joined = next((words[column.name] for g, words in _JOINED.get(table.form, {}).items() if column.name in words and g in column.path), None)
    if dress["head words"] == "aliases" and spec.aliases:
        text = spec.aliases[place % len(spec.aliases)]
    if dress["period stands"] == "in the headers, year in the title" and not joined:
        text = next((a for a in spec.aliases if "1-N月" in a), text)
    if dress["head words"] == "month and year named":
        text = _NAMED.get(column.name, text).format(y=table.year, m=table.month)
    text = text.replace("1-N月", f"1-{table.month}月")
    text = joined or dressed_header(text, dress["head words"], place)
    if column.name == "promised_days":
        text += "（工作日）"
    if column.kind == "percent" and dress["rates"] == "bare, sign in the header":
        text += "（%）"
    where = dress["money unit stands"]
    if column.unit == "万美元" and "美元" not in text and where != "line of units":
        return text + "（万美元）"
    if column.unit and column.unit != "万美元":
        if where == "header brackets" or where == "group header bracket" and not column.path:
            text += f"（{column.unit}）"
        elif where == "second line of the header":
            text += f"\n（{column.unit}）"
        elif where == "header without brackets":
            text += f"\n{column.unit}"
        elif where == "group header bracket":
            column.path[-1] = f"{column.path[-1]}（{column.unit}）"
    return text


def write_head(sheet: Sheet, top: int, left: int, columns: list[Column], dress: dict[str, str]) -> int:
    """Write the levels of the head; answers the first row below them."""
    depth = max(len(c.path) for c in columns)
    merged = "blank" not in dress["head"]
    for level in range(depth):
        place = 0
        while place < len(columns):
            path = columns[place].path
            if level >= len(path):
                place += 1
                continue
            last = place
            if level < len(path) - 1:
                while last + 1 < len(columns) and columns[last + 1].path[:level + 1] == path[:level + 1] and len(columns[last + 1].path) > level + 1:
                    last += 1
                if merged:
                    sheet.merge(top + level, left + place, top + level, left + last)
            elif merged:
                sheet.merge(top + level, left + place, top + depth - 1, left + place)
            sheet.put(top + level, left + place, path[level])
            place = last + 1
    return top + depth


def write_under(sheet: Sheet, row: int, left: int, columns: list[Column], dress: dict[str, str], rng: random.Random) -> int:
    """Write the rows of units and of column numbers; answers the first row below them."""
    if dress["money unit stands"] == "line of units":
        blank = rng.choice((None, "—", "-"))
        for place, column in enumerate(columns):
            word = {"percent": "%", "amount": column.unit}.get(column.kind) or {"land_area_mu": "亩"}.get(column.name)
            if column.of_form:
                sheet.put(row, left + place, word or blank)
        row += 1
    how = dress["under the head"]
    if how in ("nothing", "blank row"):
        return row + (how == "blank row")
    numbers = [str(i) for i in range(1, len(columns) + 1)]
    if how == "letters and numbers":
        words = 1 if len(columns) < 6 else 3
        numbers = [*"甲乙丙"[:words], *numbers[:len(columns) - words]]
    elif how == "bracketed numbers":
        numbers = [f"（{n}）" for n in numbers]
    elif how == "formula numbers":
        numbers = [f"({n})" if i != 3 else "(4)=(2)+(3)" for i, n in enumerate(numbers)]
    elif how == "labelled numbers":
        numbers = ["栏次", *numbers[:-1]]
    for place, number in enumerate(numbers):
        sheet.put(row, left + place, int(number) if number.isdigit() and how == "numbers" else number)
    return row + 1
