-- What there has been since the beginning can only grow, over the year's end too.
{% set x = role.since_start %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ num('p.' ~ x) }} || {{ dated('p') }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x) }}
WHERE {{ hi(x) }} < p.{{ x }}_low
