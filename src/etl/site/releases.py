"""Read and extend releases.csv: which results of an assessment a named person lets people see, and from which day."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from etl.site.csvfile import Row, SiteError, csv_rows, filled, moment, period

FILE = "releases.csv"
COLUMNS = ("what", "scheme", "period", "audience", "by", "why", "at")
WHAT = ("scores", "rankings", "lists")
AUDIENCES = ("county", "public")  # who reads published/; also what leaves the county
EVERY = "*"  # every scheme, every period


@dataclass(frozen=True, slots=True)
class Release:
    """Results of one scheme and period that people may see from a day on."""

    release: str  # releases.csv:3
    what: str
    scheme: str
    period: str
    audience: str
    by: str
    why: str
    at: datetime

    def in_force(self, day: date) -> bool:
        return self.at.date() <= day


def load_releases(folder: Path) -> tuple[Release, ...]:
    """Read what is there; without the file nothing is released. Raises SiteError naming file, line and value."""
    path = folder / FILE
    return tuple(_release(path, line, row) for line, row in (csv_rows(path, *COLUMNS) if path.is_file() else ()))


def append_release(folder: Path, release: Release) -> str:
    """Write one more line; answer its name, such as releases.csv:3. Raises SiteError where the file there is wrong."""
    path = folder / FILE
    load_releases(folder)
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(COLUMNS) + "\n"
    header = next(csv.reader(io.StringIO(text)))
    said = {column: getattr(release, column) for column in COLUMNS} | {"at": release.at.isoformat(sep=" ")}
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([said.get(column.strip(), "") for column in header])
    text += "" if text.endswith("\n") else "\n"
    path.write_text(text + line.getvalue(), encoding="utf-8")
    return load_releases(folder)[-1].release


def _release(path: Path, line: int, row: Row) -> Release:
    return Release(
        f"{path.name}:{line}",
        _choice(path, line, row, "what", WHAT),
        filled(path, line, row, "scheme"),
        EVERY if row["period"] == EVERY else period(path, line, row),
        _choice(path, line, row, "audience", AUDIENCES),
        filled(path, line, row, "by"),
        filled(path, line, row, "why"),
        moment(path, line, row, "at"),
    )


def _choice(path: Path, line: int, row: Row, column: str, choices: tuple[str, ...]) -> str:
    if row[column] not in choices:
        raise SiteError(path, line, "site.no_choice", column=column, value=row[column], choices=choices)
    return row[column]
