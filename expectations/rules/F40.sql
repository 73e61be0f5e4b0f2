-- A unit's name that neither the register nor its aliases know; the nearest name is proposed, never taken.
{% for c in form.columns if c.register == 'unit' %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, w.nearest AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ here }}.unit_written w ON w.written = l.{{ c.name }}
WHERE w.unit IS NULL
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
