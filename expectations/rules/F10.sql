-- Investment project code: new YYMM-6-2-2-6, old YYYY-6-2-2-6, legacy YYYY-6-2-2-5 (standards.md, section 2).
{% for c in form.columns if c.code == 'project_code' %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '2301-530330-04-01-123456' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE NOT regexp_matches(l.{{ c.name }}, '^\d\d(0[1-9]|1[0-2])-\d{6}-\d\d-\d\d-\d{6}$')
  AND NOT regexp_matches(l.{{ c.name }}, '^(201[5-9]|202[01])-\d{6}-(0[1-9]|[1-8]\d|9[0-7])-\d\d-\d{5,6}$')
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
