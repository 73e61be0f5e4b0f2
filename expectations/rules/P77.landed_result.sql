-- A promise below the one last believed of the same enterprise.
{% for x in ('promised_output', 'promised_tax', 'promised_jobs') %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ measured(x, 'p') }} || {{ dated('p') }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x) }}
WHERE {{ hi(x) }} < p.{{ x }}_low
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
