"""Load and check the contract of each form, so that everything about a form is data in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from etl.forms.checks import ContractError, check_form, check_keys, faults_of, line_of, load_entries
from etl.forms.currencies import Currency, load_currencies
from etl.forms.identities import Identity, Ties, read_identity
from etl.forms.yamlfile import parse_all
from etl.texts.catalogue import Text

NUMERIC = {"amount", "number", "percent", "year"}
CLAIMED = ("project_code", "project_name", "owner_name", "owner_code")  # roles of a form whose projects units may claim twice


@dataclass(frozen=True)
class Column:
    """One canonical column; see docs/dictionary.md for every form's columns."""

    name: str
    header: str
    type: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None  # of an amount its currency (currencies.yaml); else the word itself (亩, 工作日)
    required: bool = False
    values: tuple[str, ...] = ()  # an enumeration's list
    open: bool = False  # an enumeration whose list is only usual
    code: str | None = None  # project_code, uscc: which check a code obeys
    register: str | None = None  # unit: the text must name a unit of the site's register (F40)
    kinds: tuple[str, ...] = ()  # of a register: the kinds of units that a template offers; F40 knows them all
    minimum: str | None = None  # F35
    maximum: str | None = None
    exclusive: bool = False  # the minimum itself is out of range
    role: str | None = None  # what the column is to the rules that all forms share, one of ROLES
    happened: bool = False  # of a date: a day of what has happened, never after the period's end (P14)
    not_before: tuple[str, ...] = ()  # of a date: the dates that it may not lie before (P14)
    recompute: tuple[str, ...] = ()  # of a percent: numerator and denominator, which decide 0.85 against 85
    meaning: str | None = None
    block: str = "table"  # where it stands in a form of blocks: pairs, matrix, table
    support: bool = False  # read for the rules, not a column of the official form
    shortest: int | None = None  # F54: signs that a text has at least
    longest: int | None = None  # and at most
    pattern: str | None = None  # F55: a regular expression that the whole text obeys
    looks: str | None = None  # the same in words, for people: 8位数字
    separator: str | None = None  # F56: what parts several values in one cell; `values`, `list` and `pattern` are of each
    fewest: int | None = None  # of several values
    most: int | None = None
    distinct: bool = False  # no value twice in one cell
    list: str | None = None  # F57: lists/<name>.csv, whose column `value` holds what may be written; for lists of thousands
    list_by: tuple[tuple[str, str], ...] = ()  # column of the list, and the column of the line (or unit, period) that it goes by

    stored_in: str | None = None  # of an amount, by its currency: 万元
    home: bool = False  # an amount of which the sheet must say the unit

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC


@dataclass(frozen=True)
class Form:
    """The contract of one form."""

    form: str
    name: str
    name_en: str
    cadence: str  # one of etl.period.GRAIN_OF
    keywords: tuple[str, ...]  # in a title or file name, they name this form
    columns: tuple[Column, ...]
    business_key: tuple[tuple[str, ...], ...]  # the first list whose columns are all filled is the key
    layout: str = "table"  # table, or blocks
    matrix_rows: dict[str, str] | None = None  # blocks: label of a row of the money block -> suffix of its columns
    folder: Path = Path()
    identities: tuple[Identity, ...] = ()  # what must hold among the figures; tells which of them is likely wrong

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def role(self) -> dict[str, str]:
        """The columns that play a part in the rules which all forms share, by their role; of year_part the first."""
        return {c.role: c.name for c in reversed(self.columns) if c.role}

    def judged_by(self, code: str) -> list[Identity]:
        """What must hold among the figures, as far as one rule judges it."""
        return [i for i in self.identities if code in i.rules]

    @cached_property
    def ties(self) -> Ties:
        return Ties(self.identities)

    @cached_property
    def look_alikes(self) -> dict[str, tuple[str, ...]]:
        """For each column of figures those of its kind of which a cell of it may be a copy by mistake."""
        kinds = {c.name: (c.type, c.unit) for c in self.columns if c.numeric}
        return {
            one: tuple(other for other, kind in kinds.items() if other != one and kind == kinds[one] and self.ties.may_copy(one, other))
            for one in kinds
        }

    @property
    def money(self) -> bool:
        """True where the form has amounts in yuan, so that its sheet must name a unit (F17)."""
        return any(c.home for c in self.columns)


def load_form(path: Path) -> Form:
    """Read one `form.yaml` and check every word in it. Raises ContractError with file, line and remedy."""
    data = load_entries(path)
    check_keys(path, data, Form, Text("form.whole"), lambda: None, {"folder"})
    entries = data.pop("columns")
    currencies = load_currencies(path.parent.parent)
    columns = tuple(_column(path, entry, currencies) for entry in entries) if isinstance(entries, list) else ()
    if not columns:
        raise ContractError(path, line_of(path, "columns:"), "form.no_columns")
    key = data.pop("business_key")
    check_form(path, data, columns, key)
    data["keywords"] = tuple(data["keywords"])
    if not isinstance(data.get("identities", []), list):
        raise ContractError(path, line_of(path, "identities:"), "form.no_identities", given=data["identities"])
    try:
        data["identities"] = tuple(read_identity(entry, [c.name for c in columns]) for entry in data.get("identities", ()))
    except ValueError as wrong:
        raise ContractError(path, line_of(path, "identities:"), "form.identity", wrong=wrong) from None
    return Form(columns=columns, business_key=tuple(tuple(k) for k in key), folder=path.parent, **data)


def _column(path: Path, entry: object, currencies: Mapping[str, Currency]) -> Column:
    if not isinstance(entry, dict):
        raise ContractError(path, line_of(path, f"- {entry}"), "form.no_entry", entry=entry)

    given = dict(entry)

    def line() -> int | None:  # looked for only where something is wrong
        return line_of(path, f"- name: {given.get('name')}")

    check_keys(path, given, Column, Text("form.column", name=given.get("name")), line, {"stored_in", "home"})
    for key in ("aliases", "values", "recompute", "kinds", "not_before"):
        if not isinstance(given.setdefault(key, []), list):
            raise ContractError(path, line(), "form.no_list", name=given["name"], key=key, given=given[key])
        given[key] = tuple(str(v) for v in given[key])
    for key in ("minimum", "maximum"):
        if key in given:
            given[key] = str(given[key])
    if "separator" in given:
        given["separator"] = str(given["separator"])
    if not isinstance(given.setdefault("list_by", {}), dict):
        raise ContractError(path, line(), "form.no_mapping", name=given["name"], key="list_by", given=given["list_by"])
    given["list_by"] = tuple(given["list_by"].items())
    currency = currencies.get(str(given.get("unit"))) if given.get("type") == "amount" else None
    column = Column(**given, stored_in=currency.stored_in if currency else None, home=bool(currency and currency.home))
    for fault in faults_of(column, tuple(currencies)):
        raise ContractError(path, line(), fault.key, **fault.values)
    return column


def with_roles(forms: Mapping[str, Form], *roles: str) -> dict[str, Form]:
    """The forms whose columns have some roles."""
    return {name: form for name, form in sorted(forms.items()) if set(roles) <= set(form.role)}


@lru_cache(maxsize=64)
def _loaded(path: Path, _changed: int, _size: int) -> Form:
    """A contract read once in a process for as long as its file stays as it is."""
    return load_form(path)


def load_forms(folder: Path) -> dict[str, Form]:
    """Read every contract below `expectations/`; the folder's name is the form's. Raises ContractError."""
    forms = {}
    paths = sorted(folder.glob("*/form.yaml"))
    parse_all(paths)
    for path in paths:
        file = path.stat()
        form = _loaded(path, file.st_mtime_ns, file.st_size)
        if form.form != path.parent.name:
            raise ContractError(path, line_of(path, "form:"), "form.folder", form=form.form, name=path.parent.name)
        forms[form.form] = form
    if not forms:
        raise ContractError(folder, None, "form.no_forms")
    return forms
