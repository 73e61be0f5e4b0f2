"""The rulebook's files, read once in a process: `rules/<CODE>.yaml` of each rule, and `parameters.yaml` that several share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from etl.forms.merged import really_at
from etl.forms.yamlfile import load_yaml, parse_all
from etl.mistakes import Mistake
from etl.texts.catalogue import Text

Value = str | tuple[str, ...]


class RuleFileError(Mistake, ValueError):
    """A file of the rulebook that cannot be used: says which, what is wrong and how to mend it."""

    def __init__(self, path: Path, key: str, /, **values: object) -> None:
        super().__init__("rules.file_error", path=really_at(path, None)[0], said=Text(key, **values))


@dataclass(frozen=True)
class Parameter:
    """A number, switch, day or list that rules go by, with the values that hold for periods that end on a later day."""

    key: str
    value: Value
    meaning: str
    later: tuple[tuple[date, Value], ...] = ()  # from that day on, in order

    def on(self, day: date | None) -> Value:
        """The value for a period that ends on a day; the first one where no day is known."""
        return next((value for start, value in reversed(self.later) if day and start <= day), self.value)


def rule_files(expectations: Path) -> dict[str, dict[str, Any]]:
    """What each rule's file says, by code, in the order of the codes. Raises RuleFileError."""
    paths = sorted((expectations / "rules").glob("*.yaml"), key=lambda path: path.stem)
    parse_all(paths)
    return {path.stem: _read(path) for path in paths}


def parameter_defaults(expectations: Path) -> dict[str, Parameter]:
    """Every parameter by its key: those that are shared, then those of single rules. Raises RuleFileError."""
    shared = expectations / "parameters.yaml"
    found = {key: _parameter(shared, key, entry) for key, entry in _read(shared).items()}
    for code, data in rule_files(expectations).items():
        for key, entry in (data.get("parameters") or {}).items():
            path = expectations / "rules" / f"{code}.yaml"
            if key in found:
                raise RuleFileError(path, "rules.parameter_twice", parameter=key)
            found[key] = _parameter(path, key, entry)
    return found


def _read(path: Path) -> dict[str, Any]:
    file = path.stat()
    return _loaded(path, file.st_mtime_ns, file.st_size)


@lru_cache(maxsize=1024)
def _loaded(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    """A file read once in a process for as long as it stays as it is."""
    try:
        data = load_yaml(path)
    except (yaml.YAMLError, ValueError) as error:
        raise RuleFileError(path, "rules.no_yaml", reason=str(error).partition("\n")[0]) from None
    if not isinstance(data, dict):
        raise RuleFileError(path, "rules.no_mapping")
    return data


def _parameter(path: Path, key: str, entry: object) -> Parameter:
    if not isinstance(entry, Mapping) or not {"value", "meaning"} <= set(entry) <= {"value", "meaning", "from"}:
        raise RuleFileError(path, "rules.parameter_keys", parameter=key)
    later = entry.get("from") or {}
    if not isinstance(later, Mapping) or not all(isinstance(day, date) for day in later):
        raise RuleFileError(path, "rules.parameter_days", parameter=key)
    return Parameter(key, _value(entry["value"]), str(entry["meaning"]), tuple((day, _value(later[day])) for day in sorted(later)))


def _value(given: object) -> Value:
    """A parameter as rules use it: a list is a tuple of words, a switch is true or false, a number its digits as written."""
    if isinstance(given, list):
        return tuple(str(word) for word in given)
    return str(given).lower() if isinstance(given, bool) else str(given)
