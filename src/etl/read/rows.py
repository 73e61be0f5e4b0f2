"""Tell data lines from all else that stands below a header: totals, groups, notes, signatures, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.model import CellValue, Grid
from etl.normalise.headers import read_header
from etl.normalise.text import fold, norm
from etl.normalise.vocabulary import Vocabulary
from etl.read.labels import Labels
from etl.read.locate import GridHeaders, Head, HeaderIndex

_GROUP = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，])")
_COUNTED = re.compile(r"[(（](?:共)?\d+(?:个|家|项|户|件)[)）]$")
_NOTE = re.compile(r"^(?:注|附注|备注|说明|填表说明|填报说明|※|\*)[:：\d.、]?")
_UNIT_NOTE = re.compile(r"^(?:金额|计量)?单位[:：]")
_NUMBERING = re.compile(r"^[(（]?(?:\d{1,2}|[甲乙丙丁戊A-Z])栏?[)）]?(?:=[()（）\d+\-*/×÷\s.%]+)?$")
_NUMBERING_LABELS = frozenset({"栏次", "行次", "列次", "栏号", "序号"})
_MEASURE = re.compile(r"^[(（]?(?:(?:人民币)?(?:亿|百万|千万|千|万)?(?:美元|元)|亩|个|家|项|人|%|天|日|工作日|-|—)[)）]?$")
_MEASURE_LABELS = frozenset({"单位", "计量单位"})
_OF_WHICH = re.compile(r"^(?:其中[:：]?|#)")
COUNT = re.compile(r"[-—/\d.,%]+|共?\d+[个家项户件](?:项目)?")
_KIND = re.compile(r"(?:类?项目|类)$")
_TOTAL_SIGNS = frozenset("计計分")  # a cell without any of them needs no closer look
_SERIAL = re.compile(r"^[(（]?[\d.、一二三四五六七八九十]*[)）]?$")

Filled = list[tuple[int, CellValue]]  # column and value of the cells of a row that hold anything


@dataclass(frozen=True, slots=True)
class Classified:
    """The rows below a header by kind; all counted from 0."""

    data: list[int]
    totals: list[tuple[int, str, int]]  # row, kind, column of its word
    groups: list[tuple[int, str]]  # row, text
    measures: list[int]  # rows of units under the header
    others: list[int]  # notes, signatures, nil declarations: for the cover block
    strange: tuple[tuple[int, int], ...] = ()  # first and last row of what is no part of the table: said, not read


class Sorter:
    """What is the same for every row of a table, and the questions asked of one row."""

    def __init__(self, grid: Grid, headers: GridHeaders, index: HeaderIndex, head: Head, vocabulary: Vocabulary) -> None:
        self.grid, self.headers, self.index, self.head, self.vocabulary = grid, headers, index, head, vocabulary
        self.serials = {c for c, text in head.texts.items() if norm(text) in vocabulary.serial_headers}
        columns = [(c, index.form.by_name[n]) for c, n in head.columns.items()]
        self.words = min((c for c, column in columns if column.required and not column.numeric), default=0)
        self.enums = {fold(v) for c in index.form.columns for v in c.values}
        self.titles = {text.key for r in range(head.first) for text in headers.row(r).values()}
        self.heads = {(c, text.key) for r in range(head.first, head.last + 1) for c, text in headers.row(r).items()}
        self.columns = dict(columns)
        self._filled: dict[int, Filled] = {}
        self.written = {v for r in range(head.first, head.last + 1) for v in grid.rows[r] if isinstance(v, str)}
        self.wide = {r for first, left, last, right in grid.merges if right > left for r in range(first, last + 1)}
        scopes, words = "|".join(vocabulary.total_scopes), "|".join(vocabulary.total_words)
        self.total = re.compile(rf"(?:{scopes})?(.{{0,10}}?)({words})数?(?:\(.{{0,12}}\))?:?(共?\d*[个家项户件]?(?:项目)?)")
        labels = self.labels = Labels(vocabulary)
        self.is_label = lambda text: labels.alone(text) or labels.begins(text) or _UNIT_NOTE.match(text)

    def filled(self, r: int) -> Filled:
        """The cells of a row that hold anything; a formula without a result counts. Asked often, worked out once."""
        if r not in self._filled:
            self._filled[r] = self._fill(r)
        return self._filled[r]

    def _fill(self, r: int) -> Filled:
        cells: Filled = [(c, v) for c, v in enumerate(self.grid.rows[r]) if v is not None and (v.__class__ is not str or v.strip())]
        if self.grid.errors:
            there = {c for c, _ in cells}
            cells += [(c, self.grid.errors[r, c]) for c in self.head.columns if (r, c) in self.grid.errors and c not in there]
            cells.sort(key=lambda cell: cell[0])
        return cells

    def repeats_header(self, r: int, filled: Filled) -> bool:
        """A row of a header repeated among the data, as at the top of each printed page."""
        if not any(v in self.written for _, v in filled[:4]) or not all(isinstance(v, str) for _, v in filled):
            return False
        known = sum(1 for c, text in self.headers.row(r).items() if (c, text.key) in self.heads)
        return known >= 2 and known * 2 >= len(filled)

    def total_word(self, filled: Filled) -> tuple[str, int] | None:
        """The word of a total row stands among its first cells; with other words about it, beside figures only."""
        for place, (c, v) in enumerate(filled[:3]):
            near = isinstance(v, str) and len(v) < 40 and not _TOTAL_SIGNS.isdisjoint(v)
            if near and (found := self.total.fullmatch(fold(v))):
                rest = [x for i, (_, x) in enumerate(filled) if i != place]
                if not (found.group(1) or found.group(3)) or all(_figure(x) for x in rest):
                    return found.group(2), c
        return None

    def holds_nothing(self, body: Filled) -> bool:
        """A row of an empty form, filled with marks for nothing (—, /)."""
        marks = self.vocabulary.no_value_marks
        return len(body) > 1 and all(isinstance(v, str) and (v.strip() in marks or fold(v) in marks) for _, v in body)

    def labels_alone(self, filled: Filled) -> frozenset[int]:
        """The columns of a row of nothing but labels (填报人｜审核人｜负责人)."""
        if len(filled) > 1 and all(isinstance(v, str) and self.labels.alone(v) for _, v in filled):
            return frozenset(c for c, _ in filled)
        return frozenset()

    def is_measure_of(self, col: int, text: str) -> bool:
        """A unit alone in the row under the header, where only one column has any."""
        column = self.columns.get(col)
        return column is not None and column.type == "amount" and text.strip("()") in self.vocabulary.all_money_units

    def is_group(self, r: int, col: int, text: str) -> bool:
        """A lone text is a group if it is numbered, counted, merged over columns, among serial numbers, or a list's value."""
        if _GROUP.match(text) or _COUNTED.search(text):
            return True
        if len(text) > 20 or text.endswith(("。", ".")) or col > max(self.words, 1):
            return False
        return r in self.wide or col in self.serials or self.is_listed(text)

    def is_listed(self, text: str) -> bool:
        """A value of one of the form's lists, as 产业类项目: it groups the lines below."""
        return _KIND.sub("", fold(text)) in self.enums

    def is_remark(self, r: int, col: int) -> bool:
        """A lone sentence is a remark unless it stands in a mapped column and reads like a name."""
        if not isinstance(self.grid.cell(r, col), str):
            return False
        text = fold(self.grid.cell(r, col))
        return col not in self.head.columns or len(text) > 40 or text.endswith("。") or self.says_nothing_is(text)

    def says_nothing_is(self, text: str) -> bool:
        """A nil declaration (零报告, 本月无), or a mere dash, stands where lines would."""
        words = (*self.vocabulary.nil_words, *self.vocabulary.empty_words)
        return text in self.vocabulary.no_value_marks or any(w in text for w in words)


def is_note(filled: Filled) -> bool:
    """Whether a row says something about the table, alone or with one cell beside it: 注：金额只填数字."""
    return len(filled) <= 2 and bool(_NOTE.match(fold(str(filled[0][1]))))


def classify(sorter: Sorter) -> Classified:
    """Sort every row below a header by its words; no row is left out but blank ones and repeated headers."""
    grid, head, index = sorter.grid, sorter.head, sorter.index
    data: list[int] = []
    totals: list[tuple[int, str, int]] = []
    groups: list[tuple[int, str]] = []
    measures: list[int] = []
    others: list[int] = []
    scored = False
    asked: frozenset[int] = frozenset()  # columns of labels whose answers may stand below
    for r in range(head.last + 1, len(grid.rows)):
        filled = sorter.filled(r)
        body = [cell for cell in filled if cell[0] not in sorter.serials]
        if not filled or (not body and all(_SERIAL.match(fold(str(v))) for _, v in filled)) or sorter.holds_nothing(body):
            continue
        col, first = filled[0][0], fold(str(filled[0][1]))
        answered, asked = asked, sorter.labels_alone(filled)
        lone = len(filled) == 1 and isinstance(grid.cell(r, col), str)
        if word := sorter.total_word(filled):
            totals.append((r, *word))
            scored = scored or index.form.layout == "blocks" and word[0].endswith("分")
        elif scored:  # 总分 ends a table of indicators
            others.append(r)
        elif sorter.repeats_header(r, filled) or _is_numbering(filled):
            continue
        elif answered.issuperset(c for c, _ in filled) and len(answered) > 1 or sorter.is_label(first) or is_note(filled):
            others.append(r)
        elif _OF_WHICH.match(first) and len(filled) > 1 and sum(not _figure(v) for _, v in filled[1:]) <= 1:
            totals.append((r, "其中", col))
        elif _is_measures(filled) or lone and r == head.last + 1 and sorter.is_measure_of(col, first):
            measures.append(r)
        elif lone and ("续表" in first or read_header(first).key in sorter.titles or sorter.says_nothing_is(first)):
            others.append(r)
        elif lone and sorter.is_group(r, col, first):
            groups.append((r, str(filled[0][1])))
        elif _GROUP.match(first) and len(filled) > 1 and all(_figure(v) for _, v in filled[1:]):
            groups.append((r, str(filled[0][1])))  # a group row that carries its own subtotal
            totals.append((r, "分组", col))
        elif len(body) <= 1 and sorter.is_remark(r, (body or filled)[0][0]):
            others.append(r)
        else:
            data.append(r)
    return Classified(data, totals, groups, measures, others)


def group_style(text: str) -> str:
    """How a group is numbered, 一、 or （一）: groups of one style are of one level."""
    found = _GROUP.match(fold(text))
    return re.sub(r"[一二三四五六七八九十]+", "", found.group()) if found else ""


def _figure(value: CellValue) -> bool:
    return not isinstance(value, str) or bool(COUNT.fullmatch(fold(value)))


def _is_numbering(filled: Filled) -> bool:
    """(1) (2) (3)=(1)+(2), 甲 乙 1 2, 栏次 1 2 3: numbers of columns in rising order."""
    cells = filled[fold(str(filled[0][1])) in _NUMBERING_LABELS :]
    if len(cells) < 3 or not all(_NUMBERING.match(fold(str(v))) for _, v in cells):
        return False
    texts = [fold(str(v)) for _, v in cells]
    numbers = [int(found.group()) for t in texts if (found := re.match(r"\d+", t.lstrip("(")))]
    return numbers == sorted(set(numbers))


def _is_measures(filled: Filled) -> bool:
    """Units of measure in a row of their own under the header."""
    cells = filled[fold(str(filled[0][1])) in _MEASURE_LABELS :]
    return len(cells) >= 2 and all(isinstance(v, str) and _MEASURE.match(fold(v)) for _, v in cells)
