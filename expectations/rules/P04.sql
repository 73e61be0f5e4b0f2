-- Nothing last month, then far more than this record's usual month: a few earlier months are needed to know that.
{% set x = role.month %}
WITH usual AS (
    SELECT l.line_id, CAST(median(h.{{ x }}) AS DECIMAL(20,6)) AS middle
    FROM {{ lines }} l
    JOIN {{ believed }}.{{ form.form }} h ON h.unit = l.unit AND h.business_key = l.business_key AND h.period_end < l.period_end
    WHERE h.{{ x }} > 0
    GROUP BY l.line_id HAVING count(*) >= {{ cfg.jump_months }}
)
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ num('usual.middle') }} AS expected,
       l.{{ x }} - usual.middle AS difference
FROM {{ lines }} l JOIN usual ON usual.line_id = l.line_id
WHERE NOT EXISTS (
    FROM {{ versions }}.{{ form.form }} p
    WHERE p.in_force AND p.unit = l.unit AND p.business_key = l.business_key AND p.period = {{ month_before('l.period_end') }}
      AND p.{{ x }} > 0)
  AND l.{{ x }} > {{ cfg.jump_factor }} * usual.middle
