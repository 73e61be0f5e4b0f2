"""Load and check the contract of each form, so that everything about a form is data in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from pathlib import Path

import yaml

from etl.forms.identities import Identity, Ties, read_identity
from etl.mistakes import Mistake
from etl.yamlfile import load_yaml

TYPES = {"text", "code", "enum", "amount", "number", "percent", "date", "year"}
NUMERIC = {"amount", "number", "percent", "year"}
CADENCES = ("monthly", "yearly")
CURRENCIES = ("CNY", "USD")
LAYOUTS = ("table", "blocks")
BLOCKS = ("pairs", "matrix", "table")
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

    def __reduce__(self):
        return _told, (str(self), self.path, self.line)


def _told(text: str, path: Path, line: int | None) -> ContractError:
    """The error again on the other side of a process."""
    error = ContractError.__new__(ContractError, text)
    error.path, error.line = path, line
    return error


@dataclass(frozen=True)
class Column:
    """One canonical column; see docs/dictionary.md for every form's columns."""

    name: str
    header: str
    type: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None          # CNY is stored in 万元, USD in 万美元; else the word itself (亩, 工作日)
    required: bool = False
    values: tuple[str, ...] = ()     # an enumeration's list
    open: bool = False               # an enumeration whose list is only usual
    code: str | None = None          # project_code, uscc: which check a code obeys
    register: str | None = None      # unit: the text must name a unit of the site's register (F40)
    kinds: tuple[str, ...] = ()      # of a register: the kinds of units that a template offers; F40 knows them all
    minimum: str | None = None       # F35
    maximum: str | None = None
    exclusive: bool = False          # the minimum itself is out of range
    recompute: tuple[str, ...] = ()  # of a percent: numerator and denominator, which decide 0.85 against 85
    meaning: str | None = None
    block: str = "table"             # where it stands in a form of blocks: pairs, matrix, table
    support: bool = False            # read for the rules, not a column of the official form

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC


@dataclass(frozen=True)
class Form:
    """The contract of one form."""

    form: str
    name: str
    name_en: str
    cadence: str                     # monthly, yearly
    keywords: tuple[str, ...]        # in a title or file name, they name this form
    columns: tuple[Column, ...]
    business_key: tuple[tuple[str, ...], ...]   # the first list whose columns are all filled is the key
    layout: str = "table"            # table, or blocks
    matrix_rows: dict | None = None  # blocks: label of a row of the money block -> suffix of its columns
    folder: Path | None = None
    identities: tuple[Identity, ...] = ()       # what must hold among the figures; tells which of them is likely wrong

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def ties(self) -> Ties:
        return Ties(self.identities)

    @cached_property
    def look_alikes(self) -> dict[str, tuple[str, ...]]:
        """For each column of figures those of its kind of which a cell of it may be a copy by mistake."""
        kinds = {c.name: (c.type, c.unit) for c in self.columns if c.numeric}
        return {one: tuple(other for other, kind in kinds.items() if other != one and kind == kinds[one] and self.ties.may_copy(one, other))
                for one in kinds}

    @property
    def money(self) -> bool:
        """True where the form has amounts in yuan, so that its sheet must name a unit (F17)."""
        return any(c.unit == "CNY" for c in self.columns)


def load_form(path: Path) -> Form:
    """Read one `form.yaml` and check every word in it. Raises ContractError with file, line and remedy."""
    try:
        data = load_yaml(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise ContractError(path, mark.line + 1 if mark else None, f"YAML 写法有误（{problem}）", "请按相邻各项的缩进和写法改正") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise ContractError(path, None, f"读不出来（{error}）", "请存为 UTF-8 编码，日期写成真实的日期") from None
    if not isinstance(data, dict):
        raise ContractError(path, 1, "没有内容，或不是“键: 值”的写法", "请参照别的报表的 form.yaml 填写")
    _check_keys(path, data, Form, "报表", lambda: None, {"folder"})
    entries = data.pop("columns")
    columns = tuple(_column(path, entry) for entry in entries) if isinstance(entries, list) else ()
    if not columns:
        raise ContractError(path, _line(path, "columns:"), "columns 里没有任何列", "请至少定义一列")
    key = data.pop("business_key")
    _check_form(path, data, columns, key)
    data["keywords"] = tuple(data["keywords"])
    try:
        data["identities"] = tuple(read_identity(entry, [c.name for c in columns]) for entry in data.get("identities", ()))
    except ValueError as wrong:
        raise ContractError(path, _line(path, "identities:"), f"identities 里有一项看不懂（{wrong}）", "请按 docs/culprit.md 的写法改正") from None
    return Form(columns=columns, business_key=tuple(tuple(k) for k in key), folder=path.parent, **data)


def _column(path: Path, entry) -> Column:
    if not isinstance(entry, dict):
        raise ContractError(path, _line(path, f"- {entry}"), f"columns 里有一项“{entry}”不是一列", "每一列以“- name: 列名”开头")
    def line() -> int | None:                                # looked for only where something is wrong
        return _line(path, f"- name: {entry.get('name')}")

    _check_keys(path, entry, Column, f"列“{entry.get('name')}”", line)
    entry = dict(entry)
    for key in ("aliases", "values", "recompute", "kinds"):
        if not isinstance(entry.setdefault(key, []), list):
            raise ContractError(path, line(), f"列“{entry['name']}”的 {key} 写的是“{entry[key]}”", "请写成方括号里的一列，例如 [甲, 乙]")
        entry[key] = tuple(str(v) for v in entry[key])
    for key in ("minimum", "maximum"):
        if key in entry:
            entry[key] = str(entry[key])
    column = Column(**entry)
    for found, remedy in _wrong(column):
        raise ContractError(path, line(), f"列“{column.name}”{found}", remedy)
    return column


def _wrong(column: Column) -> Iterator[tuple[str, str]]:
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
    for key in ("minimum", "maximum"):
        if (given := getattr(column, key)) is not None and not re.fullmatch(r"-?\d+(\.\d+)?", given):
            yield f"的 {key} 写的是“{given}”", "请填数字"


def _check_keys(path: Path, data: dict, kind, what: str, line: Callable[[], int | None], own: frozenset | set = frozenset()) -> None:
    """Refuse keys that are not known, and say which are missing."""
    known = {f.name for f in fields(kind)} - own
    if unknown := sorted(str(key) for key in set(data) - known):
        raise ContractError(path, _line(path, f"{unknown[0]}:", line() or 0), f"{what}有不认识的项“{'、'.join(unknown)}”",
                            f"可用的有 {'、'.join(sorted(known))}")
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name in known]
    if missing := [name for name in needed if data.get(name) is None]:
        raise ContractError(path, line(), f"{what}缺少“{'、'.join(missing)}”", "请补上")


def _check_form(path: Path, data: dict, columns: tuple[Column, ...], key) -> None:
    """What is wrong with a form as a whole."""
    names = [c.name for c in columns]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise ContractError(path, _line(path, f"- name: {twice[0]}", last=True), f"列“{'、'.join(twice)}”定义了两次", "请删去一处，或换一个名字")
    derived = {f"{c.name}{end}": c.name for c in columns for end in ("_low", "_high", "_precision") if c.numeric or c.type == "date"}
    if taken := sorted(set(names) & set(derived)):
        raise ContractError(path, _line(path, f"- name: {taken[0]}"), f"列“{taken[0]}”与列“{derived[taken[0]]}”的区间列同名", "请换一个名字")
    if data["cadence"] not in CADENCES:
        raise ContractError(path, _line(path, "cadence:"), f"报送周期“{data['cadence']}”不认识", f"cadence 请填 {' 或 '.join(CADENCES)}")
    if data.get("layout", "table") not in LAYOUTS:
        raise ContractError(path, _line(path, "layout:"), f"版式“{data['layout']}”不认识", f"layout 请填 {' 或 '.join(LAYOUTS)}")
    words = data["keywords"]
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ContractError(path, _line(path, "keywords:"), f"keywords 写的是“{words}”", "请写成方括号里的几个词，数字要加引号，例如 [招商引资, \"2024版\"]")
    if not isinstance(key, list) or not key or not all(isinstance(k, list) and k for k in key):
        raise ContractError(path, _line(path, "business_key:"), f"business_key 写的是“{key}”", "请写成几行，每行是方括号里的几个列名")
    used = [("business_key", n) for k in key for n in k] + [(f"列“{c.name}”的 recompute", n) for c in columns for n in c.recompute]
    for where, name in used:
        if name not in names:
            line = _line(path, "business_key:") if where == "business_key" else _line(path, f"- name: {where.split('“')[1].split('”')[0]}")
            raise ContractError(path, line, f"{where} 里的列“{name}”没有定义", "请改成 columns 里有的列名")


def _line(path: Path, words: str, after: int = 0, last: bool = False) -> int | None:
    """The number of the line that begins with these words; None where there is none."""
    begins = re.compile(rf"\s*(?:- )?{re.escape(words)}(?![\w])") if words[-1:] != ":" else re.compile(rf"\s*(?:- )?{re.escape(words)}")
    found = [number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
             if number > after and begins.match(line.replace('"', "").replace("'", ""))]
    return found[-1 if last else 0] if found else None


def load_forms(folder: Path) -> dict[str, Form]:
    """Read every contract below `expectations/`; the folder's name is the form's. Raises ContractError."""
    forms = {}
    for path in sorted(folder.glob("*/form.yaml")):
        form = load_form(path)
        if form.form != path.parent.name:
            raise ContractError(path, _line(path, "form:"), f"form 写的是“{form.form}”，文件夹名是“{path.parent.name}”", "两处请写成一样")
        forms[form.form] = form
    if not forms:
        raise ContractError(folder, None, "没有任何 form.yaml", "请检查 LUODI_HOME 是否指向 luodi 的源码目录")
    return forms
