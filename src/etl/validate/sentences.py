"""Put a finding into words that tell a clerk which cell to mend and how."""

from __future__ import annotations

import re

from etl.forms.contract import Column, Form
from etl.validate.rulebook import Rule

KINDS = {
    "amount": "数字{unit}", "number": "数字{unit}", "percent": "百分数，例如 85.3%", "year": "四位数的年份",
    "date": "2024-03-15 或 2024年3月", "code": "完整的代码（按文本格式）", "text": "“{header}”的实际内容", "enum": "{values}",
}
MONEY = {"CNY": "万元", "USD": "万美元"}
WHOLE_SHEET = {"zh": "本表", "en": "The form"}
_GUESS = re.compile(r"\[([^\[\]]*\{expected\}[^\[\]]*)\]")
_SENT = re.compile(r"\[([^\[\]|]*\{value\}[^\[\]|]*)\|([^\[\]|]*)\]")
BLANK = {"zh": "空白", "en": "blank"}


def wanted(rule: str, column: Column | None, form: Form | None) -> str | None:
    """What a cell should hold, in words, for a finding that does not say so itself."""
    if column is None:
        return form.name if form and rule in ("F15", "F22", "P56") else None
    if column.register == "unit":
        kind = "单位名录中的全称"
    else:
        unit = MONEY.get(column.unit or "", column.unit or "")
        kind = KINDS[column.type].format(
            unit=f"（{unit}）" if unit else "", header=column.header, values="、".join(column.values))
    if rule != "F01":
        return kind
    return f"“{column.header}”" if column.type == "text" else f"“{column.header}”：{kind}"


def sentence(
    rule: Rule, lang: str, *, cell: str | None, column: Column | None, value: str | None, expected: str | None,
    file: str = "", sheet: str = "", extent: str | None = None,
) -> str:
    """The rule's sentence with cell, value and expectation filled in; nothing in it ever reads None.

    What stands in [brackets] around {expected} is a guess, and left out where there is none; [about {value}|other words]
    are the other words where nothing was sent. `extent` (9行) is that of a finding about a whole column.
    """
    template = rule.sentence_en if lang == "en" else rule.sentence_zh
    template = _SENT.sub(r"\2" if value in (None, "") else r"\1", template)
    place = cell or WHOLE_SHEET[lang]
    if cell and column:
        place = f"{cell}（{column.header}）" if lang == "zh" else f"{cell} ({column.header})"
    if value in (None, ""):
        value = file if rule.code in ("F27", "F28", "F29", "F41") else sheet if rule.code == "F33" else BLANK[lang]
    if extent and cell and column:
        place = (f"{cell}起“{column.header}”整列（共{extent}）" if lang == "zh"
                 else f"The column “{column.header}” from {cell} on ({extent.removesuffix('行')} lines)")
    template = _GUESS.sub(r"\1" if expected else "", template)
    if lang == "zh" and not place[-1].isascii():
        template = template.replace("{cell} ", "{cell}")
    return template.format(cell=place, value=value, expected=expected or _unsaid(rule.code, lang))


def _unsaid(code: str, lang: str) -> str:
    if lang == "en":
        return {"F14": "a column of the form", "F41": "an earlier one"}.get(code, "the value of the original record")
    return {
        "F04": "的数", "F14": "模板中的列", "F16": "另一列", "F17": "万元", "F18": "表中另一处的单位", "F20": "数值",
        "F21": "另一个数", "F23": "本期", "F24": "另一个单位", "F26": "情况不符", "F32": "另一张表", "F41": "先前",
        "P50": "工作日",
    }.get(code, "原始凭证上的内容")
