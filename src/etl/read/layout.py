"""Layouts that a person declares, for sheets that no search for headers could read: `layouts/<name>.yaml`.

Most forms need none. A layout says where on a sheet the values of one or several forms stand: several tables one below
the other, labels with their values, blocks that repeat, columns by period, rows that give values to the lines below them.
docs/layouts.md tells the language by examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from etl.forms.checks import ContractError, line_of, load_entries
from etl.forms.contract import Form
from etl.normalise.slots import BUILT_IN, Pattern, Words, compile_pattern

SPECIAL = ("unit", "period")  # facts that say whose a sheet is, beside the columns of its forms
WHERE = ("right", "below", "same")
BLANK_ROW = "blank"
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that holds for a whole sheet or block: beside or below its label, in a cell of a name, or a slot of a title."""

    name: str  # a column, or one of SPECIAL
    label: Pattern | None = None
    cell: str | None = None
    title: Pattern | None = None
    value: str | None = None  # of a label: one of WHERE; None takes the first that holds anything
    sheet: str | None = None  # pattern of the sheet's name, where that is another one


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row that is no line and gives values to the lines below: known by its first text, or by what stands in some columns.

    Figures in columns that it does not give are sums of the lines below it.
    """

    text: Pattern | None = None
    where: Mapping[str, Pattern] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)  # column of the lines -> column of the row that holds it


@dataclass(frozen=True, slots=True)
class LaidTable:
    """One table of a sheet or block, with the form whose lines it holds."""

    form: str
    start: Pattern | None = None  # `from`: the row in which this stands is the table's first
    until: Pattern | int | str | None = None  # a text, a count of lines, or `blank`: the first blank row below the lines
    turn: bool = False  # its lines run to the right
    optional: bool = False  # a sheet without it is laid out so all the same
    columns: Mapping[str, tuple[tuple[Pattern, ...], ...]] = field(default_factory=dict)  # column -> paths; a path from top to bottom
    places: Mapping[str, int] = field(default_factory=dict)  # column -> which of the columns under its header, from 1
    groups: tuple[GroupRow, ...] = ()
    totals: tuple[Pattern, ...] = ()
    line_when: tuple[str, ...] = ()  # columns that must be filled; () for those of the form's key that the table has
    blank: frozenset[str] = frozenset()  # words of the empty template that are no value, folded
    down: tuple[str, ...] = ()  # columns whose blank cells mean the value above


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet holds the lines of one or several forms."""

    layout: str
    tables: tuple[LaidTable, ...]
    sheet: str | None = None  # pattern of the names of its sheets: *台账*
    slots: Words = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    block: Pattern | None = None  # what begins a block that repeats; facts and tables belong to it

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(table.form for table in self.tables)


def load_layouts(folder: Path, forms: Mapping[str, Form]) -> tuple[Layout, ...]:
    """Every layout below `layouts/`, by name. Raises ContractError with file, line and remedy."""
    return tuple(_Reader(path, forms).layout() for path in sorted(folder.glob("layouts/*.yaml")))


class _Reader:
    """Reads one file and says at which line it is wrong."""

    def __init__(self, path: Path, forms: Mapping[str, Form]) -> None:
        self.path, self.forms = path, forms
        self.data = load_entries(path)

    def wrong(self, begins: str, key: str, /, **values: object) -> ContractError:
        return ContractError(self.path, line_of(self.path, begins), f"layout.{key}", **values)

    def layout(self) -> Layout:
        data = self.data
        self.keys(data, {f.name for f in fields(Layout)})
        if data.get("layout") != self.path.stem:
            raise self.wrong("layout:", "name", given=data.get("layout"), name=self.path.stem)
        self.words = self.slots(data.get("slots") or {})
        tables = tuple(self.table(entry) for entry in self.entries(data.get("tables"), "tables:"))
        if not tables:
            raise self.wrong("tables:", "no_tables")
        known = {c.name for table in tables for c in self.forms[table.form].columns} | set(SPECIAL)
        facts = tuple(self.fact(name, given, known) for name, given in self.mapping(data, "facts").items())
        block = self.pattern(data["block"], "block:") if data.get("block") else None
        return Layout(self.path.stem, tables, data.get("sheet"), self.words, facts, block)

    def keys(self, given: Mapping, known: set[str]) -> None:
        if unknown := sorted(str(key) for key in set(given) - known):
            raise self.wrong(f"{unknown[0]}:", "stray", unknown=tuple(unknown), known=sorted(known))

    def entries(self, given: object, begins: str) -> list[dict]:
        if given is None:
            return []
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            raise self.wrong(begins, "no_entries", what=begins.rstrip(":"))
        return given

    def slots(self, given: Mapping) -> Words:
        if not isinstance(given, dict) or not all(isinstance(words, dict) and words for words in given.values()):
            raise self.wrong("slots:", "slots")
        return {name: {str(word): str(value) for word, value in words.items()} for name, words in given.items()}

    def pattern(self, text: object, begins: str) -> Pattern:
        try:
            return compile_pattern(str(text), self.words)
        except (ValueError, re.error):
            raise self.wrong(begins, "pattern", text=text) from None

    def fact(self, name: str, given: object, known: set[str]) -> Fact:
        begins = f"{name}:"
        if name not in known:
            raise self.wrong(begins, "no_column", name=name, where="facts")
        entry = {"label": given} if isinstance(given, str) else given
        if not isinstance(entry, dict):
            raise self.wrong(begins, "fact", name=name)
        self.keys(entry, {"label", "cell", "title", "value", "sheet"})
        if sum(key in entry for key in ("label", "cell", "title")) != 1:
            raise self.wrong(begins, "fact", name=name)
        if entry.get("value") not in (None, *WHERE):
            raise self.wrong(begins, "where", given=entry["value"], known=WHERE)
        if "cell" in entry and not _CELL.fullmatch(str(entry["cell"])):
            raise self.wrong(begins, "cell", given=entry["cell"])
        title = self.pattern(entry["title"], begins) if "title" in entry else None
        if title and name not in title.slots and not (name == "period" and {"year", *BUILT_IN} & set(title.slots)):
            raise self.wrong(begins, "title", name=name, title=title.text)
        label = self.pattern(entry["label"], begins) if "label" in entry else None
        return Fact(name, label, entry.get("cell"), title, entry.get("value"), entry.get("sheet"))

    def table(self, entry: dict) -> LaidTable:
        name = entry.get("form") or self.path.stem
        begins = f"form: {name}"
        known = {"form", "from", "until", "turn", "optional", "columns", "groups", "totals", "line_when", "blank", "down"}
        self.keys(entry, known)
        if not isinstance(name, str) or name not in self.forms:
            raise self.wrong(begins, "no_form", name=name, known=tuple(self.forms))
        form = self.forms[name]
        columns, places = self.columns(form, self.mapping(entry, "columns"))
        return LaidTable(
            name,
            self.pattern(entry["from"], "from:") if entry.get("from") else None,
            self.until(entry.get("until")),
            bool(entry.get("turn")),
            bool(entry.get("optional")),
            columns,
            places,
            tuple(self.group(form, one) for one in self.listed(entry, "groups")),
            tuple(self.pattern(text, "totals:") for text in self.texts(entry, "totals")),
            tuple(self.named(form, n, "line_when") for n in self.texts(entry, "line_when")),
            frozenset(self.texts(entry, "blank")),
            tuple(self.named(form, n, "down") for n in self.texts(entry, "down")),
        )

    def texts(self, entry: dict, key: str) -> tuple[str, ...]:
        return tuple(str(text) for text in self.listed(entry, key))

    def listed(self, entry: Mapping, key: str) -> list:
        given = entry.get(key) or []
        if not isinstance(given, list):
            raise self.wrong(f"{key}:", "no_list", key=key, given=given)
        return given

    def mapping(self, entry: Mapping, key: str) -> dict:
        given = entry.get(key) or {}
        if not isinstance(given, dict):
            raise self.wrong(f"{key}:", "no_mapping", key=key, given=given)
        return given

    def until(self, given: object) -> Pattern | int | str | None:
        if given is None or type(given) is int or given == BLANK_ROW:
            return given
        return self.pattern(given, "until:")

    def named(self, form: Form, name: object, where: str) -> str:
        if not isinstance(name, str) or name not in form.by_name:
            raise self.wrong(f"{where}:", "no_column", name=name, where=where)
        return name

    def columns(self, form: Form, given: Mapping) -> tuple[dict[str, tuple[tuple[Pattern, ...], ...]], dict[str, int]]:
        paths: dict[str, tuple[tuple[Pattern, ...], ...]] = {}
        places: dict[str, int] = {}
        for name, texts in given.items():
            self.named(form, name, "columns")
            found = []
            for text in texts if isinstance(texts, list) else [texts]:
                parts = [part for part in str(text).split("/") if part.strip()]
                if len(parts) > 1 and parts[-1].strip().isdigit():
                    places[name] = int(parts.pop())
                found.append(tuple(self.pattern(part, f"{name}:") for part in parts))
            if not found or not all(found):
                raise self.wrong(f"{name}:", "path", name=name)
            paths[name] = tuple(found)
        return paths, places

    def group(self, form: Form, given: object) -> GroupRow:
        entry = {"text": given} if isinstance(given, str) else given
        if not isinstance(entry, dict):
            raise self.wrong("groups:", "group")
        self.keys(entry, {"text", "where", "gives"})
        where = {self.named(form, n, "where"): self.pattern(text, "groups:") for n, text in self.mapping(entry, "where").items()}
        text = self.pattern(entry["text"], "groups:") if entry.get("text") else None
        given = entry.get("gives") or {}
        pairs = given if isinstance(given, dict) else dict(zip(self.texts(entry, "gives"), self.texts(entry, "gives")))
        gives = {self.named(form, n, "gives"): self.named(form, of, "gives") for n, of in pairs.items()}
        if bool(text) == bool(where) or where and not gives:
            raise self.wrong("groups:", "group")
        return GroupRow(text, where, gives)
