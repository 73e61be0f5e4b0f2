"""Say what is wrong with a contract: file, line and remedy, before anything is read by it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from etl.forms.merged import really_at
from etl.forms.yamlfile import load_yaml
from etl.mistakes import Mistake
from etl.period import GRAIN_OF
from etl.texts.catalogue import Text, recognised

if TYPE_CHECKING:
    from etl.forms.contract import Column, Form

TYPES = {"text", "code", "enum", "amount", "number", "percent", "date", "year"}
LAYOUTS = ("table", "blocks")
PLAIN = {"str", "str | None", "bool", "int | None"}  # kinds of keys that hold one word or number
BLOCKS = ("pairs", "matrix", "table")
# What a column is to the rules that all forms share: a form that names its columns' roles gets those rules. One column has
# a role, but for year_part.
ROLES = {
    "month": "the figure of this month",
    "year_to_date": "its sum since January",
    "year_part": "another sum since January, of a part of it",
    "since_start": "its sum since the beginning",
    "total": "what a project comes to as a whole",
    "fixed_assets": "the fixed assets within it",
    "plan": "what the year is planned to bring",
    "area": "the land that a project takes",
    "budget": "what may be spent this year",
    "budget_opening": "the same at the year's beginning",
    "budget_change": "what was added since, with its sign",
    "budget_item": "what a budget line is called",
    "project_code": "the national code of a project",
    "project_name": "its name",
    "owner_name": "the firm behind it",
    "owner_code": "that firm's social credit code",
    "place": "where it lies",
    "claimant": "the unit that it is credited to, where that is not who reports it",
    "share": "the share of that unit, in %",
    "stage": "how far it has come (stage_order)",
    "signed": "the day of its contract",
    "start": "the day on which works began",
    "started": "yes or no: whether works have begun",
    "progress": "in words, how far works are",
    "matter": "what was applied for",
    "accepted": "the day on which the application was accepted",
    "decided": "the day on which it was decided",
    "problem": "a problem in words",
    "due": "the day by which something is to be done",
    "done": "the day on which it was done, blank while it is not",
    "reason": "why it is not done in time",
    "note": "the remark",
}
SEVERAL = "year_part"
TEXT_WORDS = ("shortest", "longest", "pattern", "looks", "separator", "fewest", "most", "distinct", "list", "list_by")
# Columns that every staged table has (etl.validate.stage), and words that SQL keeps for itself.
RESERVED = frozenset({"line_id", "submission_id", "unit", "period", "period_end", "sheet", "row_no", "business_key", "raw", "cells"})
SQL_WORDS = frozenset(
    {
        "all",
        "analyse",
        "and",
        "any",
        "as",
        "asc",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "default",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "fetch",
        "for",
        "foreign",
        "from",
        "group",
        "having",
        "in",
        "initially",
        "intersect",
        "into",
        "lateral",
        "leading",
        "limit",
        "not",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "pivot",
        "primary",
        "qualify",
        "references",
        "returning",
        "select",
        "show",
        "some",
        "summarize",
        "table",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "unpivot",
        "using",
        "when",
        "where",
        "window",
        "with",
    }
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class ContractError(Mistake, ValueError):
    """A contract that cannot be used: says which file and line, what is wrong and how to mend it."""

    def __init__(self, path: Path, line: int | None, key: str, /, **values: object) -> None:
        path, line = really_at(path, line)
        where = path if line is None else Text("form.at_line", path=path, line=line)
        super().__init__("form.error", where=where, said=Text(key, **values))
        self.path, self.line = path, line


def load_entries(path: Path) -> dict[str, Any]:
    """The entries of a contract or layout as they stand in its file. Raises ContractError where it is no such file."""
    try:
        data = load_yaml(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise ContractError(path, mark.line + 1 if mark else None, "form.no_yaml", problem=recognised("form", problem)) from None
    except (UnicodeDecodeError, ValueError) as error:
        raise ContractError(path, None, "form.unreadable", error=error) from None
    if not isinstance(data, dict):
        raise ContractError(path, 1, "form.empty")
    return data


def faults_of(column: Column, currencies: Sequence[str]) -> Iterator[Text]:
    """What is wrong with one column by itself, and how to mend it."""

    def fault(key: str, /, **values: object) -> Text:
        return Text(key, column=Text("form.column", name=column.name), **values)

    if not isinstance(column.name, str) or not _NAME.fullmatch(column.name):
        yield fault("form.column_name")
    elif column.name in RESERVED:
        yield fault("form.reserved", name=column.name, reserved=sorted(RESERVED))
    elif column.name in SQL_WORDS:
        yield fault("form.sql_word", name=column.name)
    if not isinstance(column.header, str) or not column.header.strip():
        yield fault("form.no_header")
    if column.type not in TYPES:
        yield fault("form.type", type=column.type, types=sorted(TYPES))
    if column.type == "amount" and column.unit not in currencies:
        yield fault("form.currency", unit=column.unit, currencies=currencies)
    if column.type != "amount" and column.unit in currencies:
        yield fault("form.no_amount", unit=column.unit, type=column.type)
    if column.type == "enum" and not column.values:
        yield fault("form.no_values")
    if column.block not in BLOCKS:
        yield fault("form.block", block=column.block, blocks=BLOCKS)
    for key in ("happened", "not_before"):
        if getattr(column, key) and column.type != "date":
            yield fault("form.dates_only", key=key, type=column.type)
    if column.role is not None and column.role not in ROLES:
        yield fault("form.role", role=column.role, roles=ROLES)
    yield from _faults_of_text(column, fault)
    for key in ("minimum", "maximum"):
        if (given := getattr(column, key)) is not None and not re.fullmatch(r"-?\d+(\.\d+)?", given):
            yield fault("form.no_number", key=key, given=given)


def _faults_of_text(column: Column, fault: Callable[..., Text]) -> Iterator[Text]:
    """What is wrong with the words that a contract has for texts."""
    words = [key for key in TEXT_WORDS if getattr(column, key) not in (None, False, ())]
    if words and column.type not in ("text", "code"):
        yield fault("form.texts_only", key=words[0], type=column.type)
    for key in ("shortest", "longest", "fewest", "most"):
        given = getattr(column, key)
        if given is not None and (not isinstance(given, int) or isinstance(given, bool) or given < 0):
            yield fault("form.no_count", key=key, given=given)
    if any(key in words for key in ("fewest", "most", "distinct")) and not column.separator:
        yield fault("form.no_separator")
    if column.type == "text" and column.values and not column.separator:
        yield fault("form.values_of_enum")
    if column.list_by and not column.list:
        yield fault("form.list_by")
    if column.pattern is not None:
        try:
            re.compile(str(column.pattern))
        except re.error as error:
            yield fault("form.pattern", pattern=column.pattern, error=error)


def check_list(path: Path, column: Column, names: Collection[str]) -> None:
    """Refuse a list that is not there, or that lacks the columns which it goes by. Raises ContractError."""
    if column.list is None:
        return
    line, called = line_of(path, f"- name: {column.name}"), Text("form.column", name=column.name)
    file = path.parent.parent / "lists" / f"{column.list}.csv"
    if not file.is_file():
        raise ContractError(path, line, "form.no_list_file", column=called, file=file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head = next(csv.reader(lines), [])
    if missing := [name for name in ("value", *dict(column.list_by)) if name not in head]:
        raise ContractError(file, 1, "form.list_lacks", missing=missing)
    if strange := [name for _, name in column.list_by if name not in {*names, "unit", "period"}]:
        raise ContractError(
            path, line, "form.no_column", where=Text("form.names_columns", name=column.name, key="list_by"), name=strange[0]
        )


def check_keys(
    path: Path, data: dict, kind: type[Column | Form], what: Text, line: Callable[[], int | None], own: frozenset | set = frozenset()
) -> None:
    """Refuse keys that are not known, and say which are missing."""
    known = {f.name for f in fields(kind)} - own
    if unknown := sorted(str(key) for key in set(data) - known):
        raise ContractError(
            path, line_of(path, f"{unknown[0]}:", line() or 0), "form.stray", what=what, unknown=tuple(unknown), known=sorted(known)
        )
    for f in fields(kind):
        if str(f.type) in PLAIN and isinstance(data.get(f.name), (list, dict)):
            raise ContractError(path, line_of(path, f"{f.name}:", line() or 0), "form.no_plain", what=what, key=f.name, given=data[f.name])
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name in known]
    if missing := [name for name in needed if data.get(name) is None]:
        raise ContractError(path, line(), "form.lacks", what=what, missing=tuple(missing))


def check_form(path: Path, data: dict, columns: tuple[Column, ...], key: object) -> None:
    """What is wrong with a form as a whole."""
    names = [c.name for c in columns]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise ContractError(path, line_of(path, f"- name: {twice[0]}", last=True), "form.column_twice", twice=tuple(twice))
    derived = {f"{c.name}{end}": c.name for c in columns for end in ("_low", "_high", "_precision") if c.numeric or c.type == "date"}
    if taken := sorted(set(names) & set(derived)):
        raise ContractError(path, line_of(path, f"- name: {taken[0]}"), "form.column_taken", taken=taken[0], derived=derived[taken[0]])
    if data["cadence"] not in GRAIN_OF:
        raise ContractError(path, line_of(path, "cadence:"), "form.cadence", cadence=data["cadence"], choices=tuple(GRAIN_OF))
    if data.get("layout", "table") not in LAYOUTS:
        raise ContractError(path, line_of(path, "layout:"), "form.layout", layout=data["layout"], choices=LAYOUTS)
    words = data["keywords"]
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ContractError(path, line_of(path, "keywords:"), "form.keywords", words=words)
    if not isinstance(key, list) or not key or not all(isinstance(k, list) and k for k in key):
        raise ContractError(path, line_of(path, "business_key:"), "form.business_key", key=key)
    roles = [c.role for c in columns if c.role and c.role != SEVERAL]
    if twice := sorted({role for role in roles if roles.count(role) > 1}):
        raise ContractError(path, line_of(path, f"role: {twice[0]}", last=True), "form.role_twice", role=twice[0])
    used: list[tuple[Text | str, str, str]] = [("business_key", "business_key:", n) for k in key for n in k]
    used += [
        (Text("form.names_columns", name=c.name, key=what), f"- name: {c.name}", n)
        for c in columns
        for what in ("recompute", "not_before")
        for n in getattr(c, what)
    ]
    for where, begins, name in used:
        if name not in names:
            raise ContractError(path, line_of(path, begins), "form.no_column", where=where, name=name)
    for column in columns:
        check_list(path, column, names)


def line_of(path: Path, words: str, after: int = 0, last: bool = False) -> int | None:
    """The number of the line that begins with these words, as an entry of a list or not; None where there is none."""
    words = words.removeprefix("- ")
    end = "" if words[-1:] == ":" else r"(?![\w])"
    begins = re.compile(rf"\s*(?:- )?\{{?\s*{re.escape(words)}{end}")
    found = [
        number
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if number > after and begins.match(line.replace('"', "").replace("'", ""))
    ]
    return found[-1 if last else 0] if found else None
