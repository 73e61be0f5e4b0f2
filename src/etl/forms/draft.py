"""Draft the contract of a form from a workbook that somebody filled in: all is guessed, each guess is marked, a person mends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.forms.contract import Form

FEW = 8  # different texts that may be a list to choose from
_BRACKET = re.compile(r"(.+)[(（](.{1,4})[)）]")
_DAY = re.compile(r"(?:20|19)\d\d[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:0?[1-9]|[12]\d|3[01])日?|月)?")
_FIGURE = re.compile(r"-?[\d,，]+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_CODES = {"project_code": re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}"), "uscc": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")}


@dataclass(frozen=True, slots=True)
class Drafted:
    """What stands over a column of the sheet, and what is below it as texts; `units` are those in its brackets."""

    header: str
    units: tuple[str, ...]
    values: tuple[str, ...]  # of the lines, '' for a blank


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """The table of a workbook as far as a contract needs it; `noted` says that the sheet names a unit of money for all its figures."""

    title: str
    cadence: str
    columns: tuple[Drafted, ...]
    noted: bool


def draft(name: str, sheet: SheetSeen, forms: Mapping[str, Form], money: Collection[str]) -> str:
    """The text of a `form.yaml`; `money` are the words of units of money.

    Headers that other forms know get the names that they have there.
    """
    known = {text: c for form in forms.values() for c in form.columns for text in (c.header, *c.aliases)}
    named: list[tuple[str, Drafted]] = []
    for number, column in enumerate(sheet.columns, 1):
        column = _with_unit(column)
        other = known.get(column.header)
        own = other.name if other and other.name not in {n for n, _ in named} else f"column_{number}"
        named.append((own, column))
    key = _key(named)
    lines = [
        "# 由 luodi form new 起草；“猜测”处请逐一核对，改好后删去注释。",
        f"form: {name}",
        f"name: {sheet.title}",
        f"name_en: {name.replace('_', ' ')}  # 猜测：请写英文名称",
        f"cadence: {sheet.cadence}  # 猜测：报送周期",
        f"keywords: [{_keyword(sheet.title)}]  # 猜测：文件名和表题里认得出它的词",
        "business_key:  # 猜测：哪几列合起来认得出一行",
        f"  - [{', '.join(key)}]",
        "columns:",
    ]
    for own, column in named:
        lines += _column(own, column, money, sheet.noted)
    return "\n".join(lines) + "\n"


def _with_unit(column: Drafted) -> Drafted:
    """A short word in a bracket at the end of a header is a unit: 深度（米）."""
    found = _BRACKET.fullmatch(column.header)
    return replace(column, header=found[1], units=(*column.units, found[2])) if found else column


def _keyword(title: str) -> str:
    return re.sub(r"(?:月|季|年|周|旬|日)?(?:报表|台账|统计表|情况表|一览表|表)$", "", title) or title


def _key(named: Sequence[tuple[str, Drafted]]) -> list[str]:
    """The first column of words whose values all differ; else the first two, else the first."""
    words = [(own, c) for own, c in named if any(c.values) and not all(_FIGURE.fullmatch(v) for v in c.values if v)]
    for own, column in words:
        if all(column.values) and len(set(column.values)) == len(column.values):
            return [own]
    return [own for own, _ in words[:2]] or [own for own, _ in named[:1]]


def _column(own: str, column: Drafted, money: Collection[str], noted: bool) -> list[str]:
    kind, more, why = _kind(column, money, noted)
    lines = [f"  - name: {own}" + ("  # 请改成有意义的英文名" if own.startswith("column_") else ""), f"    header: {column.header}"]
    lines.append(f"    type: {kind}  # 猜测：{why}")
    lines += [f"    {key}: {value}" for key, value in more.items()]
    if column.values and all(column.values):
        lines.append("    required: true  # 猜测：每一行都填了")
    return lines


def _kind(column: Drafted, money: Collection[str], noted: bool) -> tuple[str, dict[str, str], str]:
    """The type, its further keys, and what speaks for it."""
    values = [v for v in column.values if v]
    for code, pattern in _CODES.items():
        if values and all(pattern.fullmatch(v) for v in values):
            return "code", {"code": code}, "各格都是这种编码"
    if values and all(_YEAR.fullmatch(v) for v in values):
        return "year", {}, "各格都是年份"
    if values and all(_DAY.fullmatch(v) for v in values):
        return "date", {}, "各格都是日期"
    if "%" in column.units or values and all(v.endswith("%") for v in values):
        return "percent", {}, "表头或各格带 %"
    if values and all(_FIGURE.fullmatch(v) for v in values):
        units = [u for u in column.units if u not in money]
        if set(column.units) & set(money):
            return "amount", {"unit": "USD" if any("美元" in u for u in column.units) else "CNY"}, f"表头写了{column.units[0]}"
        if units:
            return "number", {"unit": units[0]}, f"各格是数字，表头写了{units[0]}"
        if noted:
            return "amount", {"unit": "CNY"}, "各格是数字，表上写了金额单位；不是金额的请改成 number"
        return "number", {}, "各格都是数字"
    different = sorted(set(values))
    if 1 < len(different) <= FEW and len(values) >= 2 * len(different) and max(map(len, different)) <= FEW:
        return "enum", {"values": f"[{', '.join(different)}]"}, "只有这几种写法"
    return "text", {}, "文字"
