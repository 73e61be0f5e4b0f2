"""Teach headers: find the unknown ones of a file with the columns they may name, and keep what a person confirmed in the site."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from etl.desk.check import take
from etl.forms.contract import Form
from etl.forms.taught import ANY_UNIT, TaughtHeader
from etl.inbox.identify import identify
from etl.land.seen import replied, sent_last
from etl.mistakes import Mistake
from etl.model import Grid, Received, Unreadable, cell_name
from etl.normalise.headers import HeaderIndex, read_header
from etl.normalise.kinds import sent_text
from etl.read.candidates import LINES, Choice, ColumnGuess, UnknownColumns, guesses
from etl.read.doubts import unknown_columns
from etl.read.locate import MAX_DEPTH, SEARCH_ROWS, GridHeaders, Head, find_head
from etl.read.pool import run_bounded
from etl.read.workbook import open_book
from etl.settings import Settings
from etl.site.csvfile import csv_rows
from etl.site.headers import COLUMNS, FILE, clash, key
from etl.site.load import Site
from etl.texts.catalogue import recognised
from etl.understand.intake import load_reference
from etl.understand.reference import Reference
from etl.understand.sheets import choose_tables, nearest_form

SAMPLES = 3  # values shown of a column
LEAST_HEADERS = 2  # texts in a row that may be a header
_ANSWER = re.compile(r"[；;，,、\n。]")
_MEANS = re.compile(r"(?:就是|即是|即为|即|是指|指的是|指|是|改为|应为|为|=|＝|→|：|:)")
_QUOTES = re.compile(r"[“”\"'‘’「」《》\s]")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One unknown header of one unit's form, with the columns that it may name."""

    unit: str | None
    form: str
    sheet: str
    cell: str
    header: str
    samples: tuple[str, ...]
    choice: Choice
    said: str = ""  # what the unit itself answered


def lessons(path: Path, settings: Settings, site: Site, form: str | None = None) -> list[Lesson]:
    """The unknown headers of a file, read in a bounded child. Raises Mistake where it cannot be read."""
    reference = load_reference(settings.expectations, site)
    [received] = take([path], reference.register)
    work = partial(lessons_of, reference=reference, landed=settings.landed, form=form)
    [(_, found)] = run_bounded([received], work, workers=1, seconds=settings.seconds, megabytes=settings.megabytes)
    if isinstance(found, Unreadable):
        raise Mistake("use.teach_unread", name=path.name, reason=recognised("refusal", found.reason))
    if found is None:
        raise Mistake("use.teach_no_form", name=path.name)
    return found


def lessons_of(received: Received, reference: Reference, landed: Path, form: str | None = None) -> list[Lesson] | None:
    """The unknown headers of one file; where no table is found, those of the row that is most like a header of the form.

    None where it is not known of which form that row could be.
    """
    slot = identify(received.name, reference.forms, reference.register)
    if form:
        slot = replace(slot, forms=(form,))
    reference, whole = reference.of(slot.unit), reference.register.whole
    book = open_book(received.path, received.name)
    found, read = [], False
    for counted in choose_tables(book, slot, reference, received.received_at):
        read, unit = True, whole(slot.unit or counted.identity.unit)
        before = sent_last(landed, unit or "", counted.table.form.form)
        for table in (counted.table, *counted.table.more):
            found += _lessons(unit, unknown_columns(table, reference.vocabulary), reference, before)
    if read:
        return _once(found)
    near = nearest_form(book, reference, slot.forms)
    names = slot.forms[:1] or ((near[0],) if near else ())
    if not names:
        return None
    contract, unit = reference.forms[names[0]], whole(slot.unit)
    before = sent_last(landed, unit or "", contract.form)
    tried = [_guessed(unit, contract, grid, reference, before) for grid in book.grids if grid.visible and grid.rows]
    return max(tried, key=lambda t: sum(c.score for lesson in t if (c := lesson.choice.best)), default=[])


def _guessed(unit: str | None, form: Form, grid: Grid, reference: Reference, before: Mapping) -> list[Lesson]:
    """The lessons of the row in which most texts are clearly like a column of the form; [] where none is."""
    headers, index = GridHeaders(grid), HeaderIndex(form)
    best: list[Lesson] = []
    most = 0.0
    for r in range(min(len(grid.rows), SEARCH_ROWS)):
        if len(headers.row(r)) < LEAST_HEADERS or not (head := find_head(headers, index, r, r + 1, minimum=0)):
            continue
        below = [n for n in range(r + 1, min(len(grid.rows), r + LINES)) if sum(v not in (None, "") for v in grid.rows[n]) >= LEAST_HEADERS]
        unknown = {
            c: t
            for c, t in head.texts.items()
            if c not in head.columns
            and read_header(t).key not in reference.vocabulary.serial_headers
            and any(grid.cell(n, c) not in (None, "") for n in below)
        }
        tried = _lessons(unit, UnknownColumns(form, grid, head, unknown, below), reference, before)
        score = head.matched + sum(c.score for lesson in tried if (c := lesson.choice.best))
        if tried and score > most:
            best, most = tried, score
    return best


def _lessons(unit: str | None, unknown: UnknownColumns, reference: Reference, before: Mapping[str, Sequence[str]]) -> list[Lesson]:
    """One lesson for each unknown header."""
    form, grid, head = unknown.form, unknown.grid, unknown.head
    found = guesses(unknown, reference.vocabulary, reference.register, before)
    return [
        Lesson(
            unit,
            form.form,
            grid.sheet,
            cell_name(head.rows.get(col, head.last), col),
            _text(grid, head, col),
            tuple(dict.fromkeys(sent_text(v) or "" for v in choice.values))[:SAMPLES],
            choice,
        )
        for col, choice in found.items()
    ]


def _text(grid: Grid, head: Head, col: int) -> str:
    """The text to be taught: the lowest level of a header, with those above it where it stands over several columns."""
    text = head.texts[col]
    if Counter(key(t) for t in head.texts.values())[key(text)] == 1:
        return text
    levels = GridHeaders(grid).levels(head.first, min(head.last, head.first + MAX_DEPTH), col)
    return "".join(dict.fromkeys(level.key for level in levels)) or text


def _once(found: Iterable[Lesson]) -> list[Lesson]:
    return list({(one.unit, one.form, key(one.header)): one for one in reversed(list(found))}.values())[::-1]


def headers_answered(settings: Settings, site: Site) -> list[Lesson]:
    """What units answered to F14 in replies that came back, where it names a column and was not taught yet."""
    forms = load_reference(settings.expectations, site).forms
    found = []
    for unit, form, value, reason, by in replied(settings.landed, "F14"):
        for header, column in columns_named(value or "", reason, forms[form]) if form in forms else ():
            taught = any(t.form == form and t.unit in (ANY_UNIT, unit) and key(t.header) == key(header) for t in site.decisions.headers)
            if not taught:
                found.append(
                    Lesson(
                        unit,
                        form,
                        "",
                        "",
                        header,
                        (),
                        Choice((), (ColumnGuess(column, forms[form].by_name[column].header, 1.0),)),
                        f"{by}：{reason}",
                    )
                )
    return _once(found)


def columns_named(value: str, reason: str, form: Form) -> Iterator[tuple[str, str]]:
    """(header, column) that an answer to F14 names: 是项目级别, =项目级别, or 项目等次是项目级别 where several were asked about."""
    asked = [part for part in re.split(r"”(?:、[A-Z]+\d+“)?", value) if part]
    index = HeaderIndex(form)
    for part in filter(None, (_QUOTES.sub("", p) for p in _ANSWER.split(reason))):
        for header in asked:
            rest = part.removeprefix(_QUOTES.sub("", header))
            if rest == part and len(asked) > 1:
                continue
            if (
                column := index.find(rest)
                or index.find(_MEANS.sub("", rest, count=1))
                or index.find(_MEANS.sub("", rest, count=1).removesuffix("列"))
            ):
                yield header, column


def column_named(text: str, form: Form) -> str:
    """The column that a person names, by its name, header or an alias. Raises Mistake."""
    found = text.strip() if text.strip() in form.by_name else HeaderIndex(form).find(text)
    if found is None:
        raise Mistake(
            "use.no_column",
            name=form.name,
            text=text,
            names=tuple(c.header for c in form.columns if c.block == "table" and (not c.support)),
        )
    return found


def write_headers(site: Site, forms: Mapping[str, Form], taught: Sequence[TaughtHeader]) -> Path:
    """Add lines to headers.csv of the site, all or none. Raises Mistake where one would name two columns."""
    path, known = site.folder / FILE, list(site.decisions.headers)
    for one in taught:
        if found := clash(one, forms[one.form], known):
            raise Mistake("use.taught_already", header=one.header, found=found, column=forms[one.form].by_name[one.column].header)
        known.append(one)
    kept = _lines(path)
    kept += [dict(zip(COLUMNS, (t.unit, t.form, t.header, t.column, t.by, t.at.isoformat(sep=" ")))) for t in taught]
    _write(path, kept)
    return path


def delete_headers(site: Site, header: str, unit: str | None = None, form: str | None = None) -> list[dict[str, str]]:
    """Take the lines of a header out of headers.csv; gives those that were taken."""
    path = site.folder / FILE
    gone = [
        row for row in _lines(path) if key(row["header"]) == key(header) and unit in (None, row["unit"]) and form in (None, row["form"])
    ]
    if gone:
        _write(path, [row for row in _lines(path) if row not in gone])
    return gone


def _lines(path: Path) -> list[dict[str, str]]:
    return [row for _, row in csv_rows(path, *COLUMNS)] if path.exists() else []


def _write(path: Path, lines: Sequence[Mapping[str, str]]) -> None:
    """Replace the file in one step; the mark at its beginning lets Excel know that it is UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys([*COLUMNS, *(name for line in lines for name in line)])), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    new = path.with_name(path.name + ".new")
    new.write_text(text.getvalue(), encoding="utf-8-sig")
    os.replace(new, path)
