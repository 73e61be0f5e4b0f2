-- A year that no date of this form can have: a digit was lost or added.
{% for c in form.columns if c.type in ('date', 'year') %}
{% set written = 'year(l.' ~ c.name ~ ')' if c.type == 'date' else 'l.' ~ c.name %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name,
       '1990年至' || (year(l.period_end) + {{ cfg.year_ahead }}) || '年之间' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE {{ written }} NOT BETWEEN 1990 AND year(l.period_end) + {{ cfg.year_ahead }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
