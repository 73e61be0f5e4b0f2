"""What the cases of intake share: one small table of a form in what clerks have made of it, and what is asked of its reading."""

from __future__ import annotations

from decimal import Decimal

from etl.model import cell_name
from tests.fixtures.sheets import LINES, NAMES, SIGNED, TITLES, body_of, columns_of, grid, headers_of, plain, read, reference, rules, values
from tests.layouts.judge import rulebook

FORM = "key_project_monthly"
TOP = ["填报单位：县发改局", None, None, "单位：万元"]
UNTITLED = "云岭县重点项目月报表"
HEADS = headers_of(FORM)
WANT = values(read(plain(FORM))[0])
UNREAD = {"F50", "F51"}


def table(*cover, heads=None, body=None, below=(), name=NAMES[FORM], sheet="Sheet1", **more):
    """Read the example's table under a cover and over some rows."""
    rows = [*cover, HEADS if heads is None else heads, *(body_of(FORM) if body is None else body), *below]
    return read(grid(*rows, sheet=sheet, **more), name=name)


def refusals(readings) -> list[str]:
    """The rules that refuse a submission, or a cell."""
    return sorted(f.rule for r in readings for f in r.findings if rulebook().get(f.rule, ("warning",))[0] == "error")


def is_the_table(readings, allowed=(), want=None, period="2024-03"):
    """One submission with the lines of the example, and nothing said but what is allowed."""
    assert [r.submission.period for r in readings] == [period]
    assert values(readings[0]) == (WANT if want is None else want)
    assert set(rules(readings)) <= set(allowed)


def has_the_table(readings, allowed=()):
    """As `is_the_table`, where other submissions may stand beside it; nothing of them is refused."""
    own = [r for r in readings if (r.submission.form, r.submission.period) == (FORM, "2024-03")]
    assert len(own) == 1
    assert values(own[0]) == WANT
    assert set(rules(own)) <= set(allowed)
    assert not refusals(readings)


def at(readings, rule: str) -> list[str]:
    """The cells at which a rule fired."""
    return [f.cell for r in readings for f in r.findings if f.rule == rule]


def cell_of(column: str, line: int, head: int = 3) -> str:
    """The cell of a column in a line (from 0) of a sheet whose head is in a row (from 1)."""
    return cell_name(head + line, columns_of(FORM).index(column))


def changed(column: str, *new, line: int = 0):
    """The example's rows with other values in one column, from a line on."""
    rows = body_of(FORM)
    for i, value in enumerate(new):
        rows[line + i][columns_of(FORM).index(column)] = value
    return rows


def one_cell(column: str, value, **more):
    """The table with another value in one cell of its first line."""
    return table([TITLES[FORM]], TOP, body=changed(column, value), below=[[SIGNED]], **more)


def value_of(readings, column: str, line: int = 0):
    data = readings[0].lines.columns[column]
    return data.value[line], (data.precision[line] if data.precision else None)


def summed(word, at_column=0):
    """A row of sums with its word in a column; no word where it is None."""
    row = [sum(Decimal(str(line.get(c, 0))) for line in LINES[FORM]) if reference().forms[FORM].by_name[c].type == "amount" else None
           for c in columns_of(FORM)]
    row[at_column] = word
    return row
