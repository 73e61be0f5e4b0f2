"""Write the audit pack: one workbook that a leader can read and print, and beside it the received files it points to."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.pack import CellLink, Judged, Pack, PackSheet
from etl.mistakes import Mistake
from etl.texts.catalogue import Say
from etl.texts.periods import period_name
from etl.texts.spreadsheet import TYPEFACE, harmless

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DARK, LIGHT, LINE = "#1F3864", "#EAF0F8", "#BFBFBF"
TINTS = {
    "#E2EFDA": ("fitness.fit", "order.green_notice"),
    "#FFF2CC": (
        "fitness.fit_with_reservations",
        "severity.warning",
        "order.yellow_notice",
        "pack.perhaps_same",
        "scoring.waits",
        "pack.provisional",
    ),
    "#F8CBAD": ("fitness.not_fit", "severity.error", "order.red_notice", "state.unsettled"),
}


def write_pack(pack: Pack, folder: Path, as_of: date, original: Callable[[str], Path | None]) -> Path:
    """Write workbook, tables and originals into `folder`; answer the workbook.

    `original` finds the archived bytes of a SHA-256, None where they are gone. The same pack gives the same bytes.
    Raises Mistake where the folder holds anything but the same pack.
    """
    whom = pack.say.list(pack.units) if len(pack.units) <= 3 else pack.units[0] + pack.say("pack.and_others", count=len(pack.units))
    whom = whom or pack.say("pack.county")
    book = folder / f"{pack.say('pack.title')}-{pack.period}-{_safe(whom)}.xlsx"
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir()) and not book.is_file()):
        raise Mistake("use.pack_folder", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    originals, tables = pack.say("pack.originals"), pack.say("pack.tables")
    for part in (originals, tables):
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir()
    names = {}
    for file, sha256 in pack.files.items():
        found = original(sha256)
        if found is not None and found.is_file():
            names[file] = f"{originals}/{sha256[:8]}-{_safe(Path(file).name)}"
            shutil.copyfile(found, folder / names[file])
    for number, sheet in enumerate(pack.sheets, start=1):
        _table(folder / tables / f"{number:02d}-{sheet.title}.csv", sheet)
    _book(book, pack, whom, as_of, names)
    return book


def _book(path: Path, pack: Pack, whom: str, as_of: date, names: dict[str, str]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": f"{pack.say('pack.title')} {pack.period} {whom}", "created": datetime.combine(as_of, time())})
    look = _Look(book, pack.say)
    _cover(book, look, pack, whom)
    for sheet in pack.sheets:
        _sheet(book, look, sheet, names, pack.say)
    book.close()


class _Look:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Workbook, say: Say) -> None:
        self.book = book
        self.tints = {say(key): tint for tint, keys in TINTS.items() for key in keys}
        self.made: dict[tuple, Format] = {}

    def __call__(self, **more: object) -> Format:
        key = tuple(sorted(more.items()))
        if key not in self.made:
            base = {"font_name": TYPEFACE, "font_size": 10, "valign": "vcenter"}
            self.made[key] = self.book.add_format(base | more)
        return self.made[key]


def _cover(book: Workbook, look: _Look, pack: Pack, whom: str) -> None:
    page = book.add_worksheet(pack.say("pack.overview"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 84)
    page.set_row(0, 40)
    page.merge_range(
        0,
        0,
        0,
        1,
        pack.county + pack.say("pack.name_space", title=pack.say("pack.title"), period=period_name(pack.period, pack.say.lang), whom=whom),
        look(bold=True, font_size=18, font_color=DARK),
    )
    page.merge_range(1, 0, 1, 1, pack.say("pack.classified"), look())
    row = 2
    for name, text in pack.headline:
        tint = look.tints.get(text.split(pack.say("pack.colon"))[0])
        page.write_string(row, 0, name, look(bold=True, bg_color=LIGHT, border=1, border_color=LINE))
        value = look(text_wrap=True, border=1, border_color=LINE, **({"bg_color": tint} if tint else {}))
        page.write_string(row, 1, text, value)
        page.set_row(row, 18 * max(1, -(-_width(text) // 80)))
        row += 1
    row += 1
    page.merge_range(row, 0, row, 1, pack.say("pack.contents"), look(bold=True, font_size=12, font_color=DARK))
    for sheet in pack.sheets:
        row += 1
        page.write_url(
            row,
            0,
            f"internal:'{sheet.title}'!A1",
            look(font_color="#0563C1", underline=1, border=1, border_color=LINE),
            pack.say("pack.count_of", title=sheet.title, count=len(sheet.rows)),
        )
        page.write_string(row, 1, sheet.note, look(text_wrap=True, border=1, border_color=LINE))
        page.set_row(row, 18 * max(1, -(-_width(sheet.note) // 80)))
    row += 2
    page.merge_range(row, 0, row, 1, pack.say("pack.signing"), look(bold=True, font_size=12, font_color=DARK))
    for signer in pack.say("pack.signers").split():
        row += 1
        page.write_string(row, 0, signer, look(bold=True, bg_color=LIGHT, border=1, border_color=LINE))
        page.write_string(row, 1, pack.say("pack.sign_here"), look(border=1, border_color=LINE))
        page.set_row(row, 30)
    page.set_paper(9)
    page.fit_to_pages(1, 1)


def _sheet(book: Workbook, look: _Look, sheet: PackSheet, names: dict[str, str], say: Say) -> None:
    page = book.add_worksheet(sheet.title)
    page.hide_gridlines(2)
    page.write_string(0, 0, sheet.title, look(bold=True, font_size=14, font_color=DARK))
    page.merge_range(1, 0, 1, len(sheet.columns) - 1, sheet.note, look(font_color="#595959", text_wrap=True))
    page.set_row(1, 16 * -(-_width(sheet.note) // sum(width for _, width in sheet.columns)))
    page.set_row(0, 26)
    head = look(bold=True, font_color="#FFFFFF", bg_color=DARK, border=1, border_color=LINE, text_wrap=True, align="center")
    page.set_row(2, 8 + 15 * max(-(-_width(title) // (width - 1)) for title, width in sheet.columns))
    for column, (title, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(2, column, title, head)
    for at, values in enumerate(sheet.rows, start=3):
        lines = 1
        for column, value in enumerate(values):
            _cell(page, look, (at, column), value, names, say)
            text = "" if value is None else str(value)
            if not isinstance(value, Decimal | int):
                lines = max(lines, -(-_width(text) // max(1, sheet.columns[column][1] - 1)))
        page.set_row(at, 16 * min(lines, 8))
    if not sheet.rows:
        page.write_string(3, 0, say("pack.none"), look())
    page.freeze_panes(3, 2)
    if sheet.rows:
        page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(2)
    page.set_landscape()
    page.set_paper(8 if sum(width for _, width in sheet.columns) > 170 else 9)
    page.fit_to_pages(1, 0)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.set_footer(f"&C{say('pack.page')}")


def _cell(page: Worksheet, look: _Look, place: tuple[int, int], value: object, names: dict[str, str], say: Say) -> None:
    box = {"border": 1, "border_color": LINE, "text_wrap": True}
    if isinstance(value, CellLink):
        text = str(value)
        if value.file in names:
            link = look(**box, font_color="#0563C1", underline=1)
            page.write_url(*place, _link(names[value.file], value), link, text[:255], say("pack.open_original"))
        else:
            page.write_string(*place, text, look(**box))
    elif isinstance(value, Judged):
        page.write_string(*place, value.text, look(**box, align="right", bg_color=look.tints[value.verdict]))
    elif isinstance(value, bool) or value is None or isinstance(value, str):
        text = "" if value is None else str(value)
        tint = look.tints.get(text)
        page.write_string(*place, text[:32_000], look(**box, **({"bg_color": tint} if tint else {})))
    elif isinstance(value, Decimal):
        page.write_number(*place, float(value), look(**box, num_format="#,##0.00" if value % 1 else "#,##0"))
    else:
        page.write_number(*place, value, look(**box))


def _link(path: str, place: CellLink) -> str:
    """A relative link to the copied file, and inside a workbook to the cell."""
    target = f"external:{path}"
    cell = f"A{place.row}" if place.row else place.cell or ""
    if place.sheet and re.fullmatch(r"[A-Z]{1,3}\d+", cell) and path.lower().endswith((".xlsx", ".xlsm", ".xls")):
        sheet = place.sheet.replace("'", "''")
        target += f"#'{sheet}'!{cell}"
    return target


def _table(path: Path, sheet: PackSheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([title for title, _ in sheet.columns])
        writer.writerows([_plain(value) for value in row] for row in sheet.rows)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, CellLink):
        return " ".join(part for part in (value.file, value.sheet, value.cell) if part)
    text = "" if value is None else str(value)
    return text if isinstance(value, int) else harmless(text)


def _width(text: str) -> int:
    """Width in characters, a Chinese one counting double."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _safe(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f#%]', "_", name)[-80:].strip()
