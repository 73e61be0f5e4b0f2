-- Due later than in the report before, whichever period that was.
{% set due = role.due %}
SELECT l.line_id, l.submission_id, '{{ due }}' AS column_name, {{ day('p.' ~ due) }} AS expected,
       date_diff('day', p.{{ due }}, l.{{ due }}) || '天' AS difference
FROM {{ lines }} l
JOIN {{ history }}.{{ form.form }} p ON p.unit = l.unit AND p.business_key = l.business_key AND p.period_end < l.period_end
WHERE p.{{ due }} IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY l.line_id ORDER BY p.period_end DESC, p.line_id) = 1 AND {{ first_day(due) }} > p.{{ due }}
