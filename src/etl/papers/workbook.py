"""The figures of the bulletin as a workbook: a sheet for each subject with what each column means, and charts that Excel draws."""

from __future__ import annotations

import io
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from etl.pages.figures import Figure
from etl.papers.bulletin import definition, lacking, measure_name, uom
from etl.papers.source import NOTHING, PaperSource, PeriodFigures
from etl.texts.periods import period_name
from etl.texts.spreadsheet import TYPEFACE, inert

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

DARK, LIGHT, LINE = "#1F3864", "#EAF0F8", "#BFBFBF"
HEAD, MEANING, FIRST = 2, 3, 4  # rows: of the heads, of what they mean, and of the county, whose units follow


def bulletin_workbook(source: PaperSource, figures: PeriodFigures) -> bytes:
    """The workbook; the same version gives the same bytes."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(made, options)
    workbook.set_properties({"title": source.say("papers.kind_workbook"), "created": datetime.combine(source.as_of, time())})
    _overview(workbook, source, figures)
    for table in source.show.bulletin:
        shown, units = figures.shown(table["figures"])
        if units:
            _subject(workbook, source.say(f"pages.bulletin_{table['name']}"), (shown, units), source, figures)
    workbook.close()
    return made.getvalue()


def _look(workbook: Workbook, **more: Any) -> Any:
    base = {"font_name": TYPEFACE, "font_size": 10, "valign": "vcenter", "border": 1, "border_color": LINE}
    return workbook.add_format(base | more)


def _overview(workbook: Workbook, source: PaperSource, figures: PeriodFigures) -> None:
    say = source.say
    page = workbook.add_worksheet(say("papers.overview"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 100)
    title = say("pages.bulletin_title", county=source.office.county, period=period_name(source.period, say.lang))
    page.write_string(0, 0, inert(title), _look(workbook, bold=True, font_size=16, font_color=DARK, border=0))
    name, text = _look(workbook, bold=True, bg_color=LIGHT), _look(workbook, text_wrap=True)
    told = [("papers.period", source.period), ("papers.as_of", source.as_of.isoformat()), ("papers.night", source.show.night)]
    row = 2
    for key, value in told:
        page.write_string(row, 0, say(key), name)
        page.write_string(row, 1, inert(value), text)
        row += 1
    page.write_string(row, 0, say("papers.time_progress"), name)
    page.write_number(row, 1, float(Decimal(figures.period["time_progress"])), _look(workbook, num_format="0.00", align="left"))
    for sentence in figures.sentences:
        row += 1
        page.write_blank(row, 0, None, name)
        page.write_string(row, 1, inert(sentence), text)
        page.set_row(row, 18 * (1 + _wide(sentence) // 100))
    page.freeze_panes(2, 0)
    _printed(page, landscape=True)


def _subject(workbook: Workbook, title: str, held: tuple[list[str], list[str]], source: PaperSource, figures: PeriodFigures) -> None:
    (shown, units), say = held, source.say
    page = workbook.add_worksheet(title)
    page.hide_gridlines(2)
    page.write_string(0, 0, title, _look(workbook, bold=True, font_size=14, font_color=DARK, border=0))
    told = [text for text in lacking(shown, figures, say).values() if NOTHING not in text]
    page.write_string(1, 0, inert("　".join([say("papers.empty_cell"), *told])), _look(workbook, font_color="#595959", border=0))
    head = _look(workbook, bold=True, font_color="#FFFFFF", bg_color=DARK, text_wrap=True, align="center")
    meaning = _look(workbook, font_size=8, font_color="#595959", text_wrap=True, valign="top")
    text, strong = _look(workbook, num_format="@"), _look(workbook, bold=True, bg_color=LIGHT)
    page.set_column(0, 0, 11)
    page.set_column(1, 1, 22)
    page.set_column(2, 1 + len(shown), 20)
    page.set_row(HEAD, 46)
    page.set_row(MEANING, 12 * max(2, *(1 + _wide(definition(figures, name, say)) // 23 for name in shown)))
    for column, what in enumerate((say("papers.code"), say("papers.unit"))):
        page.write_string(HEAD, column, what, head)
        page.write_string(MEANING, column, say("papers.definition_head") if column else "", meaning)
    page.write_blank(FIRST, 0, None, strong)
    page.write_string(FIRST, 1, say("papers.county"), strong)
    for row, unit in enumerate(units, start=FIRST + 1):
        page.write_string(row, 0, inert(unit), text)
        page.write_string(row, 1, inert(figures.names[unit]), text)
    for column, name in enumerate(shown, start=2):
        page.write_string(HEAD, column, say("papers.with_uom", name=measure_name(figures, name, say), uom=uom(figures, name, say)), head)
        page.write_string(MEANING, column, inert(definition(figures, name, say)), meaning)
        digits = figures.measures[name]["decimals"]
        number = {"num_format": "#,##0" + ("." + "0" * digits if digits else "")}
        _number(page, (FIRST, column), figures.county.get(name), _look(workbook, bold=True, bg_color=LIGHT, **number))
        of_units, plain = figures.units.get(name, {}), _look(workbook, **number)
        for row, unit in enumerate(units, start=FIRST + 1):
            _number(page, (row, column), of_units.get(unit), plain)
    page.freeze_panes(FIRST, 2)
    page.repeat_rows(HEAD)
    _printed(page, landscape=True)
    _charts(workbook, page, held, source, figures)


def _number(page: Worksheet, place: tuple[int, int], figure: Figure | None, look: Any) -> None:
    """A figure as the mart holds it; the format rounds what is seen."""
    if figure and figure[0] is not None:
        page.write_number(*place, float(Decimal(figure[0])), look)
    else:
        page.write_blank(*place, None, look)


def _charts(workbook: Workbook, page: Worksheet, held: tuple[list[str], list[str]], source: PaperSource, figures: PeriodFigures) -> None:
    """Below the table: the amounts of the units side by side, and their rates."""
    (shown, units), sheet = held, page.get_name()
    by_uom: dict[str, list[int]] = {}
    for column, name in enumerate(shown, start=2):
        by_uom.setdefault(figures.measures[name]["uom"], []).append(column)
    last, top = FIRST + len(units), FIRST + len(units) + 2
    for number, (measured, columns) in enumerate(by_uom.items()):
        chart = workbook.add_chart({"type": "column"})
        for column in columns:
            chart.add_series(
                {
                    "name": [sheet, HEAD, column],
                    "categories": [sheet, FIRST + 1, 1, last, 1],
                    "values": [sheet, FIRST + 1, column, last, column],
                    "gap": 60,
                }
            )
        said = measure_name(figures, shown[columns[0] - 2], source.say) if len(columns) == 1 else sheet
        chart.set_title({"name": source.say("papers.chart_of", name=said, uom=source.say.word("uom", measured)), "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"} if len(columns) > 1 else {"none": True})
        chart.set_x_axis({"num_font": {"rotation": -45}})
        chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": LINE}}})
        chart.show_blanks_as("gap")
        chart.set_size({"width": 620, "height": 320})
        page.insert_chart(top + 17 * (number // 2), 1 + 4 * (number % 2), chart)


def _printed(page: Worksheet, *, landscape: bool) -> None:
    page.set_paper(9)
    if landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)


def _wide(text: str) -> int:
    """Width in characters, a Chinese one counting double."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
