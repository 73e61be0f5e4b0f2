-- A figure of the year to date below the last one believed this year; a month of reversed spending may lower it.
{% for c in form.columns if c.role in ('year_to_date', 'year_part') %}
{% set x = c.name %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ num('p.' ~ x) }} || {{ dated('p') }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, within_year=true) }}
WHERE month(l.period_end) <> 1 AND {{ hi(x) }} < p.{{ x }}_low {{ unless_reversed() }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
