-- A figure that stood in a bulletin already, or a plan or budget of the year, was changed.
{% for x in [role.month, role.year_to_date] %}
(WITH bulletin AS (         -- in the bulletin of a month stand the lines of the version in force on its day
    SELECT submission_id, unit, period FROM {{ versions }}.submission
    WHERE form = '{{ form.form }}' AND NOT refused AND CAST(received_at AS DATE) <= period_end + {{ cfg.bulletin_day }}
    QUALIFY row_number() OVER (PARTITION BY unit, period ORDER BY received_at DESC, receipt_order DESC, submission_id DESC) = 1
)
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ money('old.' ~ x) }} AS expected, l.{{ x }} - old.{{ x }} AS difference
FROM {{ lines }} l
JOIN {{ submissions }} s ON s.submission_id = l.submission_id
JOIN bulletin b ON b.unit = l.unit AND b.period = l.period
JOIN {{ versions }}.{{ form.form }} old ON old.submission_id = b.submission_id AND old.business_key = l.business_key
WHERE CAST(s.received_at AS DATE) > l.period_end + {{ cfg.bulletin_day }}      -- sent after the bulletin
  AND NOT old.own_quarantined AND NOT old.is_doubted AND l.{{ x }} <> old.{{ x }})
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% for x in [role.get('plan'), role.get('budget_opening')] | select %}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ money('p.' ~ x) }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, within_year=true) }}
WHERE month(l.period_end) > 1 AND l.{{ x }} <> p.{{ x }}
{% if x == role.get('plan') %}
  AND NOT {{ lowered_late(x, cfg.target_late) }}          -- that is P30
{% endif %}
{% endfor %}
