"""Check the rules that people have suspended, suspensions.csv of the site: what each finds is counted and told to no sender."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.forms.contract import Form
from etl.site.csvfile import Row, SiteError, bounded, filled, known_unit, moment
from etl.site.decision import ANY, Suspension

FILE = "suspensions.csv"
COLUMNS = ("rule", "form", "unit", "from", "until", "reason", "by", "at")


def parse_suspension(path: Path, line: int, row: Row, units: set[str]) -> tuple[Suspension, tuple]:
    """One line as a value, with what tells it apart. Raises SiteError; without an end a rule would be forgotten."""
    rule, form, until, reason, by = (filled(path, line, row, name) for name in ("rule", "form", "until", "reason", "by"))
    unit = ANY if row["unit"] == ANY else known_unit(path, line, row, units)
    since, end = (bounded(path, line, row, column, upper=column == "until") for column in ("from", "until"))
    if since and end and end < since:
        raise SiteError(path, line, "site.until_before_from", last=until, first=row["from"])
    made = Suspension(f"{path.name}:{line}", rule, form, unit, row["from"], until, reason, by, moment(path, line, row, "at"), line)
    return made, (rule, form, unit, row["from"], until)


def check_suspensions(suspensions: Iterable[Suspension], folder: Path, forms: Mapping[str, Form], rules: Mapping[str, bool]) -> None:
    """Compare with the contracts and with the rules by code, each with whether it may be suspended. Raises SiteError."""
    for one in suspensions:
        path = folder / FILE
        if one.rule not in rules:
            raise SiteError(path, one.line, "site.no_rule", rule=one.rule)
        if not rules[one.rule]:
            raise SiteError(path, one.line, "site.not_suspendable", rule=one.rule)
        if one.form not in (ANY, *forms):
            raise SiteError(path, one.line, "site.no_form", form=one.form, forms=(ANY, *forms))
