"""Show by what a submission's unit, form and period were told, and what lay in a file in which no table was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.model import Evidence, Reading, Submission
from etl.texts.catalogue import Say, in_words, texts
from etl.texts.screen import cell, console, table, visible
from etl.understand.places import HEADER

if TYPE_CHECKING:
    from rich.table import Table

ASPECTS = ("unit", "form", "period")
LONGEST = 30  # characters of a text that are shown


class Names:
    """Codes of units and forms as people read them, in one language."""

    def __init__(self, forms: Mapping[str, Form], units: Mapping[str, str], say: Say, lang: str) -> None:
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
        place = in_words(place, "expected", self.lang)
        for kind in texts("place").values() if self.lang != "zh" else ():  # the label of a sheet stays as it is
            if place.startswith(kind["zh"]):
                place = f"{kind[self.lang]} {place.removeprefix(kind['zh'])}".strip()
                break
        return f"{piece.cell} {place}" if piece.cell else place

    def said(self, piece: Evidence) -> str:
        """What a piece says; of a header, how many columns were known in it."""
        if piece.about == "form" and piece.place.startswith(HEADER):
            known, _, all_of = piece.said.partition("/")
            return self.say("read.header_known", known=known, all=all_of)
        text = visible(piece.said)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def summary(reading: Reading, names: Names) -> str:
    """One line: unit, form and period, each with the places that say so, and those that say otherwise."""
    return " · ".join(_aspect(reading, about, names) for about in ASPECTS)


def _aspect(reading: Reading, about: str, names: Names) -> str:
    say, pieces = names.say, [e for e in reading.evidence if e.about == about]
    by = _listed([names.place(e) for e in pieces if e.agrees], say)
    against = _listed([f"{names.place(e)}“{names.said(e)}”" for e in pieces if e.agrees is False], say)
    told = f"{say(f'heading.{about}')} {names.of(about, chosen(reading.submission, about))}"
    notes = [say("read.told_by", places=by)] if by else []
    notes += [say("read.told_against", places=against)] if against else []
    return told + (say("read.in_brackets", notes=say("read.semicolon").join(notes)) if notes else "")


def _listed(places: list[str], say: Say) -> str:
    return say("read.comma").join(dict.fromkeys(places))


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
                screen.print(cell(f"{say(f'heading.{about}')}  {names.of(about, chosen(s, about))}"))
                pieces = [e for e in reading.evidence if e.about == about]
                if pieces:
                    screen.print(_pieces(pieces, names))
            screen.print()
    return captured.get()


def _pieces(pieces: list[Evidence], names: Names) -> Table:
    say = names.say
    shown = table("", say("read.place"), say("read.says"), say("read.taken_as"), say("read.weight"), say("read.agreement"))
    for e in pieces:
        shown.add_row(
            cell(names.place(e)),
            cell(names.said(e)),
            cell(names.of(e.about, e.value)),
            say(f"read.weight_{e.weight}"),
            say(f"read.{_mark(e)}"),
        )
    return shown


def _mark(piece: Evidence) -> str:
    if piece.agrees is None:
        return "not_known" if piece.value is None else "possible"
    return "agrees" if piece.agrees else "differs"


def sheets_seen(reading: Reading, say: Say) -> Iterator[str]:
    """A sentence for each sheet of a file without a table: its rows and how it begins."""
    for seen in reading.seen:
        texts = say("read.comma").join(f"“{t[:LONGEST]}”" for t in seen.texts)
        yield say(
            "read.sheet_seen" if texts else "read.sheet_blank", sheet=seen.sheet or say("read.only_sheet"), rows=seen.rows, texts=texts
        )
