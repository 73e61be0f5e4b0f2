-- Due before the end of the period, not done, and nobody says why.
{% set due, done, reason = role.due, role.done, role.reason %}
SELECT l.line_id, l.submission_id, '{{ due }}' AS column_name, '{{ form.by_name[reason].header }}' AS expected,
       date_diff('day', l.{{ due }}, l.period_end) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day(due) }} < l.period_end AND {{ missing(done) }} AND {{ missing(reason) }}
