"""What a unit's page tells beside its figures: score and place, what it owes, how good its data are, what it is held to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from etl.pages.shard import NOBODY, Row, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Of each unit these rows, in this order; a subject that is not published is empty.
TOLD = {
    "places": """SELECT unit, scheme, period, unit_group, rank_no, rank_best, rank_worst, ranked_units, score, score_low,
                        score_high, standing,
                        is_provisional, reason, grade
                 FROM fct_ranking r SEMI JOIN root USING (scheme, version, node) ORDER BY unit, period, scheme""",
    "scores": """SELECT unit, scheme, period, node, parent_node, level_no, node_name, weight, value, uom, target_amount,
                        points, score, working,
                        status, reason
                 FROM fct_score ORDER BY unit, period, scheme, place""",
    "moves": """SELECT unit, scheme, period, previous_period, rank_change, score_change, periods_last
                FROM fct_movement m SEMI JOIN root USING (scheme, version, node) ORDER BY unit, period, scheme""",
    "slots": """SELECT unit, form, period, deadline::VARCHAR AS deadline, strftime(first_received_at, '%Y-%m-%d') AS received,
                       status, verdict,
                       counts, errors, warnings, quarantined, line_total, is_owed, file, mend_until::VARCHAR AS mend_until, is_mendable
                FROM fct_submission ORDER BY unit, period, form""",
    "fitness": "SELECT unit, form, period, verdict, reasons FROM fct_fitness ORDER BY unit, period, form",
    "lights": """SELECT unit, period, subject, subject_key, subject_name, rate, gap_pp, level, colour, periods_in_colour, because
                 FROM fct_light ORDER BY unit, period, subject, subject_key""",
    "matters": """SELECT unit, period, number, kind, subject_name, figures, state, due::VARCHAR AS due, is_past_due, periods_running
                  FROM fct_accountability WHERE state <> 'recovered' ORDER BY unit, is_past_due DESC, due, number""",
    "findings": """SELECT i.unit, i.period, i.form, i.rule, i.severity, i.file, i.sheet, i.cell, i.row_no, i.sentence, i.state,
                          e.expected_effect AS effect,
                          e.told, first_seen_at::DATE::VARCHAR AS since
                   FROM fct_data_quality_issue i LEFT JOIN fct_issue_effect e USING (issue_no)
                        LEFT JOIN (SELECT unit, form, rule, business_key, column_name, min(first_seen_at) AS first_seen_at
                        FROM fct_issue_life
                                   GROUP BY ALL) l ON (l.unit, l.form, l.rule) = (i.unit, i.form, i.rule)
                              AND l.business_key IS NOT DISTINCT FROM i.business_key AND l.column_name IS NOT DISTINCT FROM i.column_name
                   WHERE i.counts ORDER BY i.unit, e.expected_effect DESC NULLS LAST, i.issue_no""",
}


def slots(con: DuckDBPyConnection, period: str) -> list[Row]:
    """Every slot of a period."""
    return rows(con, f"FROM ({TOLD['slots']}) WHERE period = ?", [period])


def units(con: DuckDBPyConnection) -> dict[str, dict[str, list[Row]]]:
    """Of each unit, and of the county as `*`, the rows of each subject."""
    made: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {subject: [] for subject in TOLD})
    for subject, query in TOLD.items():
        for row in rows(con, f"WITH root AS (FROM dim_scheme_node WHERE parent_node IS NULL) {query}"):
            made[row.pop("unit") or NOBODY][subject].append(row)
    return made
