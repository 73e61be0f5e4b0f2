-- A nil declaration although the sheet has lines, or although the unit had live projects last month.
{% set live %}
    SELECT p.unit, p.period, count(*) AS n
    FROM {{ history }}.{{ form.form }} p
    WHERE p.stage NOT IN ('竣工', '投产', '达效', '终止')
    GROUP BY p.unit, p.period
{% endset %}
{% set with_history = history and 'stage' in form.by_name %}
SELECT NULL AS line_id, s.submission_id, NULL AS column_name, '零报告' AS value,
       CASE WHEN s.line_count > 0 THEN '表中填有 ' || s.line_count || ' 行数据'
{% if with_history %}
            ELSE '上月报有 ' || live.n || ' 个没有完成的项目'
{% endif %}
       END AS expected,
       NULL AS difference
FROM staged.submission s
{% if with_history %}
LEFT JOIN ({{ live }}) live ON live.unit = s.unit AND live.period = {{ month_before('s.period_end') }}
{% endif %}
WHERE s.form = '{{ form.form }}' AND s.nil_declared AND (s.line_count > 0 {{ 'OR live.n > 0' if with_history }})
