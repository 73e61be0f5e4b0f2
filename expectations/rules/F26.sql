-- A nil declaration although the sheet has lines, or although the unit had live projects last month.
{% if role.stage is defined %}
WITH live AS (
    SELECT p.unit, p.period, count(*) AS n
    FROM {{ history }}.{{ form.form }} p
    WHERE p.{{ role.stage }} NOT IN {{ listed(stages.ended) }}
    GROUP BY p.unit, p.period
)
{% endif %}
SELECT NULL AS line_id, s.submission_id, NULL AS column_name, '零报告' AS value,
       CASE WHEN s.line_count > 0 THEN '表中填有 ' || s.line_count || ' 行数据'
{% if role.stage is defined %}
            ELSE '上月报有 ' || live.n || ' 个没有完成的项目'
{% endif %}
       END AS expected,
       NULL AS difference
FROM {{ submissions }} s
{% if role.stage is defined %}
LEFT JOIN live ON live.unit = s.unit AND live.period = {{ month_before('s.period_end') }}
{% endif %}
WHERE s.form = '{{ form.form }}' AND NOT s.refused AND s.nil_declared AND (s.line_count > 0 {{ 'OR live.n > 0' if role.stage is defined }})
