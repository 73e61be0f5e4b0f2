-- Started or registered long before it was signed.
{% for early in ['actual_start_date', 'registered_date'] %}
SELECT l.line_id, l.submission_id, '{{ early }}' AS column_name, {{ day('l.signed_date') }} AS expected,
       date_diff('day', l.signed_date, l.{{ early }}) || '天' AS difference
FROM {{ lines }} l
WHERE l.is_continuing <> '续建' AND {{ last_day(early) }} < {{ first_day('signed_date') }} - {{ cfg.early_days }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
