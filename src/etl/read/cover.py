"""What a sheet says of itself around its table: title, unit, period, signatures, nil declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.model import CellValue, Cover, Grid, cell_name
from etl.normalise.kinds import sent_text
from etl.normalise.names import UnitRegister
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.labels import GAP, LONGEST_NOTE, UNIT_NOTE, Labels, LabelSaid, labels_answered, plain_line

WIDE = 3
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
class Title:
    """A text above the table that is no label, and where it stands."""

    text: str
    cell: str
    leads: bool = True  # the first filled cell of its row
    sheet: str = ""  # where that is another sheet than the table's


@dataclass(frozen=True, slots=True)
class Around:
    """The cover block and the addresses that findings about it need."""

    cover: Cover
    title_cell: str | None
    department_cell: str | None
    notes: tuple[UnitNote, ...]
    heads: tuple[Title, ...]  # every text above the table that is no label
    said: tuple[LabelSaid, ...] = ()  # what its labels are answered by, in the order of the sheet
    texts: tuple[Title, ...] = ()  # every other text around the table: a bare name may stand there

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(title.text for title in self.heads)


def read_cover(
    grid: Grid, rows: list[int], above: int, vocabulary: Vocabulary, empty: bool = False, register: UnitRegister | None = None
) -> Around:
    """Read the rows that are no table; `above` is its first row (titles stand before it), `empty` says it has no lines."""
    labels = Labels(vocabulary)
    known = register.knows if register else lambda _: False
    lists = _lists_above(grid, rows, above, labels)
    said, taken = labels_answered(grid, [r for r in rows if r not in lists], labels, known)
    heads: list[Title] = []
    notes: list[UnitNote] = []
    texts: list[Title] = []
    nil = False
    for r in rows:
        cells = [(c, v) for c, v in enumerate(grid.rows[r]) if v is not None and str(v).strip()]
        for place, (c, value) in enumerate(cells):
            text, cell = sent_text(value), cell_name(r, c)
            if (r, c) in taken or len(text) > LONGEST_NOTE:
                continue
            after = sent_text(cells[place + 1][1]) if place + 1 < len(cells) else ""
            nil = nil or _declares_nil(fold(text), vocabulary, empty)
            if units := _units_noted(text, after, r < above, vocabulary):
                notes.append(UnitNote(units, cell, text.strip()))
            label = labels.alone(text) is not None or labels.begins(text)
            if not label and isinstance(value, str):
                texts.append(Title(text.strip(), cell))
            if r >= above or r in lists:
                continue
            if label or labels.inside(text):  # 填报单位：县发改局    2024年3月    单位：万元
                heads += [Title(part, cell) for part in GAP.split(plain_line(text)) if _MONTH.search(part) and ":" not in part]
            elif title := _title(value, vocabulary):
                heads.append(Title(title, cell, leads=not place))
    return Around(
        _cover(said, heads, notes, nil),
        next((t.cell for t in heads), None),
        next((s.cell for s in said if s.field == "department" and s.text), None),
        tuple(notes),
        tuple(heads),
        tuple(said),
        tuple(texts),
    )


def _lists_above(grid: Grid, rows: list[int], above: int, labels: Labels) -> set[int]:
    """Rows above the table that belong to another small table: three cells and more, row below row.

    Its header may read like labels (月份 over months); labels over their answers are two rows, no more.
    """
    wide = [r for r in rows if r < above and sum(v is not None and str(v).strip() != "" for v in grid.rows[r]) >= WIDE]
    asks = {r for r in wide if any(isinstance(v, str) and labels.is_one(v) for v in grid.rows[r])}
    found: set[int] = set()
    for run in _neighbours(wide):
        body = [r for r in run if r not in asks]
        if len(body) >= 2 and not asks & set(run[1:]):
            found.update(run)
    return found


def _neighbours(rows: list[int]) -> list[list[int]]:
    """Rows in groups without a gap."""
    runs: list[list[int]] = []
    for r in rows:
        if runs and r == runs[-1][-1] + 1:
            runs[-1].append(r)
        else:
            runs.append([r])
    return runs


def _cover(said: list[LabelSaid], heads: list[Title], notes: list[UnitNote], nil: bool) -> Cover:
    """The first answer to each question is what the sheet says of itself."""
    first = {s.field: s.text for s in reversed(said) if s.text}
    return Cover(
        title=heads[0].text if heads else None,
        department=first.get("department"),
        money_unit=notes[0].units[0] if notes else None,
        nil_declared=nil,
        preparer=first.get("preparer"),
        reviewer=first.get("reviewer"),
        head=first.get("head"),
        filled_date=first.get("filled_date"),
    )


def _units_noted(text: str, after: str, above: bool, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Money units that a note names; above the table also those of a title in brackets, or alone in a cell."""
    line = plain_line(text)
    letters = line.split()
    if len(letters) > WIDE and all(len(letter) == 1 for letter in letters):
        line = "".join(letters)  # a title with its letters set apart
    if not above and not _NOTE_OF_UNIT.match(line):
        return ()
    parts = [found.group(1) or after for found in UNIT_NOTE.finditer(line)]
    if above:
        parts += list(_BRACKETED.findall(line)) + [line]
    for part in parts:
        words = [word.removeprefix("人民币") for word in _BETWEEN_UNITS.split(fold_keep_space(part)) if word]
        if units := tuple(word for word in words if word in vocabulary.all_money_units):
            return units
    return ()


def _title(value: CellValue, vocabulary: Vocabulary) -> str | None:
    """A text above the table that may name form, unit or period; a bare day or number names none."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    only_units = UNIT_NOTE.fullmatch(plain_line(text)) and not any(c.isdigit() for c in text)
    return text if (len(fold(text)) > 3 or _MONTH.search(text)) and not only_units else None


def _declares_nil(text: str, vocabulary: Vocabulary, empty: bool) -> bool:
    """A hint in the notes (无数据请注明零报告) declares nothing."""
    if _NOTE.match(text) or len(text) > 30 or _NOT_NIL.search(text):
        return False
    return any(w in text for w in vocabulary.nil_words) or (empty and any(w in text for w in vocabulary.empty_words))


def fold_keep_space(text: str) -> str:
    """Fold width and script, but keep white space as single spaces."""
    return " ".join(fold(part) for part in text.split())
