"""The lines that a layout found, as one plain table: a header of the form's own columns and a row for each line.

Every cell keeps its place on the sheet (`Grid.origin`) and what lies at it: errors, comments, strikes, formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from etl.forms.contract import Form
from etl.model import OWN, CellValue, Grid
from etl.normalise.vocabulary import Vocabulary
from etl.read.cover import Around
from etl.read.fit import Fitting
from etl.read.laid_facts import Placed
from etl.read.laid_head import LaidHead
from etl.read.laid_rows import LaidLine, LaidRows, Values
from etl.read.locate import Head
from etl.read.rows import Classified
from etl.read.table import Table


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one block as found: on the sheet, or on the sheet with its lines turned down."""

    view: Grid
    head: LaidHead
    rows: LaidRows
    facts: dict[str, Placed]
    span: range  # rows of the sheet that it takes


def plain_table(grid: Grid, form: Form, parts: list[Part], around: Around, vocabulary: Vocabulary) -> Table:
    """The lines and totals of all parts in order, then the rows of which nothing was read."""
    named = {n for part in parts for line in part.rows.lines for n in line.values}
    named |= {over.name for part in parts for over in part.head.columns.values()}
    named |= {n for part in parts for n in part.facts if n in form.by_name}
    plain = _Plain(grid, form, [c.name for c in form.columns if c.name in named])
    for part in parts:
        for line in part.rows.lines:
            plain.add(line, part)
    for part in parts:
        for r in part.rows.strange:
            plain.set_aside(r, part)
    plain.without_misfits(vocabulary)
    head = plain.head(parts)
    rows = Classified(plain.data, plain.totals, [], [], [], tuple((r, r) for r in sorted(plain.strange)))
    return Table(form, plain.laid(), head, rows, around, {n: c for c, n in head.columns.items()})


@dataclass(slots=True)
class _Plain:
    """A plain table in the making; `marks` are what lies at its cells, by the name of the grid's field."""

    grid: Grid
    form: Form
    columns: list[str]
    rows: list[list[CellValue]] = field(init=False)
    origin: dict[tuple[int, int], tuple[str, int, int]] = field(default_factory=dict)
    marks: dict[str, dict[tuple[int, int], Any]] = field(
        default_factory=lambda: {k: {} for k in ("errors", "formulas", "units", "covered", "comments")}
    )
    percents: set[tuple[int, int]] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    totals: list[tuple[int, str, int]] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    own: dict[int, dict[int, CellValue]] = field(default_factory=dict)  # of a line, the cells that stand in its own row
    strange: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [[self.form.by_name[name].header for name in self.columns]]

    def add(self, line: LaidLine, part: Part) -> None:
        """One line, with the facts that hold for it, or one total."""
        r, view = len(self.rows), part.view
        facts = {} if line.total else {n: s for n, s in part.facts.items() if n not in line.values}
        values: Values = {**facts, **line.values}
        self.rows.append([values[n].value if n in values else None for n in self.columns])
        self.origin[r, OWN] = self._place(view, line.row, line.col)
        for c, name in enumerate(self.columns):
            said = values.get(name)
            if said is None:
                self.origin[r, c] = self.origin[r, OWN]
            elif name in facts:  # a fact stands on the sheet, or on another one, whichever way the lines run
                self.origin[r, c] = said.sheet, said.row, said.col
            else:
                self.origin[r, c] = self._place(view, said.row, said.col)
                self._mark((r, c), view, (said.row, said.col))
        if line.row in view.hidden_rows:
            self.hidden.add(r)
        if line.total:
            self.totals.append((r, line.total, 0))
        else:
            self.data.append(r)
            self.own[r] = {c: said.value for c, n in enumerate(self.columns) if (said := line.values.get(n)) and said.row == line.row}

    def set_aside(self, row: int, part: Part) -> None:
        """A row of which nothing was read, so that it is said (F50)."""
        r, there = len(self.rows), {over.name: c for c, over in reversed(part.head.columns.items())}
        self.rows.append([part.view.cell(row, there[name]) if name in there else None for name in self.columns])
        self.origin |= {(r, c): self._place(part.view, row, there.get(name, 0)) for c, name in enumerate(self.columns)}
        self.origin[r, OWN] = self._place(part.view, row, min(part.head.columns))
        self.strange.append(r)

    def without_misfits(self, vocabulary: Vocabulary) -> None:
        """A layout that a person declared is held against the types all the same: a row of misfits is no line."""
        fitting = Fitting({c: self.form.by_name[n] for c, n in enumerate(self.columns)}, vocabulary)
        for r in list(self.data):
            fit = fitting.of([(c, v) for c, v in self.own[r].items() if v is not None])
            if fit.bad > fit.ok:
                self.data.remove(r)
                self.strange.append(r)
                self.rows[r] = [self.own[r].get(c) for c in range(len(self.columns))]  # without what it was given

    def _place(self, view: Grid, r: int, c: int) -> tuple[str, int, int]:
        return view.origin.get((r, c), (self.grid.sheet, r, c))

    def _mark(self, at: tuple[int, int], view: Grid, place: tuple[int, int]) -> None:
        for kind, of in self.marks.items():
            if place in (there := getattr(view, kind)):
                of[at] = there[place]
        if place in view.percents:
            self.percents.add(at)
        if place in view.struck:
            self.struck.add(at)

    def head(self, parts: list[Part]) -> Head:
        """What stood over each column: its words and units, at the place of the first header that names it."""
        over = {o.name: (o, part.view) for part in reversed(parts) for o in reversed(part.head.columns.values())}
        texts, units = {}, {}
        for c, name in enumerate(self.columns):
            found, view = over.get(name, (None, None))
            texts[c] = found.text if found else self.form.by_name[name].header
            units[c] = found.units if found else ()
            self.origin[0, c] = self._place(view, *found.places[-1]) if found and view else self.origin.get((1, c), (self.grid.sheet, 0, 0))
        columns = dict(enumerate(self.columns))
        return Head(0, 0, columns, texts, units, {}, dict.fromkeys(columns, 0))

    def laid(self) -> Grid:
        """The grid of the plain table."""
        return replace(
            self.grid,
            rows=self.rows,
            merges=(),
            hidden_rows=frozenset(self.hidden),
            hidden_cols=frozenset(),
            percents=frozenset(self.percents),
            struck=frozenset(self.struck),
            origin=self.origin,
            errors=self.marks["errors"],
            formulas=self.marks["formulas"],
            units=self.marks["units"],
            covered=self.marks["covered"],
            comments=self.marks["comments"],
        )
