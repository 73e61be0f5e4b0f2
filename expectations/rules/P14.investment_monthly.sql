-- In production before started or signed.
{% for later, earlier, words in [
    ('production_date', 'actual_start_date', '不早于开工时间 '),
    ('production_date', 'signed_date', '不早于签约日期 ')] %}
SELECT l.line_id, l.submission_id, '{{ later }}' AS column_name, '{{ words }}' || {{ day('l.' ~ earlier) }} AS expected,
       date_diff('day', l.{{ earlier }}, l.{{ later }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day(later) }} < {{ first_day(earlier) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
