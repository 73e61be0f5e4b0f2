"""What a sheet says of itself around its table: title, unit, period, signatures, nil declaration."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from etl.model import Cover, Grid, cell_name
from etl.normalise.kinds import sent_text
from etl.normalise.text import fold, simplify
from etl.normalise.vocabulary import Vocabulary

_STAMP = re.compile(r"\((?:加盖)?(?:盖章|公章|签章|印章|章)\)")
_GAP = re.compile(r"\s{2,}|\n")
# 单位：万元, 金额单位为元, but not 填报单位：元江县.
_UNIT_NOTE = re.compile(r"(?:^|[\s(:：,，。;；、]|计量|金额|货币|表)单位\s*(?:[:：]|均?[为是])?\s*([^:：()。]*)")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BETWEEN_UNITS = re.compile(r"[、,，;；/\s]+")
_NOTE_OF_UNIT = re.compile(r"(?:注\s*[:：])?\s*(?:本表)?(?:金额|计量|货币)?单位.*")
_NOT_NIL = re.compile(r"[□☐]零报告|零报告:?[否不无]|[非不]是?零报告")
_MONTH = re.compile(r"\d\s*月")
_NOTE = re.compile(r"^(?:注|附注|备注|说明|填表说明|填报说明)")


@dataclass(frozen=True, slots=True)
class UnitNote:
    """One note 单位：万元 of a sheet, with its cell."""

    units: tuple[str, ...]
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """The cover block and the addresses that findings about it need."""

    cover: Cover
    title_cell: str | None
    department_cell: str | None
    notes: tuple[UnitNote, ...]
    titles: tuple[str, ...]                  # every text above the table that is no label


class Labels:
    """The labels of the cover block (填报单位, 审核人, 填报日期), and the values they stand before."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.fields = {w: field for field, words in vocabulary.sign_off.items() for w in words}
        self.fields |= {w: "department" for w in vocabulary.department_labels} | {w: "" for w in vocabulary.other_labels}
        words = "|".join(sorted(map(re.escape, self.fields), key=len, reverse=True))
        self._mark = re.compile(rf"({words})(?:\([^)]{{0,8}}\))?\s*:")
        self._alone = re.compile(rf"({words})(?:\([^)]{{0,8}}\))?:?")

    def alone(self, text: str) -> str | None:
        """The field of a cell that holds a label and nothing else."""
        found = self._alone.fullmatch(fold(text))
        return self.fields[found.group(1)] if found else None

    def begins(self, text: str) -> bool:
        """True where a text begins with a label and its colon."""
        return bool(self._mark.match(fold(text)))

    def values(self, texts: list[str], place: int) -> list[tuple[str, str]]:
        """Field and value of every label in a cell; a label alone takes the next cell that is none itself."""
        if field := self.alone(texts[place]):
            after = texts[place + 1].strip() if place + 1 < len(texts) else ""
            other = self.begins(after) or self.alone(after) or _UNIT_NOTE.match(_plain(after))
            return [(field, "" if other else after)]
        line = _plain(texts[place])
        marks = list(self._mark.finditer(line))
        ends = [mark.start() for mark in marks[1:]] + [len(line)]
        return [(self.fields[mark.group(1)], _GAP.split(line[mark.end():end].strip())[0].strip())
                for mark, end in zip(marks, ends)]


def read_cover(grid: Grid, rows: list[int], above: int, vocabulary: Vocabulary, empty: bool = False) -> Around:
    """Read the rows that are no table; `above` is its first row (titles stand before it), `empty` says it has no lines."""
    labels = Labels(vocabulary)
    found: dict[str, str] = {}
    titles, notes = [], []
    title_cell = department_cell = None
    nil = False
    for r in rows:
        cells = [(c, v) for c, v in enumerate(grid.rows[r]) if v is not None and str(v).strip()]
        texts = [sent_text(v) for _, v in cells]
        taken = -1                               # place of a cell that was the value of a label
        for place, (c, value) in enumerate(cells):
            if place == taken:
                continue
            text = texts[place]
            nil = nil or _declares_nil(fold(text), vocabulary, empty)
            units = _units_noted(text, texts[place + 1] if place + 1 < len(texts) else "", r < above, vocabulary)
            if units:
                notes.append(UnitNote(units, cell_name(r, c), text.strip()))
            said = labels.values(texts, place)
            for field, answer in said:
                answer = _STAMP.sub("", _plain(answer)).strip()
                if answer and field not in found:
                    found[field] = answer
                    if field == "department":
                        department_cell = cell_name(r, c)
            if labels.alone(text) and said[0][1]:
                taken = place + 1
            if r >= above:
                continue
            if said or labels.begins(text):      # 填报单位：县发改局    2024年3月    单位：万元
                titles += [part for part in _GAP.split(_plain(text)) if _MONTH.search(part) and ":" not in part]
            elif title := _title(value, texts[place - 1] if place else "", vocabulary):
                titles.append(title)
                title_cell = title_cell or cell_name(r, c)
    cover = Cover(
        title=titles[0] if titles else None,
        department=found.get("department"),
        money_unit=notes[0].units[0] if notes else None,
        nil_declared=nil,
        preparer=found.get("preparer"), reviewer=found.get("reviewer"), head=found.get("head"),
        filled_date=found.get("filled_date"),
    )
    return Around(cover, title_cell, department_cell, tuple(notes), tuple(titles))


def _plain(text: str) -> str:
    """One width and one script; white space is kept, for it parts one label from the next."""
    return _STAMP.sub("  ", simplify(unicodedata.normalize("NFKC", text)))


def _units_noted(text: str, after: str, above: bool, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Money units that a note names; above the table also those of a title in brackets, or alone in a cell."""
    line = _plain(text)
    if not above and not _NOTE_OF_UNIT.match(line):
        return ()
    parts = [found.group(1) or after for found in _UNIT_NOTE.finditer(line)]
    if above:
        parts += [inner for inner in _BRACKETED.findall(line)] + [line]
    for part in parts:
        words = [word.removeprefix("人民币") for word in _BETWEEN_UNITS.split(fold_keep_space(part)) if word]
        if units := tuple(word for word in words if word in vocabulary.all_money_units):
            return units
    return ()


def _title(value, before: str, vocabulary: Vocabulary) -> str | None:
    """A text above the table that may name form, unit or period; a date only where its label says it is the period."""
    if isinstance(value, date):
        period = any(word in fold(before) for word in vocabulary.period_labels)
        return f"{value.year}年{value.month}月" if period else None
    text = sent_text(value).strip()
    only_units = _UNIT_NOTE.fullmatch(_plain(text)) and not any(c.isdigit() for c in text)
    return text if (len(fold(text)) > 3 or _MONTH.search(text)) and not only_units else None


def _declares_nil(text: str, vocabulary: Vocabulary, empty: bool) -> bool:
    """A hint in the notes (无数据请注明零报告) declares nothing."""
    if _NOTE.match(text) or len(text) > 30 or _NOT_NIL.search(text):
        return False
    return any(w in text for w in vocabulary.nil_words) or (empty and any(w in text for w in vocabulary.empty_words))


def fold_keep_space(text: str) -> str:
    """Fold width and script, but keep white space as single spaces."""
    return " ".join(fold(part) for part in text.split())
