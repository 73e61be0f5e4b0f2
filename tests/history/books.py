"""The workbooks of the history: a month's reports of all units in one, as the county's office compiles them, and each year's targets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.history.past import FIRST, LAST, Past, day, deals, fill, name_of, works
from tests.history.sample import DECEMBER, first_sheets
from tests.history.sheets import FORMS, NAMES, Row, budget_line, deal_line, sheet_rows, works_line, written

KEY_PROJECTS, INVESTMENT, BUDGET = MONTHLY = ("key_project_monthly", "investment_monthly", "budget_execution_monthly")
CALLED = {KEY_PROJECTS: "重点项目", INVESTMENT: "招商引资", BUDGET: "预算执行"}
TARGETS = {KEY_PROJECTS: ("固定资产投资", "fgj"), INVESTMENT: ("到位资金", "zsj")}  # what a form is measured by, and who sends it
DOCUMENTS = {"zsj": "云招组〔{}〕3号", "fgj": "云发改〔{}〕5号"}
# What went wrong in these years, so that there is something to tell.
LATE = {("t03", KEY_PROJECTS, "2022-05"): 9, ("t06", INVESTMENT, "2023-02"): 8, ("t01", KEY_PROJECTS, "2023-09"): 16}  # the day it came
UNSIGNED = {("t06", KEY_PROJECTS, "2022-03")}
MISTAKEN = {("t02", KEY_PROJECTS, "2023-08")}  # sent by itself beforehand, with a rate that is not that of its figures
TOLD_AGAIN = {("t03", KEY_PROJECTS, "2022-10"), ("jtj", KEY_PROJECTS, "2023-06")}  # a project in works in last month's words
VAGUE = {("t04", KEY_PROJECTS, "2023-06"): "正在抓紧施工，稳步推进"}


@dataclass(frozen=True)
class Book:
    name: str
    came: str
    sheets: dict[str, list[Row]]


def books() -> list[Book]:
    """All of them in the order in which they came."""
    of = pasts()
    return sorted([*_months(of), *_targets(of)], key=lambda book: (book.came, book.name))


def pasts() -> dict[tuple[str, str], list[Past]]:
    """By unit and form, in the sample's order: what each reports of."""
    sheets = sorted(first_sheets().items())
    of: dict[tuple[str, str], list[Past]] = {}
    for form in (KEY_PROJECTS, INVESTMENT):
        shared = {p.line["project_code"]: int(p.line["total_investment"]) for listed in of.values() for p in listed}
        for n, (key, sheet) in enumerate(sheets):
            if key[1] == form:
                listed = works(sheet) if form == KEY_PROJECTS else deals(sheet, shared)
                of[key] = fill(sheet, listed, 10 * n, _target(*key))
    return of


def _target(unit: str, form: str) -> int:
    """What the sample's targets of 2024 ask of a unit, in 万元; none of those that have none."""
    indicator, sender = TARGETS[form]
    asked = (line for line in first_sheets()[sender, "annual_target"].lines if line["department"] == NAMES[unit])
    line = next((line for line in asked if line["indicator"] == indicator), None)
    return int(line["target_value"] * (10000 if line["target_unit"] == "亿元" else 1)) if line else 0


def _months(of: dict[tuple[str, str], list[Past]]) -> Iterator[Book]:
    """A workbook a month, a sheet for each unit and form; beside it the files of those that sent by themselves."""
    units = list(NAMES)
    sheets = sorted((s for s in first_sheets().values() if s.form in MONTHLY), key=lambda s: (MONTHLY.index(s.form), units.index(s.unit)))
    numbers = {code: n for n, code in enumerate(sorted({_identity(p) for listed in of.values() for p in listed}))}
    for n in range(FIRST, LAST + 1):
        compiled: dict[str, list[Row]] = {}
        month = f"{n // 12}年{n % 12 + 1}月"
        for sheet in sheets:
            slot = (sheet.unit, sheet.form, name_of(n))
            if not owed(*slot[1:]) or DECEMBER == sheet.period == slot[2]:
                continue
            if sheet.form == BUDGET:
                lines = [budget_line(line, n) for line in sheet.lines]
            else:
                listed = [p for p in of[sheet.unit, sheet.form] if p.is_listed(n)]
                lines = [works_line(p, n) if sheet.form == KEY_PROJECTS else deal_line(p, n, numbers[_identity(p)]) for p in listed]
            if slot in TOLD_AGAIN or slot in VAGUE:
                at = next(i for i, line in enumerate(lines) if line["stage"] == "在建")
                before = works_line([p for p in of[sheet.unit, sheet.form] if p.is_listed(n)][at], n - 1)["progress_text"]
                lines[at]["progress_text"] = VAGUE.get(slot, before)
            rows = list(sheet_rows(sheet, n, lines, signed=slot not in UNSIGNED))
            name, own = NAMES[sheet.unit], CALLED[sheet.form]
            if slot in LATE:
                yield Book(f"{name}/{name}{month}{own}月报表（补报）.xlsx", f"{day(n + 1, LATE[slot])} 16:30:00", {own: rows})
                continue
            compiled[f"{name}{own}"] = rows
            if slot in MISTAKEN:
                lines[0]["completion_rate_reported"] = "99.9%"
                yield Book(f"{name}/{name}{month}{own}月报表.xlsx", f"{day(n + 1, 2)} 09:20:00", {own: list(sheet_rows(sheet, n, lines))})
        yield Book(f"云岭县{month}各单位月报汇编.xlsx", f"{day(n + 1, 4)} 17:40:00", compiled)


def owed(form: str, period: str) -> bool:
    """Every month, but budgets by quarters until 2022."""
    return form != BUDGET or period >= "2023" or int(period[5:]) % 3 == 0


def _identity(past: Past) -> str:
    """The same of a project that two units report."""
    return past.line["project_code"] or past.line["project_name"]


def _targets(of: dict[tuple[str, str], list[Past]]) -> Iterator[Book]:
    """The targets of 2022 and 2023: near to what the years brought, and not below the year before.

    Those of the towns for 2023 lie in the sample; what the bureaus and the park are to build then, the other office tells.
    """
    for year, forms_of in ((2022, {"zsj": (INVESTMENT,), "fgj": (KEY_PROJECTS,)}), (2023, {"zsj": (INVESTMENT, KEY_PROJECTS)})):
        for sender, forms in forms_of.items():
            asked = [key for key in of if key[1] in forms and not (year == 2023 and key[1] == KEY_PROJECTS and key[0].startswith("t"))]
            lines = [line for key in asked for line in _asked(key, of[key], year)]
            columns = first_sheets()[sender, "annual_target"].columns
            rows: list[Row] = [[f"云岭县{year}年目标任务分解表"], [f"填报单位：{NAMES[sender]}"]]
            rows.append(["序号", *(FORMS["annual_target"].by_name[c].header for c in columns)])
            common = {"document_no": DOCUMENTS[sender].format(year), "issued_date": date(year, 1, 18), "year": year}
            rows += [[i, *(written((line | common).get(c)) for c in columns)] for i, line in enumerate(lines, start=1)]
            rows.append([f"负责人：张某    审核人：李某    填报人：张某    填报日期：{year}年1月19日"])
            yield Book(f"{NAMES[sender]}/{NAMES[sender]}{year}年目标任务分解表.xlsx", f"{year}-01-20 10:15:00", {"目标任务": rows})


def _asked(key: tuple[str, str], listed: list[Past], year: int) -> Iterator[dict]:
    """What a unit is asked to bring in a year, and how many projects it is to begin."""
    unit, form = key
    chance = random.Random(f"{unit}/{form}/{year}")
    before, reached = (Decimal(sum(v for p in listed for n, v in p.brought.items() if n // 12 == y)) for y in (year - 1, year))
    asked = max(reached * chance.randrange(90, 109) / 100, before if year > 2022 else Decimal(0)) / 10000
    asked = (asked + Decimal("0.05")).quantize(Decimal("0.1"))
    begun = sum(p.start is not None and p.start // 12 == year for p in listed)
    counted = "开工项目数" if form == KEY_PROJECTS else "新签约项目数"
    stretch = (asked * Decimal("1.1")).quantize(Decimal("0.01"))
    of_unit = {"department": NAMES[unit]}
    yield of_unit | {"indicator": TARGETS[form][0], "target_value": asked, "target_unit": "亿元", "stretch_value": stretch}
    yield of_unit | {"indicator": counted, "target_value": begun + chance.randrange(3), "target_unit": "个"}
