-- A target replaced by a lower one late in the year, or set below what the department achieved the year before.
WITH achieved(unit, year, indicator, actual) AS (
{% for each in cfg.achieved_by %}
{% set indicator, reported_in, x = each.split() %}
{% for f in others('year_to_date') if f.form == reported_in %}
    SELECT {{ f.role.claimant ~ '_code' if f.role.claimant is defined else 'unit' }}, year(period_end), '{{ indicator }}',
           sum({{ x }}{{ ' * coalesce(' ~ f.role.share ~ ', 100) / 100' if f.role.share is defined }})
    FROM {{ history }}.{{ f.form }} WHERE month(period_end) = 12 GROUP BY ALL
    UNION ALL
{% endfor %}
{% endfor %}
    SELECT CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR), CAST(NULL AS DECIMAL(38,6)) WHERE false
)
(SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'target_value' AS column_name,
       '原目标 ' || {{ num('o.target_value') }} || o.target_unit AS expected,
       {{ in_common_unit('l') }} - {{ in_common_unit('o') }} AS difference
FROM {{ lines }} l
JOIN {{ versions }}.{{ form.form }} o ON o.unit = l.unit AND o.department_code = l.department_code AND o.indicator = l.indicator
    AND o.year = l.year AND o.document_no_norm = l.supersedes_norm
WHERE l.issued_date > CAST(l.year || '-{{ cfg.target_late }}' AS DATE) AND {{ in_common_unit('l') }} < {{ in_common_unit('o') }}
ORDER BY l.line_id, o.line_id DESC)
UNION ALL
SELECT l.line_id, l.submission_id, 'target_value', '上年实绩 ' || {{ num('a.actual') }}, {{ in_common_unit('l') }} - a.actual
FROM {{ lines }} l JOIN achieved a ON a.unit = l.department_code AND a.year = l.year - 1 AND a.indicator = l.indicator
WHERE {{ in_common_unit('l') }} < a.actual
