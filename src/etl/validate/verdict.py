"""The verdict on each submission, and the lines that are held back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.model import ANSWERED, CORRECTED, SUSPENDED, WAIVED, Issue

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from etl.validate.context import Doubt
    from etl.validate.failure import Failure

UNREADABLE, REJECTED, PARTLY, WARNED, ACCEPTED = ("unreadable", "rejected", "partly_accepted", "accepted_with_warnings", "accepted")
OF_A_LINE = ("cell", "row", "cross_period", "cross_unit")


# Rules that may speak of whole columns, with the lines that they hold back: those without a value there, or with one.
WHOLE_COLUMN = {"F20": "{column} IS NULL", "P25C": "{column} <> 0"}
MEANT = "、"  # between the headers of several columns that P25C speaks of, in its value


def verdicts(submissions: Mapping[str, bool], issues: Iterable) -> dict[str, str]:
    """The verdict of each submission; `submissions` maps its id to whether it could be read; of an
    issue only submission_id, severity, level and state matter.

    unreadable: the file cannot be opened; rejected: an error of level submission; partly_accepted: an error
    that holds back a line; accepted_with_warnings: a warning, or an error that is waived; accepted: nothing, or information only.
    """
    of = defaultdict(list)
    for issue in issues:
        of[issue.submission_id].append(issue)
    return {sid: _verdict(readable, of[sid]) for sid, readable in submissions.items()}


def _verdict(readable: bool, issues: list) -> str:
    if not readable:
        return UNREADABLE
    errors = [i for i in issues if i.severity == "error" and i.state not in ANSWERED]
    if any(i.level == "submission" for i in errors):
        return REJECTED
    if any(i.level in OF_A_LINE for i in errors):
        return PARTLY
    asked = (i.severity == "warning" and i.state not in (CORRECTED, SUSPENDED) or i.state == WAIVED for i in issues)
    return WARNED if any(asked) else ACCEPTED


def quarantined(con: DuckDBPyConnection, forms: Mapping[str, Form], issues: Iterable[Issue | Doubt], schema: str = "staged") -> set[str]:
    """The line_ids that are held back: those with an error of their own or of one of their columns, and all lines of a
    self-evaluation with an error in its head, its money block or its weights, which belong to every line.

    `schema` has the tables that the issues are about."""
    held: set[str] = set()
    whole: set[tuple[str, str]] = set()
    form_of = dict(con.execute(f"SELECT submission_id, form FROM {schema}.submission").fetchall())
    for issue in issues:
        if issue.severity != "error" or issue.state in ANSWERED or issue.level not in OF_A_LINE:
            continue
        form = forms.get(form_of.get(issue.submission_id) or "")
        column = form.by_name.get(issue.column) if form and issue.column else None
        if issue.line_id is None:
            if form is not None and column is not None and of_a_column(issue):
                told = (issue.value or "").split(MEANT)
                names = [c.name for c in form.columns if c.header in told] or [column.name]
                where = " OR ".join(WHOLE_COLUMN[issue.rule].format(column=name) for name in names)
                held.update(_lines(con, f"{schema}.{form.form}", issue.submission_id, f"({where})"))
            continue
        held.add(issue.line_id)
        if form is not None and column is not None and (column.block != "table" or form.layout == "blocks" and issue.column == "weight"):
            whole.add((form.form, issue.submission_id))
    for name, submission_id in sorted(whole):
        held.update(_lines(con, f"{schema}.{name}", submission_id))
    return held


def of_a_column(finding: Issue | Doubt | Failure) -> bool:
    """True where a finding is about a whole column and not about the one cell that it names."""
    return finding.rule in WHOLE_COLUMN and finding.line_id is None and finding.row is None and finding.column is not None


def _lines(con: DuckDBPyConnection, table: str, submission_id: str, where: str = "true") -> list[str]:
    rows = con.execute(f"SELECT line_id FROM {table} WHERE submission_id = ? AND {where}", [submission_id]).fetchall()
    return [line for (line,) in rows]
