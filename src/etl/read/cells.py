"""What a single cell's value and place are, the same for every kind of workbook."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from etl.model import CellValue, Merge, Unreadable, column_letter
from etl.texts.refusals import refusal

LAST_ROW, LAST_COL = 1_048_576, 16_384  # ECMA-376 and Excel: XFD1048576
EXACT_DIGITS = 15  # what a double holds of any decimal number

_unsafe = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_break = re.compile("\r\n?|[\x0b\x0c]")
_ref = re.compile(r"([A-Z]{1,10})([0-9]{1,10})\Z")
_escape = re.compile("_x([0-9A-Fa-f]{4})_")
_number = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")


def safe_text(text: str) -> str | None:
    """Keep text as written, but fit for any database: one kind of line break, U+FFFD for NUL and the like."""
    if "\r" in text or "\x0b" in text or "\x0c" in text:
        text = _break.sub("\n", text)
    return _unsafe.sub("\ufffd", text) or None


def unescape(text: str) -> str:
    """Undo the `_x000D_` writing of OOXML (ECMA-376 part 1, 22.9.2.19); surrogates stay as written."""
    if "_x" not in text:
        return text

    def char(match: re.Match) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)

    return _escape.sub(char, text)


def clean_number(value: float) -> int | Decimal:
    """Free a double of its noise: 0.1 + 0.2 is 0.3; raises OverflowError for infinity and NaN."""
    if not math.isfinite(value):
        raise OverflowError(value)
    if value.is_integer() and abs(value) < 10**EXACT_DIGITS:
        return int(value)
    number = Decimal(f"{value:.{EXACT_DIGITS}g}")
    return int(number) if abs(number) < 10**30 and number == number.to_integral_value() else number


def parse_number(text: str) -> int | Decimal:
    """Read a number as a file writes it, keeping every digit of a long identifier; raises ValueError."""
    text = text.strip()
    if not _number.match(text):
        raise ValueError(text)
    if len(text) > EXACT_DIGITS and "e" not in text.lower():
        whole, _, fraction = text.lstrip("+-").partition(".")
        if len(whole) > EXACT_DIGITS:
            return Decimal(text) if fraction.strip("0") else int(text.partition(".")[0])
    try:
        return clean_number(float(text))
    except OverflowError as error:
        raise ValueError(text) from error


class Clean:
    """Turns the values that a reader gives into those of a Grid, a row at a time.

    `odd` becomes true when a value came by that this cannot judge (a time without a day, infinity).
    """

    def __init__(self) -> None:
        self.odd = False
        self.texts: dict[str, str | None] = {"": None}  # each distinct text is looked at once

    def row(self, values: list) -> list[CellValue]:
        texts = self.texts
        row: list[CellValue] = []
        add = row.append
        for value in values:
            kind = value.__class__
            if kind is str:
                if value not in texts:
                    texts[value] = safe_text(value)
                add(texts[value])
            elif kind is float:
                if not -1e15 < value < 1e15:
                    add(self._huge(value))
                elif value.is_integer():
                    add(int(value))
                else:
                    number = repr(value)  # the shortest form; nearly always free of noise
                    add(Decimal(number if len(number) <= EXACT_DIGITS + 1 else f"{value:.15g}"))
            else:
                self.odd |= kind in (time, timedelta)
                add(value)
        return row

    def _huge(self, value: float) -> int | Decimal | None:
        try:
            return clean_number(value)
        except OverflowError:
            self.odd = True
            return None


def serial_to_date(serial: float, epoch_1904: bool = False) -> date | datetime | str:
    """Read a spreadsheet's day count: a date, a datetime, or 'HH:MM:SS' below one day.

    Raises ValueError where there is no such day (0, negative, 1900-02-29, after 9999).
    """
    last = 2_958_466 - (1462 if epoch_1904 else 0)
    days, part = divmod(serial, 1) if 0 <= serial < last else (60, 0)
    if not epoch_1904 and (days == 60 or serial == 0):
        raise ValueError(serial)
    since_midnight = timedelta(milliseconds=round(part * 86_400_000))
    if days == 0 and serial:
        return str(timedelta(seconds=round(since_midnight.total_seconds()))).zfill(8)
    first = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if days > 60 else 31)
    moment = since_midnight + (first + timedelta(days=days))
    return moment if moment.time() != time(0) else moment.date()


def as_shown(number: int | Decimal, shown: str, epoch_1904: bool = False) -> int | Decimal | date | str:
    """A number as its format shows it: a day where it is one, else the number itself."""
    if shown in ("date", "duration"):
        try:
            return serial_to_date(float(number), epoch_1904)
        except ValueError:
            pass  # no such day: the number as written says more than a clipped one
    return number


def iso_day(text: str) -> date | datetime | None:
    """Read an ISO date or datetime as files store it, None where it is none."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return None
    return moment if moment.time() != time(0) else moment.date()


@lru_cache(maxsize=1 << 16)
def cell_place(ref: str) -> tuple[int, int]:
    """Read 'C17' as (16, 2); raises Unreadable for a place that no sheet has."""
    match = _ref.match(ref)
    if match:
        col = 0
        for letter in match[1]:
            col = col * 26 + ord(letter) - 64
        row = int(match[2])
        if 1 <= row <= LAST_ROW and col <= LAST_COL:
            return row - 1, col - 1
    raise refusal("off_sheet", cell=ref[:20])


def area(ref: str) -> Merge:
    """Read 'A1:C2' as (0, 0, 1, 2): first row, first col, last row, last col."""
    first, _, last = ref.replace("$", "").partition(":")
    top, left = cell_place(first)
    bottom, right = cell_place(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def clip_merges(merges: Iterable[Merge], rows: Sequence[Sequence[CellValue]]) -> tuple[Merge, ...]:
    """Keep of merged areas what lies on the used part of the sheet, so that expanding them is harmless.

    Raises Unreadable where they still cover the sheet many times over.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    kept, covered = [], 0
    for top, left, bottom, right in merges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            kept.append((top, left, bottom, right))
            covered += (bottom - top + 1) * (right - left + 1)
    if covered > 4 * height * width + 10_000:
        raise refusal("overlaps")
    return tuple(sorted(set(kept)))


def uncover(
    rows: list[list[CellValue]],
    merges: Iterable[Merge],
    errors: dict[tuple[int, int], str],
    covered: dict[tuple[int, int], CellValue] | None = None,
) -> dict[tuple[int, int], CellValue]:
    """Take out of the rows, and out of the errors, what lies hidden under a merged area, and give it by its place.

    A merge shows its first cell alone; `covered` holds what the file itself calls covered.
    """
    covered = dict(covered or {})
    for top, left, bottom, right in merges:
        for r in range(top, bottom + 1):
            row = rows[r]
            for c in range(left, min(right + 1, len(row))):
                if (r, c) == (top, left):
                    continue
                error = errors.pop((r, c), None)
                if row[c] is not None or error:
                    covered[r, c] = row[c] if row[c] is not None else error
                    row[c] = None
    return covered


def trim(rows: list[list[CellValue]], errors: Iterable[tuple[int, int]] = ()) -> list[list[CellValue]]:
    """Drop the blank rows at the end, which only styles had kept alive, and make room for every error cell."""
    last = len(rows)
    while last and all(value is None for value in rows[last - 1]):
        last -= 1
    rows = rows[:last]
    for row, col in errors:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (col + 1 - len(rows[row])))
    return rows


def twice(row: int, col: int) -> Unreadable:
    """Say that one cell stands in the file twice with two values: nobody can tell which counts."""
    return refusal("twice", cell=f"{column_letter(col)}{row + 1}")
