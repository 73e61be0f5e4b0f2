-- Finished before started.
{% for later, earlier, words in [
    ('actual_finish_date', 'actual_start_date', '不早于实际开工时间 '),
    ('planned_finish_date', 'planned_start_date', '不早于计划开工时间 ')] %}
SELECT l.line_id, l.submission_id, '{{ later }}' AS column_name, '{{ words }}' || {{ day('l.' ~ earlier) }} AS expected,
       date_diff('day', l.{{ earlier }}, l.{{ later }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day(later) }} < {{ first_day(earlier) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
