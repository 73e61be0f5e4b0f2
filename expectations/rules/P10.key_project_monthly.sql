-- A part is greater than its whole: month in year, year in total, plan in total.
{% for part, whole, name in [
    ('completed_month', 'completed_ytd', '本年累计完成投资'),
    ('completed_ytd', 'completed_since_start', '自开工累计完成投资'),
    ('annual_plan', 'total_investment', '计划总投资')] %}
SELECT l.line_id, l.submission_id, '{{ part }}' AS column_name,
       '不大于{{ name }} ' || {{ money('l.' ~ whole) }} AS expected, l.{{ part }} - l.{{ whole }} AS difference
FROM {{ lines }} l
WHERE {{ lo(part) }} > {{ hi(whole) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
