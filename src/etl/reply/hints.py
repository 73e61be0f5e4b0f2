"""How a column of a template is filled in: its number format, what may be entered, and the message at the cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from etl.forms.contract import Column

FORMATS = {"amount": "#,##0.00", "percent": "0.00", "year": "0", "date": "yyyy-mm-dd", "number": "General"}
CODES = {
    "project_code": (24, "24 位国家投资项目代码（含 4 个连字符），尚未备案的留空。例：2403-530330-04-01-123456"),
    "uscc": (18, "18 位统一社会信用代码，对照营业执照填写。"),
}
KINDS = {
    "text": "填写文字。",
    "code": "按文本填写完整的编码。",
    "year": "填四位年份，例：2024",
    "date": "填日期，例：2024-03-15；只知道月份的写 2024年3月。",
    "percent": "填百分数的数值，85.3 表示 85.3%。",
    "enum": "从下拉列表中选择。",
    "register": "从下拉列表中选择单位全称。",
}


def header(column: Column) -> str:
    """The official header, with the unit that is not the sheet's in brackets and * where it must be filled."""
    unit = "%" if column.type == "percent" else column.unit if column.stored_in is None else None
    text = column.header if unit is None or unit in column.header else f"{column.header}（{unit}）"
    return f"{text}*" if column.required else text


def number_format(column: Column) -> str:
    """Text for words and codes, so that no digit of a code is lost."""
    return FORMATS.get(column.type, "@")


def offered(column: Column, units: Mapping[str, str]) -> list[str]:
    """What a drop-down offers; [] where anything may be written. `units` are names with their kinds.

    Where the register has none of the kinds that a column asks for, it offers all.
    """
    if column.register == "unit":
        return [name for name, kind in units.items() if kind in column.kinds] or list(units)
    if column.values:
        return list(column.values)
    words = (column.meaning or "").split("|")
    return words if len(words) > 1 and all(w and len(w) <= 8 and " " not in w for w in words) else []


def validation(column: Column, listed: str | None, more: str = "") -> dict:
    """The data validation of a column, as XlsxWriter takes it; `listed` is the range of its choices."""
    rule: dict = {
        "input_title": column.header[:32],
        "input_message": _message(column, listed is not None, more)[:255],
        "error_title": column.header[:32],
        "ignore_blank": True,
    }
    if listed:
        free = column.open or not (column.values or column.register)
        return rule | {
            "validate": "list",
            "source": listed,
            "show_error": not free,
            "error_message": "请从下拉列表中选择。",
            "error_type": "warning" if column.register else "stop",
        }
    if column.type == "year":
        return rule | {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100, "error_message": "请填四位年份。"}
    if column.type in ("amount", "number", "percent"):
        return rule | {"validate": "decimal", "error_message": f"请填数字{_range(column)}，不带单位和文字。"} | _limits(column)
    if column.code in CODES:
        length, _ = CODES[column.code]
        return rule | {
            "validate": "length",
            "criteria": "==",
            "value": length,
            "error_type": "warning",
            "error_message": f"应为 {length} 位，请核对。",
        }
    return rule | {"validate": "any"}


def _message(column: Column, listed: bool, more: str) -> str:
    must = "必填。" if column.required else "有则填写。"
    if column.register:
        kind = KINDS["register"]
    elif listed:
        kind = KINDS["enum"] if not column.open and column.values else "可从下拉列表中选择，也可填写其他。"
    elif column.type in ("amount", "number"):
        unit = column.stored_in or column.unit
        kind = f"填数字{f'，单位：{unit}' if unit else ''}，不带单位和文字。例：{'1234.56' if column.type == 'amount' else '10'}"
    elif column.code in CODES:
        kind = CODES[column.code][1]
    else:
        kind = KINDS[column.type]
    return "\n".join(part for part in (must + kind, more) if part)


def _limits(column: Column) -> dict:
    low = Decimal(column.minimum) if column.minimum is not None else None
    high = Decimal(column.maximum) if column.maximum is not None else None
    if low is not None and high is not None:
        return {"criteria": "between", "minimum": float(low), "maximum": float(high)}
    if low is not None:
        return {"criteria": ">" if column.exclusive else ">=", "value": float(low)}
    return {"criteria": ">=", "value": -1e12}


def _range(column: Column) -> str:
    if column.minimum is not None and column.maximum is not None:
        return f"（{column.minimum} 至 {column.maximum}）"
    if column.minimum is not None:
        return f"（{'大于' if column.exclusive else '不小于'} {column.minimum}）"
    return ""
