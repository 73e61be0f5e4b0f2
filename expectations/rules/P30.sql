-- The year's plan lowered late in the year.
{% if role.plan is defined %}
SELECT l.line_id, l.submission_id, '{{ role.plan }}' AS column_name, {{ money('p.' ~ role.plan) }} AS expected, l.{{ role.plan }} - p.{{ role.plan }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', role.plan, within_year=true) }}
WHERE {{ lowered_late(role.plan, cfg.target_late) }}
{% endif %}
