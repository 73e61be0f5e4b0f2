-- A plan changed since last month, or a budget changed while the year runs, to exactly what has been done.
{% if role.plan is defined %}
{% set plan = role.plan %}
SELECT l.line_id, l.submission_id, '{{ plan }}' AS column_name, {{ money('p.' ~ plan) }} AS expected, l.{{ plan }} - p.{{ plan }} AS difference
FROM {{ lines }} l JOIN {{ earlier('p', among=believed) }}
WHERE l.{{ plan }} = l.{{ role.year_to_date }} AND l.{{ plan }} <> p.{{ plan }} AND month(l.period_end) > 1
{% elif role.budget is defined %}
{% set budget, opening = role.budget, role.budget_opening %}
SELECT l.line_id, l.submission_id, '{{ budget }}' AS column_name, {{ money('l.' ~ opening) }} AS expected, l.{{ budget }} - l.{{ opening }} AS difference
FROM {{ lines }} l
WHERE month(l.period_end) < 12 AND l.{{ budget }} = l.{{ role.year_to_date }} AND l.{{ budget }} % 1 <> 0 AND l.{{ budget }} <> l.{{ opening }}
{% endif %}
