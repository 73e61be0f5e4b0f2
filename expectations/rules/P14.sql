-- A day of what has happened lies after the end of the period.
{% for c in form.columns if c.happened %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '不晚于报告期末 ' || {{ day('l.period_end') }} AS expected,
       date_diff('day', l.period_end, l.{{ c.name }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ first_day(c.name) }} > l.period_end
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
