"""The bulletin (通报): how the county stands in sentences, a table of units for each subject, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator

from etl.office.word import Block, PaperTable, Paragraph
from etl.pages.figures import Figure, part_of
from etl.papers.source import NOTHING, PaperSource, PeriodFigures, rounded
from etl.texts.catalogue import Say

WIDTH, NAMES = 156, 25  # mm: of a page's text, and of the column of units at least
LEAST, A_DIGIT = 15, 1.6  # mm: of a column, and of a digit


def bulletin_blocks(source: PaperSource, figures: PeriodFigures) -> dict[str, list[Block]]:
    """Sentences, tables and definitions."""
    return {
        "sentences": [Paragraph("body", sentence) for sentence in figures.sentences],
        "tables": list(_tables(source, figures)),
        "definitions": list(_definitions(source, figures)),
    }


def _tables(source: PaperSource, figures: PeriodFigures) -> Iterator[Block]:
    say, number = source.say, 1
    for table in source.show.bulletin:
        shown, units = figures.shown(table["figures"])
        if not units:
            continue
        number += 1
        yield Paragraph("point", say("papers.section", number=ordinal(number, say), name=say(f"pages.bulletin_{table['name']}")))
        columns = [_column(name, units, figures, say) for name in shown]
        names = (say("papers.unit"), say("papers.county"), *(figures.names[unit] for unit in units))
        for some in _abreast(columns):
            each = (WIDTH - NAMES - sum(map(_width, some))) // len(some)
            widths = [_width(column) + each for column in some]
            rows = tuple(zip(names, *some, strict=True))
            yield PaperTable((WIDTH - sum(widths), *widths), rows, figures=tuple(range(1, len(some) + 1)))
        yield from _marks(shown, columns, figures, say)


def _column(name: str, units: list[str], figures: PeriodFigures, say: Say) -> tuple[str, ...]:
    """Head, county and units of a figure, all with the digits that any of them needs."""
    found = [figures.county.get(name), *(figures.units.get(name, {}).get(unit) for unit in units)]
    digits = max(
        (_digits(figure[0], figures.measures[name]["decimals"]) for figure in found if figure and figure[0] is not None), default=0
    )
    head = say("papers.with_uom", name=measure_name(figures, name, say), uom=uom(figures, name, say))
    return head, *(figure_printed(figure, digits) for figure in found)


def _digits(value: str, most: int) -> int:
    return min(most, len(value.partition(".")[2]))


def _width(column: tuple[str, ...]) -> int:
    """How many mm its longest figure takes, with the margins of a cell."""
    return max(LEAST, round(A_DIGIT * max(map(len, column[1:]))) + 3)


def _abreast(columns: list[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """As many columns as a page is wide, then the next ones below."""
    some: list[tuple[str, ...]] = []
    for column in columns:
        if some and sum(map(_width, [*some, column])) > WIDTH - NAMES:
            yield some
            some = []
        some.append(column)
    yield some


def figure_printed(figure: Figure | None, digits: int) -> str:
    """A figure; marked where units are missing from it (*), units of its base have none now (†) or it holds estimates (≈)."""
    if not figure or figure[0] is None:
        return NOTHING
    marks = (("missing_units", "*"), ("gone", "†"), ("estimated", "≈"))
    return rounded(figure[0], digits) + next((mark for name, mark in marks if part_of(figure, name)), "")


def _marks(shown: list[str], columns: list[tuple[str, ...]], figures: PeriodFigures, say: Say) -> Iterator[Block]:
    """What the marks in a table mean, those that stand in it; whom a total lacks is named."""
    inside = [cell for column in columns for cell in column[1:]]
    told = [say("papers.mark_nothing")] if NOTHING in inside else []
    told += [text for mark, text in lacking(shown, figures, say).items() if any(cell.endswith(mark) for cell in inside)]
    if any(cell.endswith("≈") for cell in inside):
        told.append(say("papers.mark_estimated"))
    if told:
        yield Paragraph("remark", say("papers.remark", told=say("papers.then").join(told)))


def lacking(shown: list[str], figures: PeriodFigures, say: Say) -> dict[str, str]:
    """By mark whom the county's figures lack: of whom nothing counts, and who was in the base and is in none of them now."""
    told = {}
    for mark, whom, key in (("*", "missing_units", "mark_missing"), ("†", "gone", "mark_gone")):
        units = {unit for name in shown for unit in str(part_of(figures.county.get(name), whom) or "").split()}
        told[mark] = say(f"papers.{key}", units=[name for unit, name in figures.names.items() if unit in units] or NOTHING)
    return told


def _definitions(source: PaperSource, figures: PeriodFigures) -> Iterator[Block]:
    say, told = source.say, dict[str, None]()
    for table in source.show.bulletin:
        shown, units = figures.shown(table["figures"])
        told |= dict.fromkeys(shown) if units else {}
    for number, name in enumerate(told, start=1):
        what = {"name": measure_name(figures, name, say), "definition": definition(figures, name, say)}
        yield Paragraph("remark", say("papers.definition", number=number, **what))


def measure_name(figures: PeriodFigures, name: str, say: Say) -> str:
    """What a figure is called."""
    return figures.measures[name]["name_en" if say.lang == "en" else "name"]


def definition(figures: PeriodFigures, name: str, say: Say) -> str:
    """What a figure is."""
    return figures.measures[name]["definition_en" if say.lang == "en" else "definition"]


def uom(figures: PeriodFigures, name: str, say: Say) -> str:
    """In what a figure is measured."""
    return say.word("uom", figures.measures[name]["uom"])


def ordinal(number: int, say: Say) -> str:
    """一, 二, 三 as sections are numbered; the figure where there is no such word."""
    words = say("papers.ordinals").split()
    return words[number - 1] if number <= len(words) else str(number)
