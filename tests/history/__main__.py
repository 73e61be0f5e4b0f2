"""Write the two years before the sample, data/history: `python -m tests.history [FOLDER]`."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from tests.fixtures.places import ROOT
from tests.history.books import CALLED, Book, books, owed
from tests.history.past import FIRST, LAST, day, name_of
from tests.history.sample import SITE, first_sheets
from tests.history.sheets import NAMES

HISTORY = ROOT / "data" / "history"
RATES = (  # yuan per dollar at the end of each month, from memory and near enough for an invented county
    "6.37", "6.32", "6.35", "6.62", "6.66", "6.71", "6.74", "6.89", "7.10", "7.18", "7.18", "6.96",
    "6.76", "6.95", "6.87", "6.92", "7.08", "7.23", "7.13", "7.18", "7.18", "7.18", "7.10", "7.08",
)  # fmt: skip
ISSUING = (("zsj", "2022"), ("fgj", "2022"), ("zsj", "2023"))  # who tells the targets of which year


def write_history(folder: Path) -> None:
    """Inbox, log of receipts and site, in place of those that are there."""
    for part in ("inbox", "site"):
        shutil.rmtree(folder / part, ignore_errors=True)
    made = books()
    for book in made:
        path = folder / "inbox" / book.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(book))
    with (folder / "arrivals.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["order", "received_at", "file"])
        rows.writerows([n, book.came, book.name] for n, book in enumerate(made, start=1))
    _write_site(folder / "site")


def content(book: Book) -> bytes:
    """The bytes of a workbook, packed as tightly as it goes: it is kept with the code."""
    loose, tight = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(loose, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": datetime(2024, 1, 1)})
        for name, rows in book.sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(tight, "w") as packed:
        for part in parts.namelist():
            packed.writestr(zipfile.ZipInfo(part), parts.read(part), zipfile.ZIP_DEFLATED, 9)
    return tight.getvalue()


def _write_site(folder: Path) -> None:
    """The sample's site, where the months of both years are owed as well, with their rates of exchange."""
    shutil.copytree(SITE, folder)
    slots = ((unit, form, n) for unit, form in first_sheets() if form in CALLED for n in range(FIRST, LAST + 1))
    due = [(unit, form, name_of(n), f"{day(n + 1, 10 if n % 12 == 11 else 5)}") for unit, form, n in slots if owed(form, name_of(n))]
    due += [(unit, "annual_target", year, f"{year}-01-31") for unit, year in ISSUING]
    _put_first(folder / "roster.csv", [f"{unit},{NAMES[unit]},{form},{period},{deadline}" for unit, form, period, deadline in due])
    months = zip(range(FIRST, LAST + 1), RATES, strict=True)
    _put_first(folder / "fx_rates.csv", [f"{name_of(n)},{rate},{day(n + 1, 1) - timedelta(days=1)},模拟" for n, rate in months])


def _put_first(table: Path, lines: list[str]) -> None:
    """Put lines of earlier months before those of the sample."""
    head, *rest = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([head, *lines, *rest, ""]), encoding="utf-8")


if __name__ == "__main__":
    write_history(*map(Path, sys.argv[1:] or [HISTORY]))
