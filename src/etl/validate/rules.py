"""Run the rulebook over what was staged, and say what is wrong at which cell."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.model import Issue
from etl.validate.cascades import Cause, blanks_once, columns_once, without_consequences, without_later_phases, without_wrong_units
from etl.validate.failure import Failure
from etl.validate.queries import OWN, NotRun, Pass, RuleError, queries
from etl.validate.rulebook import FIGURES, Rule, RuleSet
from etl.validate.sentences import sentence, wanted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_FIELDS = "submission_id, line_id, column_name, cell, value, expected, difference"
AT_ONCE = 2  # queries; luodi runs on two cores
_ROW = re.compile(r"[A-Z]+(\d+)")
UNJUDGED = "F59"  # marks each submission that a rule would have judged, had its SQL run


@dataclass(frozen=True, slots=True)
class Already:
    """What was found before a pass and may silence what it finds: causes, wrong units of money as (submission, rule), and by
    submission the first phase of the rules in which an error was found; what a rule found that is suspended for the submission
    silences nothing.
    """

    causes: Sequence[Cause] = ()
    units: Collection[tuple[str, str]] = ()
    failed: Mapping[str, int] = field(default_factory=dict)
    suspended: Collection[tuple[str, str]] = frozenset()  # as (rule, submission)


@dataclass(frozen=True, slots=True)
class Telling:
    """How findings are told: in which language, what is suspended, as (rule, submission), and so silences nothing, what could
    not even be rendered, and who is told how many of all rules have been run.
    """

    lang: str = "zh"
    suspended: Collection[tuple[str, str]] = frozenset()
    broken: Sequence[NotRun] = ()
    heard: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What the rules found: the issues that people see, and the rules that did not run."""

    issues: list[Issue]
    not_run: tuple[NotRun, ...] = ()


def run_rules(
    con: DuckDBPyConnection,
    rules: RuleSet,
    *,
    over: Pass = OWN,
    telling: Telling = Telling(),
) -> Examination:
    """Run the rules of a pass over a DuckDB connection, for all forms that came.

    The own pass reads schema `staged`, what was found while reading included; the others read what
    `context.gather` has laid out. What a rule finds where it is suspended (`telling`) silences no other.
    Issues are sorted by file, sheet, row, cell and rule. A rule whose SQL is wrong loses no other's findings: it counts as
    not run, and each submission that it would have judged is marked (F59).
    """
    broken: list[NotRun] = []
    came = forms_that_came(con, over)
    form_names = sorted(rules.forms if "roster" in over.decided_by else came & {*rules.forms})
    rendered = queries(rules, form_names, over, came=came, broken=broken)
    return run_queries(con, rules, rendered, over=over, telling=replace(telling, broken=tuple(broken)))


def run_queries(
    con: DuckDBPyConnection,
    rules: RuleSet,
    rendered: Mapping[tuple[str, str], str],
    *,
    over: Pass = OWN,
    telling: Telling,
) -> Examination:
    """`run_rules` for queries of a pass that are rendered already, by (form, code)."""
    forms, rulebook = rules.forms, rules.rulebook
    found, failed = _blamed(con, forms, rendered, over, telling.heard)
    not_run = (*telling.broken, *failed)
    everything = [f for rows in found.values() for f in rows]
    if UNJUDGED in rulebook:
        everything += _unjudged(con, rulebook, not_run, over)
    if over is OWN:
        everything += _reader_findings(con, forms, rulebook)
    found_before = _found_before(con, over) - {*telling.suspended}
    already = Already((), _wrong_units(found_before, rulebook), _failed(found_before, rulebook), telling.suspended)
    issues = worded(everything, rules, telling.lang, already)
    return Examination(issues, not_run)


def forms_that_came(con: DuckDBPyConnection, over: Pass) -> set[str]:
    """The forms of which a pass has a submission; of the others no rule but the roster's can find anything."""
    return {form for (form,) in con.execute(f"SELECT DISTINCT form FROM {over.schema}.submission WHERE form IS NOT NULL").fetchall()}


def _blamed(
    con: DuckDBPyConnection,
    forms: Mapping[str, Form],
    rendered: Mapping[tuple[str, str], str],
    over: Pass,
    heard: Callable[[int, int], None] | None,
) -> tuple[dict[tuple[str, str], list[Failure]], list[NotRun]]:
    """`find_failures` for the rulebook's own rules, and those of them that do not run: each is then tried by itself."""
    import duckdb

    of_machine = (duckdb.IOException, duckdb.InterruptException, duckdb.OutOfMemoryException)  # no rule's fault
    try:
        return find_failures(con, rendered, over, heard), []
    except of_machine:
        raise
    except duckdb.Error:
        runs, failed = {}, []
        for (form, code), sql in rendered.items():
            try:
                con.execute(f"SELECT {_FIELDS} FROM ({sql})").fetchall()
            except of_machine:
                raise
            except duckdb.Error as error:
                failed.append(RuleError(code, forms[form], str(error).partition("\n")[0].strip()).not_run)
            else:
                runs[form, code] = sql
        if not failed:
            raise
        return find_failures(con, runs, over), failed


def _unjudged(con: DuckDBPyConnection, rulebook: Mapping[str, Rule], not_run: Sequence[NotRun], over: Pass) -> list[Failure]:
    """A mark for each submission that a rule would have judged, had it run."""
    if not not_run:
        return []
    asked = f"SELECT form, submission_id, file, sheet, period_end FROM {over.schema}.submission WHERE form IS NOT NULL"
    rows = con.execute(asked).fetchall()
    return [
        Failure(UNJUDGED, form, sid, None, None, None, one.rule, f"{one.path}: {one.reason}", None, None, sheet or "", file, end)
        for one in not_run
        for form, sid, file, sheet, end in rows
        if form == one.form and rulebook[one.rule].in_force(end)
    ]


def standing_marks(con: DuckDBPyConnection, forms: Mapping[str, Form], landed: str) -> list[NotRun]:
    """The rules that did not run over submissions of earlier nights that count, and have not been run over them since."""
    rows = con.execute(
        f"SELECT DISTINCT i.value, s.form, i.expected FROM {landed}.issue i JOIN {landed}.submission s USING (submission_id)"
        f" WHERE i.rule = '{UNJUDGED}' AND i.found_by = 'own' AND s.counts ORDER BY ALL"
    ).fetchall()
    return [NotRun(rule, form, forms[form].name, *why.split(": ", 1)) for rule, form, why in rows if form in forms]


def find_failures(
    con: DuckDBPyConnection, rendered: Mapping[tuple[str, str], str], over: Pass, heard: Callable[[int, int], None] | None = None
) -> dict[tuple[str, str], list[Failure]]:
    """The rows that each of some queries gives, with their addresses; `heard` is told how many of all queries have been run.

    Most queries find nothing, so addresses are looked up at the end, once a form, instead of joined to every query.
    """
    rows = _rows(con, rendered, heard)
    submissions = _submissions(con, over.schema, {row[0] for found in rows.values() for row in found})
    lines = {
        form: _lines(con, over.schema, form, {row[1] for key, found in rows.items() if key[0] == form for row in found})
        for form in sorted({form for (form, _), found in rows.items() if found})
    }
    return {
        (form, code): [_found(code, form, row, submissions, lines[form]) for row in found] if found else []
        for (form, code), found in rows.items()
    }


def _rows(
    con: DuckDBPyConnection, rendered: Mapping[tuple[str, str], str], heard: Callable[[int, int], None] | None
) -> dict[tuple[str, str], list[tuple]]:
    """What each query gives. A query over few lines is mostly planned, on one core: so two are run at once."""
    [(place,)] = con.execute("SELECT current_database()").fetchall()
    idle: SimpleQueue[DuckDBPyConnection] = SimpleQueue()
    for _ in range(AT_ONCE):
        cursor = con.cursor()
        cursor.execute(f'USE "{place}"')
        idle.put(cursor)

    def run(sql: str) -> list[tuple]:
        cursor = idle.get()
        try:
            return cursor.execute(f"SELECT {_FIELDS} FROM ({sql})").fetchall()
        finally:
            idle.put(cursor)

    rows: dict[tuple[str, str], list[tuple]] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for key, found in zip(rendered, pool.map(run, rendered.values()), strict=True):
            rows[key] = found
            if heard:
                heard(len(rows), len(rendered))
    return rows


def _submissions(con: DuckDBPyConnection, schema: str, ids: set) -> dict[str, tuple]:
    return (
        {
            row[0]: row[1:]
            for row in con.execute(
                f"SELECT submission_id, sheet, file, period_end, headers FROM {schema}.submission"
                " WHERE submission_id IN (SELECT unnest(?::VARCHAR[]))",
                [sorted(i for i in ids if i)],
            ).fetchall()
        }
        if ids
        else {}
    )


def _lines(con: DuckDBPyConnection, schema: str, form: str, ids: set) -> dict[str, tuple]:
    wanted = sorted(i for i in ids if i)
    return (
        {
            row[0]: (*row[1:3], *(json.loads(text) if text else {} for text in row[3:]))
            for row in con.execute(
                f"SELECT line_id, row_no, sheet, cells, raw, to_json(l) FROM {schema}.{form} l"
                " WHERE line_id IN (SELECT unnest(?::VARCHAR[]))",
                [wanted],
            ).fetchall()
        }
        if wanted
        else {}
    )


def _found(code: str, form: str, row: tuple, submissions: Mapping[str, tuple], lines: Mapping[str, tuple]) -> Failure:
    """A row of a rule's query with the place of its line: cell and value are those of its column, unless the query says them."""
    submission_id, line_id, column, cell, value, expected, difference = row
    row_no, sheet, cells, raw, understood = lines.get(line_id, (None, None, {}, {}, {}))
    of_submission, file, period_end, headers = submissions.get(submission_id, (None, None, None, None))
    return Failure(
        code,
        form,
        submission_id,
        line_id,
        column,
        cells.get(column) if cell is None else cell,
        raw.get(column) if value is None else value,
        expected,
        difference,
        row_no,
        next((s for s in (sheet, of_submission) if s is not None), ""),
        file or "",
        period_end,
        json.loads(headers or "{}").get(column),
        _text(understood.get(column)) if value is None else None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _reader_findings(con: DuckDBPyConnection, forms: Mapping[str, Form], rulebook: Mapping[str, Rule]) -> list[Failure]:
    """What was found while reading, as far as the rulebook binds its rules to the form and the period."""
    rows = con.execute("""
        SELECT f.rule, s.form, f.submission_id, f.line_id, f.column_name, f.cell, f.value, f.expected, f.difference,
               f.row_no, coalesce(nullif(f.sheet, ''), s.sheet, ''), s.file, s.period_end,
               json_extract_string(s.headers, f.column_name)
        FROM staged.finding f JOIN staged.submission s USING (submission_id)
    """).fetchall()
    found = [(Failure(*row), rulebook[row[0]]) for row in rows]
    return [f for f, rule in found if rule.in_force(f.period_end) and ((form := forms.get(f.form or "")) is None or rule.covers(form))]


def _found_before(con: DuckDBPyConnection, over: Pass) -> set[tuple[str, str]]:
    """What was found before this pass, as (rule, submission)."""
    if over is OWN:
        return set()
    return set(con.execute(f"SELECT DISTINCT rule, submission_id FROM {over.schema}.finding WHERE submission_id IS NOT NULL").fetchall())


def _wrong_units(found: Collection[tuple[str, str]], rulebook: Mapping[str, Rule]) -> set[tuple[str, str]]:
    """What silences figures of its whole submission, as (submission, rule)."""
    causes = {code for code, rule in rulebook.items() if rule.silences.get(FIGURES)}
    return {(submission, code) for code, submission in found if code in causes}


def _failed(found: Collection[tuple[str, str]], rulebook: Mapping[str, Rule]) -> dict[str, int]:
    """The first phase of the rules in which errors were found, by submission; {} where all rules are of one phase."""
    if len({rule.phase for rule in rulebook.values()}) == 1:
        return {}
    phases = {code: rule.phase for code, rule in rulebook.items() if rule.severity == "error"}
    failed: dict[str, int] = {}
    for code, submission in found:
        if code in phases:
            failed[submission] = min(phases[code], failed.get(submission, phases[code]))
    return failed


def worded(found: Sequence[Failure], rules: RuleSet, lang: str, already: Already | None = None) -> list[Issue]:
    """Findings as issues: in order, each cause once, with their sentences; what was found already may be the cause of some."""
    forms, rulebook = rules.forms, rules.rulebook
    placed = sorted((_placed(f) for f in found), key=_order)
    required = {name: sum(c.required and not c.support and c.block == "table" for c in form.columns) for name, form in forms.items()}
    already = already or Already()
    set_aside = already.suspended
    placed = without_later_phases(placed, rulebook, already.failed, set_aside)
    caused = without_consequences(_once(placed, forms), rulebook, already.causes, set_aside)
    caused = without_wrong_units(caused, already.units, forms, rulebook, set_aside)
    told = blanks_once(columns_once(caused), required)
    return [_issue(f, forms, rulebook[f.rule], lang) for f in sorted(told, key=_order)]


def _placed(f: Failure) -> Failure:
    """The row of a finding is the row of its cell: the head of a form of blocks stands above its lines."""
    match = _ROW.fullmatch(f.cell or "")
    return (
        replace(f, row=int(match.group(1)), difference=_plain(f.difference))
        if match and f.line_id
        else replace(f, difference=_plain(f.difference))
    )


def _plain(number: str | None) -> str | None:
    return re.sub(r"\.?0+$", "", number) if number and re.fullmatch(r"-?\d+\.\d+", number) else number


def arranged(issues: Sequence[Issue]) -> list[Issue]:
    """Issues as people read them: by file, sheet, row, cell and rule."""
    return sorted(issues, key=_order)


def _order(f: Failure | Issue) -> tuple:
    cell = re.fullmatch(r"([A-Z]+)(\d+)", f.cell or "")
    column = (len(cell.group(1)), cell.group(1)) if cell else (0, "")
    return (f.file, f.sheet, f.submission_id, f.row or 0, column, f.rule, f.line_id or "", f.column or "", f.expected or "", f.value or "")


def _once(found: Sequence[Failure], forms: Mapping[str, Form]) -> list[Failure]:
    """One finding a cell and rule in the head and money block, which every line of a form of blocks repeats."""
    seen: Counter = Counter()
    kept = []
    for f in found:
        form = forms.get(f.form or "")
        column = form.by_name.get(f.column) if form and f.column else None
        shared = column is not None and column.block != "table"
        key = (f.submission_id, f.sheet, f.rule, f.cell, f.column, None if shared else (f.line_id, f.row, f.value))
        if not seen[key]:
            kept.append(f)
        seen[key] += 1
    return kept


def _issue(f: Failure, forms: Mapping[str, Form], rule: Rule, lang: str) -> Issue:
    form = forms.get(f.form) if f.form else None
    column = form.by_name.get(f.column) if form and f.column else None
    f = replace(f, expected=f.expected or wanted(rule.code, column, form))
    return Issue(
        submission_id=f.submission_id,
        line_id=f.line_id,
        rule=rule.code,
        severity=rule.severity,
        level=rule.level,
        file=f.file,
        sheet=f.sheet,
        row=f.row,
        cell=f.cell,
        column=f.column,
        value=f.value,
        expected=f.expected,
        difference=f.difference,
        sentence=sentence(rule, f, column, lang),
        rule_version=rule.version,
    )
