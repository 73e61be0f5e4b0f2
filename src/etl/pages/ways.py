"""The way from a figure down to its cells: what every line adds, and the line as it was sent, by form, unit and period.

DuckDB puts the JSON together: there are millions of additions, and they are only carried along here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.pages.frame import MEASURES
from etl.pages.shard import NOBODY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Slot = tuple[str, str, str]  # form, unit, period

# Lines: [submission's place, row, disposition, key, what stood in the cells, where, findings, members]; submissions: [file, sheet,
# arrival, verdict, version, whether it counts]; additions by measure: [role, whom they count for, columns, amount, the line's place,
# what stands for it]. A line of another slot is [form, unit, period, place].
WAYS = f"""
WITH sent AS (
    SELECT
        submission_id,
        to_json([file, sheet, strftime(received_at, '%Y-%m-%d %H:%M'), verdict, version::VARCHAR, counts::VARCHAR])::VARCHAR AS told
    FROM fct_submission_version
),

found AS (
    SELECT line_id, string_agg(to_json([rule, severity, cell, sentence])::VARCHAR, ',' ORDER BY issue_no) AS told
    FROM fct_data_quality_issue WHERE line_id IS NOT NULL GROUP BY line_id
),

member AS (
    SELECT line_id, string_agg(to_json(grain)::VARCHAR || ':' || members, ',' ORDER BY grain) AS told
    FROM (SELECT line_id, grain, to_json(list(member ORDER BY member))::VARCHAR AS members FROM bridge_line_member GROUP BY line_id, grain)
    GROUP BY line_id
),

line AS (
    SELECT
        form, coalesce(unit, '{NOBODY}') AS unit, coalesce(period, '{NOBODY}') AS period, submission_id, line_id, row_no, disposition,
        business_key, raw, cells,
        dense_rank() OVER (PARTITION BY form, unit, period ORDER BY submission_id) - 1 AS sent_no,
        row_number() OVER (PARTITION BY form, unit, period ORDER BY submission_id, row_no, line_id) - 1 AS line_no
    FROM dim_line WHERE disposition <> 'superseded'
),

lines AS (
    SELECT
        form, unit, period,
        string_agg(
            '[' || concat_ws(',', sent_no, coalesce(row_no::VARCHAR, 'null'), to_json(disposition)::VARCHAR,
                coalesce(to_json(business_key)::VARCHAR, 'null'), coalesce(raw, '{{}}'), coalesce(cells, '{{}}'),
                '[' || coalesce(found.told, '') || ']', '{{' || coalesce(member.told, '') || '}}') || ']',
            ',' ORDER BY line_no
        ) AS told
    FROM line LEFT JOIN found USING (line_id) LEFT JOIN member USING (line_id)
    GROUP BY form, unit, period
),

submissions AS (
    SELECT form, unit, period, string_agg(sent.told, ',' ORDER BY sent_no) AS told
    FROM (SELECT DISTINCT form, unit, period, submission_id, sent_no FROM line) JOIN sent USING (submission_id)
    GROUP BY form, unit, period
),

addition AS (
    SELECT
        b.form, coalesce(b.unit, '{NOBODY}') AS unit, b.period, m.place, b.role, b.counts_at, b.columns, b.contribution, b.line_id,
        coalesce(b.submission_id, b.slot_id, b.entry) AS other,
        CASE
            WHEN l.line_no IS NULL THEN 'null,' || to_json(coalesce(b.submission_id, b.slot_id, b.entry))::VARCHAR
            WHEN (l.form, l.unit, l.period) = (b.form, coalesce(b.unit, '{NOBODY}'), b.period) THEN l.line_no::VARCHAR
            ELSE '[' || concat_ws(',', to_json(l.form)::VARCHAR, to_json(l.unit)::VARCHAR, to_json(l.period)::VARCHAR, l.line_no) || ']'
        END AS line_at
    FROM bridge_measure_line b
    JOIN ({MEASURES}) m ON (m.form, m.measure) = (b.form, b.measure)
    LEFT JOIN line l ON l.line_id = b.line_id
),

of_measure AS (
    SELECT
        form, unit, period, place,
        string_agg(
            '["' || role || '","' || counts_at || '",' || coalesce(to_json(columns)::VARCHAR, 'null') || ','
            || coalesce('"' || regexp_replace(contribution::VARCHAR, '\\.?0+$', '') || '"', 'null') || ',' || line_at || ']',
            ',' ORDER BY role, abs(contribution) DESC, line_id, counts_at, columns, other
        ) AS told
    FROM addition GROUP BY form, unit, period, place
),

additions AS (
    SELECT form, unit, period, string_agg('"' || place || '":[' || told || ']', ',' ORDER BY place) AS told
    FROM of_measure GROUP BY form, unit, period
)

SELECT
    form, unit, period,
    '{{"sent":[' || coalesce(submissions.told, '') || '],"lines":[' || coalesce(lines.told, '')
    || '],"adds":{{' || coalesce(additions.told, '') || '}}}}'
FROM lines FULL JOIN additions USING (form, unit, period) LEFT JOIN submissions USING (form, unit, period)
ORDER BY form, unit, period
"""


def ways(con: DuckDBPyConnection) -> Iterator[tuple[Slot, str]]:
    """Of each slot its submissions, lines, findings, and what its lines add to which measure, as the text of JSON."""
    result = con.execute(WAYS)
    while batch := result.fetchmany(100):
        for form, unit, period, told in batch:
            yield (form, unit, period), told
