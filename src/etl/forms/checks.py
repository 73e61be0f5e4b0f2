"""Say what is wrong with a contract: file, line and remedy, before anything is read by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING

from etl.mistakes import Mistake

if TYPE_CHECKING:
    from etl.forms.contract import Column, Form

TYPES = {"text", "code", "enum", "amount", "number", "percent", "date", "year"}
CADENCES = ("monthly", "yearly")
CURRENCIES = ("CNY", "USD")
LAYOUTS = ("table", "blocks")
BLOCKS = ("pairs", "matrix", "table")
# What a column is to the rules that all forms share: a form that names its columns' roles gets those rules. One column has
# a role, but for year_part.
ROLES = {
    "month": "the figure of this month", "year_to_date": "its sum since January",
    "year_part": "another sum since January, of a part of it", "since_start": "its sum since the beginning",
    "total": "what a project comes to as a whole", "fixed_assets": "the fixed assets within it",
    "plan": "what the year is planned to bring", "area": "the land that a project takes",
    "budget": "what may be spent this year", "budget_opening": "the same at the year's beginning",
    "budget_change": "what was added since, with its sign", "budget_item": "what a budget line is called",
    "project_code": "the national code of a project", "project_name": "its name",
    "owner_name": "the firm behind it", "owner_code": "that firm's social credit code", "place": "where it lies",
    "claimant": "the unit that it is credited to, where that is not who reports it", "share": "the share of that unit, in %",
    "stage": "how far it has come (stage_order)", "signed": "the day of its contract", "start": "the day on which works began",
    "started": "是 or 否: whether works have begun", "progress": "in words, how far works are",
    "matter": "what was applied for", "accepted": "the day on which the application was accepted",
    "decided": "the day on which it was decided", "problem": "a problem in words", "note": "the remark",
}
SEVERAL = "year_part"
# Columns that every staged table has (etl.validate.stage), and words that SQL keeps for itself.
RESERVED = frozenset({"line_id", "submission_id", "unit", "period", "period_end", "sheet", "row_no", "business_key", "raw", "cells"})
SQL_WORDS = frozenset({
    "all", "analyse", "and", "any", "as", "asc", "both", "case", "cast", "check", "collate", "column", "constraint",
    "create", "default", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign", "from",
    "group", "having", "in", "initially", "intersect", "into", "lateral", "leading", "limit", "not", "null", "offset", "on",
    "only", "or", "order", "pivot", "primary", "qualify", "references", "returning", "select", "show", "some", "summarize",
    "table", "then", "to", "trailing", "true", "union", "unique", "unpivot", "using", "when", "where", "window", "with"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class ContractError(Mistake, ValueError):
    """A contract that cannot be used: says which file and line, what is wrong and how to mend it."""

    def __init__(self, path: Path, line: int | None, found: str, remedy: str) -> None:
        self.path, self.line = path, line
        where = f"{path}" if line is None else f"{path} 第{line}行"
        super().__init__(f"报表定义 {where}：{found}。{remedy}。")

    def __reduce__(self) -> tuple[Callable[[str, Path, int | None], ContractError], tuple[str, Path, int | None]]:
        return _told, (str(self), self.path, self.line)


def _told(text: str, path: Path, line: int | None) -> ContractError:
    """The error again on the other side of a process."""
    error = ContractError.__new__(ContractError, text)
    error.path, error.line = path, line
    return error


def faults_of(column: Column) -> Iterator[tuple[str, str]]:
    """What is wrong with one column by itself, and how to mend it."""
    if not isinstance(column.name, str) or not _NAME.fullmatch(column.name):
        yield "的列名不合规定", "请用小写英文字母、数字和下划线，以字母开头"
    elif column.name in RESERVED:
        yield "的列名是系统自己要用的", f"请换一个名字，例如 {column.name}_reported；保留的有 {'、'.join(sorted(RESERVED))}"
    elif column.name in SQL_WORDS:
        yield "的列名是 SQL 的保留字", f"请换一个名字，例如 {column.name}_value"
    if not isinstance(column.header, str) or not column.header.strip():
        yield "没有表头文字", "请在 header 填表上印的表头"
    if column.type not in TYPES:
        yield f"的类型“{column.type}”不认识", f"type 请从 {'、'.join(sorted(TYPES))} 中选"
    if column.type == "amount" and column.unit not in CURRENCIES:
        yield f"的币种“{column.unit}”不认识", f"金额的 unit 请填 {' 或 '.join(CURRENCIES)}"
    if column.type != "amount" and column.unit in CURRENCIES:
        yield f"有币种“{column.unit}”，类型却是 {column.type}", "金额请把 type 写成 amount，不是金额的请删去 unit"
    if column.type == "enum" and not column.values:
        yield "没有可选的值", "请在 values 列出可选的值"
    if column.block not in BLOCKS:
        yield f"的 block“{column.block}”不认识", f"block 请从 {'、'.join(BLOCKS)} 中选"
    for key in ("happened", "not_before"):
        if getattr(column, key) and column.type != "date":
            yield f"写了 {key}，类型却是 {column.type}", f"{key} 只用于日期（type: date）"
    if column.role is not None and column.role not in ROLES:
        yield f"的角色“{column.role}”不认识", f"role 请从 {'、'.join(ROLES)} 中选"
    for key in ("minimum", "maximum"):
        if (given := getattr(column, key)) is not None and not re.fullmatch(r"-?\d+(\.\d+)?", given):
            yield f"的 {key} 写的是“{given}”", "请填数字"


def check_keys(path: Path, data: dict, kind: type[Column | Form], what: str, line: Callable[[], int | None], own: frozenset | set = frozenset()) -> None:
    """Refuse keys that are not known, and say which are missing."""
    known = {f.name for f in fields(kind)} - own
    if unknown := sorted(str(key) for key in set(data) - known):
        raise ContractError(path, line_of(path, f"{unknown[0]}:", line() or 0), f"{what}有不认识的项“{'、'.join(unknown)}”",
                            f"可用的有 {'、'.join(sorted(known))}")
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name in known]
    if missing := [name for name in needed if data.get(name) is None]:
        raise ContractError(path, line(), f"{what}缺少“{'、'.join(missing)}”", "请补上")


def check_form(path: Path, data: dict, columns: tuple[Column, ...], key: object) -> None:
    """What is wrong with a form as a whole."""
    names = [c.name for c in columns]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise ContractError(path, line_of(path, f"- name: {twice[0]}", last=True), f"列“{'、'.join(twice)}”定义了两次", "请删去一处，或换一个名字")
    derived = {f"{c.name}{end}": c.name for c in columns for end in ("_low", "_high", "_precision") if c.numeric or c.type == "date"}
    if taken := sorted(set(names) & set(derived)):
        raise ContractError(path, line_of(path, f"- name: {taken[0]}"), f"列“{taken[0]}”与列“{derived[taken[0]]}”的区间列同名", "请换一个名字")
    if data["cadence"] not in CADENCES:
        raise ContractError(path, line_of(path, "cadence:"), f"报送周期“{data['cadence']}”不认识", f"cadence 请填 {' 或 '.join(CADENCES)}")
    if data.get("layout", "table") not in LAYOUTS:
        raise ContractError(path, line_of(path, "layout:"), f"版式“{data['layout']}”不认识", f"layout 请填 {' 或 '.join(LAYOUTS)}")
    words = data["keywords"]
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ContractError(path, line_of(path, "keywords:"), f"keywords 写的是“{words}”", "请写成方括号里的几个词，数字要加引号，例如 [招商引资, \"2024版\"]")
    if not isinstance(key, list) or not key or not all(isinstance(k, list) and k for k in key):
        raise ContractError(path, line_of(path, "business_key:"), f"business_key 写的是“{key}”", "请写成几行，每行是方括号里的几个列名")
    roles = [c.role for c in columns if c.role and c.role != SEVERAL]
    if twice := sorted({role for role in roles if roles.count(role) > 1}):
        raise ContractError(path, line_of(path, f"role: {twice[0]}", last=True), f"角色“{twice[0]}”用在了两列", "一个角色只给一列")
    used = [("business_key", n) for k in key for n in k] + [
        (f"列“{c.name}”的 {what}", n) for c in columns for what in ("recompute", "not_before") for n in getattr(c, what)]
    for where, name in used:
        if name not in names:
            line = line_of(path, "business_key:") if where == "business_key" else line_of(path, f"- name: {where.split('“')[1].split('”')[0]}")
            raise ContractError(path, line, f"{where} 里的列“{name}”没有定义", "请改成 columns 里有的列名")


def line_of(path: Path, words: str, after: int = 0, last: bool = False) -> int | None:
    """The number of the line that begins with these words; None where there is none."""
    begins = re.compile(rf"\s*(?:- )?{re.escape(words)}(?![\w])") if words[-1:] != ":" else re.compile(rf"\s*(?:- )?{re.escape(words)}")
    found = [number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
             if number > after and begins.match(line.replace('"', "").replace("'", ""))]
    return found[-1 if last else 0] if found else None
