-- A target in a unit that no target can have, or that its indicator does not go with.
{% set fitting = "CASE WHEN l.indicator LIKE '%项目数' THEN '个' WHEN l.indicator = '实际使用外资' THEN '万美元'"
    ~ " WHEN l.indicator IN ('固定资产投资', '到位资金', '省外到位资金') THEN '亿元、万元' ELSE '亿元、万元、万美元、个' END" %}
SELECT l.line_id, l.submission_id, 'target_unit' AS column_name, {{ fitting }} AS expected, NULL AS difference
FROM {{ lines }} l
WHERE NOT list_contains(string_split({{ fitting }}, '、'), l.target_unit)
