-- The year's plan lowered late in the year.
SELECT l.line_id, l.submission_id, 'annual_plan' AS column_name, {{ money('p.annual_plan') }} AS expected, l.annual_plan - p.annual_plan AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', 'annual_plan', within_year=true) }}
WHERE strftime(l.period_end, '%m-%d') > '{{ cfg.target_late }}' AND {{ hi('annual_plan') }} < p.annual_plan_low
