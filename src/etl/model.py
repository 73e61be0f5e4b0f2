"""The small frozen values that travel between the rooms; imported by all, imports nobody.

The words are those of docs/naming.md: a *file* holds one or more *submissions*, a submission holds
*lines*, a rule that fires on them is a *finding* and, once it has its sentence, an *issue*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

OWN = -1  # in `Grid.origin`: of a line itself, beside those of its cells
Merge = tuple[int, int, int, int]  # first row, first col, last row, last col
CellValue = str | int | Decimal | bool | date | datetime | None  # as it lies in a grid, None is blank
Value = str | Decimal | date | int | None  # as it was understood


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(row: int, col: int) -> str:
    """Name a cell of a grid (both counted from 0) as a clerk sees it: (16, 2) is C17."""
    return f"{column_letter(col)}{row + 1}"


class Unreadable(Exception):
    """A file that cannot be opened; `rule` is the code of the rulebook that says so (F27, F28)."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return Unreadable, (self.rule, self.reason)


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it lay in the inbox; its bytes are kept in the archive under their SHA-256."""

    name: str  # path inside the inbox, with forward slashes; what people see
    sha256: str
    size: int
    received_at: datetime  # China time, from arrivals.csv or the file's own time
    order: int  # place in the sequence of receipt, from 1
    path: Path  # where the bytes can be read now


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one delimited file, as cells; nothing is interpreted yet.

    `rows[r][c]` is None, str, int, Decimal, bool, date or datetime; r and c count from 0 at cell A1.
    Rows may have different lengths. Numbers are Decimals free of float noise (15 significant digits), as their
    format shows them: 28,000,000 in the format `0!.0,"万元"` is 2800, and its unit 万元.
    """

    sheet: str  # '' for a delimited file
    rows: list[list[CellValue]]
    visible: bool = True
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()  # numeric cells shown in a percent format
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # (r, c) -> '#REF!'; '' = no stored result
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # (r, c) -> text, only those that name another workbook
    units: dict[tuple[int, int], str] = field(default_factory=dict)  # (r, c) -> unit that the number format shows: 万元
    covered: dict[tuple[int, int], CellValue] = field(default_factory=dict)  # values hidden under a merge; not in `rows`
    struck: frozenset[tuple[int, int]] = frozenset()  # cells shown struck through
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    pictures: int = 0  # pictures that lie on the sheet
    origin: Mapping[tuple[int, int], tuple[str, int, int]] = field(default_factory=dict)  # of a sheet laid out anew: where each cell stands

    def name(self, row: int, col: int) -> str:
        """A cell as the clerk sees it, C17; one that a layout took from another sheet with that sheet's name."""
        sheet, r, c = self.origin.get((row, col), (self.sheet, row, col))
        return cell_name(r, c) if sheet == self.sheet else f"{sheet}!{cell_name(r, c)}"

    def letter(self, row: int, col: int) -> str:
        """The letter of a column as the clerk sees it."""
        return column_letter(self.origin.get((row, col), (self.sheet, row, col))[2])

    def number(self, row: int, col: int = OWN) -> int:
        """The number of a row as the clerk counts, from 1; `col` matters where a layout took a line from several rows."""
        return self.origin.get((row, col), (self.sheet, row, col))[1] + 1

    def cell(self, row: int, col: int) -> CellValue:
        """The value at a place, None where the grid has no such cell."""
        if 0 <= row < len(self.rows) and 0 <= col < len(self.rows[row]):
            return self.rows[row][col]
        return None


@dataclass(frozen=True, slots=True)
class Book:
    """A file's grids, and what the container told of itself."""

    kind: str  # xlsx, xls, ods, csv; by content, never by name
    grids: tuple[Grid, ...]
    macros: bool = False
    encoding: str | None = None  # of a delimited file
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, with the address where the clerk can mend it."""

    rule: str
    sheet: str = ""
    row: int | None = None  # as the clerk counts, from 1
    column: str | None = None  # canonical column of the contract
    cell: str | None = None  # C17
    value: str | None = None  # as sent
    expected: str | None = None
    difference: str | None = None  # expected against found, in the unit of storage
    line: str | None = None  # mark of its line where the row alone does not tell it, see Lines.marks


@dataclass(frozen=True, slots=True)
class ColumnData:
    """One canonical column of all lines of a submission, in line order."""

    raw: list[str | None]  # as sent, as text
    value: Sequence[Value]  # as understood: 万元, 万美元, percentage points, ISO dates
    cells: list[str]  # C17; a merged cell by its first cell
    low: Sequence[Value] | None = None  # interval that the printed value stands for (numbers, dates)
    high: Sequence[Value] | None = None
    precision: list[str | None] | None = None  # of dates: day month quarter half year
    reason: list[str | None] | None = None  # why a value is null although something was sent

    @property
    def figures(self) -> Sequence[Decimal | None]:
        """The values of a column of amounts, numbers or percents: nothing else stands in it."""
        return cast("Sequence[Decimal | None]", self.value)


@dataclass(frozen=True, slots=True)
class Lines:
    """The data lines of one submission, column by column.

    `marks` tell lines apart that stand in one row: the right half of a sheet, another sheet of the same table.
    """

    rows: list[int]  # sheet row of each line, from 1
    columns: dict[str, ColumnData]  # only columns that the sheet has
    marks: tuple[str, ...] = ()  # of each line; () where the row is mark enough
    sheets: tuple[str, ...] = ()  # of each line; () where all stand on the submission's sheet
    headers: dict[str, str] = field(default_factory=dict)  # headers as the clerk wrote them, where they are not the standard ones

    def __len__(self) -> int:
        return len(self.rows)

    def mark(self, i: int) -> str:
        """What tells line `i` apart inside its submission; a line's id ends with it."""
        return self.marks[i] if self.marks else str(self.rows[i])


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of a 小计 / 合计 / 总计 row: kept for reconciliation, never a fact."""

    kind: str  # 小计, 合计, 总计
    row: int
    column: str
    cell: str
    raw: str
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Cover:
    """What the sheet says of itself above and below its table."""

    title: str | None = None
    department: str | None = None  # as printed
    period: str | None = None  # as understood from the title
    money_unit: str | None = None
    nil_declared: bool = False
    preparer: str | None = None
    reviewer: str | None = None
    head: str | None = None
    filled_date: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """One header of a table as the clerk wrote it, with the column that it was read as."""

    at: str  # letter of its column on the sheet
    header: str
    key: str  # the header as it is compared
    name: str | None  # canonical column, None where it names none
    counted: bool  # it names a column, or there are data under it


@dataclass(frozen=True, slots=True)
class Aside:
    """A text among the rows of a table that was not read as a line: whether it was one last month is asked when months are compared."""

    row: int
    cell: str
    text: str
    key: str  # the text as names are compared


@dataclass(frozen=True, slots=True)
class Submission:
    """One form of one unit for one period inside one file."""

    submission_id: str  # first 16 hex digits of the file's SHA-256, form and period
    file: str
    file_sha256: str
    sheet: str
    unit: str | None  # code of the register
    form: str | None
    period: str | None  # 2024-03, 2024-Q1, 2024
    received_at: datetime
    order: int
    cover: Cover = Cover()
    readable: bool = True
    sub_unit: str = ""  # the part of the unit that speaks here, '' for the whole
    answers: str | None = None  # of a reply that came back: the first 16 hex digits of the file that it was about
    layout: tuple[Heading, ...] = ()  # headers of its table, from left to right
    aside: tuple[Aside, ...] = ()  # names in rows of its table that are no lines


@dataclass(frozen=True, slots=True)
class Reason:
    """What a unit wrote beside one issue of a reply that it sent back; a reason for a group comes once for each issue."""

    submission_id: str  # the one that the reply was about
    rule: str
    sheet: str
    cell: str
    column: str
    business_key: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of what speaks for a submission: `value` is a period, a form or a unit's code, `said` the text that says so."""

    value: str | None  # None where the text names nothing that is known
    said: str
    place: str  # where it stands: 文件名, 文件夹, 表题A1, 填报单位B2
    weight: int  # 3 strong, 2 fair, 1 weak
    cell: str | None = None
    about: str = ""  # unit, form or period, once a submission was made of it
    agrees: bool | None = None  # with what was chosen; None where it says nothing for or against it


@dataclass(frozen=True, slots=True)
class Seen:
    """What lay on a sheet in which no table was found."""

    sheet: str
    rows: int
    texts: tuple[str, ...]  # the first of them


@dataclass(frozen=True, slots=True)
class StagedLines:
    """The lines of one submission as their form's table will hold them; see etl.validate.lines."""

    count: int = 0
    headers: dict[str, str] = field(default_factory=dict)  # as in Lines
    columns: tuple[bytes, ...] = ()  # all columns of the table, of some lines each; see etl.validate.columns
    units: frozenset[str] = frozenset()  # names of units in them, as written
    too_large: tuple[Finding, ...] = ()  # F35: numbers that no column can hold


@dataclass(frozen=True, slots=True)
class Reading:
    """What one submission says, and what was wrong with it while it was read."""

    submission: Submission
    lines: Lines | None  # None where none were read, or where they are `staged`
    totals: tuple[Total, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # that its unit, form and period were told by
    seen: tuple[Seen, ...] = ()  # where no table was found
    staged: StagedLines = StagedLines()


OPEN, EXPLAINED, LAPSED, WAIVED, CORRECTED = "open", "explained", "lapsed", "waived", "corrected"  # states of an issue
SUSPENDED = "suspended"  # its rule is: counted, and told to no sender
ANSWERED = (WAIVED, CORRECTED, SUSPENDED)  # an error so answered holds nothing back; as SQL too: state NOT IN {ANSWERED}


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding with its severity and the sentence that tells the clerk how to mend it."""

    submission_id: str
    line_id: str | None
    rule: str
    severity: str  # error, warning, info
    level: str  # cell, row, submission, cross_period, cross_unit, warehouse
    file: str
    sheet: str
    row: int | None
    cell: str | None
    column: str | None
    value: str | None
    expected: str | None
    difference: str | None
    sentence: str
    rule_version: str = ""  # of the rulebook's entry that found it
    state: str = OPEN  # see etl.site.match
    decision: str | None = None  # what answered it: waivers.csv:3
    explanation: str | None = None
    explained_by: str | None = None
    explained_at: datetime | None = None
    likely: str | None = None  # which cell is probably wrong, see etl.validate.likely
    finding: str | None = field(default=None, compare=False)  # its number, once it is landed: F01-3fa9c2d1
    # The same as a figure: line, column and what would fit as stored. Not part of what is said, so of no answer's hash.
    likely_line: str | None = field(default=None, repr=False)
    likely_column: str | None = field(default=None, repr=False)
    likely_value: Decimal | None = field(default=None, repr=False)
    effect: Decimal = field(default=Decimal(0), repr=False)  # expected, in 万元 (fct_issue_effect); orders what is told
    points: Decimal = field(default=Decimal(0), repr=False)  # by which the unit's score would move (fct_issue_score)
    review: str | None = None  # of the explanation: accepted, asked_again, refused; None while it waits
    reviewed_by: str | None = None
    review_why: str | None = None

    @property
    def told(self) -> str:
        """The sentence, and after it which cell is probably wrong."""
        return self.sentence + (self.likely or "")
