"""Settle what a night's comparison found: the issues, final verdicts and quality of everything landed, replaced as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.land.tables import ISSUE, fill, quoted
from etl.model import ANSWERED, Issue

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Where an own issue stands; what is added to one is added to all at its place.
PLACE = ("submission_id", "line_id", "row_no", "rule", "column_name", "cell")
ADDED = ("likely", "likely_line", "likely_column", "likely_value")


def settle(
    landed: Path,
    forms: Mapping[str, Form],
    *,
    issues: Iterable[Issue],
    verdicts: Mapping[str, str],
    quarantined: Collection[str],
    likely: Mapping[tuple, tuple] | None = None,
) -> list[str]:
    """Replace all issues of the comparison, and bring verdicts and quality up to them, in one transaction.

    `verdicts` by submission_id are the final ones of every submission, `quarantined` the line_ids that the comparison
    holds back, `likely` by place what it adds to own issues (see `PLACE` and `ADDED`). Returns the submissions
    whose verdict, issues of the comparison or additions are not those of the night before.
    """
    import duckdb

    con = duckdb.connect()
    try:
        con.execute(f"ATTACH '{quoted(landed)}' AS house")
        con.execute("USE house")
        con.execute("BEGIN")
        con.execute("CREATE TEMP TABLE fresh AS FROM landed.issue LIMIT 0")
        fill(con, "fresh", ISSUE, issue_rows(issues, "context"))
        con.execute("CREATE TEMP TABLE quarantined_line (line_id VARCHAR)")
        fill(con, "quarantined_line", {"line_id": "VARCHAR"}, [(line,) for line in sorted(quarantined)])
        con.execute("CREATE TEMP TABLE final (submission_id VARCHAR, verdict VARCHAR)")
        fill(con, "final", {"submission_id": "VARCHAR", "verdict": "VARCHAR"}, sorted(verdicts.items()))
        _hint(con, likely or {})
        changed = [
            row[0]
            for row in con.execute("""
            WITH past AS (SELECT * EXCLUDE (finding) FROM landed.issue WHERE found_by = 'context'),
            now AS (SELECT * EXCLUDE (finding) FROM fresh),
            other AS ((FROM past EXCEPT ALL FROM now) UNION ALL (FROM now EXCEPT ALL FROM past))
            SELECT s.submission_id FROM landed.submission s LEFT JOIN final USING (submission_id)
            WHERE final.verdict IS DISTINCT FROM s.verdict OR s.submission_id IN (SELECT submission_id FROM other)
               OR s.submission_id IN (SELECT submission_id FROM hinted)
            ORDER BY 1
        """).fetchall()
        ]
        con.execute("DELETE FROM landed.issue WHERE found_by = 'context'")
        con.execute("INSERT INTO landed.issue FROM fresh")
        con.execute("""
            UPDATE landed.submission AS s SET verdict = final.verdict FROM final
            WHERE final.submission_id = s.submission_id AND final.verdict IS DISTINCT FROM s.verdict
        """)
        recompute_quality(con, forms)
        number_findings(con, forms)
        con.execute("COMMIT")
        con.execute("CHECKPOINT house")
        return changed
    finally:
        con.close()


def _hint(con: DuckDBPyConnection, likely: Mapping[tuple, tuple]) -> None:
    """Bring what own issues say of the likely cell up to date; `hinted` names those that said something else."""
    columns = {name: ISSUE[name] for name in (*PLACE, *ADDED)}
    con.execute(f"CREATE TEMP TABLE hint ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    fill(con, "hint", columns, [(*place, *added) for place, added in likely.items()])
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM i.{name}" for name in PLACE)
    con.execute(f"""
        CREATE TEMP TABLE hinted AS
        SELECT i.rowid AS at, i.submission_id, {", ".join(f"h.{name}" for name in ADDED)} FROM landed.issue i LEFT JOIN hint h ON {same}
        WHERE i.found_by = 'own' AND ({" OR ".join(f"h.{name} IS DISTINCT FROM i.{name}" for name in ADDED)})
    """)
    added = ", ".join(f"{name} = hinted.{name}" for name in ADDED)
    con.execute(f"UPDATE landed.issue AS i SET {added} FROM hinted WHERE i.rowid = hinted.at")


def number_findings(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Number what was found after what it is about: slot, rule, record, column, and which of several alike it is.

    So a finding keeps its number from night to night, and from one version of a form to the next that has it still; whatever
    else is found, it moves nothing. What nobody can place is of its submission.
    """
    lines = " UNION ALL ".join(f'SELECT line_id, business_key FROM landed."{name}"' for name in forms)
    con.execute(f"""
        UPDATE landed.issue AS i SET finding = numbered.finding
        FROM (
            SELECT spot, rule || '-' || substring(md5(concat_ws(chr(31), slot, rule, key, col, row_number() OVER (
                       PARTITION BY submission_id, rule, key, col
                       ORDER BY file, sheet, row_no, cell, value, expected, difference, sentence, spot))), 1, 8) AS finding
            FROM (SELECT i.rowid AS spot, i.*, coalesce(l.business_key, '') AS key, coalesce(i.column_name, '') AS col,
                         CASE WHEN s.unit IS NULL OR s.form IS NULL OR s.period IS NULL THEN i.submission_id
                              ELSE concat_ws('|', s.unit, s.sub_unit, s.form, s.period) END AS slot
                  FROM landed.issue i LEFT JOIN landed.submission s USING (submission_id) LEFT JOIN ({lines}) l USING (line_id))
        ) AS numbered
        WHERE i.rowid = numbered.spot AND i.finding IS DISTINCT FROM numbered.finding
    """)


def recompute_quality(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Bring quality of lines and counts of submissions up to the issues that are landed; `quarantined_line` names the lines held back.

    A line that is held back by itself stays so. One cause counts once: a rule at several cells of a record, or at a
    record that was pasted twice. Rows that are right already are left alone.
    """
    for name in forms:
        con.execute(f"""
            UPDATE landed."{name}" AS l SET quality_status = now.status
            FROM (SELECT line_id, CASE
                      WHEN own_quarantined OR line_id IN (FROM quarantined_line) THEN 'quarantined'
                      WHEN line_id IN (SELECT line_id FROM landed.issue WHERE line_id IS NOT NULL
                                       AND (severity = 'warning' AND state <> 'corrected' OR state IN ('waived', 'suspended')))
                          THEN 'accepted_with_warnings'
                      ELSE 'accepted' END AS status
                  FROM landed."{name}") AS now
            WHERE now.line_id = l.line_id AND now.status IS DISTINCT FROM l.quality_status
        """)
    lines = " UNION ALL ".join(f'SELECT submission_id, line_id, business_key, quality_status FROM landed."{name}"' for name in forms)
    con.execute(f"""
        UPDATE landed.submission AS s SET errors = now.errors, warnings = now.warnings, quarantined = now.quarantined
        FROM (
            SELECT s.submission_id, coalesce(i.errors, 0) AS errors, coalesce(i.warnings, 0) AS warnings,
                   coalesce(q.lines, 0) AS quarantined
            FROM landed.submission s
            LEFT JOIN (SELECT submission_id, file,
                              count(DISTINCT cause) FILTER (WHERE severity = 'error' AND state NOT IN {ANSWERED}) AS errors,
                              count(DISTINCT cause) FILTER (WHERE severity = 'warning') AS warnings
                       FROM (SELECT i.*, i.rule || '|' || coalesce(l.business_key, i.line_id, i.cell, i.column_name, '') AS cause
                             FROM landed.issue i LEFT JOIN ({lines}) l ON l.line_id = i.line_id) GROUP BY submission_id, file) i
                ON i.submission_id = s.submission_id AND i.file = s.file
            LEFT JOIN (SELECT submission_id, count(*) AS lines FROM ({lines})
                       WHERE quality_status = 'quarantined' GROUP BY submission_id) q ON q.submission_id = s.submission_id
        ) AS now
        WHERE now.submission_id = s.submission_id
          AND (now.errors, now.warnings, now.quarantined) IS DISTINCT FROM (s.errors, s.warnings, s.quarantined)
    """)


def issue_rows(issues: Iterable[Issue], found_by: str) -> list[tuple]:
    """Issues as rows of `landed.issue`, in one fixed order."""
    return sorted(
        (
            (i.submission_id, i.line_id, i.rule, i.severity, i.level, i.file, i.sheet, i.row, i.cell, i.column)
            + (i.value, i.expected, i.difference, i.sentence, i.rule_version)
            + (i.state, i.decision, i.explanation, i.explained_by, i.explained_at, found_by)
            + (i.likely, i.likely_line, i.likely_column, i.likely_value, i.finding, i.review, i.reviewed_by, i.review_why)
            for i in issues
        ),
        key=lambda row: tuple((value is None, value if value is not None else "") for value in row),
    )
