"""The months of each project before the sample: spread so that they end where the sample begins."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.inbox import checked_code
from tests.history.sample import DECEMBER, Sheet

FIRST, LAST = 2022 * 12, 2024 * 12 - 1  # months counted from the year 0: January 2022, December 2023
SEASON = {  # what a month weighs in a year: works rest in winter, money comes early in the year, budgets are spent by quarters
    "key_project_monthly": (0.4, 0.5, 1.0, 1.1, 1.15, 1.25, 1.0, 1.05, 1.2, 1.15, 1.15, 1.05),
    "investment_monthly": (1.3, 0.7, 1.0, 0.95, 1.0, 1.2, 0.9, 0.95, 1.15, 1.0, 1.1, 0.85),
    "budget_execution_monthly": (0.6, 0.6, 1.15, 0.95, 1.0, 1.2, 0.95, 1.0, 1.2, 1.0, 1.1, 1.2),
}
# The spring of 2022 was better than that of 2023, and its December busier.
UNLIKE = dict.fromkeys(range(FIRST + 1, FIRST + 5), 1.4) | dict.fromkeys(range(FIRST + 13, FIRST + 17), 0.85) | {FIRST: 1.15, FIRST + 11: 1.25, LAST: 0.78}
JANUARIES = {"key_project_monthly": 30, "investment_monthly": 9}  # of what January 2024 brought, in a year
PREPARING = 3  # months before its start from which a project is listed
TALKS = 2  # and before its signature
SPANS = {  # of a project that is over by the end of a year: its first and last month, counted from the year's first
    ("key_project_monthly", 2022): (-4, 11), ("key_project_monthly", 2023): (0, 11),
    ("investment_monthly", 2022): (-2, 11), ("investment_monthly", 2023): (-1, 11),
}  # fmt: skip
SMALLEST, LARGEST = 1500, 60000  # what a project that is over brought in its last year, in 万元
ABROAD = ("德国", "新加坡")
PLACES = ("响水", "观音寺", "月亮湾", "双河", "红土坡", "碧溪", "青龙", "马鞍山", "大兴", "永安", "太平", "新街")
BUILT = {
    "fgj": (("水库除险加固工程", "基础设施"), ("农村供水保障工程", "民生")),
    "gxj": (("核桃精深加工项目", "产业"), ("光伏支架生产线项目", "产业")),
    "zjj": (("老旧小区改造项目", "城建"), ("停车场建设项目", "城建")),
    "jtj": (("通村公路工程", "基础设施"), ("大桥重建工程", "基础设施")),
    "park": (("标准化厂房建设项目", "产业"), ("污水处理站工程", "基础设施")),
    "": (("农贸市场改造项目", "民生"), ("高标准农田建设项目", "产业")),
}
CLAIMED_LATER = ("t01", "2210-530330-18-01-576444")  # a second unit reports it from January 2024 on
SHARES = {("t03", "2306-530330-04-02-439126"): 40}  # until then the shares of a project make a whole
MADE = ("茶叶精制", "食用菌", "预制菜", "冷链物流", "中药饮片", "有机肥", "彩印包装", "木地板")


def month(day: date) -> int:
    return day.year * 12 + day.month - 1


def name_of(n: int) -> str:
    """2022-03"""
    return f"{n // 12}-{n % 12 + 1:02d}"


@dataclass(frozen=True)
class Past:
    """What a project's lines say that does not change, and what each month brought, in 万元."""

    unit: str
    line: dict
    listed: int  # the first month
    start: int | None  # of works, or of the signature
    brought: dict[int, int] = field(default_factory=dict)
    plans: dict[int, int] = field(default_factory=dict)  # by year; {} where the form has none
    ended: int | None = None  # finished, or in production

    def year_to_date(self, n: int) -> int:
        return sum(v for m, v in self.brought.items() if n // 12 * 12 <= m <= n)

    def since_start(self, n: int) -> int:
        return sum(v for m, v in self.brought.items() if m <= n)

    def is_listed(self, n: int) -> bool:
        """From its preparation to the end of the year in which it ended."""
        return self.listed <= n and (self.ended is None or n // 12 <= self.ended // 12)


def spread(total: int, months: Sequence[int], pace: random.Random, form: str, whose: str) -> dict[int, int]:
    """The total in whole 万元 over the months, by season and by how somebody fared in each quarter."""
    fared = {n: random.Random(f"{whose}/{n // 3}").uniform(0.65, 1.4) for n in months}
    ebb = [1.2 - 0.4 * i / max(len(months), 1) for i in range(len(months))]  # most is spent at first
    weights = [SEASON[form][n % 12] * UNLIKE.get(n, 1) * fared[n] * e * pace.uniform(0.75, 1.25) for n, e in zip(months, ebb)]
    brought, left, of = {}, total, sum(weights)
    for n, weight in zip(months, weights):
        brought[n] = min(left, max(1, round(left * weight / of)))
        left, of = left - brought[n], of - weight
    return brought


def plans_of(brought: dict[int, int], pace: random.Random, unit: str) -> dict[int, int]:
    """A round plan for each year, by what the year brought and how far the unit had looked ahead."""
    plans = {}
    for year in sorted({n // 12 for n in brought}):
        of_year = sum(v for n, v in brought.items() if n // 12 == year)
        step = 100 if of_year > 3000 else 10
        ahead = random.Random(f"{unit}/plan/{year}").uniform(0.92, 1.18)
        plans[year] = (round(of_year * ahead * pace.uniform(0.95, 1.06)) // step + 1) * step
    return plans


def works(sheet: Sheet) -> list[Past]:
    """The key projects of a unit."""
    pasts = []
    for line in sheet.lines:
        pace = random.Random(line["project_name"])
        began = line["actual_start_date"] or line["planned_start_date"]
        start = month(began) if began else LAST + 6
        ytd, since = int(line["completed_ytd"] or 0), min(int(line["completed_since_start"] or 0), int(line["total_investment"]))
        if sheet.period == DECEMBER:
            brought = spread(since - ytd, range(start, 2023 * 12), pace, sheet.form, sheet.unit)
            brought |= spread(ytd - int(line["completed_month"]), range(max(start, 2023 * 12), LAST), pace, sheet.form, sheet.unit)
            plans = plans_of(brought, pace, sheet.unit) | {2023: int(line["annual_plan"])}
        else:
            brought = spread(since - ytd, range(start, LAST + 1), pace, sheet.form, sheet.unit) if since > ytd else {}
            plans = plans_of(brought, pace, sheet.unit)
            if str(plans.get(2023, "")).endswith(str(line["annual_plan"])):
                plans[2023] += 100  # else the sample's plan looks as if it had lost its first figure (P52)
        coded = line["project_code"]
        known = max(FIRST, 2000 * 12 + int(coded[:2]) * 12 + int(coded[2:4]) if coded and int(coded[2:4]) <= 12 else 0)
        listed = max(known, start - PREPARING) if line["level"] != "储备" else LAST - 5
        if sheet.period == DECEMBER and start == LAST - 1:
            listed = LAST  # so new that its first report is the sample's: else March is held against three months before it (P04)
        pasts.append(Past(sheet.unit, line, listed, start, brought, plans))
    return pasts


def fill(sheet: Sheet, pasts: list[Past], number: int, target: int) -> list[Past]:
    """The same and before them projects that are over, so that January 2024 is a little above January 2023, and that above 2022.

    `target` is what the unit is to reach in 2024, in 万元: the year before stays below. Without the projects that ended, which the
    sample does not know any more, every year would be a multiple of the one before.
    """
    chance = random.Random(f"{sheet.unit}/{sheet.form}")
    year_to_date = next(c for c in sheet.columns if c.endswith("_ytd"))
    january = sum(int(line[year_to_date] or 0) for line in sheet.lines) // (1 if sheet.period.endswith("01") else 2)
    now = sum(v for p in pasts for n, v in p.brought.items() if n // 12 == 2023)
    by_january = int(january * JANUARIES[sheet.form] * chance.uniform(0.8, 1.02))
    wanted = now if sheet.period == DECEMBER else max(now, min(target * 95 // 100, by_january))
    added: list[Past] = []
    for year, much in ((2023, wanted), (2022, int(wanted * chance.uniform(0.82, 0.97)))):
        short = much - sum(v for p in [*pasts, *added] for n, v in p.brought.items() if n // 12 == year)
        projects = -(-short // LARGEST) if short > SMALLEST else 0
        added += [_over(sheet, year, short // projects, number + len(added) + i, chance) for i in range(projects)]
    return [*added, *pasts]


def _over(sheet: Sheet, year: int, of_year: int, number: int, chance: random.Random) -> Past:
    """A project of the unit that ended late in a year, and brought an amount in it."""
    first, last = SPANS[sheet.form, year]
    start, end = year * 12 + first + chance.randrange(2), year * 12 + last
    months = range(start, end + 1)
    tried = spread(1_000_000, months, random.Random(number), sheet.form, sheet.unit)
    total = of_year * 1_000_000 // sum(v for n, v in tried.items() if n // 12 == year) // 100 * 100
    brought = spread(total - chance.randrange(20, 90), months, random.Random(number), sheet.form, sheet.unit)
    place, code = PLACES[(number * 5) % len(PLACES)], code_of(start - 2, number)
    if sheet.form == "investment_monthly":
        like = chance.choice([line for line in sheet.lines if line["arrived_since_signing"] and line["investor_origin"] not in ABROAD])
        line = like | {
            "project_name": f"{place}{MADE[number % len(MADE)]}产业化项目", "project_code": code, "split_ratio": None, "note": None,
            "contracted_amount": total, "fixed_asset_amount": total * 7 // 10, "signed_date": day(start - 1, 8),
            "registered_date": day(start, 6), "actual_start_date": day(start + 1, 12), "production_date": day(end, 20),
        }  # fmt: skip
        return Past(sheet.unit, line, max(FIRST, start - 1 - TALKS), start - 1, brought, {}, end)
    like = chance.choice([line for line in sheet.lines if line["completed_since_start"]])
    kinds = BUILT.get(sheet.unit, BUILT[""])
    kind, category = kinds[number % len(kinds)]
    line = like | {
        "project_name": f"{place}{kind}", "project_code": code, "category": category, "construction_nature": "新建", "level": "县重点",
        "total_investment": total, "planned_start_date": day(start, 28), "actual_start_date": day(start, 6),
        "planned_finish_date": day(end, 28), "actual_finish_date": day(end, 18),
    }  # fmt: skip
    return Past(sheet.unit, line, max(FIRST, start - PREPARING), start, brought, plans_of(brought, chance, sheet.unit), end)


def deals(sheet: Sheet, works_of: dict[str, int]) -> list[Past]:
    """What a unit attracted; `works_of` are the totals of key projects by code, which a project in both forms shares."""
    pasts, seen = [], set()
    for line in sheet.lines:
        code, name = line["project_code"], line["project_name"]
        if code in seen or (sheet.unit, code) == CLAIMED_LATER:
            continue
        seen |= {code} - {None}
        pace = random.Random(code or name)
        line = dict(line)
        if code and (total := works_of.get(code)):
            line |= {"contracted_amount": total, "fixed_asset_amount": total * 3 // 4}
        if line["split_ratio"] and (sheet.unit, code) in SHARES:
            line["split_ratio"] = SHARES[sheet.unit, code]
        signed = line["signed_date"]
        start = month(signed) if signed else None
        before = int(line["arrived_since_signing"] or 0) - int(line["arrived_ytd"] or 0)
        end = month(line["production_date"]) if line["production_date"] else LAST
        brought = {}
        if start is not None and start <= LAST and before > 0:
            arrival = month(line["registered_date"] or line["actual_start_date"])
            whose = code if line["split_ratio"] else sheet.unit  # those who share a project tell the same of it
            brought = spread(before, range(min(arrival, LAST), min(end, LAST) + 1), pace, sheet.form, whose)
        listed = max(FIRST, start - TALKS) if start is not None else LAST - 4 - pace.randrange(4)
        pasts.append(Past(sheet.unit, line, listed, start, brought, {}, end if end < LAST else None))
    return pasts


def day(n: int, of_month: int) -> date:
    return date(n // 12, n % 12 + 1, of_month)


def code_of(n: int, number: int) -> str:
    """The code of a project that was registered in a month, in the county of the sample."""
    return checked_code(f"{n // 12 % 100:02d}{n % 12 + 1:02d}530330{18 + number % 3 * 30:02d}01{70000 + number:05d}")
