-- Too many months in one stage, or three months of work without a yuan.
WITH before AS (
    SELECT l.line_id, h.period, h.period_end, h.{{ role.stage }} = l.{{ role.stage }} AS same
    FROM {{ lines }} l
    JOIN {{ history }}.{{ form.form }} h ON h.unit = l.unit AND h.business_key = l.business_key AND h.period_end < l.period_end
), changed AS (
    SELECT line_id, max(period_end) AS period_end FROM before WHERE NOT same GROUP BY line_id
), standing AS (
    SELECT b.line_id, count(*) + 1 AS months
    FROM before b LEFT JOIN changed c ON c.line_id = b.line_id
    WHERE b.same AND (c.period_end IS NULL OR b.period_end > c.period_end)
    GROUP BY b.line_id
)
SELECT l.line_id, l.submission_id, '{{ role.stage }}' AS column_name, s.months || '个月' AS expected, NULL AS difference
FROM {{ lines }} l JOIN standing s ON s.line_id = l.line_id
WHERE {% for each in cfg.stuck_months %}{% set stage, months = each.split() %}l.{{ role.stage }} = {{ quoted(stage) }} AND s.months > {{ months | int }}{{ ' OR ' if not loop.last }}{% endfor %}

{% if role.started is defined %}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ role.stage }}', '3个月，都没有完成投资', NULL
FROM {{ lines }} l JOIN {{ earlier('p') }} JOIN {{ earlier('pp', of='p') }}
WHERE l.{{ role.stage }} IN {{ listed(stages.under_way) }} AND l.{{ role.month }} = 0 AND p.{{ role.month }} = 0 AND pp.{{ role.month }} = 0
{% endif %}
