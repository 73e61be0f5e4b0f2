-- A target replaced by a lower one late in the year, or set below what the department achieved the year before.
WITH achieved AS (
    SELECT unit, year(period_end) AS year, '固定资产投资' AS indicator, sum(completed_ytd) AS actual
    FROM {{ history }}.key_project_monthly WHERE month(period_end) = 12 GROUP BY ALL
{% for indicator, x in [('到位资金', 'arrived_ytd'), ('省外到位资金', 'arrived_ytd_out_of_province'), ('实际使用外资', 'arrived_ytd_foreign_usd')] %}
    UNION ALL
    SELECT introducing_unit_code, year(period_end), '{{ indicator }}', sum({{ x }} * coalesce(split_ratio, 100) / 100)
    FROM {{ history }}.investment_monthly WHERE month(period_end) = 12 GROUP BY ALL
{% endfor %}
)
(SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'target_value' AS column_name,
       '原目标 ' || {{ num('o.target_value') }} || o.target_unit AS expected,
       {{ in_common_unit('l') }} - {{ in_common_unit('o') }} AS difference
FROM {{ lines }} l
JOIN {{ versions }}.annual_target o ON o.unit = l.unit AND o.department_code = l.department_code AND o.indicator = l.indicator
    AND o.year = l.year AND o.document_no_norm = l.supersedes_norm
WHERE l.issued_date > CAST(l.year || '-{{ cfg.target_late }}' AS DATE) AND {{ in_common_unit('l') }} < {{ in_common_unit('o') }}
ORDER BY l.line_id, o.line_id DESC)
UNION ALL
SELECT l.line_id, l.submission_id, 'target_value', '上年实绩 ' || {{ num('a.actual') }}, {{ in_common_unit('l') }} - a.actual
FROM {{ lines }} l JOIN achieved a ON a.unit = l.department_code AND a.year = l.year - 1 AND a.indicator = l.indicator
WHERE {{ in_common_unit('l') }} < a.actual
