"""Load and check the site folder, so that everything that belongs to one county is data.

A site is four files in one folder, as `data/sample/site` shows: units.csv, roster.csv, settings.csv, holidays.csv.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from etl.mistakes import Mistake

FILES = ("units.csv", "roster.csv", "settings.csv", "holidays.csv")
PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?")


class SiteError(Mistake):
    """A site file that cannot be used: says which file, line and value, and how to mend it."""

    def __init__(self, path: Path, line: int | None, found: str, remedy: str) -> None:
        self.path, self.line, self.found, self.remedy = path, line, found, remedy
        where = f"{path}" if line is None else f"{path} 第{line}行"
        super().__init__(f"站点文件 {where}：{found}。{remedy}。")


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the register; `aliases` are other names that a sender may write."""

    unit: str
    name: str
    kind: str
    reports: bool
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A form that a unit owes for a period, and the last day for it (holidays already shifted)."""

    unit: str
    form: str
    period: str
    deadline: date


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off (`holiday`) or a make-up working day (`working`)."""

    day: date
    kind: str


@dataclass(frozen=True)
class Site:
    """One county's configuration."""

    folder: Path
    units: tuple[Unit, ...]
    roster: tuple[Slot, ...]
    settings: dict[str, str]
    holidays: tuple[Holiday, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """Code of a unit -> its name."""
        return {u.unit: u.name for u in self.units}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the four files, so that a night knows whether its site has changed."""
        digest = hashlib.sha256()
        for name in FILES:
            digest.update(name.encode() + b"\0" + (self.folder / name).read_bytes() + b"\0")
        return digest.hexdigest()


def load_site(folder: Path) -> Site:
    """Read the four files of a site. Raises SiteError naming file, line and value."""
    folder = Path(folder)
    if not folder.is_dir():
        raise SiteError(folder, None, "没有这个站点文件夹", "请用 --site 或 LUODI_SITE 指向含 " + "、".join(FILES) + " 的文件夹")
    units = _units(folder / "units.csv")
    return Site(
        folder=folder,
        units=units,
        roster=_roster(folder / "roster.csv", {u.unit for u in units}),
        settings=_settings(folder / "settings.csv"),
        holidays=_holidays(folder / "holidays.csv"),
    )


def _units(path: Path) -> tuple[Unit, ...]:
    from etl.normalise.text import norm

    units: list[Unit] = []
    owner: dict[str, str] = {}                     # any name that a sender may write -> the unit it means
    codes: set[str] = set()
    for line, row in _rows(path, "unit", "name", "kind", "reports", "aliases"):
        code, name = _filled(path, line, row, "unit"), _filled(path, line, row, "name")
        if code in codes:
            raise SiteError(path, line, f"单位代码“{code}”重复", "每个单位只写一行")
        codes.add(code)
        if row["reports"] not in ("yes", "no"):
            raise SiteError(path, line, f"reports 列写的是“{row['reports']}”", "请填 yes（报送）或 no（不报送）")
        aliases = tuple(a.strip() for a in row["aliases"].split("|") if a.strip())
        for spoken in (name, *aliases):
            if (other := owner.setdefault(norm(spoken), code)) != code:
                raise SiteError(path, line, f"名称“{spoken}”同时属于 {other} 和 {code}", "一个名称只能属于一个单位，请删去一处")
        units.append(Unit(code, name, row["kind"], row["reports"] == "yes", aliases))
    if not units:
        raise SiteError(path, None, "没有任何单位", "请至少登记一个单位")
    return tuple(units)


def _roster(path: Path, codes: set[str]) -> tuple[Slot, ...]:
    slots: dict[tuple[str, str, str], Slot] = {}
    for line, row in _rows(path, "unit", "form", "period", "deadline"):
        key = unit, form, period = tuple(_filled(path, line, row, c) for c in ("unit", "form", "period"))
        if unit not in codes:
            raise SiteError(path, line, f"单位代码“{unit}”不在 units.csv 中", "请改正代码，或先在 units.csv 登记该单位")
        if not PERIOD.fullmatch(period):
            raise SiteError(path, line, f"所属期“{period}”无法识别", "请写成 2024-03、2024-Q1 或 2024")
        if key in slots:
            raise SiteError(path, line, f"{unit} {form} {period} 重复", "同一单位、报表、所属期只写一行")
        slots[key] = Slot(unit, form, period, _day(path, line, row, "deadline"))
    return tuple(slots.values())


def _settings(path: Path) -> dict[str, str]:
    settings: dict[str, str] = {}
    for line, row in _rows(path, "key", "value"):
        key = _filled(path, line, row, "key")
        if key in settings:
            raise SiteError(path, line, f"参数“{key}”重复", "每个参数只写一行")
        settings[key] = row["value"]
    return settings


def _holidays(path: Path) -> tuple[Holiday, ...]:
    days: dict[date, Holiday] = {}
    for line, row in _rows(path, "date", "kind"):
        day = _day(path, line, row, "date")
        if row["kind"] not in ("holiday", "working"):
            raise SiteError(path, line, f"kind 列写的是“{row['kind']}”", "请填 holiday（放假）或 working（调休上班）")
        if day in days:
            raise SiteError(path, line, f"日期 {day} 重复", "每一天只写一行")
        days[day] = Holiday(day, row["kind"])
    return tuple(days.values())


def _rows(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
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


def _filled(path: Path, line: int, row: dict[str, str], column: str) -> str:
    if not row[column]:
        raise SiteError(path, line, f"{column} 列为空", "请填写")
    return row[column]


def _day(path: Path, line: int, row: dict[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise SiteError(path, line, f"{column} 列写的是“{row[column]}”，不是日期", "请写成 2024-03-05") from None
