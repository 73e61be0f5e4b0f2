-- What did not pass has no budget: the same name in what its unit has to spend in its year. Said once a programme.
{% for budget in others('budget_item', 'budget') %}
{% set item, amount = budget.role.budget_item, budget.role.budget %}
(SELECT DISTINCT ON (l.submission_id, l.programme_name_norm) l.line_id, l.submission_id, 'conclusion' AS column_name,
       '预算执行表列了同名项目 ' || {{ money('b.' ~ amount) }} AS expected, b.{{ amount }} AS difference
FROM {{ lines }} l
JOIN {{ history }}.{{ budget.form }} b ON b.{{ item }}_norm = l.programme_name_norm AND b.unit_name_code = l.implementing_unit_code
    AND year(b.period_end) = year(l.period_end)
WHERE l.conclusion = '不通过' AND b.{{ amount }} > 0
ORDER BY l.submission_id, l.programme_name_norm, l.row_no, b.period DESC, b.line_id)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
