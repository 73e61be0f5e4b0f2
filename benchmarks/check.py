"""How long `luodi check` takes for one honest workbook: the whole command, from its start to its end.

Repeat with: python -m benchmarks.check [--lines 300] [--runs 5]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

HEADERS = (
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
)
_SIGNS, _WEIGHTS = "0123456789ABCDEFGHJKLMNPQRTUWXY", (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


_PLACES = ["白石", "双河", "青山", "龙潭", "月亮湾", "分水岭", "响水", "大坪", "红土", "观音寺", "新街", "石桥", "柳树", "高峰", "马鞍"]
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
_FIRMS = ["汇川", "永泰", "锦程", "博远", "华泽", "金穗", "宏图", "天诚", "恒达", "兴农", "正阳", "润泽", "新锐", "远航", "瑞丰"]


def credit_code(n: int) -> str:
    """A unified social credit code with its check sign (GB 32100-2015)."""
    body = f"91539927MA{n:07d}"
    return body + _SIGNS[-sum(_SIGNS.index(s) * w for s, w in zip(body, _WEIGHTS)) % 31]


def project_code(n: int) -> str:
    """A national project code with its check digit (ISO 7064 MOD 11,10)."""
    digits, left = f"2401530926{n % 90 + 10:02d}01{n:05d}", 10
    for digit in digits:
        left = ((left + int(digit)) % 10 or 10) * 2 % 11
    return f"2401-530926-{digits[10:12]}-{digits[12:14]}-{n:05d}{(11 - left) % 10}"


def write_workbook(path: Path, lines: int) -> None:
    """Key projects of one township and month that break no rule."""
    book = Workbook()
    sheet = book.active
    sheet.append(["白石镇2024年1月重点项目月报表"])
    sheet.append(["填报单位：白石镇", *[None] * 12, "单位：万元"])
    sheet.append(HEADERS)
    for n in range(1, lines + 1):
        total, month = 10000 + n, 100 + n % 37
        sheet.append(
            [
                n,
                project_code(n),
                f"{_PLACES[n % 15]}{_WORKS[n // 15 % 20]}项目",
                f"{_FIRMS[n % 15]}{_WORKS[n // 15 % 20]}有限公司",
                credit_code(n),
                "白石镇",
                "白石镇",
                "县重点",
                "基础设施",
                "新建",
                total,
                total // 2,
                month,
                month,
                month,
                f"{month * 100 / (total // 2):.1f}%",
                "2024-01-10",
                "2024-01-10",
                "2025-12-31",
                "是",
                "在建",
                "主体施工",
            ]
        )
    sheet.append(["填报人：张三", None, "审核人：李四", None, "负责人：王五", None, "填报日期：2024年2月4日"])
    book.save(path)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--site", default="data/sample/site")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "白石镇2024年1月重点项目月报表.xlsx"
        write_workbook(path, asked.lines)
        command = [str(Path(sys.executable).with_name("luodi")), "check", str(path), "--site", asked.site]
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"LUODI_LANG": "zh"}  # as installed
        taken = []
        for run in range(asked.runs + 1):  # the first fills caches and is not counted
            start = time.perf_counter()
            done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
            taken += [time.perf_counter() - start] if run else []
    print(done.stdout.strip()[-400:], done.stderr.strip()[-400:])
    print(
        f"{asked.lines} lines, exit code {done.returncode}: median {statistics.median(taken):.2f} s, "
        f"from {min(taken):.2f} to {max(taken):.2f} s, {asked.runs} runs"
    )


if __name__ == "__main__":
    main()
