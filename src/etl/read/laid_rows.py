"""The lines of a table that a layout declares: which rows are lines, what groups give them, and which columns become lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.forms.contract import Form
from etl.model import CellValue, Grid
from etl.normalise.kinds import sent_text
from etl.normalise.slots import Pattern, Words, compile_pattern
from etl.normalise.text import fold
from etl.read.labels import Labels
from etl.read.laid_facts import Placed
from etl.read.laid_head import LaidHead
from etl.read.layout import BLANK_ROW, GroupRow, LaidTable
from etl.read.rows import is_note

Values = dict[str, Placed]  # column of the form -> its value and place
FIGURES = ("amount", "number", "percent")


@dataclass(frozen=True, slots=True)
class LaidLine:
    """One line, with the place of each value; `total` is the word of a row that sums lines."""

    values: Values
    row: int
    col: int  # with `row` the place that tells it from all other lines: lines of one row stand under different columns
    total: str = ""


@dataclass(slots=True)
class LaidRows:
    """What the rows below a header are: lines and totals in order, and rows of which nothing was read."""

    lines: list[LaidLine] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    last: int = 0  # the last row that belongs to the table


@dataclass(frozen=True, slots=True)
class WantedTable:
    """What rows are sorted by: a table of a layout with its form and slots, and the labels of covers."""

    table: LaidTable
    form: Form
    words: Words
    labels: Labels


def laid_rows(grid: Grid, head: LaidHead, stop: int, wanted: WantedTable) -> LaidRows:
    """Every row from below a header to a row, sorted; columns of several slots become lines, one set of slots after the other."""
    table, sorter = wanted.table, _Sorter(grid, head, wanted.table, wanted.form, wanted.words)
    found = LaidRows(last=head.last)
    rows: list[tuple[int, Values, str]] = []  # row, values by column of the sheet, word of a total
    counted = 0
    for r in range(head.last + 1, stop):
        if isinstance(table.until, Pattern) and any(isinstance(v, str) and table.until.match(v) is not None for _, v in sorter.filled(r)):
            break
        if not sorter.filled(r):
            if table.until == BLANK_ROW and counted:
                break
            continue
        sorter.carry(r)
        if total := sorter.total(r, above=not counted):
            rows.append((r, {}, total))
        elif group := sorter.group(r):
            rows.append((r, {n: Placed(None, r, 0, grid.sheet) for n in group.gives.values()}, "小计"))  # its other figures are sums
        elif _is_of_the_cover(sorter.filled(r), wanted.labels):
            continue
        elif sorter.is_line(r):
            rows.append((r, dict(sorter.given), ""))
            counted += 1
        elif sorter.says_anything(r):
            found.strange.append(r)
            continue
        else:
            continue
        found.last = r
        if isinstance(table.until, int) and counted >= table.until:
            break
    for slots in sorter.slot_sets:
        for r, given, total in rows:
            values = sorter.values(r, slots, plain=bool(total))
            if total:
                values = {name: said for name, said in values.items() if name not in given}
                found.lines.append(LaidLine(values, r, sorter.first(slots), total))
            elif sorter.holds_any(values, slots):
                own = {name: said for name, said in values.items() if said.value is not None or name not in given}
                found.lines.append(LaidLine({**given, **own}, r, sorter.first(slots)))
    return found


def _is_of_the_cover(filled: list[tuple[int, CellValue]], labels: Labels) -> bool:
    """Whether a row is a note, or begins with a label of the cover: 填报人, below the table, its name in the next cell."""
    first = filled[0][1]
    return is_note(filled) or isinstance(first, str) and bool(labels.alone(first) or labels.begins(first))


class _Sorter:
    """What is the same for every row of a table, and the questions asked of one row."""

    def __init__(self, grid: Grid, head: LaidHead, table: LaidTable, form: Form, words: Words) -> None:
        self.grid, self.head, self.table, self.form, self.words = grid, head, table, form, words
        self.given: Values = {}
        self.heads = False  # totals stand above the lines that they sum
        self.blank = {fold(word) for word in table.blank}
        self.column = {over.name: col for col, over in reversed(head.columns.items())}
        self.keyed = {n for key in form.business_key for n in key}
        self.slot_sets = _slot_sets(head, form)
        self.merges = {(r, c): m for m in grid.merges if m[0] > head.last for r in range(m[0], m[2] + 1) for c in range(m[1], m[3] + 1)}

    def cell(self, r: int, col: int) -> Placed:
        """A cell as it counts: words of the empty template are none, and a merge holds for all its rows, but never a figure."""
        value, at = self.grid.cell(r, col), (r, col)
        name = self.head.columns[col].name if col in self.head.columns else None
        carries = name and (name in self.keyed or not self.is_figure(name))
        if value is None and carries and (merge := self.merges.get((r, col))) and merge[1] == col:
            at = merge[0], merge[1]
            value = self.grid.cell(*at)
        if value is not None and self.is_blank(value, name):
            value = None
        return Placed(value, *at, self.grid.sheet)

    def is_blank(self, value: CellValue, name: str | None) -> bool:
        """Whether a value is a word of the empty template; 0 is one in a column of words alone, where a formula finds nothing."""
        text = fold(sent_text(value) or "")
        return not text or text in self.blank and (isinstance(value, str) or name is None or not self.is_figure(name))

    def is_figure(self, name: str) -> bool:
        return self.form.by_name[name].type in FIGURES

    def filled(self, r: int) -> list[tuple[int, CellValue]]:
        row = self.grid.rows[r] if r < len(self.grid.rows) else []
        return [(c, v) for c, v in enumerate(row) if v is not None and fold(sent_text(v) or "")]

    def carry(self, r: int) -> None:
        """A blank cell of some columns means the value above it, whatever row that stands in."""
        for name in self.table.down:
            if name in self.column and (said := self.cell(r, self.column[name])).value is not None:
                self.given[name] = self._translated(name, said)

    def total(self, r: int, above: bool) -> str:
        """The word of a row that sums lines; '' for any other. One that stands above its lines gives them what its pattern names."""
        for c, value in self.filled(r):
            for pattern in self.table.totals:
                if isinstance(value, str) and (slots := pattern.match(value)) is not None:
                    self.heads = self.heads or above and any(n in self.form.by_name for n in slots)
                    if self.heads:
                        self.give(slots, r, c)
                    return "合计"
        return ""

    def group(self, r: int) -> GroupRow | None:
        """What kind of group a row is, if any; the lines below have what it gives from now on."""
        return next((group for group in self.table.groups if self._gives(group, r)), None)

    def _gives(self, group: GroupRow, r: int) -> bool:
        if group.text:
            c, value = self.filled(r)[0]
            slots = group.text.match(value) if isinstance(value, str) else None
            if slots is None:
                return False
            self.give(slots, r, c)
        for name, pattern in group.where.items():
            if name not in self.column or pattern.match(sent_text(self.cell(r, self.column[name]).value) or "") is None:
                return False
        self.given |= {name: self.cell(r, self.column[of]) for name, of in group.gives.items() if of in self.column}
        return True

    def give(self, slots: dict[str, str], r: int, c: int) -> None:
        self.given |= {name: Placed(value, r, c, self.grid.sheet) for name, value in slots.items() if name in self.form.by_name}

    def is_line(self, r: int) -> bool:
        """Whether the columns that make a line are filled: those that the layout names, else any of the key."""
        there = {over.name: self.cell(r, col).value for col, over in self.head.columns.items() if not over.slots}
        there |= {name: said.value for name, said in self.given.items() if there.get(name) is None}
        if self.table.line_when:
            slotted = {over.name for col, over in self.head.columns.items() if over.slots and self.cell(r, col).value is not None}
            return all(there.get(name) is not None or name in slotted for name in self.table.line_when)
        return any(there.get(name) is not None for name in self.keyed - set(self.given))

    def says_anything(self, r: int) -> bool:
        """Whether a row that is no line holds something that a person wrote under a header of the table."""
        return any(
            c in self.head.columns and not self.is_blank(v, self.head.columns[c].name) and not (v == 0 and not isinstance(v, str))
            for c, v in self.filled(r)
        )

    def values(self, r: int, slots: dict[str, str], plain: bool) -> Values:
        """The values of a row under one set of slots; the slots themselves stand where the header says them."""
        found: Values = {}
        for col, over in self.head.columns.items():
            own = self._own(over.slots)
            if own.items() <= slots.items() and over.name not in found:
                found[over.name] = self._translated(over.name, self.cell(r, col) if not plain else self._as_it_stands(r, col))
                for name, value in own.items():
                    found.setdefault(name, Placed(value, *over.said[name], self.grid.sheet))
        return found

    def _as_it_stands(self, r: int, col: int) -> Placed:
        return Placed(self.grid.cell(r, col), r, col, self.grid.sheet)

    def _translated(self, name: str, said: Placed) -> Placed:
        """A printed word under a column that a slot is named like stands for the slot's value: 上旬 for 1, 8月 for 8."""
        if isinstance(said.value, str):
            for pattern in _alone(name, self.words):
                if (slots := pattern.match(said.value)) is not None:
                    return Placed(slots[name], said.row, said.col, said.sheet)
        return said

    def first(self, slots: dict[str, str]) -> int:
        """The first column that only this set of slots holds; of a table without slots its first."""
        own = [
            c
            for c, over in self.head.columns.items()
            if slots and set(over.slots) & set(slots) and self._own(over.slots).items() <= slots.items()
        ]
        return min(own or self.head.columns)

    def _own(self, slots: dict[str, str]) -> dict[str, str]:
        """The slots that are columns of the form."""
        return {n: v for n, v in slots.items() if n in self.form.by_name}

    def holds_any(self, values: Values, slots: dict[str, str]) -> bool:
        """Whether anything is filled that only this set of slots holds; a table without slots needs no such thing."""
        if not slots:
            return True
        own = {over.name for over in self.head.columns.values() if set(over.slots) & set(slots)}
        return any(values[name].value is not None for name in own if name in values)


def _alone(name: str, words: Words) -> Iterator[Pattern]:
    if name in words:
        yield compile_pattern(f"{{{name}}}", words)
    elif name in ("month", "quarter", "half"):
        printed = {"month": "{month}月", "quarter": "{quarter}季度", "half": "{half}半年"}[name]
        yield from (compile_pattern(text, words) for text in (printed, f"第{printed}"))


def _slot_sets(head: LaidHead, form: Form) -> list[dict[str, str]]:
    """The sets of slots that make lines, in the order of the sheet; `{}` alone where no header has any."""
    sets: list[dict[str, str]] = []
    for over in head.columns.values():
        own = {n: v for n, v in over.slots.items() if n in form.by_name}
        if own not in sets:
            sets.append(own)
    return [one for one in sets if not any(one.items() < other.items() for other in sets)] or [{}]
