"""The rows of a table: its lines, and all that clerks put between, over and under them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.layouts.head import GAP, OWN, SERIAL, Column, write_head
from tests.layouts.register import ALIASES, COUNTY, reference
from tests.layouts.sheet import Sheet
from tests.layouts.tables import Day, Table, rate
from tests.layouts.words import said_amount, said_date, said_rate

# Columns by which clerks part their lines, the suffix of a group's name, and whether it may be named there alone.
GROUP_BY = {
    "key_project_monthly": (("township", "", True), ("category", "类项目", True), ("level", "", False)),
    "investment_monthly": (("industry", "", False), ("stage", "", False)), "budget_execution_monthly": (("unit_name", "", True),),
    "approval_case": (("matter", "类", False),), "rectification": (("responsible_unit", "", True), ("source", "类", False)),
    "annual_target": (("department", "", True),),
}
_RATES = {"completion_rate_reported": ("completed_ytd", "annual_plan"), "execution_rate_reported": ("spent_ytd", "budget_adjusted")}
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_SYNONYMS = {("started", "是"): "已开工", ("started", "否"): "未开工", ("stage", "在建"): "建设中", ("stage", "签约"): "已签约", ("stage", "在谈"): "洽谈中",
             ("level", "省重点"): "省级重点", ("level", "县重点"): "县级", ("is_continuing", "新引进"): "新签", ("is_continuing", "续建"): "续建项目",
             ("status", "已完成"): "整改完成", ("rebound", "否"): "未反弹"}
_NOTES = ("以上项目已列入县级调度", "（以下为本月新增项目）", "以下项目由县直部门直接管理")
_LONG = "说明：以上项目的数据截至月末，以统计部门核定数为准，如有调整另行报告；其余项目按原渠道报送，不再重复填列。"


@dataclass
class Body:
    """Where the lines came to stand: row (from 0), first column of their block, and the line."""

    lines: list[tuple[int, int, dict]] = field(default_factory=list)
    bottom: int = 0                       # the first free row


def group_column(table: Table, dress: dict[str, str], rng: random.Random) -> tuple[str, str, bool] | None:
    """By which column the lines are parted; None where they are not."""
    if dress["groups"] == "none":
        return None
    choices = GROUP_BY[table.form]
    if "left out" in dress["groups"]:
        choices = [c for c in choices if c[2]] or choices
    return rng.choice(list(choices))


class Writer:
    """Writes the lines of one table into one sheet."""

    def __init__(self, sheet: Sheet, table: Table, dress: dict[str, str], columns: list[Column], left: int, rng: random.Random,
                 delimited: bool, title: Callable[[int], int]) -> None:
        self.sheet, self.table, self.dress, self.columns, self.left, self.rng = sheet, table, dress, columns, left, rng
        self.delimited, self.title = delimited, title
        self.places = {c.name: left + i for i, c in enumerate(columns) if c.of_form}
        self.serial = next((left + i for i, c in enumerate(columns) if c.name == SERIAL), None)
        self.words = next(left + i for i, c in enumerate(columns) if c.of_form and c.kind == "text")
        self.first = next(left + i for i, c in enumerate(columns) if c.name != GAP)
        self.body = Body()
        self.count = 0

    # --- one row each ------------------------------------------------------------------------------------------------

    def line(self, row: int, line: dict, number: int) -> None:
        """One line, and its serial number."""
        if self.serial is not None:
            kind = self.dress["serial"]
            self.sheet.put(row, self.serial, {"text": str(number), "with a stop": f"{number}、"}.get(kind, number))
        for place, column in enumerate(self.columns):
            at = self.left + place
            if column.name == OWN:
                self.sheet.put(row, at, "万元" if column.kind == "unit" else self.rng.randint(1, 90) if column.kind == "number" else self.rng.choice(("已报", "见附件", "第3盒", None)))
            elif column.of_form:
                value, look = self.said(column, line)
                self.sheet.put(row, at, value, look)
        self.body.lines.append((row, self.left, line))

    def said(self, column: Column, line: dict):
        """The value of a line in a column as the clerk writes it."""
        value, dress = line.get(column.name), self.dress
        if dress["words of lists"] == "synonyms" and isinstance(value, str):
            value = _SYNONYMS.get((column.name, value), value)
        if value is None:
            mark = {"empty": None, "spaces": "  "}.get(dress["blanks"], dress["blanks"])
            required = reference().forms[self.table.form].by_name[column.name].required
            return (None if required or column.kind in ("text", "enum") and mark not in ("-", "/", "—") else mark), None
        if column.kind == "amount":
            style = dress["amounts"]
            if column.unit != "万元" and ("unit" in style or style.startswith("format")):
                style = "numbers"
            return said_amount(value, style, column.unit)
        if column.kind == "percent":
            return said_rate(value, dress["rates"])
        if isinstance(value, Day):
            return said_date(value, dress["dates"], self.rng, self.delimited)
        if column.name in ("note", "problem_text", "progress_text", "measure"):
            return _remark(str(value), dress["remarks"]), None
        return value, None

    def sums(self, row: int, lines: list[dict], with_rate: bool = False) -> None:
        """The sums of some lines in the columns of amounts."""
        for column in self.columns:
            if column.kind == "amount" and column.of_form:
                total = sum((line.get(column.name, Decimal(0)) for line in lines), Decimal(0))
                style = self.dress["amounts"] if "unit" not in self.dress["amounts"] else "numbers"
                style = "numbers" if style in ("trailing blank", "currency sign") or column.unit != "万元" and style.startswith("format") else style
                value, look = said_amount(total, style, column.unit)
                self.sheet.put(row, self.places[column.name], value, look)
            elif with_rate and column.name in _RATES and all(part in self.places for part in _RATES[column.name]):
                over, under = (sum((line.get(p, Decimal(0)) for line in lines), Decimal(0)) for p in _RATES[column.name])
                if (share := rate(over, under)) is not None:
                    value, look = said_rate(share, self.dress["rates"])
                    self.sheet.put(row, self.places[column.name], value, look)

    def label(self, row: int, text: str, in_b: bool = False, merged: bool = False) -> None:
        """The word of a row of sums, in the first column or the second."""
        at = self.first + 1 if in_b else self.first
        self.sheet.put(row, at, text)
        amounts = [self.places[c.name] for c in self.columns if c.kind == "amount" and c.of_form]
        if merged:
            self.sheet.merge(row, at, row, max(at, min([*amounts, self.left + len(self.columns)]) - 1))

    # --- all rows ----------------------------------------------------------------------------------------------------

    def write(self, row: int) -> Body:
        """Write all lines from a row on."""
        total = self.dress["total"]
        lines = list(self.table.lines)
        group = group_column(self.table, self.dress, self.rng) if not hasattr(self, "group") else self.group
        if total in ("first", "first and last"):
            row = self.total(row, lines, "合计")
        if group is None:
            row = self.pages(row, lines)
        elif self.dress["groups"] == "merged down":
            row = self.merged_down(row, lines, group[0])
        else:
            row = self.groups(row, lines, group)
        if total not in ("none", "first"):
            row = self.total(row, lines, "总计" if self.dress["subtotals"] != "none" else "合计")
        row = self.empty_rows(row)
        self.body.bottom = row
        return self.body

    def total(self, row: int, lines: list[dict], word: str) -> int:
        """The row of sums over all lines, as the dress has it."""
        kind = self.dress["total"]
        word = {"全县合计": "全县合计", "spaced": "合    计", "count 9个": f"{len(lines)}个", "count 共9个项目": f"共{len(lines)}个项目",
                "without label": "", "count in brackets": f"合计（{len(lines)}个项目）", "count after a colon": f"总计：{len(lines)}个"}.get(kind, word)
        if word:
            at_name = kind in ("count 9个", "count 共9个项目") and self.serial is not None
            if kind == "among the names":
                self.sheet.put(row, self.words, word)
                word = None
        if word:
            self.label(row, word, in_b=kind == "in column B" or at_name, merged=kind == "merged")
        self.sums(row, lines, with_rate=kind == "with rate")
        if kind == "with a remark" and "note" in self.places:
            self.sheet.put(row, self.places["note"], "含跨年度项目")
        if kind in ("with of-which lines", "of-which without the word"):
            half = [line for i, line in enumerate(lines) if i % 2]
            row += 1
            self.label(row, "其中：上年结转" if kind == "with of-which lines" else "上年结转")
            self.sums(row, half)
        return row + 1

    def pages(self, row: int, lines: list[dict]) -> int:
        """The lines without groups; some clerks repeat head and sums on each printed page."""
        how = self.dress["pages"]
        size = max(3, len(lines) // 2)
        note_at = self.rng.randint(1, max(1, len(lines) - 1))
        for n, line in enumerate(lines):
            if n and n % size == 0 and how != "one":
                row = self.turn(row, lines[n - size:n], how, n // size)
            if n == note_at and self.dress["between lines"] in ("a note", "a long note"):
                self.sheet.put(row, self.first, self.rng.choice(_NOTES) if self.dress["between lines"] == "a note" else _LONG)
                row += 1
            elif n and self.dress["between lines"] == "blank rows" and n % 3 == 0:
                row += 1
            self.line(row, line, n + 1)
            row += 1
        if how.startswith("page sums"):
            self.label(row, "本页小计")
            self.sums(row, lines[(len(lines) - 1) // size * size:])
            row += 1
        return row

    def turn(self, row: int, page: list[dict], how: str, number: int) -> int:
        """What stands at the end of a printed page and at the top of the next."""
        if how.startswith("page sums"):
            self.label(row, "本页小计")
            self.sums(row, page)
            row += 1
        if how == "page numbers":
            self.sheet.put(row, self.left + len(self.columns) // 2, f"第{number}页")
            row += 1
        if how == "continued title":
            row = self.title(row)
        if how in ("header repeated", "page sums and header", "continued title"):
            row = write_head(self.sheet, row, self.left, self.columns, self.dress)
        return row

    def groups(self, row: int, lines: list[dict], group: tuple[str, str, bool]) -> int:
        """The lines by groups, with their headings and sums."""
        how, subtotals = self.dress["groups"], self.dress["subtotals"]
        column, suffix, _ = group
        names = list(dict.fromkeys(line[column] for line in lines))
        number = 0
        if "nested" in how:
            self.heading(row, "一、县级项目" if self.table.form == "key_project_monthly" else "一、基本部分", lines if "sums" in how else None)
            row += 1
        for place, name in enumerate(names):
            members = [line for line in lines if line[column] == name]
            numeral = _CHINESE[place % len(_CHINESE)]
            text = {"nested": f"（{numeral}）{name}{suffix}", "nested with sums": f"（{numeral}）{name}{suffix}",
                    "counted names": f"{name}{suffix}（{len(members)}个）"}.get(how)
            if text is None:
                text = f"{name}{suffix}" if how.startswith(("bare", "merged over")) else f"{numeral}、{name}{suffix}"
            if how == "numeral and name in two cells with sums":
                self.sheet.put(row, self.serial, numeral)
                self.sheet.put(row, self.words, f"{name}{suffix}")
                self.sums(row, members)
                row += 1
            elif how == "counts in a cell with sums":
                self.sheet.put(row, self.serial, f"{name}{suffix}")
                self.sheet.put(row, self.words, f"{len(members)}个")
                self.sums(row, members)
                row += 1
            elif subtotals == "above":
                self.label(row, f"{name}小计")
                self.sums(row, members)
                row += 1
            else:
                self.heading(row, text, members if "sums" in how else None)
                row += 1
            for i, line in enumerate(members):
                number += 1
                label = {"restart in groups": i + 1, "points in groups": f"{place + 1}.{i + 1}"}.get(self.dress["serial"], number)
                self.line(row, line, label)
                row += 1
            if subtotals in ("below", "below, in column B", "named, below", "named 合计, below"):
                word = {"named, below": f"{name}小计", "named 合计, below": f"{name}合计"}.get(subtotals, "小计")
                self.label(row, word, in_b=subtotals.endswith("B"))
                self.sums(row, members)
                row += 1
        return row

    def heading(self, row: int, text: str, members: list[dict] | None) -> None:
        """The heading of a group, with its sums where it has them."""
        how = self.dress["groups"]
        at = self.words if how.startswith("bare") and self.rng.random() < 0.4 else self.first
        self.sheet.put(row, at, text)
        if how == "merged over the row":
            self.sheet.merge(row, at, row, self.left + len(self.columns) - 1)
        if members:
            self.sums(row, members)

    def merged_down(self, row: int, lines: list[dict], column: str) -> int:
        """The lines sorted by a column whose cells are merged downwards."""
        names = list(dict.fromkeys(line[column] for line in lines))
        at, n = self.places[column], 0
        for name in names:
            top = row
            for line in (line for line in lines if line[column] == name):
                n += 1
                self.line(row, line, n)
                if row > top:
                    self.sheet.cells.pop((row, at), None)
                row += 1
            self.sheet.merge(top, at, row - 1, at)
        return row

    def empty_rows(self, row: int) -> int:
        """Rows of the template that were left empty."""
        how = self.dress["between lines"]
        if how in ("numbered empty rows below", "dashed empty rows below") and self.serial is not None:
            for n in range(3):
                self.sheet.put(row, self.serial, len(self.table.lines) + n + 1)
                if how.startswith("dashed"):
                    for name in list(self.places.values())[:3]:
                        self.sheet.put(row, name, "—")
                row += 1
        return row


def _remark(text: str, style: str) -> str:
    if style == "line breaks" and len(text) > 6:
        return text[:5] + "\n" + text[5:]
    if style == "long":
        return text + "。" + "县级领导每月现场调度一次，乡镇、部门、企业三方签订承诺书，问题清单销号管理；" * 3 + "资料齐全。"
    if style == "brackets and spaces":
        return f"（1）{text}（以现场核实为准）；（2）其他事项无"
    return text


def remark_as_sent(name: str, value, dress: dict[str, str]):
    """What a remark says once it is dressed; other values are as they were."""
    if name in ("note", "problem_text", "progress_text", "measure") and isinstance(value, str):
        return _remark(value, dress["remarks"])
    return value


def unit_words(rng: random.Random, code: str, how: str) -> str:
    """A unit's name as its clerk writes it."""
    plain = reference().register.names[code]
    if how in ("with a section", "with a stamp"):
        return plain + ("（项目股）" if how == "with a section" else "（盖章）")
    names = {"name": [], "alias": ALIASES[code], "county and name": [a for a in ALIASES[code] if a.startswith(COUNTY)]}[how]
    names = [n for n in names if len(n) > 2]
    return rng.choice(names) if names else reference().register.names[code]
