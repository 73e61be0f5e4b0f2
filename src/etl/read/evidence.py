"""What the words proposed of the rows, held against the types under each header and against the sums.

A row that is the sum of others is a total whatever it is called; cells that have not the types of their columns are no
line; a lone name among full lines is none either. What is left out is said, never lost.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from statistics import median

from etl.model import Grid
from etl.normalise.names import UnitRegister
from etl.normalise.numbers import decimals, read_number
from etl.normalise.text import fold
from etl.read.fit import Fit, Fitting
from etl.read.rows import COUNT, Classified, Sorter

NORM = 2  # lines that a norm takes: fewer tell nothing of what a line looks like
MEASURES = frozenset("个家项户件")  # what is counted: 2个, 3项
LONGEST_SUM = 2000  # lines that an unnamed total is tried against, so that a list of figures costs no square
SLACK = Decimal("0.51")  # a printed figure is off by half of its last digit, and so is each that it sums


def confirm(sorter: Sorter, rows: Classified, register: UnitRegister | None) -> Classified:
    """The rows once more, with what the evidence contradicts put where it belongs."""
    fitting = Fitting(sorter.columns, sorter.vocabulary)
    fits = {r: fitting.of(sorter.filled(r)) for r in rows.data}
    rows = _without_mere_counts(sorter, _without_what_stands_beside(rows, fits))
    rows = _without_other_lists(sorter, rows, fits)
    rows = _with_unnamed_totals(sorter, rows, fits, register)
    rows = _without_lone_names(sorter, rows, fits, register)
    rows = _with_subtotals_as_groups(sorter, rows)
    return _with_units_as_groups(sorter, rows, register) if register else rows


def _with_subtotals_as_groups(sorter: Sorter, rows: Classified) -> Classified:
    """马鞍乡小计 above its lines heads a group; such rows stand above where the first of them comes before any line."""
    heads = [(r, text) for r, kind, c in rows.totals if kind == "小计" and (text := _named_subtotal(sorter, r, c))]
    if not heads or not rows.data or heads[0][0] > rows.data[0]:
        return rows
    return replace(rows, groups=sorted([*rows.groups, *heads]))


def _named_subtotal(sorter: Sorter, r: int, c: int) -> str:
    """What a subtotal's word is of: 马鞍乡 of 马鞍乡小计; '' for a bare word."""
    found = sorter.total.fullmatch(fold(str(sorter.grid.cell(r, c))))
    return found.group(1).strip("(（:：") if found else ""


def _with_units_as_groups(sorter: Sorter, rows: Classified, register: UnitRegister) -> Classified:
    """A unit's name alone above lines groups them, even where the cover says the same name."""
    last = max(rows.data, default=-1)
    named = [
        (r, str(cells[0][1]).strip())
        for r in rows.others
        if r < last and len(cells := sorter.filled(r)) == 1 and isinstance(cells[0][1], str) and register.knows(cells[0][1])
    ]
    taken = {r for r, _ in named}
    return replace(rows, others=[r for r in rows.others if r not in taken], groups=sorted([*rows.groups, *named]))


def _usual(fits: dict[int, Fit], rows: list[int]) -> tuple[float, float]:
    """How many cells of a line usually have their type, and how many words it usually holds."""
    kept = [fits[r] for r in rows if fits[r].ok]
    return (median(f.ok for f in kept), median(f.words for f in kept)) if len(kept) >= NORM else (0, 0)


def _without_what_stands_beside(rows: Classified, fits: dict[int, Fit]) -> Classified:
    """A row without a cell under any header (a legend beside the table) is no line."""
    return replace(rows, data=[r for r in rows.data if fits[r].mapped])


def _without_mere_counts(sorter: Sorter, rows: Classified) -> Classified:
    """A row that says nothing but how many there are (2个) is a subtotal without figures."""
    counts = {}
    for r in rows.data:
        if all(isinstance(v, str) and not MEASURES.isdisjoint(v) and _counts(v) for c, v in sorter.filled(r) if c in sorter.columns):
            counts[r] = next(c for c, _ in sorter.filled(r) if c in sorter.columns)
    return replace(
        rows, data=[r for r in rows.data if r not in counts], totals=sorted([*rows.totals, *((r, "小计", c) for r, c in counts.items())])
    )


def _without_other_lists(sorter: Sorter, rows: Classified, fits: dict[int, Fit]) -> Classified:
    """A header of another list, and what stands below it, is no line of this table; neither is a row of misfits."""
    usual, _ = _usual(fits, rows.data)
    if not usual:
        return rows
    wide = median(fits[r].mapped for r in rows.data if fits[r].ok)
    data: list[int] = []
    strange: list[int] = []
    inside, broken = False, error_rows(sorter.grid)
    for r in rows.data:
        fit = fits[r]
        enough = (0.8 if inside and strange[-1] == r - 1 else 0.6) * usual  # right below another list it takes more
        lone = fit.mapped == 1 and fit.bad == 1  # 第2页 where a page ends
        if fit.ok >= max(2, enough) and fit.bad * 4 <= fit.ok:
            inside = False
        elif not lone and (
            _heads_another(sorter, r, fit)
            or _stands_elsewhere(sorter, r, fit)
            or fit.bad > fit.ok
            and 2 * fit.ok < usual
            or fit.bad
            and fit.bad >= fit.ok
            and 2 * fit.mapped < wide
            or not fit.ok
            and usual >= 3
            and fit.mapped > 1
            and r not in broken
        ):
            inside = True
        (strange if inside or lone else data).append(r)
    last, below = max(data, default=-1), max(strange, default=-1)
    listed = [t for t in rows.totals if last < t[0] and any(last < r < t[0] for r in strange)]  # a total of the other list
    strange = sorted({*strange, *(r for r, _, _ in listed if r - below <= 2)})
    return replace(rows, data=data, totals=[t for t in rows.totals if t not in listed], strange=(*rows.strange, *_runs(strange)))


def _heads_another(sorter: Sorter, r: int, fit: Fit) -> bool:
    """Words only, one of them where the table has figures, days or its serial number."""
    cells = sorter.filled(r)
    if len(cells) < 2 or fit.ok or not all(isinstance(v, str) and not any(map(str.isdigit, v)) for _, v in cells):
        return False
    return fit.bad > 0 or any(c in sorter.serials for c, _ in cells)


def _stands_elsewhere(sorter: Sorter, r: int, fit: Fit) -> bool:
    """Cells under no header at all, and hardly one under a known header: a list with columns of its own."""
    cells = sorter.filled(r)
    return fit.mapped <= 1 and not fit.ok and len(cells) - fit.mapped >= 2 and any(c not in sorter.head.texts for c, _ in cells)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, last); up to two rows between them may be blank or say nothing."""
    runs: list[tuple[int, int]] = []
    for r in rows:
        if runs and r - runs[-1][1] <= 3:
            runs[-1] = runs[-1][0], r
        else:
            runs.append((r, r))
    return runs


# --- totals that no word names ---------------------------------------------------------------------------------------


def _with_unnamed_totals(sorter: Sorter, rows: Classified, fits: dict[int, Fit], register: UnitRegister | None) -> Classified:
    """A row of figures with at most a bare name is a total where its figures are the sums of its neighbours."""
    named = {r: _name_of(sorter, r) for r in rows.data if fits[r].figures and fits[r].words <= 1 and _bare(sorter, r, fits[r])}
    if not named:
        return rows
    full = [r for r in rows.data if r not in named]
    end = _grand_total(sorter, rows, [r for r in full if fits[r].ok])  # a title below the table is no line of it
    sums = Sums(sorter, full)
    _, words = _usual(fits, full)

    def says_too_little(r: int, text: str) -> bool:
        if words:
            return words >= (2 if text else 1)
        return not text and (not full or bool(sums.of(r)) or not sums.figures(r))  # a line or two are no norm

    bare = {
        r: (place, text) for r, (place, text) in named.items() if r > end or says_too_little(r, text) or register and register.knows(text)
    }
    if not bare:
        return rows
    full = [r for r in rows.data if r not in bare]
    sums = Sums(sorter, full)
    numbered = 2 * sum(_numbered(sorter, r) for r in full) > len(full)
    totals, groups, lines = list(rows.totals), list(rows.groups), []
    for r, (place, text) in bare.items():
        where = sums.of(r)
        if not text or _counts(text):
            totals.append((r, "合计" if where != "below" else "小计", place))
        elif where == "below" or register and register.knows(text) or sorter.is_listed(text):
            groups.append((r, text))
            totals.append((r, "分组", place))
        elif where or numbered or r > end:
            totals.append((r, "其中", place))  # 上年结转: figures of some lines, not of all
        else:
            lines.append(r)
    return replace(rows, data=sorted([*full, *lines]), totals=sorted(totals), groups=sorted(groups))


def _grand_total(sorter: Sorter, rows: Classified, lines: list[int]) -> int:
    """The row of the total below all lines; what follows it is no line. The end of the sheet where there is none."""
    last = max(lines, default=0)
    return min((r for r, kind, _ in rows.totals if kind in ("合计", "总计", "共计") and r > last), default=len(sorter.grid.rows))


def _bare(sorter: Sorter, r: int, fit: Fit) -> bool:
    """Figures and at most one text: no code, no day, no list value, no serial number."""
    cells = [(c, v) for c, v in sorter.filled(r) if c in sorter.columns]
    rest = [(c, v) for c, v in cells if sorter.columns[c].type not in ("amount", "number", "percent")]
    serial = any(c in sorter.serials and str(v).strip().isdigit() for c, v in sorter.filled(r))
    return len(rest) <= 1 and not serial and fit.ok - fit.figures <= sum(sorter.columns[c].type == "percent" for c, _ in cells) + len(rest)


def _name_of(sorter: Sorter, r: int) -> tuple[int, str]:
    """The one text of a row of figures, with its column."""
    for c, value in sorter.filled(r):
        if isinstance(value, str) and (c not in sorter.columns or sorter.columns[c].type not in ("amount", "number", "percent")):
            return c, value.strip()
    return sorter.filled(r)[0][0], ""


def _counts(text: str) -> bool:
    """9个, 共12项: how many there are, no name."""
    return bool(COUNT.fullmatch(fold(text)))


class Sums:
    """Whether a row's figures are the sums of the lines just above or just below it, told by running totals."""

    def __init__(self, sorter: Sorter, lines: list[int]) -> None:
        self.sorter, self.lines = sorter, lines
        self.columns = [c for c, column in sorter.columns.items() if column.type == "amount" or column.unit == "亩"]
        self.values = {c: [self._figure(r, c) or Decimal(0) for r in lines] for c in self.columns}
        self.until = {c: [Decimal(0), *accumulate(v)] for c, v in self.values.items()}
        self.unit = {c: Decimal(1).scaleb(-max(map(decimals, v), default=0)) for c, v in self.values.items()}

    def _figure(self, r: int, c: int) -> Decimal | None:
        raw = self.sorter.grid.cell(r, c)
        units = self.sorter.vocabulary.all_money_units
        number = read_number(raw, self.sorter.vocabulary, units) if raw is not None else None
        if number is None or number.value is None:
            return None
        return number.value * units.get(number.own_unit or "", 1)

    def figures(self, r: int) -> dict[int, Decimal]:
        """The figures of a row that are not zero, by column."""
        return {c: v for c in self.columns if (v := self._figure(r, c))}

    def of(self, r: int) -> str | None:
        """'above' or 'below' where some run of lines next to the row adds up to every figure of it; else None."""
        wanted = self.figures(r)
        if not wanted:
            return None
        at = bisect_left(self.lines, r)
        if any(self._adds(wanted, start, at) for start in range(at - 1, max(-1, at - LONGEST_SUM), -1)):
            return "above"
        if any(self._adds(wanted, at, stop) for stop in range(at + 1, min(len(self.lines), at + LONGEST_SUM) + 1)):
            return "below"
        return None

    def _adds(self, wanted: dict[int, Decimal], start: int, stop: int) -> bool:
        count = stop - start + 1
        return all(abs(self.until[c][stop] - self.until[c][start] - v) <= SLACK * count * self.unit[c] for c, v in wanted.items())


# --- lone names --------------------------------------------------------------------------------------------------------


def _without_lone_names(sorter: Sorter, rows: Classified, fits: dict[int, Fit], register: UnitRegister | None) -> Classified:
    """A name alone among full lines, without the serial number that they have, heads a group or is a remark."""
    usual, _ = _usual(fits, rows.data)
    numbered = sum(_numbered(sorter, r) for r in rows.data) * 2 > len(rows.data)
    if usual < 2:
        return rows
    data, groups, others, strange, broken = [], list(rows.groups), list(rows.others), [], error_rows(sorter.grid)
    last = max((r for r in rows.data if fits[r].ok * 2 >= usual), default=-1)
    for r in rows.data:
        if fits[r].mapped == 1 and fits[r].ok and not fits[r].figures and r > last:
            others.append(r)  # a day under the signatures
            continue
        alone = fits[r].mapped == 1 and not fits[r].ok and not (numbered and _numbered(sorter, r)) and r not in broken
        if not alone:
            data.append(r)
            continue
        _, text = _name_of(sorter, r)
        if r < last and (register and register.knows(text) or numbered or _follows_itself(rows, fits, r, usual)):
            groups.append((r, text))
        else:
            strange.append((r, r))
    return replace(rows, data=data, groups=sorted(groups), others=sorted(others), strange=(*rows.strange, *strange))


def _numbered(sorter: Sorter, r: int) -> bool:
    return any(c in sorter.serials for c, _ in sorter.filled(r))


def _follows_itself(rows: Classified, fits: dict[int, Fit], r: int, usual: float) -> bool:
    """True where the next line is a full one."""
    after = next((x for x in rows.data if x > r), None)
    return after is not None and fits[after].ok * 2 >= usual


def error_rows(grid: Grid) -> set[int]:
    """Rows with a formula that gave no result: they hold something."""
    return {r for r, _ in grid.errors}
