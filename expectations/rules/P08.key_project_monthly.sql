-- The year's plan exceeded by far, or work without any plan.
SELECT l.line_id, l.submission_id, 'completed_ytd' AS column_name,
       {{ money('l.annual_plan') }} AS expected, l.completed_ytd - l.annual_plan AS difference
FROM {{ lines }} l
WHERE l.annual_plan > 0 AND {{ lo('completed_ytd') }} > {{ cfg.over_plan }} * {{ hi('annual_plan') }}
   OR l.annual_plan = 0 AND l.completed_ytd > 0
