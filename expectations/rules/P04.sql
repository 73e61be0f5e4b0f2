-- Nothing last month, then far more than this record's usual month: a few earlier months are needed to know that.
WITH usual AS (
    SELECT l.line_id, CAST(median(h.{{ month_figure }}) AS DECIMAL(20,6)) AS middle
    FROM {{ lines }} l
    JOIN {{ believed }}.{{ form.form }} h ON h.unit = l.unit AND h.business_key = l.business_key AND h.period_end < l.period_end
    WHERE h.{{ month_figure }} > 0
    GROUP BY l.line_id HAVING count(*) >= {{ cfg.jump_months }}
)
SELECT l.line_id, l.submission_id, '{{ month_figure }}' AS column_name, {{ num('usual.middle') }} AS expected,
       l.{{ month_figure }} - usual.middle AS difference
FROM {{ lines }} l JOIN usual ON usual.line_id = l.line_id
WHERE NOT EXISTS (
    SELECT 1 FROM {{ versions }}.{{ form.form }} p
    WHERE p.in_force AND p.unit = l.unit AND p.business_key = l.business_key AND p.period = {{ month_before('l.period_end') }}
      AND p.{{ month_figure }} > 0)
  AND l.{{ month_figure }} > {{ cfg.jump_factor }} * usual.middle
