"""Check the settings of a site before a night begins: a word that no definition knows would stop it at the last step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from etl.forms.rulefiles import parameter_defaults
from etl.forms.yamlfile import load_yaml
from etl.site.csvfile import SiteError, csv_rows
from etl.texts.catalogue import Text

NUMBER = re.compile(r"-?\d+(\.\d+)?")
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check_settings(expectations: Path, site: Path, settings: Mapping[str, str]) -> None:
    """Compare settings with the kind of their default, and with the choices that there are. Raises SiteError.

    Defaults are those of the rulebook and of the dbt project beside `expectations`; its tests name the choices. A key
    that neither knows is the county's own and is left alone.
    """
    project = expectations.parent / "dbt_project"
    defaults = {key: str(value) for key, value in load_yaml(project / "dbt_project.yml")["vars"]["settings"].items()}
    defaults |= {key: one.value for key, one in parameter_defaults(expectations).items() if isinstance(one.value, str)}
    choices = _choices(project)
    for key, given in settings.items():
        if key in defaults and given and (fault := wrong_kind(key, given, defaults[key], choices.get(key))):
            path = site / "settings.csv"
            line = next(line for line, row in csv_rows(path, "key", "value") if row["key"] == key)
            raise SiteError(path, line, fault.key, **fault.values)


def wrong_kind(key: str, given: str, default: str, choices: tuple[str, ...] | None = None) -> Text | None:
    """How to write a setting that is not of the kind of its default; None where it is.

    A number may be followed by a blank and a remark: 0.85 Jaro-Winkler.
    """
    given = given.strip()
    if choices or default in ("true", "false"):
        known = choices or ("true", "false")
        return None if given.lower() in known else Text("site.setting_choice", key=key, given=given, known=known)
    if NUMBER.fullmatch(default):
        return None if NUMBER.fullmatch(given.partition(" ")[0]) else Text("site.setting_number", key=key, given=given, default=default)
    if DAY.fullmatch(default):
        return None if DAY.fullmatch(given) else Text("site.setting_day", key=key, given=given, default=default)
    return None


def _choices(project: Path) -> dict[str, tuple[str, ...]]:
    """The choices that the model of the settings is tested for."""
    models = load_yaml(project / "models" / "staging" / "site" / "_site__models.yml")["models"]
    columns = next(model["columns"] for model in models if model["name"] == "stg_site__setting")
    found = {}
    for column in columns:
        for test in column.get("data_tests", ()):
            if isinstance(test, dict) and "accepted_values" in test:
                found[column["name"]] = tuple(str(value) for value in test["accepted_values"]["arguments"]["values"])
    return found
