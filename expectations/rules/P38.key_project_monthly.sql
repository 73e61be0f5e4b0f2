-- Fixed assets and arrived funds of one project both counted, where the year's rules allow only one.
{% if cfg.count_either_or == 'true' %}
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'completed_ytd' AS column_name, {{ money('o.arrived_ytd') }} AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ history }}.investment_monthly o ON o.project_code = l.project_code AND o.period = l.period
WHERE l.completed_ytd > 0 AND o.arrived_ytd > 0
ORDER BY l.line_id, o.line_id
{% endif %}
