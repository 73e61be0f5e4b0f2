-- Fixed assets and arrived funds of one project both counted, where the year's rules allow only one.
{% if cfg.count_either_or == 'true' %}
{% for other in others('project_code', 'total', 'year_to_date') %}
{% set mine, theirs = role.year_to_date, other.role.year_to_date %}
(SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, '{{ mine }}' AS column_name, {{ money('o.' ~ theirs) }} AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ history }}.{{ other.form }} o ON o.{{ other.role.project_code }} = l.{{ role.project_code }} AND o.period = l.period
WHERE l.{{ mine }} > 0 AND o.{{ theirs }} > 0
ORDER BY l.line_id, o.line_id)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% endif %}
