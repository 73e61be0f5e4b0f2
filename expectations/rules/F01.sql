-- A required cell is blank. A column that the sheet lacks is F15, not a finding on every line.
{% for c in form.columns if c.required and not c.support %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, NULL AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.{{ c.name }} IS NULL AND {{ in_sheet(c.name) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
