-- A plan changed since last month to exactly what has been completed.
{% if history %}
SELECT l.line_id, l.submission_id, 'annual_plan' AS column_name,
       {{ money('p.annual_plan') }} AS expected, l.annual_plan - p.annual_plan AS difference
FROM {{ lines }} l JOIN {{ history }}.key_project_monthly p
  ON p.unit = l.unit AND p.business_key = l.business_key AND p.period = {{ month_before('l.period_end') }}
WHERE l.annual_plan = l.completed_ytd AND l.annual_plan <> p.annual_plan AND month(l.period_end) > 1
{% endif %}
