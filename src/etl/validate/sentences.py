"""Put a finding into words that tell a clerk which cell to mend and how."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.forms.contract import STORED_IN, Column, Form
from etl.normalise.dates import read_date
from etl.normalise.numbers import plain
from etl.normalise.slips import slip
from etl.texts.refusals import in_english
from etl.validate.rulebook import Rule

KINDS = {
    "amount": "数字{unit}", "number": "数字{unit}", "percent": "百分数，例如 85.3%", "year": "四位数的年份",
    "date": "2024-03-15 或 2024年3月", "code": "完整的代码（按文本格式）", "text": "“{header}”的实际内容", "enum": "{values}",
}
WHOLE_SHEET = {"zh": "本表", "en": "The form"}
_GUESS = re.compile(r"\[([^\[\]]*\{expected\}[^\[\]]*)\]")
_SENT = re.compile(r"\[([^\[\]|]*\{value\}[^\[\]|]*)\|([^\[\]|]*)\]")
BLANK = {"zh": "空白", "en": "blank"}
LONGEST_HEADER = 24
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


def wanted(rule: str, column: Column | None, form: Form | None) -> str | None:
    """What a cell should hold, in words, for a finding that does not say so itself."""
    if column is None:
        return form.name if form and rule in ("F15", "F22", "P56") else None
    if column.register == "unit":
        kind = "单位名录中的全称"
    else:
        unit = STORED_IN.get(column.unit or "", column.unit or "")
        kind = KINDS[column.type].format(
            unit=f"（{unit}）" if unit else "", header=column.header, values="、".join(column.values))
    if rule != "F01":
        return kind
    return f"“{column.header}”" if column.type == "text" else f"“{column.header}”：{kind}"


def sentence(
    rule: Rule, lang: str, *, cell: str | None, column: Column | None, value: str | None, expected: str | None,
    file: str = "", sheet: str = "", header: str | None = None, understood: str | None = None, extent: str | None = None,
) -> str:
    """The rule's sentence with cell, value, expectation and the remedy that fits filled in; nothing in it ever reads None.

    What stands in [brackets] around {expected} is a guess, and left out where there is none; [about {value}|other words]
    are the other words where nothing was sent. `extent` (9行) is that of a finding about a whole column.
    """
    template = rule.sentence_en if lang == "en" else rule.sentence_zh
    template = _SENT.sub(r"\2" if value in (None, "") else r"\1", template)
    place = cell or WHOLE_SHEET[lang]
    if cell and column:
        place = f"{cell}（{_named(column, header, lang)}）" if lang == "zh" else f"{cell} ({_named(column, header, lang)})"
    remedy = rule.remedies.get(_slip(rule.code, column, value, expected), ("", ""))[lang == "en"]
    if value in (None, ""):
        value = file if rule.code in ("F27", "F28", "F29", "F41") else sheet if rule.code == "F33" else BLANK[lang]
    if rule.code == "F27" and expected and lang == "en":
        expected = in_english(expected)
    if extent and cell and column:
        place = (f"{cell}起“{column.header}”整列（共{extent}）" if lang == "zh"
                 else f"The column “{column.header}” from {cell} on ({extent.removesuffix('行')} lines)")
    template = _GUESS.sub(r"\1" if expected else "", template)
    if lang == "zh" and not place[-1].isascii():
        template = template.replace("{cell} ", "{cell}")
    value = _shown(value, column, understood, lang)
    filled = {"value": value.replace("\n", " "), "expected": expected or _unsaid(rule.code, lang)}
    return template.format(cell=place, remedy=remedy.format(**filled), **filled)


def _named(column: Column, header: str | None, lang: str) -> str:
    """A column by the words that stand over it, and what they are in the form: 项目总投资，即“计划总投资”."""
    if not header:
        return column.header
    own = header if len(header) <= LONGEST_HEADER else header[:LONGEST_HEADER] + "…"
    return f"{own}，即“{column.header}”" if lang == "zh" else f"{own}, that is {column.header}"


def _shown(value: str, column: Column | None, understood: str | None, lang: str) -> str:
    """A value as sent, so that it compares with what is expected: a day and not its serial, an amount in the unit of storage too."""
    if column is None:
        return value
    if column.type == "date" and _SERIAL.fullmatch(value):
        return str(read_date(Decimal(value)).value)
    if column.type == "amount" and understood and _PLAIN.fullmatch(value) and Decimal(value) != Decimal(understood):
        amount = plain(Decimal(understood)) + STORED_IN[column.unit or ""]
        return f"{value}（即{amount}）" if lang == "zh" else f"{value} (that is {amount})"
    return value


def _slip(code: str, column: Column | None, value: str | None, expected: str | None) -> str:
    """Which of a rule's remedies fits."""
    if code in ("F01", "F05"):
        return "figure" if column is not None and column.numeric else "other"
    return slip(code, value)


def _unsaid(code: str, lang: str) -> str:
    if lang == "en":
        return {"F14": "a column of the form", "F27": "it cannot be opened or is garbled. Save it as .xlsx in Excel or WPS",
                "F41": "an earlier one"}.get(code, "the value of the original record")
    return {
        "F04": "的数", "F14": "模板中的列", "F16": "另一列", "F17": "万元", "F18": "表中另一处的单位", "F20": "数值",
        "F21": "另一个数", "F26": "情况不符",
        "F27": "打不开或是乱码。请用 Excel 或 WPS 另存为 .xlsx 后重新报送", "F32": "另一张表", "F41": "先前",
        "P50": "工作日",
    }.get(code, "原始凭证上的内容")
