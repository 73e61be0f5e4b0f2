"""What a dress is drawn from: each feature with its options, the plain one first and the most frequent."""

from __future__ import annotations

import random

from tests.layouts.sheet import COMMON_KINDS, DELIMITED, LATER_KINDS
from tests.layouts.tables import YEARLY

MONEY = ("key_project_monthly", "investment_monthly", "budget_execution_monthly")
PLAIN = 10                              # weight of the plain option where nothing else is said

# feature -> {option: weight}; a bare list weighs each option 1 beside a plain one of the weight PLAIN.
FEATURES: dict[str, dict[str, int]] = {}


def _feature(name: str, plain: str, *others: str, weight: int | None = None, **weights: int) -> None:
    weight = weight or max(PLAIN, 2 * len(others))
    FEATURES[name] = {plain: weight, **dict.fromkeys(others, 1), **weights}


_feature("kind", "xlsx", *COMMON_KINDS[1:], *LATER_KINDS, weight=9)
_feature("file name", "unit, period and form", "form and period", "unit and form", "form only", "period only", "month only",
         "attachment, form and period", "underscores", "revised", "says nothing", "all forms of the month", "with the day of sending",
         "day of sending in digits, no period")
_feature("folder", "unit", "numbered unit", "alias of the unit", "none", "unit, then period", "period, then unit", "year, month, unit",
         "year, then unit")
_feature("period stands", "in the title", "in the title, split over cells", "in the title's second line", "on the cover", "in the sheet's name",
         "in the file's name only", "in the folder only", "in the headers, year in the title", "beside the title", "with the unit under the title", "on a cover sheet",
         "date cell beside the title", "month on the cover, year in the title", "month in the title, year in the file's name", weight=8)
FEATURES["period stands"]["on the cover"] = 6          # the rest of the covers hangs on it
_feature("period written", "2024年1月", "2024年1月份", "2024年01月", "2024.01", "2024-01", "202401", "24年1月", "24年元月份", "2024年元月",
         "二〇二四年一月", "2024年1-1月", "截至2024年1月底", "截至2024年1月31日", "2024年 1 月", "２０２４年１月", "上半年", "季度", "全年",
         "2024年1月1日至1月31日", "2024/01", "2024年度1月")
_feature("period label", "报告期", "报表期", "统计期间", "所属时间", "所属期", "数据期", "报告月份", "统计月份", "报表日期", "时间", "月份", "统计截止日期")
_feature("period laid out", "same cell", "right", "right, merged", "two columns away", "three columns away", "below", "below, merged",
         "right without colon", "far right, merged", "year and month apart", "报告年份 and 报告月份", "年度 and 月份", "year over month in one column",
         "year and month below their labels", "date cell, last day", "date cell, first day", "date cell shown as month", "number 202401",
         "in a line with the unit")
_feature("unit stands", "on the cover", "in the title", "in the sheet's name", "in the file's name only", "in the folder only", "in the foot", "on a cover sheet")
_feature("unit label", "填报单位", "填报单位（盖章）", "报送单位", "编报单位", "填报部门", "报送部门", "上报单位", "编制单位", "填表单位", "单位名称",
         "填报单位（公章）", "报表单位", "填 报 单 位", "单位")
_feature("unit laid out", "same cell", "right", "right, merged", "two columns away", "three columns away", "below", "below, merged",
         "right without colon", "half-width colon", "no colon", "far right, merged",
         "several labels in one cell")
_feature("unit written", "name", "alias", "county and name", "with a section", "with a stamp")
_feature("others on the cover", "none", "competent unit", "copy to", "maker of the form", "contact", "form number", "all of them", "addressee",
         "received stamp", "pairs in two rows")
_feature("filing date", "in the sign-off", "none", "beside the cover", "date cell on the cover", "in the title line")
_feature("title", "one line", "merged", "none", "two lines", "three lines", "offset", "two lines, unit above", "county in its own cell", "spaced letters")
_feature("above", "nothing", "attachment line", "instruction", "document number", "long instruction", "secret mark", "attachment and instruction")
_feature("money unit stands", "note at the right", "note, label and value apart", "header brackets", "line of units", "second line of the header",
         "title bracket", "note in brackets", "note below", "in the cover line", "header without brackets", "group header bracket",
         "note of several units", "bare bracket", "of the people", "in the instruction")
_feature("money unit", "万元", "亿元 for totals", "元", "千元", "亿元", "亿元 and 万元 by column", weight=9)
_feature("head", "one level", "two, merged", "two, blank", "two, joined words", "three, merged", "three, blank", "four, merged", "five, merged",
         "three, joined words", "group over all columns")
_feature("head words", "official", "aliases", "line breaks", "spaces", "starred", "numbered", "explained", "traditional", "one sign a line", "month and year named")
_feature("under the head", "nothing", "numbers", "letters and numbers", "formula numbers", "labelled numbers", "bracketed numbers", "blank row")
_feature("columns", "all", "some left out", "required only", "own columns", "many own columns", "hidden helper", "blank columns between", "narrow blank first",
         "own columns near to the form's", "unit in a column")
_feature("order of columns", "contract", "shuffled", "name first")
_feature("serial", "numbers", "none", "text", "restart in groups", "with a stop", "named 编号", "points in groups")
_feature("groups", "none", "numbered", "numbered with sums", "nested", "nested with sums", "bare names", "bare names with sums", "bare names, column left out",
         "bare names with sums, column left out", "counted names", "merged down", "sums above, numbered below", "merged over the row", "numeral and name in two cells with sums",
         "counts in a cell with sums", weight=14)
_feature("subtotals", "none", "below", "below, in column B", "named, below", "above", "named 合计, below")
_feature("total", "none", "last", "first", "first and last", "without label", "count 9个", "count 共9个项目", "in column B", "merged", "全县合计", "spaced",
         "with of-which lines", "of-which without the word", "with rate", "count in brackets", "count after a colon", "among the names", "with a remark", weight=12)
_feature("pages", "one", "header repeated", "page sums", "page sums and header", "continued title", "page numbers")
_feature("between lines", "nothing", "blank rows", "a note", "a long note", "numbered empty rows below", "dashed empty rows below")
_feature("amounts", "numbers", "text with thousands", "full-width", "text", "thousands format", "two decimals format", "with unit in the cell", "trailing blank", "currency sign",
         "brackets for negative", "format of 万", "format of thousands", "format of 亿元")
_feature("rates", "with sign", "percent format", "bare", "bare, sign in the header", "full-width sign")
_feature("dates", "iso text", "date cells", "年月日", "slashes", "dots", "weekday", "short year", "、 between", "compact", "mixed", "month names 份",
         "serial numbers", "date cells 年月日", "spaces inside", "上午", "with midnight", "号", "Chinese numerals", "number 20240117", "two digits each")
_feature("words of lists", "as listed", "synonyms")
_feature("remarks", "plain", "line breaks", "long", "brackets and spaces")
_feature("blanks", "empty", "-", "/", "—", "spaces", "无")
_feature("notes below", "none", "one", "several rows", "marked with *", "several under 备注", "numbered without a mark", "in a later column")
_feature("sign-off", "one line", "cells", "without colons", "stacked", "none", "label over value", "two rows", "handwritten blanks", "in the middle",
         "date alone at the right", "date cell alone")
_feature("second list", "none", "attendees", "task force", "new projects", "codes", "contacts without title", "other month", "other form", "problems",
         "summary by township", "legend", "problems of projects", "new projects, many columns", "long instructions", "head of the unit signs", "monthly figures",
         "other form without title", "last month under 附", weight=14)
_feature("second list stands", "below at the left", "indented", "at once below", "above the table", "two of them")
_feature("figures above", "none", "sentence", "small table", "small table of two rows")
_feature("beside", "nothing", "codes at the right", "legend at the right", "calculation at the right", "halves", weight=14)
_feature("sheets", "one", "explanations", "empty sheets", "contents first", "county summary", "numbers for a chart", "previous month", "two months",
         "two forms", "one per category", "hidden last month", "old table named 模板",
         "summary like the form", "same month of last year", "twelve months", weight=14)
_feature("place", "corner", "rows down", "columns right", "both")
_feature("cells", "as they are", "two columns wide", "two rows high", "blanks around", "wide blanks around", "hard spaces")
_feature("panes", "none", "frozen", "zero-width column", "hidden row")

# Drawn only where asked for: until the reader of them is there.
LATER: dict[str, dict[str, int]] = {}
# What must go with an option that is tried alone.
_COMPANIONS = {"period label": {"period stands": "on the cover"}, "period laid out": {"period stands": "on the cover"},
               "subtotals": {"groups": "numbered"}, "money unit": {"money unit stands": "header brackets"},
               "second list stands": {"second list": "attendees"}}
_PAIRS = {("serial", "restart in groups"): {"groups": "numbered"}, ("serial", "points in groups"): {"groups": "numbered"},
          ("money unit stands", "group header bracket"): {"head": "two, merged"}}
_MONTHS = {"上半年": 6, "季度": 3, "全年": 12, "24年元月份": 1, "2024年元月": 1}
_GROUPED = tuple(option for option in FEATURES["groups"] if option != "none")


def plain_option(feature: str) -> str:
    """The option that most workbooks have."""
    return next(iter(FEATURES[feature]))


def companions(feature: str, option: str) -> dict[str, str]:
    """What else a dress has where only this option is odd."""
    return {**_PAIRS.get((feature, option), _COMPANIONS.get(feature, {})), feature: option}


def month_of(forced: dict[str, str]) -> int | None:
    """The only month that a forced way of writing the period suits."""
    return _MONTHS.get(forced.get("period written", ""))


def draw(rng: random.Random, form: str, month: int, size: int, later: tuple[str, ...] = (), forced: dict[str, str] | None = None,
         alone: bool = False) -> dict[str, str]:
    """One option of each feature; `forced` ones are as given, and with `alone` all others plain."""
    calm = rng.choice((0.15, 0.4, 1.0, 1.0))                # some clerks do one thing in an odd way, some do all
    dress = {}
    for feature, options in FEATURES.items():
        weights = dict(options)
        for name in later:
            weights |= dict.fromkeys(LATER[name].get(feature, ()), 2)
        first = plain_option(feature)
        odd = rng.choices(list(weights), list(weights.values()))[0]
        dress[feature] = odd if rng.random() < calm or odd == first else first
    if alone:
        dress = {feature: plain_option(feature) for feature in FEATURES}
    dress |= forced or {}
    return settle(dress, form, month, size)


def settle(dress: dict[str, str], form: str, month: int, size: int) -> dict[str, str]:
    """The same dress without what cannot stand together: such an option becomes the plain one."""
    dress = dict(dress)

    def plain(feature: str, when: bool, *options: str) -> None:
        if when and (not options or dress[feature] in options):
            dress[feature] = plain_option(feature)

    delimited = dress["kind"] in DELIMITED
    flat = delimited or dress["kind"] == "html"
    yearly = form in YEARLY
    if form == "performance_self_evaluation":
        keep = ("kind", "file name", "folder", "title", "unit stands", "unit label", "unit written", "above", "place", "notes below", "sign-off",
                "filing date")
        dress = {f: (o if f in keep else plain_option(f)) for f, o in dress.items()}
        plain("unit stands", True, "in the title", "in the foot")
    # The period must stand somewhere.
    plain("period written", dress["period written"] == "上半年" and month != 6)
    plain("period written", dress["period written"] == "季度" and month % 3 != 0)
    plain("period written", dress["period written"] == "全年" and month != 12)
    plain("period written", dress["period written"] in ("24年元月份", "2024年元月") and month != 1)
    plain("period written", dress["period written"] == "2024年1-1月" and month == 1)
    plain("period stands", yearly, "in the headers, year in the title", "in the folder only", "in the sheet's name")
    plain("period stands", yearly, "month on the cover, year in the title", "month in the title, year in the file's name")
    plain("period stands", form not in ("key_project_monthly", "investment_monthly"), "in the headers, year in the title")
    plain("period stands", flat, "in the sheet's name", "on a cover sheet")
    plain("unit stands", flat, "on a cover sheet")
    if "on a cover sheet" in (dress["period stands"], dress["unit stands"]):
        dress["sheets"] = "one"
    plain("period stands", dress["unit stands"] not in ("on the cover", "in the folder only", "in the file's name only"), "with the unit under the title")
    plain("period stands", yearly, "date cell beside the title")
    plain("period stands", dress["title"] in ("none", "merged"), "date cell beside the title")
    plain("period stands", dress["title"] == "none", "with the unit under the title", "in the title", "in the title, split over cells", "in the title's second line",
          "in the headers, year in the title", "beside the title", "month on the cover, year in the title", "month in the title, year in the file's name")
    if dress["title"] == "none" and dress["period stands"] == "in the title":
        dress["period stands"] = "on the cover"
    plain("period written", yearly)
    plain("period laid out", yearly, "year and month apart", "报告年份 and 报告月份", "年度 and 月份", "year over month in one column",
          "year and month below their labels", "date cell, last day", "date cell, first day", "date cell shown as month", "number 202401")
    if dress["period stands"] in ("in the file's name only", "month in the title, year in the file's name"):
        plain("file name", True, "unit and form", "form only", "says nothing", "month only", "revised", "day of sending in digits, no period")
    if dress["period stands"] == "in the folder only":
        dress["folder"] = dress["folder"] if dress["folder"] in ("unit, then period", "period, then unit", "year, month, unit") else "unit, then period"
        if dress["file name"] not in ("unit and form", "form only", "says nothing"):
            dress["file name"] = "unit and form"
    plain("file name", yearly, "month only", "all forms of the month", "with the day of sending", "day of sending in digits, no period")
    if dress["file name"] == "month only" and dress["period stands"] == "in the file's name only":
        dress["file name"] = plain_option("file name")
    for feature in ("period label", "period laid out"):
        plain(feature, dress["period stands"] != "on the cover")
    plain("period written", dress["period stands"] in ("date cell beside the title", "with the unit under the title", "in the headers, year in the title", "in the file's name only", "in the folder only",
                                                             "month on the cover, year in the title", "month in the title, year in the file's name"))
    if dress["period laid out"] not in ("same cell", "right", "right, merged", "two columns away", "three columns away", "below", "below, merged",
                                        "right without colon", "far right, merged", "in a line with the unit"):
        plain("period written", True)
    plain("period label", dress["period laid out"] in ("报告年份 and 报告月份", "年度 and 月份", "year over month in one column",
                                                       "year and month below their labels", "year and month apart"))
    plain("period label", yearly, "报告月份", "统计月份", "报表日期", "月份", "统计截止日期")
    # So must the unit.
    plain("unit stands", flat, "in the sheet's name")
    plain("unit stands", dress["period stands"] == "in the sheet's name", "in the sheet's name")
    plain("unit stands", dress["title"] == "none", "in the title")
    if dress["unit stands"] == "in the file's name only":
        plain("file name", True, "form only", "form and period", "says nothing", "period only", "month only", "attachment, form and period")
    if dress["unit stands"] == "in the folder only":
        plain("folder", True, "none")
    if dress["unit stands"] not in ("on the cover", "in the foot"):
        for feature in ("unit label", "unit laid out"):
            plain(feature, True)
    plain("unit laid out", dress["unit stands"] == "in the foot", "below", "below, merged", "far right, merged", "several labels in one cell")
    plain("unit label", dress["unit laid out"] not in ("same cell", "right", "half-width colon") or dress["unit stands"] == "in the foot"
          or dress["period laid out"] == "in a line with the unit", "单位")
    plain("unit written", dress["unit stands"] == "in the title", "with a section", "with a stamp")
    plain("unit laid out", dress["unit label"] == "单位名称" and form == "budget_execution_monthly", "below", "below, merged")
    plain("unit label", form == "budget_execution_monthly", "单位名称")
    plain("title", form == "performance_self_evaluation", "none")
    # Money.
    has_money = form in MONEY or form in ("rectification", "performance_self_evaluation")
    plain("money unit stands", not has_money)
    plain("money unit", form not in MONEY)
    plain("amounts", not has_money)
    plain("rates", form not in MONEY)
    plain("money unit stands", dress["title"] == "none", "title bracket")
    plain("money unit stands", dress["money unit"] != "万元", "of the people")
    plain("amounts", dress["money unit"] != "万元", "with unit in the cell", "format of 万", "format of thousands", "format of 亿元")
    plain("amounts", delimited, "thousands format", "two decimals format")
    plain("amounts", dress["kind"] != "xlsx", "format of 万", "format of thousands", "format of 亿元")
    plain("rates", delimited, "percent format")
    # Head and columns.
    short = form in ("annual_target", "approval_case", "rectification")
    plain("head", short, "two, joined words", "three, joined words", "group over all columns", "five, merged", "four, merged")
    plain("head words", form not in MONEY, "month and year named")
    plain("head words", dress["head"] in ("two, joined words", "three, joined words"), "aliases", "month and year named")
    plain("head words", form == "approval_case", "explained")
    plain("words of lists", form not in ("key_project_monthly", "investment_monthly", "rectification"))
    deep = dress["head"] not in ("one level",)
    plain("order of columns", deep, "shuffled")
    plain("columns", deep, "blank columns between")
    plain("columns", form not in MONEY or dress["money unit"] != "万元" or dress["amounts"] != "numbers", "unit in a column")
    plain("money unit stands", not deep or short, "group header bracket")
    plain("money unit stands", dress["head"] in ("two, joined words", "three, joined words"), "second line of the header", "header without brackets")
    by_column = dress["money unit"] in ("亿元 for totals", "亿元 and 万元 by column")
    if by_column and dress["money unit stands"] not in ("header brackets", "line of units", "second line of the header", "header without brackets"):
        dress["money unit stands"] = "line of units"
    plain("under the head", dress["money unit stands"] == "line of units", "bracketed numbers")
    plain("columns", form == "performance_self_evaluation")
    plain("panes", delimited or dress["kind"] in ("ods", "html", "xml2003"))
    if delimited:
        plain("dates", True, "date cells 年月日", "serial numbers")
    # Groups and sums.
    plain("groups", size < 4)
    plain("groups", flat and delimited, "merged down", "merged over the row")
    grouped = dress["groups"] in _GROUPED and dress["groups"] != "merged down"
    plain("subtotals", not grouped or "sums" in dress["groups"] or not has_money)
    plain("groups", not has_money, "numbered with sums", "nested with sums", "bare names with sums", "bare names with sums, column left out",
          "sums above, numbered below")
    plain("groups", dress["columns"] == "required only" and form == "investment_monthly", "merged down")
    plain("total", not has_money, "without label", "with of-which lines", "of-which without the word", "with rate")
    plain("figures above", dress["second list"] != "none")
    plain("groups", not has_money or dress["serial"] == "none", "numeral and name in two cells with sums", "counts in a cell with sums")
    plain("serial", dress["groups"] in ("none", "merged down"), "restart in groups", "points in groups")
    plain("subtotals", dress["serial"] == "none", "below, in column B")
    plain("total", dress["serial"] == "none", "in column B", "among the names")
    plain("total", delimited, "merged")
    plain("pages", size < 6 or dress["groups"] != "none")
    plain("pages", not has_money, "page sums", "page sums and header")
    plain("pages", deep, "continued title")
    plain("pages", dress["title"] == "none", "continued title")
    # Beside and below.
    plain("beside", deep or not short or size < 4 or dress["groups"] != "none" or dress["pages"] != "one" or dress["total"] != "none"
          or dress["columns"] not in ("all", "required only", "some left out") or dress["between lines"] != "nothing"
          or dress["under the head"] != "nothing" or dress["panes"] != "none", "halves")
    plain("cells", delimited, "two columns wide", "two rows high")
    plain("cells", dress["panes"] != "none" or dress["groups"] == "merged down" or dress["sheets"] not in ("one", "explanations", "empty sheets"),
          "two columns wide", "two rows high")
    plain("second list", dress["beside"] != "nothing")
    plain("second list", yearly or month == 1, "other month", "last month under 附")
    plain("second list", yearly, "other form without title")
    plain("second list", dress["period stands"] not in ("in the title", "on the cover"), "other month", "last month under 附")
    plain("second list stands", dress["second list"] in ("none", "other month", "other form", "other form without title", "last month under 附"))
    plain("second list stands", dress["second list"] in ("long instructions", "head of the unit signs"), "above the table", "two of them")
    plain("figures above", dress["second list stands"] == "above the table")
    plain("sheets", delimited or dress["kind"] == "html")
    plain("sheets", yearly, "previous month", "two months", "hidden last month", "old table named 模板", "same month of last year", "twelve months")
    plain("sheets", form != "key_project_monthly", "summary like the form")
    plain("sheets", dress["period stands"] not in ("in the title", "on the cover"), "same month of last year")
    plain("sheets", month == 1, "previous month", "two months", "hidden last month", "twelve months")
    plain("sheets", dress["period stands"] not in ("in the title", "on the cover"), "previous month", "two months", "hidden last month",
          "twelve months")
    plain("sheets", dress["second list"] != "none" or dress["beside"] != "nothing", "previous month", "two months", "two forms", "one per category",
          "hidden last month", "same month of last year", "twelve months")
    plain("sheets", form != "key_project_monthly" or size < 4 or dress["groups"] != "none", "one per category")
    plain("sheets", dress["kind"] in ("xml2003",), "hidden last month")
    plain("sheets", form not in ("key_project_monthly", "investment_monthly") or dress["period stands"] not in ("in the title", "on the cover"), "two forms")
    if dress["sheets"] in ("previous month", "two months", "same month of last year", "twelve months"):
        plain("file name", True, "unit and form", "form only", "says nothing", "month only", "revised", "day of sending in digits, no period")
    if dress["sheets"] == "two forms":
        dress["file name"] = "all forms of the month"
    plain("file name", dress["sheets"] != "two forms" and dress["unit stands"] == "in the file's name only", "all forms of the month")
    plain("period stands", dress["sheets"] in ("one per category",), "in the sheet's name")
    plain("unit stands", dress["sheets"] in ("one per category", "two months", "previous month", "two forms", "hidden last month", "same month of last year", "twelve months"),
          "in the sheet's name")
    return dress
