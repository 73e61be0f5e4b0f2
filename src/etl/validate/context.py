"""Everything landed, laid out for the rules that compare: which lines are judged, and which are in force beside them.

Tables of schema `gathered`: submission and one per form, with what the comparison needs beside each line. Views of
schema `judged` over it are what rules test, views of schema `history` what they compare it with; those of `believed`
leave out what the comparison with earlier months holds back, so that yesterday's error is no yardstick; those of
`claims` have as well the lines of a refused return that nothing has replaced, since it claims its projects all the same.
Tables of schema `yardstick` have, for each line under test, what was last believed of each of its figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from etl.forms.contract import CLAIMED, Form, with_roles
from etl.validate.earlier import view_of_earlier
from etl.validate.lists import stage_lists
from etl.validate.rulebook import RuleSet
from etl.validate.similar import AT_ONCE, alike_claims, alike_problems, claims_of
from etl.validate.verdict import quarantined

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A line that such an error holds back is not believed. Errors between units (P18) leave its figures believed.
DOUBTS = "cross_period"


class Doubt(NamedTuple):
    """An issue that is landed, as far as it may hold a line back."""

    submission_id: str
    line_id: str | None
    rule: str
    severity: str
    level: str
    state: str
    column: str | None
    row: int | None
    value: str | None


SCHEMAS = ("gathered", "judged", "history", "believed", "claims", "yardstick")
# A return refused for one of these may be about another unit, form or period: it claims nothing.
ABOUT_ANOTHER = ("F22", "F23", "F24", "F32")
REGISTERS = ("unit", "unit_alias", "roster", "setting", "holiday", "fx_rate", "workday", "total", "name")


def gather(con: DuckDBPyConnection, rules: RuleSet, landed: str, only: Collection[str] | None = None) -> None:
    """Lay out what schema `landed` (with its catalog, as `house.landed`) holds; `only` narrows what is judged.

    Judged are the lines of all submissions that their own rules did not refuse, superseded versions too. In force are
    the lines of the versions that count, without those that their own rules hold back. Not believed of these are, until
    `doubt` is told better, the ones that the last comparison held back. Beside each text column c of a line stands
    `c_norm`, beside each name of a unit also `c_code`: the unit's code, else the folded name.
    """
    forms = rules.forms
    for schema in reversed(SCHEMAS):
        con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    con.execute(f"""
        CREATE TABLE gathered.submission AS
        SELECT *, own_verdict IN ('rejected', 'unreadable') AS refused FROM {landed}.submission
        WHERE NOT coalesce(is_echo, false)""")
    for table in REGISTERS:
        con.execute(f"CREATE TABLE gathered.{table} AS FROM {landed}.{table}")
        con.execute(f"CREATE VIEW judged.{table} AS FROM gathered.{table}")
    con.execute("CREATE TABLE gathered.chosen (submission_id VARCHAR)")
    if only:
        con.execute("INSERT INTO gathered.chosen SELECT unnest(?::VARCHAR[])", [sorted(only)])
    chosen = "" if only is None else "WHERE submission_id IN (FROM gathered.chosen)"
    con.execute(f"CREATE VIEW judged.submission AS FROM gathered.submission {chosen}")
    for name, form in sorted(forms.items()):
        con.execute(_lines(form, landed))
        con.execute(f"CREATE VIEW judged.{name} AS FROM gathered.{name} {chosen}")
        history = f"FROM gathered.{name} WHERE in_force AND NOT own_quarantined"
        con.execute(f"CREATE VIEW history.{name} AS {history}")
        con.execute(f"CREATE VIEW believed.{name} AS {history} AND NOT is_doubted")  # a view of a view takes twice as long to plan
    _claims(con, forms, landed)
    con.execute(f"""
        CREATE VIEW judged.finding AS
        SELECT submission_id, line_id, rule, sheet, row_no, column_name, cell, value, expected, difference
        FROM {landed}.issue WHERE found_by = 'own'""")
    con.execute("""
        CREATE VIEW judged.unit_written AS
        SELECT n.text AS written, a.unit, CAST(NULL AS VARCHAR) AS nearest
        FROM gathered.name n LEFT JOIN gathered.unit_alias a ON a.alias_norm = n.norm""")
    con.execute("""
        CREATE VIEW history.received AS
        SELECT submission_id, unit, form, period, period_end, received_at, receipt_order, counts AS in_force
        FROM gathered.submission WHERE withdrawal IS NULL""")
    if only is None:  # what was compared with deliveries before it is, of one file, told by its own rules
        view_of_earlier(con, forms, landed, "judged")
    stage_lists(con, forms)
    _similar(con, forms, float(rules.parameters.word("name_similarity")))
    doubt(con, forms, _held_before(con, forms, landed))


def _claims(con: DuckDBPyConnection, forms: Mapping[str, Form], landed: str) -> None:
    """The lines that claim a project: those in force, and of the last refused return where nothing else came."""
    con.execute(f"""
        CREATE TABLE gathered.standing AS
        SELECT submission_id FROM gathered.submission s
        WHERE refused AND own_verdict = 'rejected' AND NOT coalesce(is_misplaced, false) AND withdrawal IS NULL
          AND submission_id NOT IN (SELECT submission_id FROM {landed}.issue WHERE found_by = 'own' AND rule IN {ABOUT_ANOTHER})
          AND NOT EXISTS (SELECT 1 FROM gathered.submission n
                          WHERE n.unit = s.unit AND n.form = s.form AND n.period = s.period AND n.counts)
        QUALIFY version = max(version) OVER (PARTITION BY unit, form, period, sub_unit)""")
    for name, form in with_roles(forms, *CLAIMED).items():
        con.execute(_lines(form, landed, "claims.refused_" + name, "s.submission_id IN (FROM gathered.standing)"))
        con.execute(f"CREATE VIEW claims.{name} AS FROM history.{name} UNION ALL FROM claims.refused_{name} WHERE NOT own_quarantined")


def doubt(con: DuckDBPyConnection, forms: Mapping[str, Form], lines: Collection[str]) -> None:
    """From now on exactly these lines, by line_id, are the ones not believed."""
    con.execute("CREATE OR REPLACE TABLE gathered.doubted AS SELECT unnest(?::VARCHAR[]) AS line_id", [sorted(lines)])
    chosen = {
        form
        for (form,) in con.execute(
            "SELECT DISTINCT form FROM gathered.submission SEMI JOIN gathered.chosen USING (submission_id)"
        ).fetchall()
    }
    for name, form in forms.items():
        con.execute(f"""
            UPDATE gathered.{name} SET is_doubted = NOT is_doubted
            WHERE is_doubted <> (line_id IN (SELECT line_id FROM gathered.doubted))""")
        if not chosen or name in chosen:
            con.execute(_yardstick(form))


def _yardstick(form: Form) -> str:
    """The table `yardstick.<form>`: of each line under test the figures last believed of the same record, in whatever month.

    For a figure x it has x (value, low, high, period) and x_positive, the last one above 0.
    """
    figures = [c.name for c in form.columns if c.numeric and c.type != "year"]
    known = {
        f"{x}{kind}": f"arg_min({{'value': {x}, 'low': {x}_low, 'high': {x}_high, 'period': period}}, line_id) FILTER ({x} {holds})"
        for x in figures
        for kind, holds in (("", "IS NOT NULL"), ("_positive", "> 0"))
    }
    return f"""
        CREATE OR REPLACE TABLE yardstick.{form.form} AS
        WITH known AS (
            SELECT unit, business_key, period_end{"".join(f", {one} AS {name}" for name, one in known.items())}
            FROM believed.{form.form} GROUP BY unit, business_key, period_end
        ), so_far AS (
            SELECT unit, business_key, period_end{"".join(f", last_value({name} IGNORE NULLS) OVER months AS {name}" for name in known)}
            FROM known
            WINDOW months AS (PARTITION BY unit, business_key ORDER BY period_end ROWS UNBOUNDED PRECEDING)
        )
        SELECT l.line_id AS of_line{"".join(f", s.{name}" for name in known)}
        FROM judged.{form.form} l ASOF JOIN so_far s
          ON s.unit = l.unit AND s.business_key = l.business_key AND s.period_end < l.period_end"""


def doubted(con: DuckDBPyConnection, forms: Mapping[str, Form], issues: Iterable) -> set[str]:
    """The gathered lines that issues of a comparison with earlier months hold back."""
    return quarantined(con, forms, [i for i in issues if i.level == DOUBTS], "gathered")


def _held_before(con: DuckDBPyConnection, forms: Mapping[str, Form], landed: str) -> set[str]:
    """The lines that the last comparison held back, without those that are judged anew."""
    rows = con.execute(f"""
        SELECT submission_id, line_id, rule, severity, level, state, column_name, row_no, value FROM {landed}.issue
        WHERE found_by = 'context' AND severity = 'error' AND submission_id NOT IN (SELECT submission_id FROM gathered.chosen)
    """).fetchall()
    return doubted(con, forms, map(Doubt._make, rows))


def _similar(con: DuckDBPyConnection, forms: Mapping[str, Form], at_least: float) -> None:
    """The pairs of folded names that are alike, equal ones included, in both directions."""
    con.execute("CREATE TABLE gathered.similar (one VARCHAR, other VARCHAR)")
    judged = "gathered.{form} WHERE period IN (SELECT period FROM judged.submission)"
    claims = alike_claims(con, claims_of(forms, judged), at_least)
    found = chain(claims["name"], claims["owner"], alike_problems(con, forms, at_least))
    while some := list(islice(found, AT_ONCE)):
        one, other, _ = zip(*some)
        con.execute("INSERT INTO gathered.similar SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])", [list(one), list(other)])
    con.execute("INSERT INTO gathered.similar SELECT other, one FROM gathered.similar WHERE one <> other")
    con.execute("CREATE VIEW judged.similar AS SELECT DISTINCT one, other FROM gathered.similar")


def _lines(form: Form, landed: str, table: str | None = None, which: str = "NOT s.refused") -> str:
    """The table of one form: its landed lines that were not refused, with folded texts and codes of units."""
    texts = [c for c in form.columns if c.type == "text"]
    folded = [f"{c.name}_n.norm AS {c.name}_norm" for c in texts]
    folded += [f"coalesce({c.name}_u.unit, {c.name}_n.norm) AS {c.name}_code" for c in texts if c.register == "unit"]
    joins = [f"LEFT JOIN {landed}.name {c.name}_n ON {c.name}_n.text = l.{c.name}" for c in texts]
    joins += [f"LEFT JOIN {landed}.unit_alias {c.name}_u ON {c.name}_u.alias_norm = {c.name}_n.norm" for c in texts if c.register == "unit"]
    return f"""
        CREATE TABLE {table or "gathered." + form.form} AS
        SELECT l.*, s.counts AS in_force, false AS is_doubted, {", ".join(folded)}
        FROM {landed}.{form.form} l JOIN gathered.submission s USING (submission_id)
        {" ".join(joins)}
        WHERE {which}"""
