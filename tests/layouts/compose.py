"""Make one workbook of a known table by drawing its dress; the seed says it all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tests.layouts.around import Cover, beside, extra_sheets, second_list, write_foot
from tests.layouts.body import Writer, group_column, remark_as_sent, unit_words
from tests.layouts.features import draw, month_of
from tests.layouts.head import columns_of, write_head, write_under
from tests.layouts.register import ALIASES, COUNTY, NAMES, TOWNS, reference
from tests.layouts.sheet import DELIMITED, ENDINGS, Sheet, book_bytes
from tests.layouts.tables import FORMS, YEARLY, Table, table
from tests.layouts.words import FILES, TITLES, next_days, said_period

_FORM_WEIGHTS = (30, 24, 14, 9, 9, 9, 5)
_SENDERS = {"key_project_monthly": ("fgj", "zjj", "jtj", "gxj", "park", *TOWNS), "investment_monthly": ("zsj", "gxj", "park", *TOWNS),
            "budget_execution_monthly": ("czj", "czj", *TOWNS[:3]), "approval_case": ("zwj", "fgj"), "rectification": ("sjj",),
            "annual_target": ("fgj", "zsj", *TOWNS[:4]), "performance_self_evaluation": ("czj", "zwj", "nyj", *TOWNS)}


@dataclass
class Want:
    """One submission that a workbook holds: each line with its sheet, its row (from 1) and its first column."""

    unit: str
    form: str
    period: str
    lines: list[tuple[str, int, int, dict]]
    columns: set[str]
    must: bool = True                      # else a finding may say instead that it was not read


@dataclass
class Workbook:
    """A composed file with its truth and what was drawn for it."""

    seed: object
    name: str                              # inside the inbox
    data: bytes
    wants: list[Want]
    dress: dict[str, str]
    sheets: list[Sheet] = field(default_factory=list)
    sent_at: object = None


def compose(seed: object, form: str | None = None, later: tuple[str, ...] = (), forced: dict[str, str] | None = None,
            alone: bool = False) -> Workbook:
    """The workbook of a seed; `forced` options are taken as given, and with `alone` all else is plain."""
    rng = random.Random(f"workbook {seed}")
    form = form or rng.choices(FORMS, _FORM_WEIGHTS)[0]
    unit = rng.choice(_SENDERS[form])
    year = rng.choice((2024, 2024, 2024, 2023, 2025))
    month = rng.randint(1, 12)
    month = 12 if form in YEARLY else month_of(forced or {}) or month
    known = table(form, unit, year, month, seed)
    return dressed(known, rng, draw(rng, form, month, len(known.lines), later, forced, alone), seed)


def dressed(known: Table, rng: random.Random, dress: dict[str, str], seed: object, folder: str | None = None) -> Workbook:
    """A known table in a given dress."""
    maker = _Maker(known, rng, dress, seed)
    wants, sheets = maker.make()
    kind = dress["kind"]
    name = (f"{folder}/" if folder else maker.folder()) + maker.file_name() + ENDINGS[kind]
    if kind in DELIMITED:
        for want in wants:
            want.lines = [("", *line[1:]) for line in want.lines]
    return Workbook(seed, name, book_bytes(kind, sheets), wants, dress, sheets, next_days(known.year, known.month, 3))


class _Maker:
    """The sheets of one workbook."""

    def __init__(self, known: Table, rng: random.Random, dress: dict[str, str], seed: object) -> None:
        self.known, self.rng, self.dress, self.seed = known, rng, dress, seed
        self.yearly = known.form in YEARLY
        self.written = unit_words(rng, known.unit, dress["unit written"])
        self.form_title = rng.choice(TITLES[known.form])
        self.delimited = dress["kind"] in DELIMITED

    # --- names -------------------------------------------------------------------------------------------------------

    def folder(self) -> str:
        """The folders above the file, with a stroke at the end."""
        unit, how = NAMES[self.known.unit], self.dress["folder"]
        period = said_period("2024年1月", self.known.year, self.known.month, self.yearly)
        if self.dress["unit stands"] == "in the file's name only" and how != "none":
            how = "period, then unit" if "period" in how else "none"
            return f"{period}/" if how != "none" else ""
        alias = next((a for a in ALIASES[self.known.unit] if len(a) > 2), unit)
        return {"unit": f"{unit}/", "numbered unit": f"{self.rng.randint(1, 20):02d}_{unit}/", "alias of the unit": f"{alias}/", "none": "",
                "unit, then period": f"{unit}/{period}/", "period, then unit": f"{period}/{unit}/",
                "year, then unit": f"{self.known.year}年/{unit}/", "year, month, unit": f"{self.known.year}年/{self.known.month}月/{unit}/" if not self.yearly else f"{self.known.year}年/{unit}/"}[how]

    def file_name(self) -> str:
        """The file's name without its ending."""
        unit, known, rng = NAMES[self.known.unit], self.known, self.rng
        if self.dress["unit stands"] == "in the folder only":
            unit = ""
        period = said_period(rng.choice(("2024年1月", "2024年1月", "2024年01月")), known.year, known.month, self.yearly)
        form, how = rng.choice(FILES[known.form]), self.dress["file name"]
        sent = next_days(known.year, known.month, rng.randint(2, 8))
        return {"with the day of sending": f"{unit}{period}{form}（{sent.month}月{sent.day}日报）",
                "day of sending in digits, no period": rng.choice((f"{unit}{form}{sent:%Y%m%d}", f"{unit}{form}（{sent.year}.{sent.month}.{sent.day}报）")),
                "unit, period and form": rng.choice((f"{unit}{period}{form}", f"{period}{form}（{unit}）" if unit else f"{period}{form}")),
                "form and period": f"{form}{period}", "unit and form": f"{unit}{form}", "form only": form, "period only": f"{period}报表",
                "month only": f"{known.month}月{form}", "attachment, form and period": f"附件2：{period}{form}",
                "underscores": f"{form}_{unit}_{known.year}{'' if self.yearly else f'{known.month:02d}'}", "revised": f"{unit}{period}{form}（最终）-副本",
                "says nothing": rng.choice(("表格1", "新建 Microsoft Excel 工作表", "报表")),
                "all forms of the month": f"{unit}{period}" + rng.choice(
                    ("调度材料", "月报汇总", *(["重点项目、招商引资报表"] if known.form in ("key_project_monthly", "investment_monthly") else [])))}[how]

    def sheet_name(self, known: Table) -> str:
        """The name of the table's sheet."""
        if self.dress["period stands"] == "in the sheet's name":
            return self.rng.choice((f"{known.year}年{known.month}月", f"{known.year}.{known.month:02d}", f"{known.year}{known.month:02d}"))
        if self.dress["unit stands"] == "in the sheet's name":
            return NAMES[known.unit]
        return self.rng.choice(("Sheet1", "Sheet1", "明细表", FILES[known.form][0]))

    def title(self, known: Table) -> str:
        """The title as it would stand in one line."""
        dress, unit = self.dress, self.written if self.dress["unit stands"] == "in the title" else ""
        place = unit or self.rng.choice((COUNTY, COUNTY, ""))
        bracket = f"（单位：{dress['money unit']}）" if dress["money unit stands"] == "title bracket" else ""
        stands = dress["period stands"]
        if stands == "month in the title, year in the file's name":
            return f"{place}{known.month}月份{self.form_title}{bracket}"
        if stands in ("in the headers, year in the title", "month on the cover, year in the title"):
            return f"{place}{known.year}年{self.form_title}{bracket}"
        if stands not in ("in the title", "in the title, split over cells"):
            return f"{place}{self.form_title}{bracket}"
        period = said_period(dress["period written"], known.year, known.month, self.yearly)
        if period.startswith("截至") or period[:4].isdigit() and "年" not in period:
            return f"{place}{self.form_title}（{period}）{bracket}"
        return f"{place}{period}{self.form_title}{bracket}"

    # --- sheets ------------------------------------------------------------------------------------------------------

    def make(self) -> tuple[list[Want], list[Sheet]]:
        """All sheets, and what they hold."""
        known, how = self.known, self.dress["sheets"]
        if known.form == "performance_self_evaluation":
            sheet, want = self.self_evaluation()
            return [want], [sheet]
        if how == "one per category":
            return self.by_category()
        sheet, wants = self.table_sheet(known, self.sheet_name(known))
        before, after = extra_sheets(how, known, self.rng)
        sheets = [*before, sheet, *after]
        if "on a cover sheet" in (self.dress["unit stands"], self.dress["period stands"]):
            sheets.insert(0, self.cover_sheet())
        if how in ("previous month", "two months", "hidden last month"):
            last = table(known.form, known.unit, known.year, known.month - 1, self.seed)
            sheet.name = f"{known.month}月"
            wants[0].lines = [(sheet.name, *line[1:]) for line in wants[0].lines]
            old, held = self.table_sheet(last, f"{known.month - 1}月")
            old.visible = how != "hidden last month"
            sheets = [old, sheet] if self.rng.random() < 0.6 else [sheet, old]
            wants += [replace(w, must=False) for w in held] if old.visible else []
        elif how == "twelve months":
            sheets, wants = self.twelve(known, sheet, wants)
        elif how == "same month of last year":
            sheet.name = f"{known.year}年{known.month}月"
            wants[0].lines = [(sheet.name, *line[1:]) for line in wants[0].lines]
            old, held = self.table_sheet(table(known.form, known.unit, known.year - 1, known.month, self.seed), f"{known.year - 1}年{known.month}月")
            sheets = [old, sheet] if self.rng.random() < 0.5 else [sheet, old]
            wants += [replace(w, must=False) for w in held]
        elif how == "two forms":
            other = "investment_monthly" if known.form == "key_project_monthly" else "key_project_monthly"
            second = table(other, known.unit, known.year, known.month, self.seed)
            maker = _Maker(second, self.rng, {**self.dress, "groups": "none", "head": "one level", "subtotals": "none", "serial": "numbers",
                                              "second list": "none", "columns": "all"}, self.seed)
            more, held = maker.table_sheet(second, "招商引资" if other == "investment_monthly" else "重点项目")
            sheets.append(more)
            wants += held
        return wants, sheets

    def twelve(self, known: Table, sheet: Sheet, wants: list[Want]) -> tuple[list[Sheet], list[Want]]:
        """A sheet for each month of the year: earlier ones as they were sent, later ones with nothing but their head."""
        sheets = []
        for month in range(1, 13):
            name = f"{month}月"
            if month == known.month:
                sheet.name = name
                wants[0].lines = [(name, *line[1:]) for line in wants[0].lines]
                sheets.append(sheet)
                continue
            other = table(known.form, known.unit, known.year, month, self.seed, len(known.lines))
            empty = {"groups": "none", "subtotals": "none", "total": "none", "pages": "one", "beside": "nothing", "second list": "none",
                     "figures above": "none", "between lines": "nothing"} if month > known.month else {}
            maker = _Maker(other, self.rng, {**self.dress, **empty}, self.seed)
            maker.written, maker.form_title = self.written, self.form_title
            page, held = maker.table_sheet(other, name)
            sheets.append(page)
            if empty:
                rows = {r - 1 for w in held for _, r, _, _ in w.lines}
                page.cells = {place: v for place, v in page.cells.items() if place[0] not in rows}
            else:
                wants += [replace(w, must=False) for w in held]
        return sheets, wants

    def cover_sheet(self) -> Sheet:
        """The sheet in front that says whose table it is, and of which month."""
        page, known = Sheet("封面"), self.known
        page.put(2, 1, COUNTY + self.form_title)
        row = 4
        if self.dress["unit stands"] == "on a cover sheet":
            page.row(row, ["填报单位：", self.written], 1)
            row += 1
        if self.dress["period stands"] == "on a cover sheet":
            page.row(row, ["报告期：", said_period("2024年1月", known.year, known.month, self.yearly)], 1)
        page.row(row + 1, ["单位负责人：", "王某"], 1)
        return page

    def by_category(self) -> tuple[list[Want], list[Sheet]]:
        """A sheet for each category, each with the whole dress."""
        known, wants, sheets = self.known, [], []
        for name in dict.fromkeys(line["category"] for line in known.lines):
            part = replace(known, lines=tuple(line for line in known.lines if line["category"] == name))
            sheet, held = self.table_sheet(part, f"{name}类")
            sheets.append(sheet)
            wants += held
        whole = replace(wants[0], lines=[line for want in wants for line in want.lines], columns=set.intersection(*(w.columns for w in wants)))
        return [whole], sheets

    def table_sheet(self, known: Table, name: str) -> tuple[Sheet, list[Want]]:
        """The sheet of one table, and the submissions in it."""
        dress, rng, sheet = self.dress, self.rng, Sheet(name)
        group = group_column(known, dress, rng)
        left_out = {group[0]} if group and "left out" in dress["groups"] and group[2] else set()
        merged_down = dress["groups"] == "merged down"
        if group and not merged_down:
            order = list(dict.fromkeys(line[group[0]] for line in known.lines))
            known = replace(known, lines=tuple(sorted(known.lines, key=lambda line: order.index(line[group[0]]))))
        columns = columns_of(known, dress, left_out, rng)
        width = max(len(columns), 8)
        row = self.cover(known, width).write(sheet)
        if dress["title"] == "merged" and rng.random() < 0.5:
            row += 1
        top = row
        row = write_head(sheet, row, 0, columns, dress)
        row = write_under(sheet, row, 0, columns, dress, rng)
        halves = [known.lines]
        if dress["beside"] == "halves":
            half = (len(known.lines) + 1) // 2
            halves = [known.lines[:half], known.lines[half:]]
        lines, bottom, left = [], row, 0
        for part in halves:
            if left:
                write_head(sheet, top, left, columns, dress)
                if dress["money unit stands"] == "line of units":
                    write_under(sheet, top + max(len(c.path) for c in columns), left, columns, dress, rng)
            writer = Writer(sheet, replace(known, lines=part), dress, columns, left, rng, self.delimited, lambda r: self.again(sheet, r, known))
            writer.group = group
            body = writer.write(row)
            lines += body.lines
            bottom, left = max(bottom, body.bottom), left + len(columns) + rng.choice((0, 1))
        for place, column in enumerate(columns):
            if column.hidden:
                sheet.hidden_cols.add(place)
        if dress["panes"] == "frozen":
            sheet.frozen = (row, 2)
        elif dress["panes"] == "zero-width column":
            sheet.hidden_cols.add(len(columns) - 1)
        elif dress["panes"] == "hidden row":
            sheet.hidden_rows.add(lines[-1][0])
        if dress["beside"] not in ("nothing", "halves"):
            beside(sheet, top, len(columns) - 1, dress["beside"])
        bottom = write_foot(sheet, bottom, known, dress, self.written, width, rng)
        form = reference().forms[known.form]
        shown = {c.name for c in columns if c.of_form} | (left_out & {c.name for c in form.columns if c.required})
        lines = [(r, c, {k: remark_as_sent(k, v, dress) for k, v in line.items()}) for r, c, line in lines]
        wants = [Want(known.unit, known.form, known.period, lines, shown)]
        wants += self.below(sheet, bottom, known)
        down, across = {"corner": (0, 0), "rows down": (rng.randint(1, 6), 0), "columns right": (0, rng.randint(1, 3)),
                        "both": (rng.randint(1, 4), rng.randint(1, 2))}[dress["place"]]
        cells = dress["cells"]
        if cells == "two columns wide":
            sheet.widen()
        elif cells == "two rows high":
            sheet.heighten()
        elif cells != "as they are":
            pad = {"blanks around": " ", "wide blanks around": "\u3000", "hard spaces": "\xa0"}[cells]
            sheet.cells = {place: f"{pad}{v}{pad}" if isinstance(v, str) and place[1] and len(v) < 30 else v for place, v in sheet.cells.items()}
        tall = 2 if cells == "two rows high" else 1
        sheet.shift(down, across)
        for want in wants:
            want.lines = [(sheet.name, tall * r + down + 1, c + across, line) for r, c, line in want.lines]
        return sheet, wants

    def cover(self, known: Table, width: int) -> Cover:
        return Cover(known, self.dress, self.written, self.title(known), width, self.rng)

    def again(self, sheet: Sheet, row: int, known: Table) -> int:
        """The title of the continued table on its next page."""
        sheet.put(row, 0, self.rng.choice(("续表", f"{self.form_title}（续表）", "（续上表）")))
        return row + 1

    def below(self, sheet: Sheet, row: int, known: Table) -> list[Want]:
        """What stands under the table and its foot; a table of another month or form is one more submission."""
        dress, rng = self.dress, self.rng
        kind = dress["second list"]
        if kind == "none":
            return []
        if kind not in ("other month", "other form", "other form without title", "last month under 附"):
            if dress["second list stands"] != "above the table":
                second_list(sheet, row, kind, known, rng, dress["second list stands"])
            return []
        if kind in ("other month", "last month under 附"):
            other = table(known.form, known.unit, known.year, known.month - 1, self.seed)
        else:
            form = "approval_case" if known.form != "approval_case" else "rectification"
            other = table(form, known.unit, known.year, known.month, self.seed, 4)
        plain = {**self.dress, "groups": "none", "head": "one level", "subtotals": "none", "columns": "all", "order of columns": "contract",
                 "head words": "official", "title": "one line", "period stands": "in the title", "period written": "2024年1月", "above": "nothing",
                 "others on the cover": "none", "unit stands": "on the cover", "unit laid out": "same cell", "second list": "none", "pages": "one",
                 "total": "none", "under the head": "nothing", "filing date": "none", "money unit stands": "header brackets",
                 "between lines": "nothing", "period laid out": "same cell", "money unit": "万元", "figures above": "none", "second list stands": "below at the left", "cells": "as they are"}
        maker = _Maker(other, rng, plain, self.seed)
        maker.delimited = self.delimited
        columns = columns_of(other, plain, set(), rng)
        part = Sheet("")
        at = 0
        if kind == "last month under 附":
            part.put(0, 0, f"附：上月（{other.year}年{other.month}月）完成情况")
            at = 1
        elif kind != "other form without title":
            at = maker.cover(other, max(8, len(columns))).write(part)
        at = write_head(part, at, 0, columns, plain)
        body = Writer(part, other, plain, columns, 0, rng, self.delimited, lambda r: r).write(at)
        part.shift(row + 2, 0)
        sheet.cells |= part.cells
        sheet.formats |= part.formats
        sheet.merges += part.merges
        lines = [(r + row + 2, c, {k: remark_as_sent(k, v, plain) for k, v in line.items()}) for r, c, line in body.lines]
        return [Want(other.unit, other.form, other.period, lines, {c.name for c in columns if c.of_form}, must=False)]

    def self_evaluation(self) -> tuple[Sheet, Want]:
        """The plain variant of the one form that is no list: pairs, a block of money, a list of indicators."""
        known, dress, sheet = self.known, self.dress, Sheet(self.rng.choice(("Sheet1", "自评表")))
        row = self.cover(known, 10).write(sheet)
        first = known.lines[0]
        sheet.row(row, ["项目名称", None, first["programme_name"]])
        sheet.row(row + 1, ["主管部门", None, first["competent_department"], None, None, "实施单位", first["implementing_unit"]])
        sheet.row(row + 2, ["项目资金（万元）", None, None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"])
        money = [first[c] for c in ("budget_initial", "budget_adjusted", "budget_executed")]
        score = [first["execution_weight"], f"{first['execution_rate_reported']}%", first["execution_score"]]
        sheet.row(row + 3, [None, None, "年度资金总额", None, *money, *score])
        sheet.row(row + 4, [None, None, "其中：财政拨款", None, *money, "—", "—", "—"])
        sheet.row(row + 5, [None, None, "      其他资金", None, 0, 0, 0, "—", "—", "—"])
        sheet.row(row + 6, ["年度总体目标", None, "预期目标", "完成全年任务。", None, None, "实际完成情况", "已完成。"])
        names = ["indicator_level1", "indicator_level2", "indicator_level3", "comparator", "target_value", "indicator_unit", "actual_value",
                 "weight", "self_score"]
        head = ["一级指标", "二级指标", "三级指标", "指标性质", "年度指标值", "度量单位", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
        row += 7
        sheet.row(row, head)
        lines = []
        for n, line in enumerate(known.lines, 1):
            sheet.row(row + n, [line[c] for c in names])
            lines.append((row + n, 0, line))
        row += len(known.lines) + 1
        weight = sum(line["weight"] for line in known.lines) + first["execution_weight"]
        got = sum(line["self_score"] for line in known.lines) + first["execution_score"]
        sheet.row(row, ["总  分", None, None, None, None, None, None, weight, got])
        write_foot(sheet, row + 1, known, dress, self.written, 10, self.rng)
        down, across = (self.rng.randint(1, 4), 0) if dress["place"] != "corner" else (0, 0)
        sheet.shift(down, across)
        columns = {name for line in known.lines for name in line}
        return sheet, Want(known.unit, known.form, known.period, [(sheet.name, r + down + 1, c, line) for r, c, line in lines], columns)
