"""Check the headers that a person has taught, headers.csv of the site: each names one column of one form, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from etl.forms.contract import Form
from etl.forms.taught import ANY_UNIT, TaughtHeader
from etl.normalise.headers import read_header
from etl.site.csvfile import Row, SiteError, filled, known_unit, moment
from etl.texts.catalogue import Text

FILE = "headers.csv"
COLUMNS = ("unit", "form", "header", "column", "by", "at")


def key(header: str) -> str:
    """A header as it is compared."""
    return read_header(header).key


def parse_header(path: Path, line: int, row: Row, units: set[str]) -> tuple[TaughtHeader, tuple]:
    """One line as a value, with what tells it apart. Raises SiteError."""
    unit = ANY_UNIT if row["unit"] == ANY_UNIT else known_unit(path, line, row, units)
    form, header, column, by = (filled(path, line, row, name) for name in ("form", "header", "column", "by"))
    if not key(header):
        raise SiteError(path, line, "site.no_header", header=header)
    return TaughtHeader(f"{path.name}:{line}", unit, form, header, column, by, moment(path, line, row, "at"), line), (
        unit,
        form,
        key(header),
    )


def check_taught(taught: Iterable[TaughtHeader], folder: Path, forms: Mapping[str, Form]) -> None:
    """Compare taught headers with the contracts: one text on a sheet never names two columns. Raises SiteError."""
    seen: list[TaughtHeader] = []
    for one in taught:
        path = folder / FILE
        if one.form not in forms:
            raise SiteError(path, one.line, "site.no_form", form=one.form, forms=tuple(forms))
        if one.column not in forms[one.form].by_name:
            raise SiteError(path, one.line, "site.no_column", form=one.form, column=one.column)
        if found := clash(one, forms[one.form], seen):
            raise SiteError(path, one.line, "site.header_twice", header=one.header, found=found)
        seen.append(one)


def clash(one: TaughtHeader, form: Form, others: Iterable[TaughtHeader] = ()) -> Text | None:
    """Why a header cannot be taught: it names another column of its block already, in the contract or taught; None where it can."""
    block = form.by_name[one.column].block
    for column in form.columns:
        rival = column.block == block and column.name != one.column and not column.support
        if rival and any(key(text) == key(one.header) for text in (column.header, *column.aliases)):
            return Text("site.names_already", column=column.header)
    for other in others:
        meets = other.unit == one.unit or ANY_UNIT in (other.unit, one.unit)
        if (
            meets
            and other.form == one.form
            and key(other.header) == key(one.header)
            and other.column != one.column
            and form.by_name[other.column].block == block
        ):
            return Text("site.taught_as", column=form.by_name[other.column].header, line=other.line)
    return None
