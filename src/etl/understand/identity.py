"""Whose a sheet is and of which period, from all that speaks: each piece with its place, what it says, and its weight.

Folder and file name promise, titles and labels declare, headers, sheet names and dates hint. Agreement and silence are
fine; what contradicts is judged in `promises`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from etl.inbox.identify import Promise
from etl.model import CellValue, Evidence
from etl.normalise.names import UnitRegister
from etl.normalise.periods import find_period, find_year, month_alone, period_end, year_alone
from etl.normalise.text import fold
from etl.period import GRAIN_OF, Period
from etl.read.cover import Title
from etl.read.labels import LabelSaid
from etl.read.table import Table
from etl.texts.catalogue import chinese
from etl.understand.places import CELL, FILE_NAME, FOLDER, HEADER, SHEET_NAME, STAMP, TITLE

STRONG, FAIR, WEAK = 3, 2, 1
FILING_DAYS = {"day": 0, "week": 3, "ten_days": 4}  # a form filled in up to so many days after a period is of that one
FILING_DAYS_OF_MONTHS = 25
LONGEST_TITLE = 45  # a longer text above a table explains something
_SENTENCE = re.compile(r"[。；;]|，.*，")
_DOCUMENT = re.compile(r"[〔\[(（【]20\d\d[〕\])）】]\s*第?\d+号")
_OTHER_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}:")
_ONE_DAY = r"(?:20)?\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*[日号]?"
_FILLED = re.compile(
    rf"(?:填报|填表|制表|报送|上报|打印|印发|编制)(?:日期|时间|于)?[:：]?\s*{_ONE_DAY}|{_ONE_DAY}\s*(?:填报|填表|制表|报送|上报|打印|印发|编制)"
)
_DAY_LABEL = re.compile(r"日期|时间|日$")


@dataclass(frozen=True, slots=True)
class SheetIdentity:
    """What a sheet says of itself, and what its file promises."""

    periods: tuple[Evidence, ...]  # of the sheet, the strongest first
    promised: Evidence | None  # of the file's name, else of its folder
    units: tuple[Evidence, ...]
    among: tuple[str, ...] = ()  # the units that bear the name that is said, where nothing tells which of them

    @property
    def printed(self) -> str | None:
        """The period that the sheet names itself: in its titles and labels, else by its name."""
        return next((e.value for e in self.periods if e.weight >= FAIR or e.place.startswith(SHEET_NAME)), None)

    @property
    def named(self) -> str | None:
        """The period in the name of the sheet."""
        return next((e.value for e in self.periods if e.place.startswith(SHEET_NAME)), None)

    @property
    def spoken(self) -> str | None:
        """The period of the sheet: where no name promises one, however faintly the sheet speaks of it."""
        return self.printed or (None if self.promised else next((e.value for e in self.periods), None))

    @property
    def unit(self) -> str | None:
        """The unit that the sheet names itself; none where several bear that name."""
        return None if self.among else next((e.value for e in self.units if e.value), None)


def identify_table(table: Table, slot: Promise, register: UnitRegister, received: datetime) -> SheetIdentity:
    """Gather the evidence of one table."""
    cadence = table.form.cadence
    units = _told_apart(_units(table, slot, register), slot, register)
    return SheetIdentity(
        tuple(sorted(_periods(table, slot, received), key=lambda e: -e.weight)),
        promised_period(slot, cadence, _year_of_sheet(table)),
        tuple(units),
        _among(units, register) if slot.unit is None else (),
    )


def promised_period(slot: Promise, cadence: str, year: int | None) -> Evidence | None:
    """The period of the file's name (strong), else of its folder (fair: a folder may be named for the month of sending)."""
    period = slot.period(cadence, year)
    if period is None:
        return None
    by_name = period == find_period(_without_documents(slot.name), cadence, slot.year or year)
    return Evidence(period, slot.name, FILE_NAME, STRONG) if by_name else Evidence(period, slot.folder, FOLDER, FAIR)


def owed_period(owed: tuple[str, ...], received: datetime) -> str | None:
    """The latest period of those owed that was over when the file came."""
    over = [p for p in owed if (end := period_end(p)) and end <= received.date()]
    return max(over, default=None)


def _without_documents(text: str) -> str:
    """A text without document numbers (云政办〔2024〕3号) and days of filling in (2024年4月5日填报), which are no period."""
    return _FILLED.sub(" ", _DOCUMENT.sub(" ", text))


def is_title(text: str) -> bool:
    """Whether a text is short enough for a title, and neither a sentence nor a label of something else."""
    return len(fold(text)) <= LONGEST_TITLE and not _SENTENCE.search(text) and not _OTHER_LABEL.match(fold(text))


def _year_of_sheet(table: Table) -> int | None:
    """The year that labels or titles name, else the sheet's name."""
    labelled = (
        year_alone(s.text) or find_year(s.text)
        for s in table.around.said
        if s.field == "year" or s.field == "period" and not _may_be_filing(s.label, s.raw)
    )
    titles = (find_year(_without_documents(t)) for t in table.around.titles if is_title(t))
    return next((y for source in (labelled, titles) for y in source if y), None) or find_year(table.grid.sheet)


def stands(value: str | None, said: str, label: str, where: LabelSaid | Title, weight: int) -> Evidence:
    """A piece in a cell of the sheet, or of a cover sheet, which its place names then."""
    place = f"{label}{where.cell}"
    return (
        Evidence(value, said, chinese("expected.on_cover", sheet=where.sheet, place=place), weight)
        if where.sheet
        else Evidence(value, said, place, weight, where.cell)
    )


def _periods(table: Table, slot: Promise, received: datetime) -> list[Evidence]:
    cadence, around = table.form.cadence, table.around
    year = _year_of_sheet(table) or slot.year
    found: list[Evidence] = []
    for title in around.heads:
        text = _without_documents(title.text)
        if period := find_period(text, cadence, year):
            found.append(stands(period, title.text, TITLE, title, STRONG if is_title(title.text) else WEAK))
    found += _labelled(table, cadence, year)
    sheet = table.grid.sheet
    if period := find_period(sheet, cadence, year):
        found.append(Evidence(period, sheet, f"{SHEET_NAME}“{sheet}”", FAIR if find_year(sheet) else WEAK))
    year = year or _year_before(received)
    if cadence != "yearly" and not found:
        found += [
            stands(find_period(t.text, cadence, year), t.text, TITLE, t, FAIR)
            for t in around.heads
            if is_title(t.text) and find_period(t.text, cadence, year)
        ]
    if cadence == "monthly":
        for col, month in sorted(table.head.months.items()):
            cell = table.grid.name(table.head.rows.get(col, table.head.last), col)
            found.append(Evidence(f"{year}-{month:02d}", table.head.texts.get(col, ""), f"{HEADER}{cell}", WEAK, cell))
    if slot.made_for and slot.made_for[1] == table.form.form:  # weak: many fill in last month's template
        found.append(Evidence(slot.made_for[2], slot.made_for[2], STAMP, WEAK))
    return found


def _year_before(received: datetime) -> int:
    """The year in which the last month that was over at receipt lies."""
    return received.year if received.month > 1 else received.year - 1


def _labelled(table: Table, cadence: str, year: int | None) -> list[Evidence]:
    """Answers to the labels of a period; 年度 and 月份 apart are one."""
    found = []
    said = table.around.said
    for s in said:
        day = s.raw if isinstance(s.raw, date) else _day(s.text)
        if day and (s.field == "filled_date" or s.field == "period" and _may_be_filing(s.label, s.raw)):
            found.append(stands(_before(day, cadence), s.text, s.label, s, WEAK))
            continue
        if s.field not in ("period", "month"):
            continue
        period = _of_day(s.raw, cadence) if isinstance(s.raw, date) else find_period(s.text, cadence, year)
        if period is None and s.field == "month" and cadence == "monthly" and year and (month := month_alone(s.text)):
            period = f"{year}-{month:02d}"
        if period is None and s.field == "period" and isinstance(s.raw, str):
            period = _of_day(_day(s.text), cadence)
        if period:
            words = f"{s.label}：{s.text}" if s.label else s.text  # a bare 1 says nothing to who reads it
            found.append(stands(period, words, s.label, s, STRONG))
    if cadence == "yearly":
        found += [stands(str(y), s.text, s.label, s, STRONG) for s in said if s.field in ("year", "period") and (y := year_alone(s.text))]
    return found


def _may_be_filing(label: str, raw: CellValue) -> bool:
    """A day under 报表日期 may be the day of filling in: only the first and the last of a month are surely the period."""
    day = raw if isinstance(raw, date) else _day(str(raw))
    return day is not None and bool(_DAY_LABEL.search(label)) and day.day not in (1, monthrange(day.year, day.month)[1])


def _before(day: date, cadence: str) -> str | None:
    """The period that a form filled in on a day is of: a month is reported when it is over, or nearly so."""
    return _of_day(day - timedelta(days=FILING_DAYS.get(GRAIN_OF[cadence], FILING_DAYS_OF_MONTHS)), cadence)


def _day(text: str) -> date | None:
    from etl.normalise.dates import read_date

    dated = read_date(text)
    return dated.value if dated.precision == "day" else None


def _of_day(day: date | None, cadence: str) -> str | None:
    if day is None:
        return None
    return Period.of(GRAIN_OF[cadence], day).code


def _units(table: Table, slot: Promise, register: UnitRegister) -> list[Evidence]:
    """Labels first, then titles, the sheet's name, and a bare name on the cover; what a label names unknown has no value."""
    around, found = table.around, []
    for s in around.said:
        if s.field == "department" and s.text:
            found.append(stands(_code(s.text, slot.unit, register), s.text, s.label, s, STRONG))
    for title in around.heads:
        if code := _code(title.text, slot.unit, register):
            weight = FAIR if title.leads and is_title(title.text) and not register.find(title.text) else WEAK
            found.append(stands(code, title.text, TITLE, title, weight))
    if code := _code(table.grid.sheet, slot.unit, register):
        found.append(Evidence(code, table.grid.sheet, f"{SHEET_NAME}“{table.grid.sheet}”", WEAK))
    bare = {code: t for t in around.texts if (code := register.find(t.text))}
    if len(bare) == 1:
        found += [stands(code, t.text, CELL, t, WEAK) for code, t in bare.items()]
    if slot.made_for:
        found.append(Evidence(slot.made_for[0], register.names[slot.made_for[0]], STAMP, WEAK))
    return found


def _told_apart(units: list[Evidence], slot: Promise, register: UnitRegister) -> list[Evidence]:
    """A name that several units bear means the one that all other pieces tell; folder and file name first, where they say it."""
    told = [e.value for e in units if e.value]
    units = [e if e.value else replace(e, value=register.meant(register.all_named(e.said), *told)) for e in units]
    if not slot.among:
        return units
    fitting = [code for e in units for code in [e.value] if any(code in register.line(one) for one in slot.among)]
    by_folder = any(register.all_named(part) == slot.among for part in slot.folder.split("/"))
    place, said = (FOLDER, slot.folder) if by_folder else (FILE_NAME, slot.name)
    return [Evidence(register.meant(slot.among, *fitting), said, place, STRONG), *units]


def _among(units: list[Evidence], register: UnitRegister) -> tuple[str, ...]:
    """The units that the strongest piece may mean, where nothing tells which."""
    first = next(iter(units), None)
    several = register.all_named(first.said) if first and first.value is None else ()
    return several if len(several) > 1 else ()


def _code(text: str, own: str | None, register: UnitRegister) -> str | None:
    """The unit that a text names; the file's own where its name stands anywhere in it."""
    if code := register.find(text, own):
        return code
    return own if own and register.names_in(text, own) else register.find_in(text, own)
