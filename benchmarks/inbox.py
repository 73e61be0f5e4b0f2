"""An invented county of any size: its site, its workbooks and when they came, for the benchmarks that need many.

Repeat with: python -m benchmarks.inbox FOLDER [--units 20] [--months 12] [--lines 300] [--forms 1] [--alike] [--dirty 0.02] [--csv]
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "site"
_PLACES = [
    "白石",
    "双河",
    "青山",
    "龙潭",
    "月亮湾",
    "分水岭",
    "响水",
    "大坪",
    "红土",
    "观音寺",
    "新街",
    "石桥",
    "柳树",
    "高峰",
    "马鞍",
    "清河",
    "云峰",
    "碧溪",
    "永安",
    "太平",
]
_WORKS = [
    "农村供水",
    "冷链物流",
    "标准厂房",
    "停车场",
    "养老服务",
    "污水处理",
    "核桃加工",
    "光伏支架",
    "茶叶精制",
    "高标准农田",
    "客运站",
    "水库加固",
    "农贸市场",
    "预制菜",
    "咖啡",
    "通村公路",
    "中学迁建",
    "卫生院",
    "河道治理",
    "仓储",
]
_FIRMS = [
    "汇川",
    "永泰",
    "锦程",
    "博远",
    "华泽",
    "金穗",
    "宏图",
    "天诚",
    "恒达",
    "兴农",
    "正阳",
    "润泽",
    "新锐",
    "远航",
    "瑞丰",
    "鼎盛",
    "嘉禾",
    "鸿运",
    "中和",
    "昌隆",
]
_CHARS = "安宝昌春达德方丰富光广海和恒弘华汇吉佳建金景聚康乐利林隆美民明宁平启庆荣瑞盛顺泰腾天通万旺祥新信兴旭阳益永裕元源长振正志中众洲"
_SIGNS, _WEIGHTS = "0123456789ABCDEFGHJKLMNPQRTUWXY", (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

PROJECT = [
    "序号",
    "项目代码",
    "项目名称",
    "建设单位",
    "统一社会信用代码",
    "责任单位",
    "所属乡镇",
    "项目级别",
    "项目类别",
    "建设性质",
    "计划总投资",
    "本年计划投资",
    "本月完成投资",
    "本年累计完成投资",
    "自开工累计完成投资",
    "投资完成率",
    "计划开工时间",
    "实际开工时间",
    "计划竣工时间",
    "是否开工",
    "项目阶段",
    "形象进度",
]
INVESTMENT = [
    "序号",
    "项目代码",
    "项目名称",
    "投资方",
    "统一社会信用代码",
    "来源地",
    "所属产业",
    "引进单位",
    "分割比例",
    "是否续建",
    "项目阶段",
    "签约日期",
    "注册时间",
    "开工时间",
    "协议总投资",
    "其中：固定资产投资",
    "本月到位资金",
    "本年累计到位资金",
    "自签约累计到位资金",
    "认定到位资金",
    "凭证类型",
    "凭证号",
]


@dataclass(frozen=True)
class Size:
    """How large the county is, and how its workbooks are."""

    units: int = 20
    months: int = 12
    lines: int = 300
    forms: int = 1
    alike: bool = False  # every name resembles every other
    dirty: float = 0.0  # share of lines with a figure that breaks a rule
    delimited: bool = False  # CSV, not xlsx
    since: int = 0  # months before the first that is written: to add to an archive
    first_year: int = 2020

    def period(self, n: int) -> str:
        """The month that is `n` months after the first."""
        return f"{self.first_year + n // 12}-{n % 12 + 1:02d}"

    def day(self, n: int, day: int) -> str:
        return f"{self.period(n)}-{day:02d}"


def write_county(folder: Path, size: Size) -> tuple[Path, Path, str]:
    """(inbox, site, the day as of which its night runs) of a county in `folder`: the same for the same size."""
    inbox, site = folder / "inbox", folder / "site"
    site.mkdir(parents=True, exist_ok=True)
    periods = [size.period(n) for n in range(size.months)]
    _write_site(site, size, periods)
    arrivals = []
    for n in range(size.since, size.months):
        for unit in range(size.units):
            for form in ("重点项目", "招商引资")[: size.forms]:
                name = f"{_unit(unit)}/{_unit(unit)}{size.period(n)}{form}月报表"
                path = inbox / f"{name}{'.csv' if size.delimited else '.xlsx'}"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_rows(path, list(sheet(size, form, _unit(unit), unit, n)), size.delimited)
                arrivals.append((f"{size.day(n + 1, 3)} 09:00:00", path.relative_to(inbox).as_posix()))
    _write_arrivals(folder / "arrivals.csv", arrivals, since=size.since * size.units * size.forms)
    return inbox, site, f"{size.day(size.months, 20)} 20:00:00"


def credit_code(n: int) -> str:
    """A unified social credit code with its check sign (GB 32100-2015)."""
    body = f"91539927MA{n:07d}"
    return body + _SIGNS[-sum(_SIGNS.index(s) * w for s, w in zip(body, _WEIGHTS)) % 31]


def checked_code(digits: str) -> str:
    """A national project code of 19 digits with its check digit (ISO 7064 MOD 11,10)."""
    left = 10
    for digit in digits:
        left = ((left + int(digit)) % 10 or 10) * 2 % 11
    return f"{digits[:4]}-{digits[4:10]}-{digits[10:12]}-{digits[12:14]}-{digits[14:]}{(11 - left) % 10}"


def project_code(n: int) -> str:
    return checked_code(f"2401530926{n % 90 + 10:02d}01{n:05d}")


def _write_arrivals(path: Path, arrivals: list[tuple[str, str]], since: int) -> None:
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        if new:
            rows.writerow(["order", "received_at", "file"])
        rows.writerows((since + n, *arrival) for n, arrival in enumerate(arrivals, start=1))


def _unit(n: int) -> str:
    return f"{_CHARS[n // 8 % len(_CHARS)]}{_CHARS[(n * 7 + 3) % len(_CHARS)]}镇"


def _write_site(site: Path, size: Size, periods: list[str]) -> None:
    for name in ("holidays.csv", "releases.csv"):
        shutil.copy(SAMPLE / name, site / name)
    units = [(f"t{n:03d}", _unit(n), "township", "yes", "") for n in range(size.units)]
    write_rows(site / "units.csv", [("unit", "name", "kind", "reports", "aliases"), *units], delimited=True)
    forms = ("key_project_monthly", "investment_monthly")[: size.forms]
    due = [(form, period, size.day(n + 1, 5)) for form in forms for n, period in enumerate(periods)]
    owed = [(code, name, *slot) for slot in due for code, name, *_ in units]
    write_rows(site / "roster.csv", [("unit", "unit_name", "form", "period", "deadline"), *owed], delimited=True)
    settings = [
        ("county", "云岭县", "the county"),
        ("home_province", "云南省", "any other province is out of province"),
        ("county_division", "530330", "the county's division code (fictional)"),
        ("periods", " ".join(periods), "months of the monthly forms"),
    ]
    write_rows(site / "settings.csv", [("key", "value", "meaning"), *settings], delimited=True)


def sheet(size: Size, form: str, name: str, unit: int, n: int) -> Iterator[tuple]:
    """The sheet of one unit and month, in which all sums, rates and months before agree."""
    period = size.period(n)
    chance = random.Random(f"{unit}/{period}/{form}")
    yield (f"{name}{period[:4]}年{int(period[5:])}月{form}月报表",)
    yield (f"填报单位：{name}", *[None] * 12, "单位：万元")
    yield tuple(PROJECT if form == "重点项目" else INVESTMENT)
    for i in range(size.lines):
        number = unit * size.lines + i
        row = list((_project if form == "重点项目" else _investment)(size, name, number, n))
        if size.dirty and chance.random() < size.dirty:
            row[-9 if form == "重点项目" else 17] = chance.choice(["约500", "／", "1O0", "#REF!", 99999999, "2024.13.45"])
        row[0] = i + 1
        yield tuple(row)
    yield ("填报人：张三", None, "审核人：李四", None, "负责人：王五", None, f"填报日期：{size.day(n + 1, 2)}")


def name_of(size: Size, number: int) -> str:
    if size.alike:
        return f"云岭县工业园区标准厂房及配套基础设施建设项目{number // 26 + 1}期{chr(65 + number % 26)}"
    spread = number * 7919
    first, second = _CHARS[spread % len(_CHARS)], _CHARS[spread // len(_CHARS) % len(_CHARS)]
    return f"{first}{second}{_PLACES[number % 20]}{_WORKS[number // 20 % 20]}{_CHARS[number // 400 % len(_CHARS)]}项目"


def firm_of(number: int) -> str:
    return (
        f"{_FIRMS[number % 20]}{_CHARS[number // 20 % len(_CHARS)]}{_CHARS[number // 1500 % len(_CHARS)]}{_WORKS[number // 7 % 20]}有限公司"
    )


def _sums(number: int, n: int) -> tuple[int, int, int]:
    """What a month adds, the year to its end, and all since the beginning: in 万元."""
    month = 100 + number % 40  # as many figures end in one digit as in another
    return month, month * (n % 12 + 1), month * (n + 1)


def _project(size: Size, unit: str, number: int, n: int) -> tuple:
    month, year, all_time = _sums(number, n)
    total, plan = 50000 + number % 5000, 2000 + number % 5000 // 2
    started = f"{size.first_year}-01-10"
    money = (total, plan, month, year, all_time, f"{year * 100 / plan:.2f}%")
    when = (started, started, f"{size.first_year + 4}-12-31", "是", "在建", f"{size.period(n)}完成主体施工第{n + 1}层")
    who = (project_code(number % 99999 + 1), name_of(size, number), firm_of(number), credit_code(number + 1), unit, unit)
    return (None, *who, "县重点", "基础设施", "新建", *money, *when)


def _investment(size: Size, unit: str, number: int, n: int) -> tuple:
    month, year, all_time = _sums(number, n)
    signed = f"{size.first_year - 1}-06-06"
    who = (project_code(number % 99999 + 1), name_of(size, number), firm_of(number), credit_code(number + 1), "四川省", "先进制造业", unit)
    money = (50000 + number % 5000, 30000, month, year, all_time, year)
    stage = ("100%", "新引进", "开工", signed, signed, f"{size.first_year}-01-10")
    return (None, *who, *stage, *money, "银行进账单", f"JZ{number:06d}{size.period(n)[2:].replace('-', '')}")


def write_rows(path: Path, rows: list[tuple], delimited: bool) -> None:
    """A workbook of one sheet, or a CSV file as Excel writes it."""
    if delimited:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def size_of(asked: argparse.Namespace) -> Size:
    return Size(asked.units, asked.months, asked.lines, asked.forms, asked.alike, asked.dirty, asked.csv, asked.since)


def add_options(parser: argparse.ArgumentParser) -> None:
    for name, value in (("units", 20), ("months", 12), ("lines", 300), ("forms", 1), ("since", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--dirty", type=float, default=0.0)
    parser.add_argument("--alike", action="store_true")
    parser.add_argument("--csv", action="store_true")


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    add_options(parser)
    asked = parser.parse_args(argv)
    inbox, site, as_of = write_county(asked.folder, size_of(asked))
    print(f'luodi run --inbox {inbox} --site {site} --data {asked.folder}/data --as-of "{as_of}"')


if __name__ == "__main__":
    main()
