"""Make the empty workbook of a form from its contract, ready for one unit and period."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.forms.contract import Column, Form
from etl.mistakes import Mistake
from etl.model import Value
from etl.normalise.periods import period_start
from etl.period import GRAIN_OF, Period
from etl.reply.hints import header, number_format, offered, validation
from etl.reply.stamp import SHEET, stamp_of
from etl.site.load import Site
from etl.texts.catalogue import speaker
from etl.texts.periods import period_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format

BLANK_ROWS = {"table": 20, "blocks": 12}
SIGN_OFF = ("填报人：", "审核人：", "负责人：", "填报日期：")
NIL_HINT = "本期确无数据时，请在此格填写“零报告”三个字，并由负责人签名。"
NOTE = "注：带 * 的列必须填写；点到单元格会显示填写要求。金额只填数字，单位以表头和右上角为准。行数不够可插入行，请不要改动表头。"
MARKED = "#FFE699"
LAST_MONTH = "上期这一格没有采用，请改正后再报："
# What must be written anew each month even if last month's words are at hand.
AFRESH = {"progress_text", "note", "evidence_type", "evidence_no"}


def make_template(
    form: Form,
    unit: str,
    period: str,
    site: Site,
    last_month_lines: Sequence[Mapping[str, Value]] = (),
    marks: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """The xlsx for a unit (its code) and a period of the form's grain; the same input gives the same bytes.

    `last_month_lines` are the lines to carry over (canonical column -> value in units of storage): what describes the
    project is filled in, each cumulative becomes last month's figure plus this month's cell. `marks` say, line by line,
    what was wrong in which column: such a cell is coloured and has a comment. Raises Mistake.
    """
    from etl.reply.template_blocks import write_blocks

    if unit not in site.names:
        raise Mistake("use.no_unit_code", unit=unit, names=tuple(site.names))
    if not is_of(form, period):
        wanted = Period.of(GRAIN_OF[form.cadence], date(2024, 3, 5)).code
        raise Mistake("use.form_period", name=form.name, period=period, wanted=wanted)
    sheet = TemplateSheet(form, unit, period, site)
    row = write_blocks(sheet) if form.layout == "blocks" else 2
    write_table(sheet, row, list(last_month_lines), list(marks))
    return sheet.bytes()


def is_of(form: Form, period: str) -> bool:
    """Whether a period is of the grain in which a form is sent."""
    found = Period.read(period)
    return found is not None and found.grain == GRAIN_OF[form.cadence]


class TemplateSheet:
    """The workbook under construction: its formats, its lists of choices, and where columns stand."""

    def __init__(self, form: Form, unit: str, period: str, site: Site) -> None:
        import xlsxwriter

        self.form, self.period, self.site = form, period, site
        self.start = period_start(period) or date(1970, 1, 1)
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self.sheet = self.book.add_worksheet(form.name[:31])
        self.hidden = self.book.add_worksheet(SHEET)
        self.hidden.write_string(0, 0, stamp_of(form, unit, period).text())
        self.hidden.very_hidden()
        self.book.set_properties({"title": self.title, "created": datetime.combine(Period.of("year", self.start).start, time())})
        self.columns = [c for c in form.columns if c.block == "table" and not c.support]
        self.width = max(len(self.columns), len(SIGN_OFF) * 2)
        self.units = {u.name: u.kind for u in site.units}
        self._lists: dict[tuple[str, ...], str] = {}
        self._formats: dict[tuple, Format] = {}
        self._head(site.names[unit])

    @property
    def title(self) -> str:
        """云岭县2024年3月重点项目月报表; the name of a yearly form may already begin with 年度."""
        name = self.form.name.removeprefix("年度") if self.form.cadence == "yearly" else self.form.name
        year = "度" if self.form.cadence == "yearly" else ""
        return f"{self.site.settings.get('county', '')}{period_name(self.period)}{year}{name}"

    def format(self, **look: object) -> Format:
        """A cell format; the same look is one format."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self.book.add_format(base | look)
        return self._formats[key]

    def entry(self, column: Column, **look: object) -> Format:
        """The format of a cell that the unit fills in."""
        return self.format(num_format=number_format(column), locked=False, border=1, text_wrap=column.type in ("text", "enum"), **look)

    def range_of(self, column: Column) -> str | None:
        """Where the choices of a column stand on the hidden sheet; None where it has none."""
        words = tuple(offered(column, self.units))
        if not words:
            return None
        if words not in self._lists:
            at = len(self._lists) + 1
            for row, word in enumerate(words):
                self.hidden.write_string(row, at, word)
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]
            self._lists[words] = f"={SHEET}!${letter}$1:${letter}${len(words)}"
        return self._lists[words]

    def ask(self, row: int, col: int, column: Column, last: int | None = None, more: str = "") -> None:
        """Put drop-down, limits and message of a column on a cell or on the cells below it down to `last`."""
        self.sheet.data_validation(row, col, row if last is None else last, col, validation(column, self.range_of(column), more))

    def write(self, row: int, col: int, column: Column, value: Value) -> None:
        """A value carried over, as what it is."""
        look = self.entry(column)
        if isinstance(value, Decimal | int):
            self.sheet.write_number(row, col, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, col, value, look)
        else:
            self.sheet.write_string(row, col, str(value), look)

    def _head(self, unit_name: str) -> None:
        sheet, last = self.sheet, self.width - 1
        sheet.merge_range(0, 0, 0, last, self.title, self.format(bold=True, font_size=16, align="center"))
        sheet.set_row(0, 30)
        sheet.write_string(1, 0, f"填报单位：{unit_name}", self.format())
        sheet.write_blank(1, 4, None, self.format(locked=False, align="center"))
        sheet.data_validation(1, 4, 1, 4, {"validate": "any", "input_title": "零报告", "input_message": NIL_HINT})
        if self.form.money:
            sheet.write_string(1, last, "单位：万元", self.format(align="right"))

    def bytes(self) -> bytes:
        """Lock what is not to be filled in, fit it on paper, and close."""
        self.sheet.protect(
            "",
            {
                "insert_rows": True,
                "delete_rows": True,
                "format_rows": True,
                "format_columns": True,
                "format_cells": True,
                "sort": True,
                "autofilter": True,
            },
        )
        self.sheet.set_landscape()
        self.sheet.set_paper(8 if self.width > 16 else 9)  # A3, A4
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        self.book.close()
        return self.buffer.getvalue()


def write_table(out: TemplateSheet, top: int, lines: list[Mapping[str, Value]], marks: list[Mapping[str, str]]) -> None:
    """Header, lines carried over, blank rows and sign-off, from a row on."""
    first, last = top + 1, top + len(lines) + BLANK_ROWS[out.form.layout]
    sheet = out.sheet
    for row in range(first, last + 1):
        sheet.set_row(row, 32 if row < first + len(lines) else 24, out.format(locked=False))  # so that rows may be inserted and deleted
    place = {c.name: col for col, c in enumerate(out.columns)}
    for col, column in enumerate(out.columns):
        text = header(column)
        must = {"bg_color": "#D9E1F2"} if column.required else {"bg_color": "#F2F2F2"}
        sheet.write_string(top, col, text, out.format(bold=True, align="center", border=1, text_wrap=True, **must))
        sheet.set_column(col, col, _width(column, text))
        out.ask(first, col, column, last)
        for row in range(first, last + 1):
            sheet.write_blank(row, col, None, out.entry(column))
    sheet.set_row(top, 36)
    for row, line in enumerate(lines, start=first):
        carry_over(out, row, line, place)
    for row, of_line in enumerate(marks, start=first):
        mark_line(out, row, of_line, lines[row - first], place)
    sheet.freeze_panes(first, 0 if out.form.layout == "blocks" else min(2, len(place)))
    sheet.repeat_rows(top)
    for n, label in enumerate(SIGN_OFF):
        sheet.write_string(last + 1, 2 * n, label, out.format(align="right"))
        sheet.write_blank(last + 1, 2 * n + 1, None, out.format(locked=False, bottom=1, num_format="@"))
    sheet.merge_range(last + 2, 0, last + 2, out.width - 1, NOTE, out.format(font_color="#595959", text_wrap=True))
    sheet.set_row(last + 2, 32)


def carry_over(out: TemplateSheet, row: int, line: Mapping[str, Value], place: Mapping[str, int]) -> None:
    """Fill a row from last month's line: descriptions as they were, cumulatives as last month's plus this month's."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    stems = {c.name.removesuffix("_month"): c.name for c in out.columns if c.name.endswith("_month")}
    for column in out.columns:
        value = line.get(column.name)
        stem = next((s for s in stems if column.name.startswith(f"{s}_")), None)
        if stem is None:
            if value not in (None, "") and column.name not in AFRESH and not column.recompute:
                out.write(row, place[column.name], column, value)
            continue
        yearly = column.name == f"{stem}_ytd"
        if not (yearly or column.name.startswith(f"{stem}_since_")) or not isinstance(value, Decimal | int):
            continue
        before = Decimal(0) if yearly and (out.start.month, out.start.day) == (1, 1) else value
        month = xl_rowcol_to_cell(row, place[stems[stem]])
        out.sheet.write_formula(row, place[column.name], f"={before:f}+{month}", out.entry(column), before)


def mark_line(out: TemplateSheet, row: int, of_line: Mapping[str, str], line: Mapping[str, Value], place: Mapping[str, int]) -> None:
    """Colour the cells that were wrong last month, and say at each what was; what belongs to no column stands at the first."""
    head = speaker("zh")("reply.comment_head")  # so that nobody takes the comment for the unit's own
    said: dict[str, list[str]] = {}
    for name, sentence in of_line.items():
        said.setdefault(name if name in place else out.columns[0].name, []).append(sentence)
    for name, sentences in said.items():
        column, col = out.form.by_name[name], place[name]
        value = line.get(name)
        look = out.entry(column, bg_color=MARKED)
        if value in (None, "") or isinstance(value, Decimal | int | date):
            out.sheet.write_blank(row, col, None, look)
        else:
            out.sheet.write_string(row, col, str(value), look)
        out.sheet.write_comment(row, col, "\n".join([head, LAST_MONTH, *sentences]), {"x_scale": 2, "y_scale": 1.5, "author": "luodi"})


def _width(column: Column, text: str) -> float:
    if column.type in ("amount", "number", "percent", "year"):
        return 12
    if column.type == "date":
        return 13
    if column.type == "code":
        return 27 if column.code == "project_code" else 21
    return 10 if column.values else max(20 if column.required else 16, len(text) * 2)
