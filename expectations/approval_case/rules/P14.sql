-- Decided before accepted, or either of them after the end of the period.
SELECT l.line_id, l.submission_id, 'decided_date' AS column_name, '不早于受理日期 ' || {{ day('l.accepted_date') }} AS expected,
       date_diff('day', l.accepted_date, l.decided_date) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day('decided_date') }} < {{ first_day('accepted_date') }}
UNION ALL
{% for done in ['accepted_date', 'decided_date'] %}
SELECT l.line_id, l.submission_id, '{{ done }}' AS column_name, '不晚于报告期末 ' || {{ day('l.period_end') }} AS expected,
       date_diff('day', l.period_end, l.{{ done }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ first_day(done) }} > l.period_end
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
