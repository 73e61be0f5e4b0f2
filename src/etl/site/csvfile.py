"""Read one CSV file that people keep by hand, and say at which line and value it cannot be used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from etl.mistakes import Mistake
from etl.period import Period
from etl.site.slots import bound
from etl.texts.catalogue import Text

Row = dict[str, str]


class SiteError(Mistake):
    """A site file that cannot be used: says which file, line and value, and how to mend it."""

    def __init__(self, path: Path, line: int | None, key: str, /, **values: object) -> None:
        where = path if line is None else Text("site.at_line", path=path, line=line)
        super().__init__("site.error", where=where, said=Text(key, **values))
        self.path, self.line = path, line


def csv_rows(path: Path, *columns: str) -> Iterator[tuple[int, Row]]:
    """Give the records of a CSV file with their line numbers, stripped, with every asked column present."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise SiteError(path, 1, "site.lacks", missing=tuple(missing), header=",".join(columns))
            for row in reader:
                if None in row or None in row.values():
                    raise SiteError(path, reader.line_num, "site.ragged")
                if any(v.strip() for v in row.values()):
                    yield reader.line_num, {k: v.strip() for k, v in row.items()}
    except FileNotFoundError:
        raise SiteError(path, None, "site.no_file", header=",".join(columns)) from None
    except UnicodeDecodeError:
        raise SiteError(path, None, "site.not_utf8") from None
    except csv.Error as error:
        raise SiteError(path, None, "site.no_csv", error=error) from None


def filled(path: Path, line: int, row: Row, column: str) -> str:
    """A value that must not be blank."""
    if not row[column]:
        raise SiteError(path, line, "site.blank", column=column)
    return row[column]


def known_unit(path: Path, line: int, row: Row, codes: set[str], column: str = "unit") -> str:
    """The code of a unit of the register."""
    unit = filled(path, line, row, column)
    if unit not in codes:
        raise SiteError(path, line, "site.no_unit", unit=unit)
    return unit


def period(path: Path, line: int, row: Row, column: str = "period") -> str:
    """The code of a period, such as 2024-03, 2024-Q1 or 2024."""
    text = filled(path, line, row, column)
    if Period.read(text) is None:
        raise SiteError(path, line, "site.no_period", text=text)
    return text


def day(path: Path, line: int, row: Row, column: str) -> date:
    """A day written 2024-03-05."""
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise SiteError(path, line, "site.no_day", column=column, value=row[column]) from None


def moment(path: Path, line: int, row: Row, column: str) -> datetime:
    """A day, or a day with its time; a day alone means its last second."""
    try:
        when = datetime.fromisoformat(row[column]).replace(tzinfo=None)
    except ValueError:
        raise SiteError(path, line, "site.no_moment", column=column, value=row[column]) from None
    return datetime.combine(when, time(23, 59, 59)) if len(row[column]) <= 10 else when


def bounded(path: Path, line: int, row: Row, column: str, *, upper: bool) -> date | None:
    """The day that a period or a day begins or ends, None where the column is blank."""
    if not row[column]:
        return None
    if (limit := bound(row[column], upper=upper)) is None:
        raise SiteError(path, line, "site.no_until", column=column, value=row[column])
    return limit


def whole_number(path: Path, line: int, row: Row, column: str, low: int, high: int) -> int:
    """A whole number within its bounds."""
    if not re.fullmatch(r"-?\d{1,9}", row[column]) or not low <= int(row[column]) <= high:
        raise SiteError(path, line, "site.no_whole_number", column=column, value=row[column], low=low, high=high)
    return int(row[column])
