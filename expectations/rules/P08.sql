-- The year's plan exceeded by far, or work without any plan.
{% set done, plan = role.year_to_date, role.plan %}
SELECT l.line_id, l.submission_id, '{{ done }}' AS column_name, {{ money('l.' ~ plan) }} AS expected, l.{{ done }} - l.{{ plan }} AS difference
FROM {{ lines }} l
WHERE l.{{ plan }} > 0 AND {{ lo(done) }} > {{ cfg.over_plan }} * {{ hi(plan) }}
   OR l.{{ plan }} = 0 AND l.{{ done }} > 0
