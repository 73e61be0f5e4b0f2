"""Show by what a submission's unit, form and period were told, and what lay in a file in which no table was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.model import Evidence, Reading, Submission
from etl.texts.screen import cell, console, plain, table

if TYPE_CHECKING:
    from rich.table import Table

ASPECTS = ("unit", "form", "period")
LONGEST = 30                       # characters of a text that are shown
# Where a piece of evidence stands, as understanding writes it, in English; the label of a sheet stays as it is.
PLACES = {"文件名": "file name", "文件夹": "folder", "表题": "title", "表头": "header", "单元格": "cell", "工作表名": "sheet name",
          "报送任务": "roster", "指定": "as asked", "模板标记": "template", "数据中最晚的日期": "latest day of the data"}
_PLACE = re.compile("|".join(PLACES))


class Names:
    """Codes of units and forms as people read them, in one language."""

    def __init__(self, forms: Mapping[str, Form], units: Mapping[str, str], say: Callable[..., str], lang: str) -> None:
        self.forms, self.units, self.say, self.lang = forms, units, say, lang

    def of(self, about: str, value: str | None) -> str:
        """A unit, form or period by name; a question mark where there is none."""
        if value is None:
            return "?"
        if about == "form":
            form = self.forms.get(value)
            return value if form is None else form.name if self.lang == "zh" else form.name_en or form.name
        return self.units.get(value, value) if about == "unit" else value

    def place(self, piece: Evidence) -> str:
        """The place of a piece, its cell first: A1 表题."""
        place = piece.place.removesuffix(piece.cell) if piece.cell else piece.place
        if self.lang == "en" and (found := _PLACE.match(place)):
            place = f"{PLACES[found.group()]} {place[found.end():]}".strip()
        return f"{piece.cell} {place}" if piece.cell else place

    def said(self, piece: Evidence) -> str:
        """What a piece says; of a header, how many columns were known in it."""
        if piece.about == "form" and piece.place.startswith("表头"):
            known, _, all_of = piece.said.partition("/")
            return self.say("header_known", known=known, all=all_of)
        text = plain(piece.said)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def summary(reading: Reading, names: Names) -> str:
    """One line: unit, form and period, each with the places that say so, and those that say otherwise."""
    return " · ".join(_aspect(reading, about, names) for about in ASPECTS)


def _aspect(reading: Reading, about: str, names: Names) -> str:
    say, pieces = names.say, [e for e in reading.evidence if e.about == about]
    by = _listed([names.place(e) for e in pieces if e.agrees], say)
    against = _listed([f"{names.place(e)}“{names.said(e)}”" for e in pieces if e.agrees is False], say)
    told = f"{say(about)} {names.of(about, chosen(reading.submission, about))}"
    notes = [say("told_by", places=by)] if by else []
    notes += [say("told_against", places=against)] if against else []
    return told + (say("in_brackets", notes=say("semicolon").join(notes)) if notes else "")


def _listed(places: list[str], say: Callable[..., str]) -> str:
    return say("comma").join(dict.fromkeys(places))


def chosen(submission: Submission, about: str) -> str | None:
    """What the submission was taken for."""
    return {"unit": submission.unit, "form": submission.form, "period": submission.period}[about]


def evidence_table(readings: Iterable[Reading], names: Names) -> str:
    """Each submission with every piece: what it is about, where it stands, what it says, its weight, whether it agrees."""
    say, screen = names.say, console()
    with screen.capture() as captured:
        for reading in readings:
            s = reading.submission
            screen.print(cell(f"{s.file}  {s.sheet}", "bold"))
            for about in ASPECTS:
                screen.print(cell(f"{say(about)}  {names.of(about, chosen(s, about))}"))
                pieces = [e for e in reading.evidence if e.about == about]
                if pieces:
                    screen.print(_pieces(pieces, names))
            screen.print()
    return captured.get()


def _pieces(pieces: list[Evidence], names: Names) -> Table:
    say = names.say
    shown = table("", say("place"), say("says"), say("taken_as"), say("weight"), say("agreement"))
    for e in pieces:
        shown.add_row(cell(names.place(e)), cell(names.said(e)), cell(names.of(e.about, e.value)), say(f"weight_{e.weight}"), say(_mark(e)))
    return shown


def _mark(piece: Evidence) -> str:
    if piece.agrees is None:
        return "not_known" if piece.value is None else "possible"
    return "agrees" if piece.agrees else "differs"


def sheets_seen(reading: Reading, say: Callable[..., str]) -> Iterator[str]:
    """A sentence for each sheet of a file without a table: its rows and how it begins."""
    for seen in reading.seen:
        texts = say("comma").join(f"“{t[:LONGEST]}”" for t in seen.texts)
        yield say("sheet_seen" if texts else "sheet_blank", sheet=seen.sheet or say("only_sheet"), rows=seen.rows, texts=texts)
