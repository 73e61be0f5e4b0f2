-- A cumulative figure = last month's + this month's; the year to date starts anew with the first report of a year.
{% set starts = "month(l.period_end) = 1" ~ (" OR month(l.period_end) = 2" if cfg.january_exempt == 'true' else "") %}
{% set since = {'key_project_monthly': 'completed_since_start', 'investment_monthly': 'arrived_since_signing'}.get(form.form) %}
SELECT l.line_id, l.submission_id, '{{ year_figure }}' AS column_name, {{ num('l.' ~ month_figure) }} AS expected,
       l.{{ year_figure }} - l.{{ month_figure }} AS difference
FROM {{ lines }} l
WHERE ({{ starts }}) AND {{ differs(year_figure, month_figure) }}
{% for x, applies in [(year_figure, 'NOT (' ~ starts ~ ')'), (since, 'true')] if x %}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ x }}', {{ num('p.' ~ x ~ ' + l.' ~ month_figure) }}, l.{{ x }} - p.{{ x }} - l.{{ month_figure }}
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE {{ applies }}
  AND {{ apart(lo(x), hi(x), 'p.' ~ x ~ '_low + ' ~ lo(month_figure), 'p.' ~ x ~ '_high + ' ~ hi(month_figure)) }}
{% endfor %}
