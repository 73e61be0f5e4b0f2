-- A figure that stood in a bulletin already, or a plan or budget of the year, was changed. In the bulletin of a month
-- stand the lines of the version in force on its day.
WITH bulletin AS (
    SELECT submission_id, unit, form, period, received_at FROM {{ versions }}.submission
    WHERE form = '{{ form.form }}' AND NOT refused AND CAST(received_at AS DATE) <= period_end + {{ cfg.bulletin_day }}
    QUALIFY row_number() OVER (PARTITION BY unit, form, period ORDER BY received_at DESC, receipt_order DESC, submission_id DESC) = 1
)
{% for x in [month_figure, year_figure] %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ money('old.' ~ x) }} AS expected, l.{{ x }} - old.{{ x }} AS difference
FROM {{ lines }} l
JOIN {{ submissions }} s ON s.submission_id = l.submission_id
JOIN bulletin b ON b.unit = l.unit AND b.period = l.period
JOIN {{ versions }}.{{ form.form }} old ON old.submission_id = b.submission_id AND old.business_key = l.business_key
WHERE CAST(s.received_at AS DATE) > l.period_end + {{ cfg.bulletin_day }} AND NOT old.own_quarantined AND NOT old.is_doubted AND l.{{ x }} <> old.{{ x }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% set fixed = {'key_project_monthly': 'annual_plan', 'budget_execution_monthly': 'budget_initial'}.get(form.form) %}
{% if fixed %}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ fixed }}' AS column_name, {{ money('p.' ~ fixed) }} AS expected, l.{{ fixed }} - p.{{ fixed }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', fixed, within_year=true) }}
WHERE month(l.period_end) > 1 AND l.{{ fixed }} <> p.{{ fixed }}
{% if fixed == 'annual_plan' %}
  AND NOT (strftime(l.period_end, '%m-%d') > '{{ cfg.target_late }}' AND l.annual_plan_high < p.annual_plan_low)
{% endif %}
{% endif %}
