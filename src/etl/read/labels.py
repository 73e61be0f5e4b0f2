"""Labels of the cover and the foot (填报单位, 月份, 审核人), and the values that stand beside, below or behind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from etl.model import CellValue, Grid, cell_name
from etl.normalise.kinds import sent_text
from etl.normalise.periods import find_period, find_year, month_alone
from etl.normalise.text import fold, simplify
from etl.normalise.vocabulary import Vocabulary

FAR = 8  # columns that a value may stand away from its label
BELOW = 2  # rows that it may stand below
LONGEST_NOTE = 2000  # a longer text is no note of a form, and looking through it may cost seconds
LONGEST_NAME = 12  # of a person below a label of the foot

STAMP = re.compile(r"\((?:加盖)?(?:盖章|公章|签章|印章|签字|签名|章)\)")
GAP = re.compile(r"\s{2,}|\n")
# 单位：万元, 金额单位为元, but not 填报单位：元江县.
UNIT_NOTE = re.compile(r"(?:^|[\s(:：,，。;；、]|计量|金额|货币|表)单位\s*(?:[:：]|均?[为是])?\s*([^:：()。]*)")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # 填 报 单 位
_OF_THE_FOOT = frozenset({"preparer", "reviewer", "head", "filled_date"})
IsUnit = Callable[[str], bool]  # whether a text names a unit
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}(?:\([^)]{0,8}\))?:")


@dataclass(frozen=True, slots=True)
class LabelSaid:
    """One answer that the cover gives: `field` department, period, year, month, filled_date …, and where it stands."""

    field: str
    label: str
    raw: CellValue  # as sent: a text, a number or a day
    cell: str
    sheet: str = ""  # where that is another sheet than the table's

    @property
    def text(self) -> str:
        return STAMP.sub("", plain_line(sent_text(self.raw) or "")).strip()


def plain_line(text: str) -> str:
    """One width and one script; white space is kept, for it parts one label from the next."""
    return STAMP.sub("  ", simplify(unicodedata.normalize("NFKC", text)))


class Labels:
    """The labels that the vocabulary knows, by word and by pattern."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = {w: field for field, of in vocabulary.sign_off.items() for w in of}
        words |= dict.fromkeys(vocabulary.department_labels, "department") | dict.fromkeys(vocabulary.other_labels, "")
        words |= dict.fromkeys(vocabulary.period_labels, "period")
        self.patterns = [(field, re.compile(pattern)) for field, pattern in vocabulary.label_patterns.items()]
        self.words = words
        listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        shaped = "|".join(vocabulary.label_patterns.values())
        self._mark = re.compile(rf"({listed}|{shaped})(?:\([^)]{{0,8}}\))?\s*:")
        self._alone = re.compile(rf"({listed}|{shaped})(?:\([^)]{{0,8}}\))?:?")
        self._loose = re.compile(rf"({listed}|{shaped})(?:\([^)]{{0,8}}\))?(?:\s+|(?=20\d\d年))(\S.*)")

    def field(self, word: str) -> str | None:
        """What a label asks for; '' for one whose answer is of no use here, None where the word is no label."""
        if word in self.words:
            return self.words[word]
        return next((field for field, pattern in self.patterns if pattern.fullmatch(word)), None)

    def alone(self, text: str) -> str | None:
        """The field of a cell that holds a label and nothing else."""
        found = self._alone.fullmatch(fold(text))
        return self.field(found.group(1)) if found else None

    def begins(self, text: str) -> bool:
        """True where a text begins with a label and its colon."""
        return bool(self._mark.match(fold(text)))

    def inside(self, text: str) -> list[tuple[str, str, str]]:
        """Field, label and answer of every label that a cell holds together with its answer."""
        line = _SPACED.sub("", plain_line(text))
        marks = list(self._mark.finditer(line))
        if not marks and (found := self._loose.fullmatch(line.strip())):
            return [(self.field(found.group(1)) or "", found.group(1), found.group(2).strip())]
        ends = [mark.start() for mark in marks[1:]] + [len(line)]
        return [
            (self.field(mark.group(1)) or "", mark.group(1), GAP.split(line[mark.end() : end].strip())[0].strip())
            for mark, end in zip(marks, ends)
        ]

    def is_one(self, text: str) -> bool:
        """True where a cell is some label, or begins with one, so that it answers none."""
        line = plain_line(text)
        return self.alone(text) is not None or self.begins(text) or bool(UNIT_NOTE.match(line)) or bool(_ANY_LABEL.match(fold(text)))


def labels_answered(grid: Grid, rows: Iterable[int], labels: Labels, known: IsUnit) -> tuple[list[LabelSaid], set[tuple[int, int]]]:
    """What every label in some rows is answered by, and the cells that are such answers.

    A label's answer stands behind it in its cell, else to its right, else below; `known` tells whether a text is the name of a unit.
    Of two places the one is taken whose content fits what was asked.
    """
    places = set(rows)
    said: list[LabelSaid] = []
    taken: set[tuple[int, int]] = set()
    for r in sorted(places):
        for c, value in enumerate(grid.rows[r]):
            if value is None or (r, c) in taken or not (text := sent_text(value) or "").strip() or len(text) > LONGEST_NOTE:
                continue
            field = labels.alone(text) if isinstance(value, str) else None
            if field is None:
                said += [LabelSaid(field, label, answer, cell_name(r, c)) for field, label, answer in labels.inside(text) if answer]
                said += _unit_under_its_bare_label(grid, r, c, text, labels, known)
                continue
            if place := _answer(grid, places, (r, c), field, labels, known):
                taken.add(place)
                said.append(LabelSaid(field, fold(text).rstrip(":"), grid.cell(*place), cell_name(*place)))
                if field == "period" and (more := _rest_of_a_period(grid, places, place, labels)):
                    taken.add(more)
                    said += [
                        LabelSaid("month", "", grid.cell(*more), cell_name(*more)),
                        LabelSaid("year", "", grid.cell(*place), cell_name(*place)),
                    ]
    return said, taken


def _unit_under_its_bare_label(grid: Grid, r: int, c: int, text: str, labels: Labels, known: IsUnit) -> list[LabelSaid]:
    """单位：马鞍乡 names the unit, 单位：万元 the money: the bare label asks for whichever its answer is."""
    found = UNIT_NOTE.match(plain_line(text))
    if not found:
        return []
    name, place = found.group(1).strip(), (r, c)
    if not name and (right := _right(grid, r, c, labels)):
        name, place = sent_text(grid.cell(*right)) or "", right
    return [LabelSaid("department", "单位", name, cell_name(*place))] if known(name) else []


def _answer(grid: Grid, places: set[int], label: tuple[int, int], field: str, labels: Labels, known: IsUnit) -> tuple[int, int] | None:
    found = [place for place in (_right(grid, *label, labels), _below(grid, places, *label, field, labels)) if place]
    fitting = [place for place in found if _fits(field, grid.cell(*place), known)]
    if fitting:
        return fitting[0]
    return found[0] if found and found[0][0] == label[0] else None


def _right(grid: Grid, r: int, c: int, labels: Labels) -> tuple[int, int] | None:
    row = grid.rows[r]
    for col in range(c + 1, min(len(row), c + 1 + FAR)):
        if row[col] is not None and str(row[col]).strip():
            value = row[col]
            return None if isinstance(value, str) and labels.is_one(value) else (r, col)
    return None


def _below(grid: Grid, places: set[int], r: int, c: int, field: str, labels: Labels) -> tuple[int, int] | None:
    for row in range(r + 1, r + 1 + BELOW):
        value = grid.cell(row, c) if row in places else None
        if value is None or not str(value).strip():
            continue
        text = str(value)
        if isinstance(value, str) and (labels.is_one(text) or field in _OF_THE_FOOT and len(text) > LONGEST_NAME):
            return None
        return row, c
    return None


def _rest_of_a_period(grid: Grid, places: set[int], place: tuple[int, int], labels: Labels) -> tuple[int, int] | None:
    """The month that stands under a year, where a label's answer is only the year."""
    text = sent_text(grid.cell(*place)) or ""
    if find_period(text, "monthly") or not find_year(text):
        return None
    below = _below(grid, places, *place, "month", labels)
    return below if below and month_alone(sent_text(grid.cell(*below)) or "") else None


def _fits(field: str, value: CellValue, known: IsUnit) -> bool:
    """Whether a cell may be the answer to what a label asks."""
    text = sent_text(value) or ""
    if field == "department":
        return isinstance(value, str) and known(STAMP.sub("", plain_line(text)).strip())
    if field == "year":
        return find_year(text) is not None
    if field == "month":
        return month_alone(text) is not None or find_period(text, "monthly", 2000) is not None
    if field == "period":
        return isinstance(value, date) or find_year(text) is not None or any(find_period(text, c, 2000) for c in ("monthly", "weekly"))
    if field == "filled_date":
        return isinstance(value, date) or any(sign.isdigit() for sign in text)
    return isinstance(value, str) and len(text) <= LONGEST_NAME
