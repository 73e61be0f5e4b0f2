"""What the sample says of the first month after the history: the lines that the years before must lead to."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from etl.desk.check import understand_files
from etl.settings import given
from etl.site.load import Site, load_site
from tests.fixtures.places import SAMPLE

INBOX, SITE = SAMPLE / "inbox", SAMPLE / "site"
DECEMBER = "2023-12"  # the first period of which the sample has a file


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a unit and form: the form's columns in their order, and its lines by these names."""

    unit: str
    form: str
    period: str
    columns: tuple[str, ...]
    lines: list[dict]


@cache
def sample_site() -> Site:
    return load_site(SITE)


@cache
def first_sheets() -> dict[tuple[str, str], Sheet]:
    """By unit and form: the last version of the first period that the sample has."""
    with (SAMPLE / "arrivals.csv").open(encoding="utf-8", newline="") as file:
        files = [INBOX / row["file"] for row in csv.DictReader(file)]
    sheets: dict[tuple[str, str], Sheet] = {}
    for readings in understand_files(files, given(site=SITE), sample_site()):
        for reading in readings:
            sent = reading.submission
            if not reading.lines or not sent.unit or not sent.form or not sent.period or sent.period < DECEMBER:
                continue
            before = sheets.get((sent.unit, sent.form))
            if before and before.period < sent.period:
                continue
            columns = tuple(heading.name for heading in sent.layout if heading.name)
            values = {name: column.value for name, column in reading.lines.columns.items()}
            lines = [{name: of_column[i] for name, of_column in values.items()} for i in range(len(reading.lines))]
            sheets[sent.unit, sent.form] = Sheet(sent.unit, sent.form, sent.period, columns, lines)
    return sheets
