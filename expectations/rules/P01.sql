-- A figure of the year to date below the last one believed this year; a month of reversed spending may lower it.
{% set figures = ['arrived_ytd', 'arrived_ytd_out_of_province', 'arrived_ytd_foreign_usd'] if form.form == 'investment_monthly' else [year_figure] %}
{% for x in figures %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ num('p.' ~ x) }} || {{ dated('p') }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, within_year=true) }}
WHERE month(l.period_end) <> 1 AND {{ hi(x) }} < p.{{ x }}_low {{ 'AND l.spent_month >= 0' if form.form == 'budget_execution_monthly' }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
