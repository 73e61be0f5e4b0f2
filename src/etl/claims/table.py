"""Read the small form for reported claims: one claim a row, in CSV or a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from etl.claims.cells import cell_problem, cell_text
from etl.claims.form import rows_from_header
from etl.claims.verdict import joined
from etl.mistakes import Mistake
from etl.model import Grid, Unreadable, cell_name
from etl.normalise.text import fold, norm

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
_BRACKET = re.compile(r"\(([^()]*)\)$")
_HEADERS = {norm(text): name for name, texts in COLUMNS.items() for text in texts}


def read_claims(path: Path) -> list[dict[str, str]]:
    """The rows of every sheet that has the form's header, keyed as claim.read_claim wants them, with `place` (sheet and row).

    A row without an id takes its place as id. Raises Mistake for a file that cannot be read or holds no such row.
    """
    from etl.read.workbook import open_book

    path = Path(path)
    try:
        book = open_book(path)
        grids = book.grids if book.kind != "csv" else (rows_from_header(path, lambda fields: bool(_header(fields))),)
    except Unreadable as problem:
        raise Mistake("claims_file.unreadable", path=path, reason=problem.reason) from problem
    heads = [(grid, *head) for grid in grids if grid and (head := _head(grid))]
    if not heads:
        raise Mistake("claims_file.no_header", path=path, names=tuple(COLUMNS[name][0] for name in REQUIRED))
    claims = [claim for grid, number, columns in heads for claim in _claims(path.name, grid, number, columns)]
    if not claims:
        number = heads[0][1] + 1
        raise Mistake("claims_file.no_claims", path=path, number=number)
    return claims


def _head(grid: Grid) -> tuple[int, dict[int, str]] | None:
    found = ((number, _header(row)) for number, row in enumerate(grid.rows))
    return next((head for head in found if head[1]), None)


def _claims(file: str, grid: Grid, head: int, columns: dict[int, str]) -> Iterator[dict[str, str]]:
    units = {name: _unit_of(grid.cell(head, c)) for c, name in columns.items()}
    for r in range(head + 1, len(grid.rows)):
        claim = {name: cell_text(grid, r, c) for c, name in columns.items()}
        problems = [problem for c in columns if (problem := cell_problem(file, grid, r, c))]
        unreadable = str(joined(problems)) if problems else ""
        if unreadable or any(claim.get(name) for name in (*REQUIRED, "statement")):
            place = f"{grid.sheet}!{cell_name(r, 0)}".removeprefix("!")
            claim["reported_unit"] = claim.get("reported_unit") or units["reported"]
            yield {**claim, "id": claim.get("id") or place, "place": place, "unreadable": unreadable}


def _header(row: list) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, value in enumerate(row):
        name = _name(str(value)) if value is not None else None
        if name and name not in columns.values():
            columns[place] = name
    return columns if set(REQUIRED) <= set(columns.values()) else {}


def _name(header: str) -> str | None:
    return _HEADERS.get(norm(header)) or _HEADERS.get(norm(_BRACKET.sub("", fold(header))))


def _unit_of(header: object) -> str:
    """The unit that a header names in brackets: 上报结果（万元）."""
    found = _BRACKET.search(fold(str(header)))
    return found.group(1).removeprefix("单位").lstrip(":") if found else ""
