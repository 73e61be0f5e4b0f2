-- The sources of a project make up its planned total. Told once a project, at its first line; not where a figure was not read.
WITH project AS (
    SELECT submission_id, coalesce(project_code, project_name || '@' || builder_name) AS project, min_by(line_id, row_no) AS line_id,
           sum(planned_total) AS planned, sum(planned_total_low) AS low, sum(planned_total_high) AS high,
           min(total_investment) AS total, min(total_investment_low) AS total_low, max(total_investment_high) AS total_high
    FROM {{ lines }}
    GROUP BY ALL
    HAVING count(*) = count(planned_total) AND count(*) = count(total_investment)
)
SELECT line_id, submission_id, 'planned_total' AS column_name, {{ money('planned') }} AS value,
       '等于{{ form.by_name.total_investment.header }} ' || {{ money('total') }} AS expected, planned - total AS difference
FROM project
WHERE {{ apart('low', 'high', 'total_low', 'total_high') }}
