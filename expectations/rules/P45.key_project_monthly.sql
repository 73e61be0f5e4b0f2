-- A plan changed since last month to exactly what has been completed.
SELECT l.line_id, l.submission_id, 'annual_plan' AS column_name,
       {{ money('p.annual_plan') }} AS expected, l.annual_plan - p.annual_plan AS difference
FROM {{ lines }} l JOIN {{ earlier('p', among=believed) }}
WHERE l.annual_plan = l.completed_ytd AND l.annual_plan <> p.annual_plan AND month(l.period_end) > 1
