"""Add to what the rules found which cell is probably wrong, and what would fit: told to the clerk, never applied.

Works on what is landed, lines of refused submissions too, and on the lines in force of the month before in `history`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.period import GRAIN_OF, MONTHS
from etl.texts.catalogue import Say, speaker
from etl.validate.culprit import REPAIRED, Key, Problem, Repair, Suggestion, Suspect, System
from etl.validate.queries import HISTORY, end_before
from etl.validate.rulebook import Parameters, RuleSet
from etl.validate.slips import Slip
from etl.validate.systems import (
    SHARED,
    TOTAL,
    Figures,
    cell_of,
    column_system,
    line_system,
    sheet_system,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOTAL_RULE, RANGE_RULE = "F21", "F35"
COPIED = ("P05", "P05E")  # where the whole row is last month's no single cell is to blame
LEFT_OUT = 0.9  # a row that a total leaves out, or has twice, is likelier than a slip of a digit


@dataclass(frozen=True, slots=True)
class Asked:
    """An issue as far as it is needed here; whatever has these fields will do."""

    submission_id: str
    line_id: str | None
    rule: str
    row: int | None
    cell: str | None
    column: str | None
    expected: str | None


@dataclass(frozen=True, slots=True)
class Likely:
    """What is told of one issue; where one figure of this month explains it, which one and the value that would fit."""

    text: str = ""
    line_id: str | None = None  # None for a total, which no line holds
    column: str | None = None
    value: Decimal | None = None  # as stored


def likely_cells(con: DuckDBPyConnection, rules: RuleSet, issues: Sequence, landed: str, lang: str) -> list[Likely]:
    """For each issue what is added to its sentence and the figure that it proposes, empty where nothing is likely enough.

    `con` has the tables of schema `landed` (with its catalog) and those that `context.gather` lays out.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    form_of = dict(con.execute(f"SELECT submission_id, form FROM {landed}.submission").fetchall())
    copied = {i.line_id for i in issues if i.rule in COPIED}
    for at, issue in enumerate(issues):
        form = rules.forms.get(form_of.get(issue.submission_id) or "")
        if form and issue.column and issue.line_id not in copied and issue.rule in _rules(form):
            wanted[form.form].append(at)
    found = [Likely()] * len(issues)
    for name, places in sorted(wanted.items()):
        desk = _FormIssues(con, rules.forms[name], rules.parameters, landed, lang)
        for at, likely in desk.explain([(at, issues[at]) for at in places]):
            found[at] = likely
    return found


def _rules(form: Form) -> set[str]:
    return {code for i in form.identities for code in i.rules} | {TOTAL_RULE, RANGE_RULE}


class _FormIssues:
    """The issues of one form, line by line."""

    def __init__(self, con: DuckDBPyConnection, form: Form, cfg: Parameters, landed: str, lang: str) -> None:
        self.con, self.form, self.cfg, self.landed, self.lang = con, form, cfg, landed, lang
        self.by_sheet = any(r.scope in ("sum", "total") for i in form.identities for r in i.refs)

    def explain(self, asked: Sequence[tuple[int, Asked]]) -> Iterable[tuple[int, Likely]]:
        """What is said at each issue, by its place."""
        sums = [(at, i) for at, i in asked if i.rule == TOTAL_RULE]
        lines = [(at, i, i.line_id, i.column) for at, i in asked if i.rule != TOTAL_RULE and i.line_id and i.column]
        figures = self._figures(
            {i.submission_id for _, i in sums} | {i.submission_id for _, i, _, _ in lines} if self.by_sheet else (),
            {line_id for _, _, line_id, _ in lines},
        )
        groups: dict[str, list[tuple[int, Asked, Key]]] = defaultdict(list)
        for at, issue, line_id, column in lines:
            if line_id in figures:
                groups[issue.submission_id if self.by_sheet else line_id].append((at, issue, self._key(column, line_id)))
        for name, mine in groups.items():
            problems = self._system(name, figures).problems({i.rule for _, i, _ in mine})
            for at, issue, key in mine:
                problem = next((p for p in problems if p.concerns(issue.rule, key)), None)
                if problem and (likely := self._likely(problem, issue)).text:
                    yield at, likely
        for at, issue in sums:
            if (likely := self._sum(issue)).text:
                yield at, likely

    def _likely(self, problem: Problem, issue: Asked) -> Likely:
        """What a problem says of an issue: in words, and as a figure where one change of this month's figures explains it."""
        text = say(problem, issue.cell, self.form, self.lang)
        told = problem.told()
        if len(told) != 1 or len(told[0].changes) != 1 or told[0].changes[0].cell.earlier:
            return Likely(text)
        (change,) = told[0].changes
        line, column = change.key
        return Likely(text, None if line == TOTAL else issue.line_id if line == SHARED else line, column, change.slip.value)

    def _key(self, column: str, line_id: str) -> Key:
        own = self.by_sheet and self.form.by_name[column].block == "table"
        return (line_id if own else SHARED, column)

    def _system(self, name: str, figures: Mapping[str, tuple[Figures, Figures | None]]) -> System:
        if not self.by_sheet:
            return line_system(self.form, self.cfg, *figures[name])
        lines = [line for line, _ in figures.values() if line.line_id.rpartition(":")[0] == name]
        shared = {tuple(line.numbers.get(c.name) for c in self.form.columns if c.block != "table") for line in lines}
        if len(shared) > 1:  # several programmes on one sheet: their sums are not told apart
            return System({}, [])
        return sheet_system(self.form, self.cfg, lines, self._totals(name))

    def _totals(self, submission_id: str) -> dict[str, Suspect]:
        rows = self.con.execute(
            f"SELECT column_name, value, low, high, raw, cell FROM {self.landed}.total"
            " WHERE submission_id = ? AND kind = '总分' AND value IS NOT NULL ORDER BY row_no",
            [submission_id],
        ).fetchall()
        return {column: Suspect(value, low, high, raw, column, cell, counted=True) for column, value, low, high, raw, cell in rows}

    def _figures(self, submissions: Iterable[str], line_ids: Iterable[str]) -> dict[str, tuple[Figures, Figures | None]]:
        """The lines named, or all of some submissions, with the same record a period earlier where it is in force."""
        columns = [c.name for c in self.form.columns if c.type in ("amount", "number", "percent")]
        if not columns:
            return {}
        numbers = ", ".join(f"{{t}}.{c}, {{t}}.{c}_low, {{t}}.{c}_high" for c in columns)
        near = ", ".join(f"{way}({c}) OVER w AS {way}_{c}" for way in ("lag", "lead") for c in columns)
        beside = ", ".join(f"l.{way}_{c}" for way in ("lag", "lead") for c in columns)
        rows = self.con.execute(
            f"""
            WITH near AS (
                SELECT *, {near} FROM {self.landed}.{self.form.form}
                WHERE submission_id IN (SELECT unnest(?::VARCHAR[]))
                   OR submission_id IN (SELECT submission_id FROM {self.landed}.{self.form.form}
                                        WHERE line_id IN (SELECT unnest(?::VARCHAR[])))
                WINDOW w AS (PARTITION BY submission_id, sheet ORDER BY row_no)
            )
            SELECT l.line_id, month(l.period_end), l.raw, l.cells, {numbers.format(t="l")}, {beside},
                   p.line_id, month(p.period_end), p.raw, p.cells, {numbers.format(t="p")}
            FROM near l LEFT JOIN {HISTORY}.{self.form.form} p
              ON p.unit = l.unit AND p.business_key = l.business_key
             AND p.period_end = {end_before(self.form.cadence, "l.period_end")}
            WHERE l.submission_id IN (SELECT unnest(?::VARCHAR[])) OR l.line_id IN (SELECT unnest(?::VARCHAR[]))
            QUALIFY row_number() OVER (PARTITION BY l.line_id ORDER BY p.line_id) = 1
            ORDER BY l.line_id""",
            [sorted(submissions), sorted(line_ids)] * 2,
        ).fetchall()
        n = len(columns)
        found = {}
        for row in rows:
            above, below = (
                {c: v for c, v in zip(columns, part) if v is not None} for part in (row[4 + 3 * n : 4 + 4 * n], row[4 + 4 * n : 4 + 5 * n])
            )
            line = self._line(columns, row[:4], row[4 : 4 + 3 * n], above, below)
            earlier = row[4 + 5 * n :]
            found[row[0]] = line, self._line(columns, earlier[:4], earlier[4:], {}, {}) if earlier[0] else None
        return found

    def _line(self, columns: Sequence[str], head: tuple, ends: tuple, above: dict, below: dict) -> Figures:
        line_id, month, sent, places = head
        numbers = {c: ends[3 * i : 3 * i + 3] for i, c in enumerate(columns) if None not in ends[3 * i : 3 * i + 3]}
        return Figures(line_id, self._first_month(month), numbers, json.loads(sent), json.loads(places), above, below)

    def _first_month(self, last: int) -> int | None:
        """The month in which a period begins that ends in another; None where it is a year, or no whole months."""
        grain = GRAIN_OF[self.form.cadence]
        return last - MONTHS[grain] + 1 if grain in MONTHS and grain != "year" else None

    def _sum(self, issue: Asked) -> Likely:
        """What is wrong with a total that is not the sum of its lines: the total, one of the lines, or a line left out."""
        total = self.con.execute(
            f"SELECT value, low, high, raw, cell FROM {self.landed}.total WHERE submission_id = ? AND row_no = ? AND column_name = ?"
            " AND value IS NOT NULL",
            [issue.submission_id, issue.row, issue.column],
        ).fetchone()
        wanted = Decimal(issue.expected) if issue.expected and _is_number(issue.expected) else None
        column = issue.column
        if total is None or wanted is None or column is None:
            return Likely()
        span = self._span(issue, wanted)
        if not span:
            return Likely()
        figures = self._figures((), span)
        parts: dict[Key, Suspect] = {
            (line, column): cell_of(self.form, figures[line][0], column) for line in span if column in figures[line][0].numbers
        }
        value, low, high, raw, cell = total
        head = Suspect(value, low, high, raw, column, cell, counted=True)
        found: list[Suggestion] = []
        for problem in column_system(head, parts).problems():
            for one in problem.suggestions:
                (change,) = one.changes[:1]
                if change.key[0] == TOTAL:
                    found.append(one)
                elif one.changes == (change,) and (weighed := self._beside_its_line(one, *figures[change.key[0]])):
                    found.append(weighed)
            found += self._left_out(head, wanted, parts)
            ranked = tuple(sorted(found, key=lambda s: (s.cost, str(s.changes[0].key))))
            return self._likely(replace(problem, suggestions=ranked), issue)
        return Likely()

    def _span(self, issue: Asked, wanted: Decimal) -> list[str]:
        """The lines that a total sums: of those next to it as many as add up to what its finding says they do."""
        rows = self.con.execute(
            f"SELECT line_id, row_no, {issue.column} FROM {self.landed}.{self.form.form}"
            f" WHERE submission_id = ? AND {issue.column} IS NOT NULL ORDER BY row_no",
            [issue.submission_id],
        ).fetchall()
        sides = [[r for r in rows if r[1] < issue.row][::-1], [r for r in rows if r[1] > issue.row], rows]
        spans = [side[:i] for side in sides for i, s in enumerate(accumulate(r[2] for r in side), start=1) if s == wanted]
        return [line_id for line_id, _, _ in max(spans, key=len, default=[])]

    def _beside_its_line(self, one: Suggestion, line: Figures, before: Figures | None) -> Suggestion | None:
        """A change of a line weighed by what it does there; None where it breaks what held."""
        change = one.changes[0]
        system = line_system(self.form, self.cfg, line, before)
        broken, repaired = system.upset_by(replace(change, key=(SHARED, change.key[1])))
        return None if broken else replace(one, cost=one.cost - REPAIRED * repaired)

    def _left_out(self, total: Suspect, wanted: Decimal, parts: Mapping[Key, Suspect]) -> list[Suggestion]:
        """The total with one row too few or too many, where just one row has the missing amount."""
        found = []
        for kind, missing in (("left_out", wanted - total.value), ("twice", total.value - wanted)):
            rows = [cell for cell in parts.values() if cell.value and cell.value == missing]
            if len(rows) == 1 and len(parts) > 1:
                slip = Slip(kind, LEFT_OUT, wanted / total.printed.scale, wanted, rows[0].place)
                found.append(Suggestion((Repair((TOTAL, total.column), total, slip),), LEFT_OUT))
        return found


def say(problem: Problem, at: str | None, form: Form, lang: str) -> str:
    """A problem's likeliest explanation in words, '' where there is none; `at` is the cell whose sentence goes before."""
    told = problem.told()
    words = speaker(lang)
    ways = dict.fromkeys(_way(s.changes, at if len(told) == 1 else None, form, words) for s in told)
    return words("likely.opening", what=words("likely.either").join(ways)) if ways else ""


def _way(changes: Sequence[Repair], at: str | None, form: Form, words: Say) -> str:
    if changes[0].slip.kind == "exchanged":
        one, other = sorted(_place(c, None, form, words) for c in changes)
        return words("likely.exchanged", one=one, other=other)
    return words("likely.both").join(_change(c, at, form, words) for c in changes)


def _change(change: Repair, at: str | None, form: Form, words: Say) -> str:
    slip = change.slip
    kind = slip.like if slip.kind == "neighbour" else slip.kind
    like = form.by_name[slip.like].header if slip.kind == "column" else slip.like
    what = words(f"slip.{kind}", like=like)
    should = words("likely.about" if slip.about else "likely.should", what=what, sent=change.sent, fitting=change.fitting)
    place = _place(change, at, form, words)
    return f"{place} {should}" if place and (place[-1].isascii() or should[0].isascii()) else f"{place}{should}"


def _place(change: Repair, at: str | None, form: Form, words: Say) -> str:
    header = form.by_name[change.cell.column].header
    if change.cell.earlier:
        return words("likely.before", header=header)
    if change.cell.place == at:
        return ""
    return words("likely.place", cell=change.cell.place, header=header)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
