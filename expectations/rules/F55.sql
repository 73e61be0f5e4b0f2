-- A text that its column's pattern does not allow; of several values in a cell each is held against it.
{% for c in form.columns if c.pattern is not none %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, {{ quoted(c.looks or c.pattern) }} AS expected
FROM {{ lines }} l, (SELECT unnest({{ each(c, 'l.' ~ c.name) }}) AS one) v
WHERE NOT regexp_full_match(v.one, {{ quoted(c.pattern) }})
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
