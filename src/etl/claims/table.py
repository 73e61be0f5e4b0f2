"""Read the small form for reported claims: one claim a row, in CSV or a workbook."""

from __future__ import annotations

from pathlib import Path

from etl.mistakes import Mistake
from etl.model import Unreadable, cell_name
from etl.normalise.text import norm

# What a column may be headed; the first is its official header.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("编号", "id", "序号", "代码"),
    "statement": ("表述", "statement_zh", "statement", "原文", "说法", "指标"),
    "inputs": ("所列数字", "inputs", "operands", "数字", "数据", "输入"),
    "operation": ("算法", "operation", "算式", "运算", "公式"),
    "reported": ("上报结果", "reported", "上报数", "上报值", "结果"),
    "reported_unit": ("结果单位", "reported_unit", "unit", "单位"),
    "alternatives": ("其他口径", "alternatives", "备选算法"),
}
REQUIRED = ("inputs", "operation", "reported")
_HEADERS = {norm(text): name for name, texts in COLUMNS.items() for text in texts}


def read_claims(path: Path) -> list[dict[str, str]]:
    """The rows of every sheet that has the form's header, keyed as claim.read_claim wants them, with `place` (sheet and row).

    A row without an id takes its place as id. Raises Mistake for a file that cannot be read or holds no such table.
    """
    from etl.read.workbook import open_book

    try:
        book = open_book(Path(path))
    except Unreadable as problem:
        raise Mistake(f"{path} 无法读取：{problem.reason}。") from problem
    claims: list[dict[str, str]] = []
    found = False
    for grid in book.grids:
        columns: dict[int, str] = {}
        for number, row in enumerate(grid.rows):
            if not columns:
                columns = _header(row)
                found = found or bool(columns)
                continue
            claim = {name: _text(row[place]) for place, name in columns.items() if place < len(row)}
            if any(claim.get(name) for name in (*REQUIRED, "statement")):
                place = f"{grid.sheet}!{cell_name(number, 0)}".removeprefix("!")
                claims.append({**claim, "id": claim.get("id") or place, "place": place})
    if not found:
        raise Mistake(f"{path} 里没有找到表头。需要这几列：{'、'.join(COLUMNS[name][0] for name in REQUIRED)}。")
    return claims


def _header(row: list) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, value in enumerate(row):
        name = _HEADERS.get(norm(str(value))) if value is not None else None
        if name and name not in columns.values():
            columns[place] = name
    return columns if set(REQUIRED) <= set(columns.values()) else {}


def _text(value: object) -> str:
    return "" if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value)
