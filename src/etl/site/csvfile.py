"""Read one CSV file that people keep by hand, and say at which line and value it cannot be used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from etl.mistakes import Mistake

PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?")
Row = dict[str, str]


class SiteError(Mistake):
    """A site file that cannot be used: says which file, line and value, and how to mend it."""

    def __init__(self, path: Path, line: int | None, found: str, remedy: str) -> None:
        self.path, self.line, self.found, self.remedy = path, line, found, remedy
        where = f"{path}" if line is None else f"{path} 第{line}行"
        super().__init__(f"站点文件 {where}：{found}。{remedy}。")


def rows(path: Path, *columns: str) -> Iterator[tuple[int, Row]]:
    """Give the records of a CSV file with their line numbers, stripped, with every asked column present."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise SiteError(path, 1, f"缺少列 {'、'.join(missing)}", f"表头应为 {','.join(columns)}")
            for row in reader:
                if None in row or None in row.values():
                    raise SiteError(path, reader.line_num, "列数与表头不一致", "含逗号的内容请用英文双引号括起来")
                if any(v.strip() for v in row.values()):
                    yield reader.line_num, {k: v.strip() for k, v in row.items()}
    except FileNotFoundError:
        raise SiteError(path, None, "没有这个文件", f"请建立它，表头为 {','.join(columns)}") from None
    except UnicodeDecodeError:
        raise SiteError(path, None, "不是 UTF-8 编码", "请另存为“CSV UTF-8”") from None
    except csv.Error as error:
        raise SiteError(path, None, f"不是有效的 CSV（{error}）", "请检查引号") from None


def filled(path: Path, line: int, row: Row, column: str) -> str:
    """A value that must not be blank."""
    if not row[column]:
        raise SiteError(path, line, f"{column} 列为空", "请填写")
    return row[column]


def known_unit(path: Path, line: int, row: Row, codes: set[str], column: str = "unit") -> str:
    """The code of a unit of the register."""
    unit = filled(path, line, row, column)
    if unit not in codes:
        raise SiteError(path, line, f"单位代码“{unit}”不在 units.csv 中", "请改正代码，或先在 units.csv 登记该单位")
    return unit


def period(path: Path, line: int, row: Row, column: str = "period") -> str:
    """A period written 2024-03, 2024-Q1, 2024-H1 or 2024."""
    text = filled(path, line, row, column)
    if not PERIOD.fullmatch(text):
        raise SiteError(path, line, f"所属期“{text}”无法识别", "请写成 2024-03、2024-Q1 或 2024")
    return text


def day(path: Path, line: int, row: Row, column: str) -> date:
    """A day written 2024-03-05."""
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise SiteError(path, line, f"{column} 列写的是“{row[column]}”，不是日期", "请写成 2024-03-05") from None


def moment(path: Path, line: int, row: Row, column: str) -> datetime:
    """A day, or a day with its time; a day alone means its last second."""
    try:
        when = datetime.fromisoformat(row[column]).replace(tzinfo=None)
    except ValueError:
        raise SiteError(path, line, f"{column} 列写的是“{row[column]}”，不是日期", "请写成 2024-03-05 或 2024-03-05 16:30") from None
    return datetime.combine(when, time(23, 59, 59)) if len(row[column]) <= 10 else when


def number(path: Path, line: int, row: Row, column: str, low: int, high: int) -> int:
    """A whole number within its bounds."""
    if not re.fullmatch(r"-?\d{1,9}", row[column]) or not low <= int(row[column]) <= high:
        raise SiteError(path, line, f"{column} 列写的是“{row[column]}”", f"请填 {low} 到 {high} 之间的整数")
    return int(row[column])
