"""Read the decision files of a site; each is optional, and each wrong line is named with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from etl.forms.contract import Form
from etl.site import headers
from etl.site.csvfile import Row, SiteError, day, filled, known_unit, moment, number, period, rows
from etl.site.decision import ANY, Correction, Decisions, Explanation, Waiver, Withdrawal
from etl.site.slots import MONTHS, Extension, Obligation, bound

FILES = ("obligations.csv", "extensions.csv", "explanations.csv", "waivers.csv", "withdrawals.csv", "corrections.csv", headers.FILE)
# Where one of these fires there is nothing that a waiver could let through: nothing was read (F27, F28, F33), or
# two lines claim to be one record and only one of them can stand (F13).
UNWAIVABLE = ("F13", "F27", "F28", "F33")
_RULE = re.compile(r"[A-Z]\d{2}[A-Z]?")


def load_decisions(folder: Path, units: set[str]) -> Decisions:
    """Read what is there. Raises SiteError naming file, line and value."""
    return Decisions(
        obligations=_all(folder / "obligations.csv", _obligation, units,
                         "unit", "form", "cadence", "due_day", "due_month_offset", "from", "to"),
        extensions=_all(folder / "extensions.csv", _extension, units,
                        "unit", "form", "period", "deadline", "reason", "by", "at"),
        explanations=_all(folder / "explanations.csv", _explanation, units, "rule", "unit", "form", "period",
                          "business_key", "column", "value", "reason", "by", "at"),
        waivers=_all(folder / "waivers.csv", _waiver, units, "rule", "unit", "form", "period", "business_key", "column",
                     "reason", "by", "from", "until"),
        withdrawals=_all(folder / "withdrawals.csv", _withdrawal, units,
                         "file", "unit", "form", "period", "version", "reason", "by", "at"),
        corrections=_all(folder / "corrections.csv", _correction, units,
                         "unit", "form", "period", "business_key", "column", "reason", "by", "at"),
        headers=_all(folder / headers.FILE, headers.parse, units, *headers.COLUMNS),
    )


def check(decisions: Decisions, folder: Path, forms: Mapping[str, Form], rules: Collection[str]) -> None:
    """Compare decisions with the contracts and the rulebook. Raises SiteError naming file, line and value."""
    for name in ("obligations", "extensions", "explanations", "waivers", "withdrawals", "corrections"):
        for one in getattr(decisions, name):
            path = folder / f"{name}.csv"
            line = int(one.decision.rpartition(":")[2]) if hasattr(one, "decision") else one.line
            if one.form not in ("", ANY) and one.form not in forms:
                raise SiteError(path, line, f"没有报表“{one.form}”", f"可选：{'、'.join(forms)}")
            form = forms.get(one.form)
            if (rule := getattr(one, "rule", None)) and rule not in rules:
                raise SiteError(path, line, f"规则手册里没有“{rule}”", "请按 docs/rulebook.md 填写规则代码")
            if (cadence := getattr(one, "cadence", None)) and form and cadence != form.cadence:
                raise SiteError(path, line, f"{one.form} 的周期是 {form.cadence}，这里写的是 {cadence}", "请改成报表的周期")
            column = getattr(one, "column", "")
            if form and column not in ("", ANY) and column not in form.by_name:
                raise SiteError(path, line, f"{one.form} 没有列“{column}”", "请填列的英文名，见 docs/dictionary.md")
    headers.check_taught(decisions.headers, folder, forms)


def _all(path: Path, parse: Callable, units: set[str], *columns: str) -> tuple:
    if not path.exists():
        return ()
    return tuple(_unique(path, parse, units, columns))


def _unique(path: Path, parse: Callable, units: set[str], columns: tuple[str, ...]) -> Iterator:
    """Parse every line; what names the same thing twice would leave open which one holds."""
    seen: dict[tuple, int] = {}
    for line, row in rows(path, *columns):
        one, key = parse(path, line, row, units)
        if (first := seen.setdefault(key, line)) != line:
            raise SiteError(path, line, f"与第{first}行重复", "同一事项只写一行，请删去一处")
        yield one


def _signed(path: Path, line: int, row: Row) -> tuple[str, str]:
    return filled(path, line, row, "reason"), filled(path, line, row, "by")


def _slot(path: Path, line: int, row: Row, units: set[str]) -> tuple[str, str, str]:
    return known_unit(path, line, row, units), filled(path, line, row, "form"), period(path, line, row)


def _name(path: Path, line: int) -> str:
    return f"{path.name}:{line}"


def _obligation(path: Path, line: int, row: Row, units: set[str]) -> tuple[Obligation, tuple]:
    unit, form = known_unit(path, line, row, units), filled(path, line, row, "form")
    if row["cadence"] not in MONTHS:
        raise SiteError(path, line, f"cadence 列写的是“{row['cadence']}”", "请填 monthly（月）、quarterly（季）或 yearly（年）")
    first, last = _bound(path, line, row, "from", upper=False), _bound(path, line, row, "to", upper=True)
    if first is None:
        raise SiteError(path, line, "from 列为空", "请填写从哪一期开始报，例如 2024-01")
    if last and last < first:
        raise SiteError(path, line, f"to（{row['to']}）早于 from（{row['from']}）", "请改正起止")
    due = number(path, line, row, "due_day", 1, 31), number(path, line, row, "due_month_offset", -12, 12)
    return Obligation(unit, form, row["cadence"], *due, first, last, line), (unit, form, row["cadence"], row["from"])


def _extension(path: Path, line: int, row: Row, units: set[str]) -> tuple[Extension, tuple]:
    slot = _slot(path, line, row, units)
    at = moment(path, line, row, "at")
    return Extension(_name(path, line), *slot, day(path, line, row, "deadline"), *_signed(path, line, row), at, line), slot


def _explanation(path: Path, line: int, row: Row, units: set[str]) -> tuple[Explanation, tuple]:
    address = _rule(path, line, row), *_slot(path, line, row, units), row["business_key"], row["column"], row["value"]
    at = moment(path, line, row, "at")
    return Explanation(_name(path, line), "site", *address, *_signed(path, line, row), at), (*address, at)


def _waiver(path: Path, line: int, row: Row, units: set[str]) -> tuple[Waiver, tuple]:
    rule, unit = _rule(path, line, row), known_unit(path, line, row, units)
    if rule in UNWAIVABLE:
        raise SiteError(path, line, f"{rule} 不能豁免", "这样的问题没有可以放行的数据，请让单位改正后重报")
    if row["period"]:
        period(path, line, row)
    filled(path, line, row, "until")
    for column, upper in (("from", False), ("until", True)):
        _bound(path, line, row, column, upper=upper)
    place = row["form"], row["period"], row["business_key"], row["column"]
    bounds = row["from"], row["until"]
    return Waiver(_name(path, line), rule, unit, *place, *_signed(path, line, row), *bounds, line), (rule, unit, *place, *bounds)


def _withdrawal(path: Path, line: int, row: Row, units: set[str]) -> tuple[Withdrawal, tuple]:
    slot = ("", "", "")
    if row["file"]:
        if wrong := next((c for c in ("unit", "form", "period", "version") if row[c]), None):
            raise SiteError(path, line, f"既写了 file，又写了 {wrong}", "按文件撤回只写 file；按任务撤回只写 unit、form、period（和 version）")
    else:
        slot = _slot(path, line, row, units)
    version = number(path, line, row, "version", 1, 9_999) if row["version"] else None
    at = moment(path, line, row, "at")
    return (Withdrawal(_name(path, line), row["file"], *slot, version, *_signed(path, line, row), at, line),
            (row["file"], *slot, version, at))


def _correction(path: Path, line: int, row: Row, units: set[str]) -> tuple[Correction, tuple]:
    slot = _slot(path, line, row, units)
    place = filled(path, line, row, "business_key"), filled(path, line, row, "column")
    at = moment(path, line, row, "at")
    return Correction(_name(path, line), *slot, *place, *_signed(path, line, row), at, line), (*slot, *place)


def _rule(path: Path, line: int, row: Row) -> str:
    rule = filled(path, line, row, "rule")
    if not _RULE.fullmatch(rule):
        raise SiteError(path, line, f"规则代码“{rule}”无法识别", "请写成 F01、P05E 这样的代码")
    return rule


def _bound(path: Path, line: int, row: Row, column: str, *, upper: bool) -> date | None:
    if not row[column]:
        return None
    if (limit := bound(row[column], upper=upper)) is None:
        raise SiteError(path, line, f"{column} 列写的是“{row[column]}”", "请写成所属期 2024-03，或日期 2024-03-31")
    return limit
