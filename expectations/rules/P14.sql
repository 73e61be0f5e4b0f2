-- A day of what has happened lies after the end of the period, or a day lies before one that comes first.
{% set before = namespace(any=false) %}
{% for c in form.columns if c.happened %}
{{ 'UNION ALL' if before.any }}{% set before.any = true %}

SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '不晚于报告期末 ' || {{ day('l.period_end') }} AS expected,
       date_diff('day', l.period_end, l.{{ c.name }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ first_day(c.name) }} > l.period_end
{% endfor %}
{% for c in form.columns %}
{% for first in c.not_before %}
{{ 'UNION ALL' if before.any }}{% set before.any = true %}

SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '不早于{{ form.by_name[first].header }} ' || {{ day('l.' ~ first) }} AS expected,
       date_diff('day', l.{{ first }}, l.{{ c.name }}) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day(c.name) }} < {{ first_day(first) }}
{% endfor %}
{% endfor %}
