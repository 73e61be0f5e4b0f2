"""The rulebook as data: what each code means, how grave it is, what it says, and which numbers it uses."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.forms.checks import ROLES
from etl.forms.contract import Form
from etl.forms.rulefiles import Parameter, RuleFileError, Value, parameter_defaults, rule_files
from etl.forms.yamlfile import load_yaml
from etl.site.settings import NUMBER, wrong_kind

LISTS = "|"  # between the members of a list in a site's settings.csv
SEVERITIES = ("error", "warning", "info")
DECIDED_BY = ("reader", "sql", "context", "roster", "marts")
# Where a finding silences another: on its cell, on its line, or in every figure of its submission.
CELL, LINE, FIGURES = SCOPES = ("cell", "line", "figures")
KEYS = {
    "name",
    "forms",
    "needs",
    "severity",
    "level",
    "decided_by",
    "module",
    "correctable",
    "waivable",
    "finds",
    "says",
    "remedies",
    "silences",
    "dimension",
    "parameters",
    "source",
    "version",
    "from",
    "to",
    "phase",
}
NEEDED = {"name", "severity", "level", "decided_by", "finds", "says", "source"}


@dataclass(frozen=True)
class Rule:
    """One rule, as expectations/rules/<CODE>.yaml says it; its SQL stands beside that file."""

    code: str
    forms: tuple[str, ...]  # ('*',) is every form
    name_zh: str
    name_en: str
    severity: str  # error, warning, info
    level: str  # cell, row, submission, cross_period, cross_unit, warehouse
    # reader; sql: on the submission by itself; context: beside all others; roster: the same, but only a whole night
    # can tell; marts: on the tables that dbt built. A rule may be decided while reading and in SQL.
    decided_by: tuple[str, ...]
    sentence_zh: str
    sentence_en: str
    version: str = "1"
    effective_from: date | None = None  # of the end of the period that a submission is about
    effective_to: date | None = None
    finds_zh: str = ""  # what it looks for, in plain words
    finds_en: str = ""
    source: str = ""
    module: str = ""  # of what is decided while reading: who decides
    correctable: bool = False  # an approved correction answers it
    waivable: bool = True  # False: nothing is there that a waiver could let through
    needs: tuple[str, ...] = ()  # roles that a form's columns must have (etl.forms.checks.ROLES)
    dimension: str | None = None  # of fitness, see fitness.csv
    silences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by scope: the rules that follow from this one
    parameters: tuple[str, ...] = ()  # that no other rule uses
    phase: int = 1  # a rule of a later phase says nothing of a submission in which one of an earlier phase found an error
    remedies: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # what {remedy} says, in zh and en, by kind of slip

    def covers(self, form: Form) -> bool:
        return (self.forms == ("*",) or form.form in self.forms) and set(self.needs) <= set(form.role)

    def in_force(self, period_end: date | None) -> bool:
        """True where the rule holds for a period; a rule without dates always does."""
        if period_end is None:
            return self.effective_from is None and self.effective_to is None
        return (self.effective_from or date.min) <= period_end <= (self.effective_to or date.max)


def load_rulebook(expectations: Path) -> dict[str, Rule]:
    """Read `rules/*.yaml`; codes in their order. Raises RuleFileError."""
    return {code: _rule(expectations / "rules" / f"{code}.yaml", code, data) for code, data in rule_files(expectations).items()}


def _rule(path: Path, code: str, data: Mapping[str, Any]) -> Rule:
    if unknown := sorted(set(data) - KEYS):
        raise RuleFileError(path, "rules.unknown_keys", unknown=unknown, known=sorted(KEYS))
    if missing := sorted(NEEDED - set(data)):
        raise RuleFileError(path, "rules.missing_keys", missing=missing)
    for key in ("name", "finds", "says"):
        if not isinstance(data[key], dict) or set(data[key]) != {"zh", "en"}:
            raise RuleFileError(path, "rules.two_languages", word=key)
    if not isinstance(data.get("phase", 1), int) or data.get("phase", 1) < 1:
        raise RuleFileError(path, "rules.no_phase", given=data["phase"])
    for key in ("from", "to"):
        if not isinstance(data.get(key, date.min), date):
            raise RuleFileError(path, "rules.no_day", word=key, given=data[key])
    decided_by, silences, needs = tuple(data["decided_by"]), data.get("silences") or {}, tuple(data.get("needs", ()))
    for key, given, known in (
        ("severity", [data["severity"]], SEVERITIES),
        ("decided_by", decided_by, DECIDED_BY),
        ("silences", silences, SCOPES),
        ("needs", needs, ROLES),
        ("correctable", [data.get("correctable", False)], (False, True)),
        ("waivable", [data.get("waivable", True)], (False, True)),
    ):
        if wrong := [word for word in given if word not in known]:
            raise RuleFileError(path, "rules.no_choice", word=key, given=wrong[0], known=known)
    return Rule(
        code=code,
        forms=tuple(data.get("forms", ("*",))),
        needs=needs,
        name_zh=data["name"]["zh"],
        name_en=data["name"]["en"],
        severity=data["severity"],
        level=data["level"],
        decided_by=decided_by,
        sentence_zh=data["says"]["zh"],
        sentence_en=data["says"]["en"],
        version=str(data.get("version", 1)),
        effective_from=data.get("from"),
        effective_to=data.get("to"),
        finds_zh=data["finds"]["zh"],
        finds_en=data["finds"]["en"],
        source=data["source"],
        module=data.get("module", ""),
        correctable=data.get("correctable", False),
        waivable=data.get("waivable", True),
        dimension=data.get("dimension"),
        silences={scope: tuple(codes) for scope, codes in silences.items()},
        parameters=tuple(data.get("parameters") or ()),
        phase=data.get("phase", 1),
        remedies={slip: (text["zh"], text["en"]) for slip, text in (data.get("remedies") or {}).items()},
    )


class Parameters(Mapping[str, Value]):
    """The numbers and lists that rules use, by name: `cfg.over_plan` is '1.3', `cfg.public_money` a tuple."""

    def __init__(self, values: Mapping[str, Value], dated: Collection[Parameter] = ()) -> None:
        self._values = dict(values)
        self.dated = {one.key: one for one in dated}  # those whose value depends on the period

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, key: str) -> Value:
        try:
            return vars(self)["_values"][key]  # not self._values: a copy that is being made has none yet
        except KeyError:
            raise AttributeError(f"no parameter {key!r} in expectations/rules or expectations/parameters.yaml") from None

    def word(self, key: str) -> str:
        """A parameter that is no list: a number, or true or false."""
        value = getattr(self, key)
        if not isinstance(value, str):
            raise TypeError(f"parameter {key!r} is a list")
        return value

    def on(self, day: date) -> Parameters:
        """The parameters for a period that ends on a day."""
        return Parameters(self._values | {key: one.on(day) for key, one in self.dated.items()})


@dataclass(frozen=True)
class RuleSet:
    """What lines are judged by: the contracts of forms, the rules over them, and the numbers of these."""

    forms: dict[str, Form]
    rulebook: dict[str, Rule]
    parameters: Parameters


def load_parameters(expectations: Path, settings: Mapping[str, str] | None = None, as_of: str = "") -> Parameters:
    """The parameters of all rules, overridden by a site's settings of the same key.

    `as_of` is the night's date as ISO text (F37); what does not ask for a period gets the values of that day. A site writes a
    list with | between its members. Raises ValueError where a setting is not of the kind of its default (`etl.site.settings`).
    """
    settings = dict(settings or {})
    cfg: dict[str, Value] = {"as_of": as_of or settings.get("as_of", "")}
    today = date.fromisoformat(str(cfg["as_of"])[:10]) if cfg["as_of"] else None
    defaults = parameter_defaults(expectations)
    for key, default in defaults.items():
        cfg[key] = _like(default.value, settings[key], key) if key in settings else default.on(today)
    cfg["home_area"] = _words(settings.get("home_area") or settings.get("county", ""))
    cfg["vague_text"] = tuple(load_yaml(expectations / "vocabulary.yaml")["vague_text"])
    return Parameters(cfg, [one for key, one in defaults.items() if one.later and key not in settings])


def load_retired(path: Path) -> list[dict[str, str]]:
    """The retired versions of forms (P56): form, version, mark in the title, last period, current version."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _like(default: Value, given: str, key: str) -> Value:
    """A setting in the kind of its default: number, day (09-30), true or false, or list of words; a blank is the default but for a list."""
    if isinstance(default, tuple):
        return _words(given)
    given = given.strip() or default
    if fault := wrong_kind(key, given, default):
        raise ValueError(str(fault))
    return str(Decimal(given.split()[0])) if NUMBER.fullmatch(default) else given.lower()


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(LISTS) if w.strip())
