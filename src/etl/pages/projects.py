"""Projects as pages tell them: a list of all, and of each what was reported of it month by month."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from etl.pages.shard import Row, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

A_SHARD = 40  # projects in one script


def _cells(*columns: str) -> str:
    listed = ", ".join(f"{column} := json_extract_string(cells, '$.{column}')" for column in columns)
    return f"struct_pack({listed}) AS cells"


LISTED = """
WITH told AS (
    SELECT project_key, unit, period, period_end, 'key_project_monthly' AS form, project_name AS name, stage, total_investment AS amount,
           annual_plan AS plan, completed_ytd AS done, completion_rate AS rate, schedule_gap_pp AS gap, lead_official AS lead,
           township AS place
    FROM fct_project_progress
    UNION ALL
    SELECT project_key, unit, period, period_end, 'investment_monthly', project_name, stage, contracted_amount, NULL,
    arrived_ytd, arrival_rate,
           NULL, lead_official, park
    FROM fct_investment
)

SELECT t.* EXCLUDE (period_end), l.colour
FROM told t LEFT JOIN fct_light l ON l.subject = 'project' AND l.subject_key = t.project_key AND l.unit = t.unit AND l.period = t.period
QUALIFY row_number() OVER (PARTITION BY t.project_key, t.form ORDER BY t.period_end DESC, t.unit) = 1
ORDER BY t.project_key, t.form
"""
# Of each project these rows, month by month; with the cells of the figures that are shown.
TOLD = {
    "progress": f"""SELECT project_key, unit, period, stage, annual_plan, completed_month, completed_ytd, completed_since_start,
                           completion_rate, schedule_gap_pp, planned_start_date::VARCHAR AS planned_start,
                           actual_start_date::VARCHAR AS actual_start, planned_finish_date::VARCHAR AS planned_finish,
                           actual_finish_date::VARCHAR AS actual_finish, progress_text, bottleneck_type, problem_text, lead_official, level,
                           category, builder_name, file, sheet, row_no,
                           {_cells("annual_plan", "completed_month", "completed_ytd", "completed_since_start")}
                    FROM fct_project_progress ORDER BY project_key, period, unit""",
    "invested": f"""SELECT project_key, unit, period, stage, contracted_amount, arrived_month, arrived_ytd, arrived_recognised, share_pct,
                           investor_name, industry, lead_official, file, sheet, row_no,
                           {_cells("contracted_amount", "arrived_month", "arrived_ytd")}
                    FROM fct_investment ORDER BY project_key, period, unit""",
    "lights": """SELECT subject_key AS project_key, unit, period, rate, gap_pp, colour, because FROM fct_light WHERE subject = 'project'
                 ORDER BY subject_key, period, unit""",
    "claims": """SELECT project_key, period, unit, state, reason, share_pct, amount, credited_amount, others, decided_by, why FROM fct_claim
                 ORDER BY project_key, period, unit""",
    "findings": """SELECT p.project_key, i.period, i.unit, i.rule, i.severity, i.file, i.sheet, i.cell, i.sentence
                          FROM fct_data_quality_issue i
                   JOIN (SELECT project_key, line_id FROM fct_project_progress UNION ALL SELECT project_key, line_id
                   FROM fct_investment) p USING (line_id)
                   WHERE i.counts ORDER BY p.project_key, i.period, i.issue_no""",
}


def last_reported(con: DuckDBPyConnection) -> list[Row]:
    """Every project once for each form that tells of it, as it was last reported."""
    return rows(con, LISTED)


def projects(con: DuckDBPyConnection) -> dict[str, dict[str, list[Row]]]:
    """Of each project the rows of each subject."""
    made: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {subject: [] for subject in TOLD})
    for subject, query in TOLD.items():
        for row in rows(con, query):
            made[row.pop("project_key")][subject].append(row)
    return made


def leads(con: DuckDBPyConnection) -> list[Row]:
    """What lead officials are answerable for, by period."""
    return rows(
        con,
        """SELECT l.lead_official AS lead, l.period, l.unit, l.project_name AS name, p.project_key AS key, l.township,
                  l.total_investment, l.annual_plan, l.completed_ytd,
                  l.completion_rate, l.schedule_gap_pp, l.stage, l.months_at_stage, l.colour, l.bottleneck_type, l.problem_text, l.findings
           FROM fct_led_project l LEFT JOIN fct_project_progress p USING (line_id)
           ORDER BY l.lead_official, l.period, l.schedule_gap_pp, l.unit, l.project_name""",
    )
