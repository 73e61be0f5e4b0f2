"""Check the headers that a person has taught, headers.csv of the site: each names one column of one form, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.forms.contract import Form
from etl.forms.taught import ANY_UNIT, TaughtHeader
from etl.normalise.headers import read_header
from etl.site.csvfile import Row, SiteError, filled, known_unit, moment

FILE = "headers.csv"
COLUMNS = ("unit", "form", "header", "column", "by", "at")


def key(header: str) -> str:
    """A header as it is compared."""
    return read_header(header).key


def parse(path: Path, line: int, row: Row, units: set[str]) -> tuple[TaughtHeader, tuple]:
    """One line as a value, with what tells it apart. Raises SiteError."""
    unit = ANY_UNIT if row["unit"] == ANY_UNIT else known_unit(path, line, row, units)
    form, header, column, by = (filled(path, line, row, name) for name in ("form", "header", "column", "by"))
    if not key(header):
        raise SiteError(path, line, f"header 列写的是“{header}”，没有文字", "请照表上的写法填表头")
    return TaughtHeader(f"{path.name}:{line}", unit, form, header, column, by, moment(path, line, row, "at"), line), (unit, form, key(header))


def check_taught(taught: Iterable[TaughtHeader], folder: Path, forms: Mapping[str, Form]) -> None:
    """Compare taught headers with the contracts: one text on a sheet never names two columns. Raises SiteError."""
    seen: list[TaughtHeader] = []
    for one in taught:
        path = folder / FILE
        if one.form not in forms:
            raise SiteError(path, one.line, f"没有报表“{one.form}”", f"可选：{'、'.join(forms)}")
        if one.column not in forms[one.form].by_name:
            raise SiteError(path, one.line, f"{one.form} 没有列“{one.column}”", "请填列的英文名，见 docs/dictionary.md")
        if found := clash(one, forms[one.form], seen):
            raise SiteError(path, one.line, f"表头“{one.header}”{found}", "一种写法只能属于一列，请删去一处")
        seen.append(one)


def clash(one: TaughtHeader, form: Form, others: Iterable[TaughtHeader] = ()) -> str:
    """Why a header cannot be taught: it names another column of its block already, in the contract or taught; '' where it can."""
    block = form.by_name[one.column].block
    for column in form.columns:
        rival = column.block == block and column.name != one.column and not column.support
        if rival and any(key(text) == key(one.header) for text in (column.header, *column.aliases)):
            return f"已经是“{column.header}”列的写法"
    for other in others:
        meets = other.unit == one.unit or ANY_UNIT in (other.unit, one.unit)
        if meets and other.form == one.form and key(other.header) == key(one.header) and other.column != one.column and form.by_name[other.column].block == block:
            return f"已经教过是“{form.by_name[other.column].header}”列（第{other.line}行）"
    return ""
