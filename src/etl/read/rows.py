"""Tell data lines from all else that stands below a header: totals, groups, notes, signatures, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.model import Grid
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.locate import GridHeaders, Head, HeaderIndex, is_header_row

_GROUP = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，])")
_COUNTED = re.compile(r"[(（](?:共)?\d+(?:个|家|项|户|件)[)）]$")
_NOTE = re.compile(r"^(?:注|附注|备注|说明|填表说明|填报说明|※|\*)[:：\d.、]?")
_NUMBERING = re.compile(r"^[(（]?(?:\d{1,2}|[甲乙丙丁戊])[)）]?(?:=[()（）\d+\-*/×÷\s.%]+)?$")
_MEASURE = re.compile(r"^[(（]?(?:元|万元|亿元|千元|美元|万美元|亩|个|家|项|%|％|人|天|日|工作日|-|—)[)）]?$")
_OF_WHICH = re.compile(r"^(?:其中[:：]|#)")
_TOTAL = re.compile(r"^(?:[^0-9]{0,10}?)(合计|小计|总计|共计|累计|总分)(?:数)?(?:[(（].{0,12}[)）])?[:：]?$")


@dataclass(frozen=True, slots=True)
class Classified:
    """The rows below a header by kind; all counted from 0."""

    data: list[int]
    totals: list[tuple[int, str, int]]       # row, kind, column of its word
    groups: list[tuple[int, str]]            # row, text
    measures: list[int]                      # rows of units under the header
    others: list[int]                        # notes, signatures, nil declarations: for the cover block


def classify(grid: Grid, headers: GridHeaders, index: HeaderIndex, head: Head, vocabulary: Vocabulary) -> Classified:
    """Sort every row below a header; no row is left out but blank ones and repeated headers."""
    data, totals, groups, measures, others = [], [], [], [], []
    serials = {c for c, text in head.texts.items() if fold(text) in vocabulary.serial_headers}
    text_columns = {c for c, name in head.columns.items() if not index.form.by_name[name].numeric}
    labels = _labels(vocabulary)
    for r in range(head.last + 1, len(grid.rows)):
        filled = [(c, v) for c, v in enumerate(grid.rows[r]) if v is not None and str(v).strip()]
        filled += [(c, text) for c in head.columns if (text := grid.errors.get((r, c))) is not None
                   and not any(c == f for f, _ in filled)]
        filled.sort(key=lambda cell: cell[0])
        body = [(c, v) for c, v in filled if c not in serials]
        if not body and not (filled and isinstance(filled[0][1], str) and len(fold(filled[0][1])) > 4):
            continue
        first = fold(str(filled[0][1]))
        word = _total_word(filled)
        if word:
            totals.append((r, *word))
        elif any(label.match(first) for label in labels) or (_NOTE.match(first) and len(filled) <= 2):
            others.append(r)
        elif _OF_WHICH.match(first) and any(not isinstance(v, str) for _, v in filled[1:]):
            totals.append((r, "其中", filled[0][0]))
        elif is_header_row(headers, index, r) and _repeats(headers, head, r):
            continue
        elif len(filled) >= 3 and all(_NUMBERING.match(fold(str(v))) for _, v in filled) and _is_numbering(filled):
            continue
        elif len(filled) >= 2 and all(isinstance(v, str) and _MEASURE.match(fold(v)) for _, v in filled):
            measures.append(r)
        elif _is_group(grid, r, filled, text_columns):
            groups.append((r, str(filled[0][1])))
        elif _GROUP.match(first) and all(_figure(v) for _, v in filled[1:]):
            groups.append((r, str(filled[0][1])))                  # a group row that carries its own subtotal
            totals.append((r, "分组", filled[0][0]))
        elif len(body) <= 1 and _is_remark(head, (body or filled)[0], vocabulary):
            others.append(r)
        else:
            data.append(r)
    return Classified(data, totals, groups, measures, others)


def _labels(vocabulary: Vocabulary) -> list[re.Pattern]:
    words = [w for ws in vocabulary.sign_off.values() for w in ws] + list(vocabulary.department_labels)
    words += ["联系电话", "联系人", "单位", "制表日期"]
    return [re.compile(rf"^{re.escape(w)}(?:\(.{{0,8}}\))?[:：]") for w in words]


def _figure(value) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[\d.,%]+", fold(value)))


def _total_word(filled) -> tuple[str, int] | None:
    """The word of a total row stands among its first cells, before any figure."""
    for c, v in filled[:3]:
        if not isinstance(v, str):
            continue
        if found := _TOTAL.match(fold(v)):
            return found.group(1), c
    return None


def _repeats(headers: GridHeaders, head: Head, r: int) -> bool:
    known = {text.key for row in range(head.first, head.last + 1) for text in headers.row(row).values()}
    texts = headers.row(r)
    return sum(1 for text in texts.values() if text.key in known) * 2 >= len(texts)


def _is_numbering(filled) -> bool:
    texts = [fold(str(v)) for _, v in filled]
    if any("=" in t or t[0] in "(甲" for t in texts):
        return True
    numbers = [int(v) for _, v in filled if isinstance(v, (int, Decimal)) or str(v).isdigit()]
    return len(numbers) == len(filled) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_group(grid: Grid, r: int, filled, text_columns) -> bool:
    if len(filled) != 1 or not isinstance(filled[0][1], str):
        return False
    col, text = filled[0][0], fold(filled[0][1])
    if _GROUP.match(text) or _COUNTED.search(text):
        return True
    wide = any(m[0] <= r <= m[2] and m[1] <= col <= m[3] and m[3] - m[1] >= 1 for m in grid.merges)
    return wide and len(text) <= 20 and not text.endswith(("。", ".")) and col in (min(text_columns, default=0), 0)


def _is_remark(head: Head, cell, vocabulary: Vocabulary) -> bool:
    """A lone sentence is a remark unless it stands in a mapped column and reads like a name."""
    if not isinstance(cell[1], str):
        return False
    col, text = cell[0], fold(cell[1])
    if any(w in text for w in (*vocabulary.nil_words, *vocabulary.empty_words)) or text.endswith("。"):
        return True
    if col not in head.columns:
        return True
    return len(text) > 40
