"""Read the decision files of a site; each is optional, and each wrong line is named with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from etl.forms.contract import Form
from etl.period import DAYS, GRAIN_OF
from etl.site import headers, reviews, suspensions
from etl.site.csvfile import Row, SiteError, bounded, csv_rows, day, filled, known_unit, moment, period, whole_number
from etl.site.decision import ANY, Correction, Decisions, Explanation, Waiver, Withdrawal
from etl.site.slots import Extension, Obligation

FILES = (
    *("obligations.csv", "extensions.csv", "explanations.csv", "waivers.csv", "withdrawals.csv", "corrections.csv"),
    *(headers.FILE, reviews.FILE, suspensions.FILE),
)
_RULE = re.compile(r"[A-Z]\d{2}[A-Z]?")


def load_decisions(folder: Path, units: set[str]) -> Decisions:
    """Read what is there. Raises SiteError naming file, line and value."""
    found = Decisions(
        obligations=_all(
            folder / "obligations.csv", _obligation, units, "unit", "form", "cadence", "due_day", "due_month_offset", "from", "to"
        ),
        extensions=_all(folder / "extensions.csv", _extension, units, "unit", "form", "period", "deadline", "reason", "by", "at"),
        explanations=_all(
            folder / "explanations.csv",
            _explanation,
            units,
            "rule",
            "unit",
            "form",
            "period",
            "business_key",
            "column",
            "value",
            "reason",
            "by",
            "at",
        ),
        waivers=_all(
            folder / "waivers.csv",
            _waiver,
            units,
            "rule",
            "unit",
            "form",
            "period",
            "business_key",
            "column",
            "reason",
            "by",
            "from",
            "until",
        ),
        withdrawals=_all(folder / "withdrawals.csv", _withdrawal, units, "file", "unit", "form", "period", "version", "reason", "by", "at"),
        corrections=_all(
            folder / "corrections.csv", _correction, units, "unit", "form", "period", "business_key", "column", "reason", "by", "at"
        ),
        headers=_all(folder / headers.FILE, headers.parse_header, units, *headers.COLUMNS),
        reviews=tuple(r for r in _all(folder / reviews.FILE, reviews.parse_review, units, *reviews.COLUMNS) if r),
        suspensions=_all(folder / suspensions.FILE, suspensions.parse_suspension, units, *suspensions.COLUMNS),
    )
    reviews.check_reviews(found.reviews, found.explanations, folder)
    return found


def check_decisions(decisions: Decisions, folder: Path, forms: Mapping[str, Form], rules: Mapping[str, bool]) -> None:
    """Compare decisions with the contracts, and with the rules by code, each with whether it may be waived.

    Raises SiteError naming file, line and value.
    """
    for name in ("obligations", "extensions", "explanations", "waivers", "withdrawals", "corrections"):
        for one in getattr(decisions, name):
            path = folder / f"{name}.csv"
            line = int(one.decision.rpartition(":")[2]) if hasattr(one, "decision") else one.line
            if one.form not in ("", ANY) and one.form not in forms:
                raise SiteError(path, line, "site.no_form", form=one.form, forms=tuple(forms))
            form = forms.get(one.form)
            if (rule := getattr(one, "rule", None)) and rule not in rules:
                raise SiteError(path, line, "site.no_rule", rule=rule)
            if isinstance(one, Waiver) and not rules[one.rule]:
                raise SiteError(path, line, "site.not_waivable", rule=one.rule)
            if (cadence := getattr(one, "cadence", None)) and form and cadence != form.cadence:
                raise SiteError(path, line, "site.other_cadence", form=one.form, cadence=form.cadence, given=cadence)
            column = getattr(one, "column", "")
            if form and column not in ("", ANY) and column not in form.by_name:
                raise SiteError(path, line, "site.no_column", form=one.form, column=column)
    headers.check_taught(decisions.headers, folder, forms)
    suspensions.check_suspensions(decisions.suspensions, folder, forms, rules)


def _all(path: Path, parse: Callable, units: set[str], *columns: str) -> tuple:
    if not path.exists():
        return ()
    return tuple(_unique(path, parse, units, columns))


def _unique(path: Path, parse: Callable, units: set[str], columns: tuple[str, ...]) -> Iterator:
    """Parse every line; what names the same thing twice would leave open which one holds."""
    seen: dict[tuple, int] = {}
    for line, row in csv_rows(path, *columns):
        one, key = parse(path, line, row, units)
        if (first := seen.setdefault(key, line)) != line:
            raise SiteError(path, line, "site.line_twice", first=first)
        yield one


def _signed(path: Path, line: int, row: Row) -> tuple[str, str]:
    return filled(path, line, row, "reason"), filled(path, line, row, "by")


def _slot(path: Path, line: int, row: Row, units: set[str]) -> tuple[str, str, str]:
    return known_unit(path, line, row, units), filled(path, line, row, "form"), period(path, line, row)


def _name(path: Path, line: int) -> str:
    return f"{path.name}:{line}"


def _obligation(path: Path, line: int, row: Row, units: set[str]) -> tuple[Obligation, tuple]:
    unit, form = known_unit(path, line, row, units), filled(path, line, row, "form")
    if row["cadence"] not in GRAIN_OF:
        raise SiteError(path, line, "site.cadence", cadence=row["cadence"])
    first, last = bounded(path, line, row, "from", upper=False), bounded(path, line, row, "to", upper=True)
    if first is None:
        raise SiteError(path, line, "site.no_start")
    if last and last < first:
        raise SiteError(path, line, "site.to_before_from", until=row["to"], since=row["from"])
    due = whole_number(path, line, row, "due_day", 1, 31), whole_number(path, line, row, "due_month_offset", -12, 12)
    if GRAIN_OF[row["cadence"]] in DAYS and due[1]:
        raise SiteError(path, line, "site.due_in_days", cadence=row["cadence"], offset=row["due_month_offset"])
    return Obligation(unit, form, row["cadence"], *due, first, last, line), (unit, form, row["cadence"], row["from"])


def _extension(path: Path, line: int, row: Row, units: set[str]) -> tuple[Extension, tuple]:
    slot = _slot(path, line, row, units)
    at = moment(path, line, row, "at")
    return Extension(_name(path, line), *slot, day(path, line, row, "deadline"), *_signed(path, line, row), at, line), slot


def _explanation(path: Path, line: int, row: Row, units: set[str]) -> tuple[Explanation, tuple]:
    address = _rule(path, line, row), *_slot(path, line, row, units), row["business_key"], row["column"], row["value"]
    at = moment(path, line, row, "at")
    return Explanation(_name(path, line), "site", *address, *_signed(path, line, row), at), (*address, at)


def _waiver(path: Path, line: int, row: Row, units: set[str]) -> tuple[Waiver, tuple]:
    rule, unit = _rule(path, line, row), known_unit(path, line, row, units)
    if row["period"]:
        period(path, line, row)
    filled(path, line, row, "until")
    for column, upper in (("from", False), ("until", True)):
        bounded(path, line, row, column, upper=upper)
    place = row["form"], row["period"], row["business_key"], row["column"]
    bounds = row["from"], row["until"]
    return Waiver(_name(path, line), rule, unit, *place, *_signed(path, line, row), *bounds, line), (rule, unit, *place, *bounds)


def _withdrawal(path: Path, line: int, row: Row, units: set[str]) -> tuple[Withdrawal, tuple]:
    slot = ("", "", "")
    if row["file"]:
        if wrong := next((c for c in ("unit", "form", "period", "version") if row[c]), None):
            raise SiteError(path, line, "site.file_and_slot", wrong=wrong)
    else:
        slot = _slot(path, line, row, units)
    version = whole_number(path, line, row, "version", 1, 9_999) if row["version"] else None
    at = moment(path, line, row, "at")
    return (
        Withdrawal(_name(path, line), row["file"], *slot, version, *_signed(path, line, row), at, line),
        (row["file"], *slot, version, at),
    )


def _correction(path: Path, line: int, row: Row, units: set[str]) -> tuple[Correction, tuple]:
    slot = _slot(path, line, row, units)
    place = filled(path, line, row, "business_key"), filled(path, line, row, "column")
    at = moment(path, line, row, "at")
    return Correction(_name(path, line), *slot, *place, *_signed(path, line, row), at, line), (*slot, *place)


def _rule(path: Path, line: int, row: Row) -> str:
    rule = filled(path, line, row, "rule")
    if not _RULE.fullmatch(rule):
        raise SiteError(path, line, "site.no_rule_code", rule=rule)
    return rule
