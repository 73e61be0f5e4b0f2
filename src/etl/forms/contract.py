"""Load and check the contract of each form, so that everything about a form is data in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from etl.yamlfile import load_yaml

TYPES = {"text", "code", "enum", "amount", "number", "percent", "date", "year"}
NUMERIC = {"amount", "number", "percent", "year"}


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

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    @property
    def money(self) -> bool:
        """True where the form has amounts in yuan, so that its sheet must name a unit (F17)."""
        return any(c.unit == "CNY" for c in self.columns)


def load_form(path: Path) -> Form:
    """Read one `form.yaml`. Raises ValueError naming the file and the word that is not understood."""
    data = load_yaml(path)
    known = {f.name for f in fields(Column)}
    columns = []
    for entry in data.pop("columns"):
        unknown = set(entry) - known
        if unknown:
            raise ValueError(f"{path}: column {entry.get('name')!r} has unknown keys {sorted(unknown)}")
        if entry["type"] not in TYPES:
            raise ValueError(f"{path}: column {entry['name']!r} has unknown type {entry['type']!r}")
        for key in ("aliases", "values", "recompute", "kinds"):
            entry[key] = tuple(str(v) for v in entry.get(key, ()))
        for key in ("minimum", "maximum"):
            if key in entry:
                entry[key] = str(entry[key])
        columns.append(Column(**entry))
    names = [c.name for c in columns]
    twice = {n for n in names if names.count(n) > 1}
    if twice:
        raise ValueError(f"{path}: columns defined twice: {sorted(twice)}")
    unknown = set(data) - {f.name for f in fields(Form)}
    if unknown:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    key = tuple(tuple(k) for k in data.pop("business_key"))
    missing = {n for k in key for n in k} - set(names)
    if missing:
        raise ValueError(f"{path}: business_key names unknown columns {sorted(missing)}")
    data["keywords"] = tuple(data["keywords"])
    return Form(columns=tuple(columns), business_key=key, folder=path.parent, **data)


def load_forms(folder: Path) -> dict[str, Form]:
    """Read every contract below `expectations/`; the folder's name is the form's."""
    forms = {}
    for path in sorted(folder.glob("*/form.yaml")):
        form = load_form(path)
        if form.form != path.parent.name:
            raise ValueError(f"{path}: names the form {form.form!r}, its folder says {path.parent.name!r}")
        forms[form.form] = form
    if not forms:
        raise ValueError(f"no form.yaml found below {folder}")
    return forms
