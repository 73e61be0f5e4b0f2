-- Fixed assets and arrived funds of one project both counted, where the year's rules allow only one.
{% if cfg.count_either_or == 'true' %}
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'arrived_ytd' AS column_name, {{ money('o.completed_ytd') }} AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ history }}.key_project_monthly o ON o.project_code = l.project_code AND o.period = l.period
WHERE l.arrived_ytd > 0 AND o.completed_ytd > 0
ORDER BY l.line_id, o.line_id
{% endif %}
