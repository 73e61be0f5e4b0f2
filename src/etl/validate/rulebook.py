"""The rulebook as data: what each code means, how grave it is, what it says, and which numbers it uses."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.forms.yamlfile import load_yaml
from etl.site.settings import DAY, wrong_kind

LISTS = "|"                   # between the members of a list in parameters.csv and in a site's settings.csv
SEVERITIES = ("error", "warning", "info")
DECIDED_BY = ("reader", "sql", "context", "roster", "marts")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Rule:
    """One row of expectations/rulebook.csv."""

    code: str
    forms: tuple[str, ...]            # ('*',) is every form
    name_zh: str
    name_en: str
    severity: str                     # error, warning, info
    level: str                        # cell, row, submission, cross_period, cross_unit, warehouse
    # reader; sql: on the submission by itself; context: beside all others; roster: the same, but only a whole night
    # can tell; marts: on the tables that dbt built. A rule may be decided while reading and in SQL.
    decided_by: tuple[str, ...]
    sentence_zh: str
    sentence_en: str
    version: str
    effective_from: date | None       # of the end of the period that a submission is about
    effective_to: date | None
    condition: str
    anchor: str
    remedies: Mapping[str, tuple[str, str]] = field(default_factory=dict)     # what {remedy} says, in zh and en, by kind of slip

    def covers(self, form: str) -> bool:
        return self.forms == ("*",) or form in self.forms

    def in_force(self, period_end: date | None) -> bool:
        """True where the rule holds for a period; a rule without dates always does."""
        if period_end is None:
            return self.effective_from is None and self.effective_to is None
        return (self.effective_from or date.min) <= period_end <= (self.effective_to or date.max)


def load_rulebook(path: Path) -> dict[str, Rule]:
    """Read `rulebook.csv`, and the `remedies.csv` beside it; codes in the order of the file.

    Raises ValueError naming the code and the word.
    """
    rules: dict[str, Rule] = {}
    remedies = _load_remedies(path.with_name("remedies.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            if code in rules:
                raise ValueError(f"{path}: rule {code} stands twice")
            forms, decided_by = (tuple(row.pop(key).split(LISTS)) for key in ("forms", "decided_by"))
            if row["severity"] not in SEVERITIES or not set(decided_by) <= set(DECIDED_BY):
                raise ValueError(f"{path}: rule {code} has severity {row['severity']!r}, decided_by {decided_by!r}")
            start, end = (_day(row.pop(key)) for key in ("effective_from", "effective_to"))
            rules[code] = Rule(**row, forms=forms, decided_by=decided_by, effective_from=start, effective_to=end,
                               remedies=remedies.get(code, {}))
    return rules


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_remedies(path: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """What the sentences of some rules say beyond their own, by rule and kind of slip (`etl.normalise.slips`)."""
    remedies: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    if not path.is_file():                       # a rulebook whose sentences say all themselves
        return remedies
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            remedies[row["rule"]][row["slip"]] = row["zh"], row["en"]
    return remedies


class Parameters(Mapping[str, str | tuple[str, ...]]):
    """The numbers and lists that rules use, by name: `cfg.over_plan` is '1.3', `cfg.public_money` a tuple."""

    def __init__(self, values: Mapping[str, str | tuple[str, ...]]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> str | tuple[str, ...]:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, key: str) -> str | tuple[str, ...]:
        try:
            return vars(self)["_values"][key]          # not self._values: a copy that is being made has none yet
        except KeyError:
            raise AttributeError(f"no parameter {key!r} in expectations/parameters.csv") from None

    def word(self, key: str) -> str:
        """A parameter that is no list: a number, or true or false."""
        value = getattr(self, key)
        if not isinstance(value, str):
            raise TypeError(f"parameter {key!r} in expectations/parameters.csv is a list")
        return value


def load_parameters(expectations: Path, settings: Mapping[str, str] | None = None, as_of: str = "") -> Parameters:
    """The defaults of `parameters.csv`, overridden by a site's settings of the same key.

    `as_of` is the night's date as ISO text (F37). A list is written with | between its members. Raises
    ValueError where a setting is not of the kind of its default (`etl.site.settings`).
    """
    settings = dict(settings or {})
    cfg: dict[str, str | tuple[str, ...]] = {}
    with (expectations / "parameters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, default = row["key"], row["value"]
            cfg[key] = _like(default, settings.get(key, default), key)
    cfg["home_area"] = _words(settings.get("home_area") or settings.get("county", ""))
    vocabulary = load_yaml(expectations / "vocabulary.yaml")
    cfg["vague_text"] = tuple(vocabulary["vague_text"])
    cfg["as_of"] = as_of or settings.get("as_of", "")
    return Parameters(cfg)


def load_retired(path: Path) -> list[dict[str, str]]:
    """The retired versions of forms (P56): form, version, mark in the title, last period, current version."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _like(default: str, given: str, key: str) -> str | tuple[str, ...]:
    """A setting in the kind of its default: number, day (09-30), true or false, or list of words; a blank is the default but for a list."""
    number, plain = _NUMBER.fullmatch(default), default in ("true", "false") or DAY.fullmatch(default)
    if not number and not plain:
        return _words(given)
    given = given.strip() or default
    if fault := wrong_kind(key, given, default):
        raise ValueError(str(fault))
    return str(Decimal(given.split()[0])) if number else given.lower()


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(LISTS) if w.strip())
