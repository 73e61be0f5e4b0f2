"""Compare everything landed: the rules that need other submissions, and what they make of every verdict."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.settled import settled
from etl.forms.contract import Form
from etl.forms.locked import shut_in
from etl.judge.criteria import Criteria
from etl.judge.decide import decide, known, suspended_rules, with_states
from etl.land.settle import settle
from etl.land.tables import quoted
from etl.land.write import Tonight, land_attached
from etl.model import Issue, Reading
from etl.site.decision import Decisions
from etl.validate.context import DOUBTS, doubt, doubted, gather
from etl.validate.likely import Asked, Likely, likely_cells
from etl.validate.queries import CONTEXT, ONE_FILE, NotRun, Pass, queries, tables_read
from etl.validate.rules import Telling, arranged, run_queries, run_rules, standing_marks
from etl.validate.stage import fill_staged
from etl.validate.verdict import quarantined, verdicts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ASKED = ("submission_id", "line_id", "rule", "row_no", "cell", "column_name", "expected")  # the fields of Asked
Weight = namedtuple("Weight", "submission_id severity level state")


@dataclass(frozen=True)
class Compared:
    """What a comparison of everything landed ended in."""

    issues: list[Issue]  # of the comparison alone
    verdicts: dict[str, str]  # final, of every submission ever landed
    quarantined: set[str]  # line_ids that the comparison holds back
    changed: list[str]  # submissions that are not judged as they were the night before
    not_run: tuple[NotRun, ...] = ()  # rules of the comparison, and those that did not run over what counts when it came

    def of(self, submissions: Sequence[str], own: Sequence[Issue]) -> tuple[list[Issue], dict[str, str]]:
        """Issues and verdicts of some submissions, `own` issues included, and what is about no submission at all."""
        mine = set(submissions)
        about = [i for i in self.issues if i.submission_id in mine or i.submission_id not in self.verdicts]
        return arranged([*own, *about]), {sid: self.verdicts[sid] for sid in submissions}


def compare_landed(landed: Path, scratch: Path, criteria: Criteria, lang: str, heard: Callable[[int, int], None] | None = None) -> Compared:
    """Judge all that was landed beside itself, and settle the result in `landed`; `scratch` is a file that is written anew.

    `heard` is told how many of all rules have been run.
    """
    import duckdb

    forms = criteria.forms
    for stale in (scratch, scratch.with_name(scratch.name + ".wal")):
        stale.unlink(missing_ok=True)
    with duckdb.connect(str(scratch)) as con:
        con.execute(f"ATTACH '{quoted(landed)}' AS house (READ_ONLY)")
        shut_in(con)
        gather(con, criteria, "house.landed")
        [(as_of,)] = con.execute("SELECT as_of FROM house.landed.night").fetchall()
        decisions = known(con, "house.landed", criteria.correctable)
        believe(con, criteria, decisions, as_of)
        aside = suspended_rules(con, CONTEXT.schema, decisions, as_of)
        found = run_rules(con, criteria, over=CONTEXT, telling=Telling(lang, aside, heard=heard))
        issues = settled(con, forms, with_states(con, forms, CONTEXT.schema, found.issues, decisions, as_of), "house.landed")
        not_run = {(one.rule, one.form): one for one in (*standing_marks(con, forms, "house.landed"), *found.not_run)}
        own = [
            Asked(*row)
            for row in con.execute(f"SELECT {', '.join(ASKED)} FROM house.landed.issue WHERE found_by = 'own' ORDER BY ALL").fetchall()
        ]
        cells = likely_cells(con, criteria, [*own, *issues], "house.landed", lang)
        likely = {(o.submission_id, o.line_id, o.row, o.rule, o.column, o.cell): astuple(one) for o, one in zip(own, cells) if one.text}
        issues = [_with(i, one) for i, one in zip(issues, cells[len(own) :])]
        held = quarantined(con, forms, issues, CONTEXT.schema)
        readable = dict(con.execute("SELECT submission_id, own_verdict <> 'unreadable' FROM house.landed.submission").fetchall())
        weights = con.execute(
            "SELECT DISTINCT submission_id, severity, level, state FROM house.landed.issue WHERE found_by = 'own'"
        ).fetchall()
    final = verdicts(readable, [*map(Weight._make, weights), *issues])
    changed = settle(landed, forms, issues=issues, verdicts=final, quarantined=held, likely=likely)
    return Compared(issues, final, held, changed, tuple(not_run[key] for key in sorted(not_run)))


def _with(issue: Issue, one: Likely) -> Issue:
    """An issue with what is likely of it, as words and as a figure."""
    return replace(issue, likely=one.text or None, likely_line=one.line_id, likely_column=one.column, likely_value=one.value)


def believe(con: DuckDBPyConnection, criteria: Criteria, decisions: Decisions, as_of: date, over: Pass = CONTEXT) -> None:
    """Find out which gathered lines the comparison with earlier months holds back, and take them out of what is believed.

    What is found of a month depends on earlier months alone. So each round settles at least one more of them, and the
    first that changes nothing is the last; the order of the months and what was doubted before do not matter.
    """
    forms = criteria.forms
    rules = {
        code: rule
        for code, rule in criteria.rulebook.items()
        if rule.level == DOUBTS and rule.severity == "error" and "context" in rule.decided_by
    }
    if not con.execute(f"SELECT 1 FROM {over.schema}.submission GROUP BY unit, form HAVING count(*) > 1 LIMIT 1").fetchone():
        return  # nothing judged here is another's yesterday
    judged = {sid for (sid,) in con.execute(f"SELECT submission_id FROM {over.schema}.submission").fetchall()}
    now = {line for (line,) in con.execute("SELECT line_id FROM gathered.doubted").fetchall()}
    others = {line for line in now if line.rpartition(":")[0] not in judged}
    aside = suspended_rules(con, over.schema, decisions, as_of)
    comparing = replace(criteria, rulebook=rules)
    while rules:
        found = run_rules(con, comparing, over=over, telling=Telling(suspended=aside)).issues
        held = others | doubted(con, forms, with_states(con, forms, over.schema, found, decisions, as_of))
        if held == now:
            return
        doubt(con, forms, held)
        now = held


def _looked_into(forms: dict[str, Form], came: Collection[str], *rendered: Mapping[tuple[str, str], str]) -> dict[str, Form]:
    """The forms that came, and those that their rules compare them with, in the order of the contracts."""
    read = {*came, *(table for of_pass in rendered for sql in of_pass.values() for table in tables_read(sql))}
    return {name: form for name, form in forms.items() if name in read} or forms


def beside(
    con: DuckDBPyConnection,
    readings: Sequence[Reading],
    criteria: Criteria,
    landed: Path | None = None,
    *,
    over: Pass = ONE_FILE,
    lang: str = "zh",
) -> tuple[list[Issue], dict[str, str]]:
    """Judge readings by themselves and beside all that was landed, as the night would, and leave `landed` as it is.

    Works in memory on the DuckDB connection `con`: there the readings are landed in a copy. Returns their issues and
    verdicts. Raises duckdb.IOException where another process writes to `landed`.
    """
    forms, as_of = criteria.forms, criteria.as_of
    came = sorted({form for r in readings if (form := r.submission.form) in forms})
    broken: tuple[list[NotRun], list[NotRun]] = ([], [])
    by_itself = queries(criteria, came, broken=broken[0])
    compared = queries(criteria, came if over is ONE_FILE else None, over, came=came, broken=broken[1])
    if over is ONE_FILE:  # a clerk waits: no table is made that no rule looks into
        forms = _looked_into(forms, came, by_itself, compared)
        criteria = replace(criteria, forms=forms)
    for catalog in ("tonight", "house"):
        con.execute(f"ATTACH ':memory:' AS {catalog}")
    if landed is not None:
        con.execute(f"ATTACH '{quoted(landed)}' AS earlier (READ_ONLY)")
        con.execute("COPY FROM DATABASE earlier TO house")
        con.execute("DETACH earlier")
    shut_in(con)
    con.execute("USE tonight")
    fill_staged(con, readings, forms, criteria.site, "house.landed" if landed is not None else None)
    aside = suspended_rules(con, "staged", criteria.site.decisions, as_of)
    own = run_queries(con, criteria, by_itself, telling=Telling(lang, aside, broken[0])).issues
    readable = {r.submission.submission_id: r.submission.readable for r in readings}
    own, judged, held = decide(con, readings, own, criteria, as_of, "house.landed")
    land_attached(con, forms, Tonight(as_of, judged, held, own))
    con.execute("USE memory")
    gather(con, criteria, "house.landed", only=readable if over is ONE_FILE else None)
    decisions = known(con, "house.landed", criteria.correctable)
    believe(con, criteria, decisions, as_of, over)
    aside = suspended_rules(con, over.schema, decisions, as_of)
    found = run_queries(con, criteria, compared, over=over, telling=Telling(lang, aside, broken[1])).issues
    found = settled(con, forms, with_states(con, forms, over.schema, found, decisions, as_of), "house.landed")
    issues = [*(i for i in own if i.submission_id in readable), *found]
    cells = likely_cells(con, criteria, issues, "house.landed", lang)
    issues = arranged([_with(i, one) for i, one in zip(issues, cells)])
    return issues, verdicts(readable, issues)
